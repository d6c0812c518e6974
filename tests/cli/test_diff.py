"""celldrift diff: two cells of the sample fleet side by side."""

import json

from case import Case
from fleet import DEMO, PROJECT


class Diff(Case):
    def diff(self, *arguments, **options):
        snapshots = [part for cell in "abc" for part in ("--snapshot", DEMO / f"snapshots/cell-{cell}.snap")]
        return self.fleet.run("diff", *arguments, "--repo", self.fleet.repo, *snapshots, **options)

    def test_the_docs_show_it(self):
        run = self.diff("cell-a", "cell-b", environment={"COLUMNS": "80"})
        self.assert_exit(1, run)
        self.assertIn(run.stdout, (PROJECT / "docs/parity.md").read_text())

    def test_json(self):
        run = self.diff("cell-a", "cell-b", "-o", "json")
        self.assert_exit(1, run)
        document = json.loads(run.stdout)
        self.assertEqual("celldrift.cell-diff/v1", document["schema"])
        self.assertEqual({("drift", ("cell-b",))},
                         {(one["nature"], tuple(one["drifted"])) for one in document["differences"]})

    def test_the_other_way_round(self):
        there = json.loads(self.diff("cell-a", "cell-b", "-o", "json").stdout)["differences"]
        back = json.loads(self.diff("cell-b", "cell-a", "-o", "json").stdout)["differences"]
        self.assertEqual([(one["left"], one["right"]) for one in there], [(one["right"], one["left"]) for one in back])

    def test_cells_that_there_are_not(self):
        self.assert_refused(self.diff("cell-a", "cell-x"), "cell-x", "cell-a, cell-b, cell-c")
        self.assert_refused(self.diff("cell-a", "cell-a"), "itself")
