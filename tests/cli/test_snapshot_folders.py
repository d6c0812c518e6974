"""Snapshots of a folder, and how old they may be."""

import gzip
import json
import shutil

from case import Case
from places import ago, changed, demo_snapshot


class Folder(Case):
    def setUp(self):
        super().setUp()
        self.folder = self.fleet.folder / "snapshots"
        self.folder.mkdir()

    def put(self, name, content):
        return self.fleet.write(name, content, folder=self.folder)

    def cells(self, *arguments, code=0, **options):
        """What `cells` says, by name, and what it says on standard error."""
        run = self.fleet.run("cells", "-o", "json", *arguments, **options)
        self.assert_exit(code, run)
        return {cell["name"]: cell for cell in json.loads(run.stdout)}, run.stderr

    def test_every_snapshot_of_a_folder_is_a_cell(self):
        for cell, name in (("cell-a", "a.snap"), ("cell-b", "b.snapshot"), ("cell-c", "c.json.gz")):
            shutil.copy(demo_snapshot(cell), self.folder / name)
        self.put("README.md", "not one")
        self.put("other.json.gz", gzip.compress(b'{\n  "some": "thing else"\n}\n'))
        (self.folder / "sub.snap").mkdir()
        cells, told = self.cells("--snapshot", self.folder)
        self.assertEqual(["cell-a", "cell-b", "cell-c"], sorted(cells))
        self.assertEqual("", told)
        self.assertTrue(all(cell["reachable"] for cell in cells.values()))

    def test_of_several_of_one_cell_the_newest_counts(self):
        self.put("1.snap", changed("cell-a", time=ago(hours=3)))
        self.put("2.snap", changed("cell-a", time=ago(hours=1)))
        self.put("3.snap", changed("cell-a", time=ago(hours=2)))
        cells, _ = self.cells("--snapshot", self.folder)
        self.assertEqual(["cell-a"], list(cells))
        self.assertTrue(cells["cell-a"]["from"].endswith("/2.snap"), cells)
        self.assertIn(cells["cell-a"]["snapshotAgeSeconds"], range(3600, 3700))

    def test_a_broken_snapshot_hides_no_other(self):
        shutil.copy(demo_snapshot("cell-a"), self.folder / "a.snap")
        whole = demo_snapshot("cell-b").read_bytes()
        self.put("b.snap", whole[: len(whole) - 40])  # its header tells whose it is
        self.put("c.snap", whole[:20])
        self.put("d.json.gz", b"")
        self.put("e.snap", gzip.compress(b"not one\n"))
        cells, told = self.cells("--snapshot", self.folder, code=3)
        self.assertEqual(["cell-a", "cell-b"], sorted(cells))
        self.assertTrue(cells["cell-a"]["reachable"])
        self.assertIn("cut off", cells["cell-b"]["reason"])
        for name in ("c.snap", "d.json.gz", "e.snap"):
            self.assertIn(name, told)
        report = self.report("--snapshot", self.folder, code=3, cells=(), environment={"CELLDRIFT_FAIL_ON": "never"})
        self.assertFalse(report["complete"])
        coverage = {cell["name"]: cell["coverage"] for cell in report["cells"]}
        self.assertEqual({"cell-a": "complete", "cell-b": "unknown"}, coverage)

    def test_a_folder_without_snapshots_is_refused(self):
        run = self.fleet.run("cells", "--snapshot", self.folder)
        self.assert_refused(run, "snapshots", "*.snap")

    def test_a_named_cell_without_a_snapshot_is_unknown(self):
        shutil.copy(demo_snapshot("cell-a"), self.folder / "a.snap")
        config = self.fleet.write(
            "celldrift.yaml",
            "snapshots: [snapshots]\ncells: [{name: cell-a, labels: {region: eu}}, {name: cell-z}]\n",
            folder=self.fleet.folder,
        )
        for arguments in (("--config", config), ("--config", config, "--snapshot", self.folder)):
            with self.subTest(arguments):
                cells, told = self.cells(*arguments, code=3)
                self.assertEqual(["cell-a", "cell-z"], sorted(cells))
                self.assertTrue(cells["cell-a"]["reachable"])
                self.assertEqual({"region": "eu"}, cells["cell-a"]["labels"])
                self.assertIn("there is no snapshot of it in", cells["cell-z"]["reason"])
                self.assertIn("cell-z", told)
        # Whoever names one file means that one.
        cells, _ = self.cells("--config", config, "--snapshot", self.folder / "a.snap")
        self.assertEqual(["cell-a"], list(cells))

    def test_a_cell_may_have_its_snapshot_in_a_folder(self):
        for cell in ("cell-a", "cell-b"):
            shutil.copy(demo_snapshot(cell), self.folder / f"{cell}.snap")
        config = self.fleet.write(
            "celldrift.yaml",
            "cells: [{name: cell-b, snapshot: snapshots}, {name: cell-z, snapshot: snapshots}]\n",
            folder=self.fleet.folder,
        )
        cells, _ = self.cells("--config", config, code=3)
        self.assertTrue(cells["cell-b"]["reachable"])
        self.assertIn("no snapshot of it", cells["cell-z"]["reason"])
        self.assertEqual(2, len(cells))


