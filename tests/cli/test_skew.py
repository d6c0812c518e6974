"""`celldrift skew`: the matrix of versions, of the demo's cells."""

import json

from case import Case

ALL = ("cell-a", "cell-b", "cell-c")


class Skew(Case):
    def skew(self, *arguments, cells=ALL, code=1):
        run = self.fleet.run("skew", "--repo", self.fleet.repo, *self.fleet.snapshots(*cells), *arguments)
        self.assert_exit(code, run)
        return run

    def document(self, *arguments, **options):
        return json.loads(self.skew("-o", "json", *arguments, **options).stdout)

    def test_the_matrix_marks_who_is_behind(self):
        text = self.skew().stdout
        self.assertIn("cell-b", text)
        self.assertIn("1.2 ↓", text)
        self.assertLess(max(map(len, text.splitlines())), 101)

    def test_only_what_is_out_of_step_unless_all_is_asked_for(self):
        some = self.document()["rows"]
        every = self.document("--all")["rows"]
        self.assertTrue(all(not row["inStep"] for row in some))
        self.assertTrue(any(row["inStep"] for row in every))
        self.assertEqual(some, [row for row in every if not row["inStep"]])

    def test_findings_are_those_of_a_check_about_versions(self):
        check = self.report(cells=ALL, code=1)
        skew = self.document()
        self.assertEqual("celldrift.skew/v1", skew["schema"])
        self.assertEqual([one["fingerprint"] for one in check["findings"] if one["rule"] == "skew/image"],
                         [one["fingerprint"] for one in skew["findings"] if one["rule"] == "skew/image"])
        self.assertEqual({"skew"}, {one["category"] for one in skew["findings"]})

    def test_the_lag_is_told_in_steps_and_why(self):
        image = next(one for one in self.document()["findings"] if one["rule"] == "skew/image")
        self.assertEqual([("cell-b",)], [tuple(lag["cells"]) for lag in image["lag"]])
        self.assertEqual("behind", image["lag"][0]["order"])
        self.assertEqual({"major": 0, "minor": 1, "patch": 0, "days": None}, image["lag"][0]["by"])
        self.assertEqual("lag", image["lag"][0]["why"])

    def test_filters_narrow_what_is_shown_and_judged(self):
        rows = self.document("--component", "back*", "--all")["rows"]
        self.assertEqual({"backend"}, {row["component"] for row in rows})
        self.assertEqual([], self.document("--cell", "cell-a", code=0)["rows"])
        self.assertNotEqual([], self.document("--cell", "cell-b")["rows"])

    def test_a_filter_that_names_nothing_is_refused(self):
        snapshots = self.fleet.snapshots(*ALL)
        for flag, there in (("--cell", "cell-a"), ("--component", "backend")):
            run = self.fleet.run("skew", "--repo", self.fleet.repo, *snapshots, flag, "nothing-*")
            self.assert_refused(run, flag, "nothing-*", there)

    def test_cells_in_step_exit_with_zero(self):
        text = self.skew(cells=("cell-a", "cell-c"), code=0).stdout
        self.assertIn("in step:", text)

    def test_a_cell_that_does_not_answer_makes_it_incomplete(self):
        run = self.fleet.run("skew", "--repo", self.fleet.repo, "--kubeconfig", self.fleet.kubeconfig, "--context", "dead",
                             *self.fleet.snapshots("cell-a"))
        self.assertIn(run.returncode, (2, 3), run.stderr)

    def test_severities_that_fail(self):
        self.skew("--fail-on", "never", code=0)

    def test_equal_input_gives_equal_bytes(self):
        self.assertEqual(self.skew("--all").stdout, self.skew("--all").stdout)
