"""What each way to end looks like through the binary."""

import json

from case import Case
from fleet import DEMO


class ExitCodes(Case):
    def test_0_when_everything_is_as_git_wants(self):
        report = self.report(code=0)
        self.assertEqual("clean", report["verdict"])
        self.assertTrue(report["complete"])
        self.assertEqual([], report["findings"])

    def test_1_when_something_differs(self):
        report = self.report(code=1, cells=("cell-a", "cell-c"))
        self.assertEqual("drifted", report["verdict"])
        self.assertEqual({"cell-c"}, {cell for finding in report["findings"] for cell in finding["cells"]})

    def test_fail_on_says_how_bad_it_must_be(self):
        for fail_on, code in (("note", 1), ("warning", 1), ("error", 1), ("never", 0)):
            with self.subTest(fail_on):
                self.assert_exit(code, self.fleet.check("--fail-on", fail_on, cells=("cell-c",)))

    def test_3_when_a_cell_cannot_be_reached_and_the_rest_is_clean(self):
        arguments = ("--kubeconfig", self.fleet.kubeconfig, "--context", "dead", "--timeout", "5s")
        report = self.report(*arguments, code=3)
        self.assertFalse(report["complete"])
        self.assertEqual("incomplete", report["verdict"])
        self.assertEqual({"dead"}, {problem["cell"] for problem in report["problems"]})
        self.assert_exit(0, self.fleet.check(*arguments, "--allow-unknown"))

    def test_1_when_something_differs_and_something_is_unknown(self):
        arguments = ("--kubeconfig", self.fleet.kubeconfig, "--context", "dead", "--timeout", "5s")
        report = self.report(*arguments, code=1, cells=("cell-b",))
        self.assertFalse(report["complete"])
        self.assertEqual("drifted", report["verdict"])

    def test_2_for_what_was_not_understood(self):
        broken = self.fleet.write("wrong.yaml", "cells:\n  - nane: a\n", folder=self.fleet.folder)
        not_yaml = self.fleet.write("other.yaml", "cells: [\n", folder=self.fleet.folder)
        cut = self.fleet.write("cut.snap", (DEMO / "snapshots/cell-a.snap").read_bytes()[:900], folder=self.fleet.folder)
        cases = {
            "an unknown flag": (("check", "--bogus"), ("--bogus", "--help")),
            "no command": ((), ("--help",)),
            "an unknown command": (("chekc",), ("chekc", "check")),
            "a wrong value": (("check", "--fail-on", "fatal"), ("--fail-on", "fatal", "never")),
            "a wrong format": (("check", "-o", "xml"), ("xml", "json")),
            "a missing repo": (("check", "--repo", "/nonexistent"), ("/nonexistent",)),
            "an unknown revision": (self._check("--revision", "v9"), ("v9", "main")),
            "a missing snapshot": (self._check("--snapshot", "/nonexistent.snap"), ("/nonexistent.snap",)),
            "a cut snapshot": (self._check("--snapshot", cut), ("cut.snap",)),
            "a context that is not there": (self._check("--context", "nope"), ("nope", "dead")),
            "a missing kubeconfig": (self._check("--kubeconfig", "/nonexistent", "--context", "a"), ("/nonexistent",)),
            "an unknown key": (self._check("--config", broken), ("wrong.yaml:2:", "nane", "name")),
            "a broken file": (self._check("--config", not_yaml), ("other.yaml:",)),
            "two kinds of cells": (self._check("--cluster-secrets", not_yaml, "--context", "a"), ("cluster secrets",)),
        }
        for name, (arguments, words) in cases.items():
            with self.subTest(name):
                self.assert_refused(self.fleet.run(*arguments), *words)

    def _check(self, *arguments):
        cells = () if "--snapshot" in arguments or "--context" in arguments else self.fleet.snapshots("cell-a")
        kubeconfig = () if "--kubeconfig" in arguments else ("--kubeconfig", self.fleet.kubeconfig)
        return ("check", "--repo", self.fleet.repo, *cells, *kubeconfig, *arguments)


class Outputs(Case):
    def test_several_formats_in_one_run(self):
        file = self.fleet.folder / "report.json"
        run = self.fleet.check("-o", "text", "-o", f"json={file}", cells=("cell-a", "cell-b", "cell-c"))
        self.assert_exit(1, run)
        self.assertIn("behind", run.stdout)
        self.assertEqual("celldrift.report/v1", json.loads(file.read_text())["schema"])

    def test_a_file_that_cannot_be_written_is_named(self):
        self.assert_refused(self.fleet.check("-o", "json=/nonexistent/r.json"), "/nonexistent/r.json")

    def test_flags_are_environment_variables_too(self):
        run = self.fleet.check(cells=("cell-b",), environment={"CELLDRIFT_OUTPUT": "json", "CELLDRIFT_FAIL_ON": "never"})
        self.assert_exit(0, run)
        self.assertEqual("drifted", json.loads(run.stdout)["verdict"])

    def test_equal_input_gives_equal_bytes_on_any_number_of_threads(self):
        cells = ("cell-a", "cell-b", "cell-c")
        runs = {self.fleet.check("-o", "json", "--concurrency", n, cells=cells).stdout for n in (1, 1, 2, 8)}
        self.assertEqual(1, len(runs))

    def test_quiet_is_one_line(self):
        run = self.fleet.check("-q", cells=("cell-b",))
        self.assertEqual(1, run.stdout.count("\n"))

    def test_verbose_says_what_is_done(self):
        run = self.fleet.check("-v")
        self.assert_exit(0, run)
        self.assertRegex(run.stderr, r"rendered 2 applications \(\d+ ms\)")
        self.assertEqual(self.fleet.check().stdout, run.stdout)

    def test_colour_is_only_for_terminals_unless_asked_for(self):
        self.assertNotIn("\x1b", self.fleet.check(cells=("cell-b",)).stdout)
        self.assertIn("\x1b[", self.fleet.check("--color", "always", cells=("cell-b",)).stdout)

    def test_the_configuration_file_is_found_above(self):
        self.fleet.write("celldrift.yaml", f"snapshots: [{DEMO}/snapshots/cell-b.snap]\nrepo: repo\n",
                         folder=self.fleet.folder)
        deep = self.fleet.folder / "a/b"
        deep.mkdir(parents=True)
        self.assert_exit(1, self.fleet.run("check", "-q", cwd=deep))
        with open(self.fleet.folder / "celldrift.yaml", "a") as file:
            file.write("failOn: error\n")
        self.assert_exit(1, self.fleet.run("check", "-q", cwd=deep))
        self.assert_exit(0, self.fleet.run("check", "-q", "--fail-on", "never", cwd=deep))

    def test_a_folder_of_snapshots_is_a_fleet(self):
        run = self.fleet.run("check", "-q", "--repo", self.fleet.repo, "--snapshot", DEMO / "snapshots")
        self.assert_exit(1, run)
        self.assertIn("2 of 3 cells", run.stdout)

    def test_help_and_version(self):
        for arguments in (("--help",), ("check", "--help"), ("--version",), ("version",)):
            run = self.fleet.run(*arguments)
            self.assert_exit(0, run)
            self.assertIn("celldrift", run.stdout)