class Age(Case):
    def snapshots(self, **ages):
        for cell, time in ages.items():
            name = cell.replace("_", "-")
            self.fleet.write(f"{name}.snap", changed(name, time=time), folder=self.fleet.folder / "aged")
        return self.fleet.folder / "aged"

    def check(self, folder, *arguments, code, **options):
        return self.report("--snapshot", folder, "--fail-on", "never", *arguments, code=code, cells=(), **options)

    def test_an_old_snapshot_leaves_its_cell_unknown(self):
        folder = self.snapshots(cell_a=ago(minutes=20), cell_b=ago(hours=3))
        self.assertTrue(self.check(folder, code=0)["complete"])
        report = self.check(folder, "--max-age", "1h", code=3)
        cells = {cell["name"]: cell for cell in report["cells"]}
        self.assertEqual(("complete", "unknown"), (cells["cell-a"]["coverage"], cells["cell-b"]["coverage"]))
        self.assertEqual("the snapshot is 3 hours old; at most 1 hour is allowed", cells["cell-b"]["reason"])
        self.assertIsNotNone(cells["cell-b"]["snapshotTime"])
        self.assertFalse([each for each in report["findings"] if "cell-b" in each["cells"]])
        self.check(folder, "--max-age", "1d", code=0)
        self.check(folder, "--max-age", "1h", "--allow-unknown", code=0)
        self.check(folder, code=3, environment={"CELLDRIFT_MAX_AGE": "1h"})
        config = self.fleet.write("celldrift.yaml", "maxAge: 1h\n", folder=self.fleet.folder)
        self.check(folder, "--config", config, code=3)
        self.check(folder, "--config", config, "--max-age", "4h", code=0)

    def test_text_says_how_old_each_is(self):
        folder = self.snapshots(cell_a=ago(minutes=20), cell_b=ago(hours=3, minutes=1))
        run = self.fleet.check("--snapshot", folder, cells=(), environment={"COLUMNS": "100"})
        self.assertIn("  3 hours old: cell-b\n  20 minutes old: cell-a\n", run.stdout)
        run = self.fleet.run("cells", "--snapshot", folder)
        self.assertRegex(run.stdout, r"cell-a +v\S+ +20 minutes ")

    def test_a_snapshot_of_the_future_is_said_to_be(self):
        folder = self.snapshots(cell_a=ago(hours=-2, minutes=-1), cell_b=ago(minutes=-3))
        report = self.check(folder, code=0)
        [problem] = [each for each in report["problems"] if "future" in each["message"]]
        self.assertEqual("cell-a", problem["cell"])
        self.assertIn("2 hours from the future", problem["message"])
        report = self.check(folder, "--max-age", "1h", code=3)
        self.assertEqual(["cell-a"], [cell["name"] for cell in report["cells"] if cell["coverage"] == "unknown"])

    def test_an_age_that_is_none_is_refused(self):
        for wrong in ("1", "h", "-1h", "1y", "0s"):
            self.assert_refused(self.fleet.check("--max-age", wrong), "--max-age", wrong)
        config = self.fleet.write("celldrift.yaml", "maxAge: soon\n", folder=self.fleet.folder)
        self.assert_refused(self.fleet.check("--config", config), "maxAge", "soon")
