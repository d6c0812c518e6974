"""Explanations of findings, on the demo's fleet."""

import json
import re

from case import Case


class Explain(Case):
    def findings(self):
        return self.report(code=1, cells=("cell-b", "cell-c"))["findings"]

    def explain(self, *arguments):
        return self.fleet.run("explain", *arguments, "--repo", self.fleet.repo, *self.fleet.snapshots("cell-b", "cell-c"))

    def replicas(self):
        return next(one for one in self.findings() if one["pathText"] == "spec.replicas")

    def test_all_that_is_known_of_a_finding(self):
        finding = self.replicas()
        run = self.explain(finding["fingerprint"])
        self.assert_exit(0, run)
        for words in ("want 3", "have 5", "> 9 |   replicas: 3", "Ada Marsh", "kubectl-edit (person)",
                      "argocd app sync cell-c-backend --resource apps:Deployment:backend/backend",
                      "apps/backend/deployment.yaml:9", finding["fingerprint"]):
            self.assertIn(" ".join(words.split()), " ".join(run.stdout.split()))

    def test_as_json(self):
        finding = self.replicas()
        run = self.explain(finding["fingerprint"], "-o", "json")
        self.assert_exit(0, run)
        told = json.loads(run.stdout)
        self.assertEqual("celldrift.explanation/v1", told["schema"])
        self.assertEqual(finding, told["finding"])
        self.assertIn({"line": 9, "text": "  replicas: 3", "hidden": False}, told["lines"])
        self.assertEqual(["kubectl-edit"], [owner["manager"] for owner in told["owners"]])

    def test_every_finding_can_be_explained(self):
        for finding in self.findings():
            with self.subTest(finding["message"]):
                self.assert_exit(0, self.explain(finding["fingerprint"]))

    def test_what_the_text_report_has_in_brackets(self):
        text = self.fleet.check(cells=("cell-b", "cell-c")).stdout
        marks = re.findall(r"\[([0-9a-f]{8})\]$", text, re.MULTILINE)
        self.assertEqual(7, len(marks), text)
        for mark in marks:
            with self.subTest(mark):
                self.assert_exit(0, self.explain(mark))

    def test_the_start_of_a_fingerprint_will_do(self):
        self.assertEqual(self.explain(self.replicas()["fingerprint"]).stdout,
                         self.explain(self.replicas()["fingerprint"][:9]).stdout)

    def test_an_unknown_fingerprint_names_the_nearest(self):
        fingerprint = self.replicas()["fingerprint"]
        wrong = fingerprint[:12] + ("0000" if fingerprint[12:] != "0000" else "1111")
        self.assert_refused(self.explain(wrong), wrong, fingerprint, "nearest")

    def test_what_is_no_fingerprint(self):
        for text in ("xyz", "abc", "0123456789abcdef0", "../etc"):
            with self.subTest(text):
                self.assert_refused(self.explain(text), "fingerprint")

    def test_a_fleet_without_findings(self):
        run = self.fleet.run("explain", "abcd", "--repo", self.fleet.repo, *self.fleet.snapshots("cell-a"))
        self.assert_refused(run, "abcd", "none at all")

    def test_why_each_field_is_a_finding_or_none(self):
        run = self.fleet.check("--explain", cells=("cell-c",))
        self.assert_exit(1, run)
        self.assertRegex(run.stdout, r"spec\.replicas: drift \(want 3, have 5\)")
        run = self.fleet.check("-o", "decisions", cells=("cell-c",))
        self.assert_exit(1, run)
        decisions = [one for each in json.loads(run.stdout)["objects"] for one in each["decisions"]]
        self.assertIn("drift", {one["outcome"] for one in decisions if one["pathText"] == "spec.replicas"})
        self.assertIn("equal", {one["outcome"] for one in decisions})


class Sensitive(Case):
    def render(self, *arguments):
        return self.fleet.run("render", "--repo", self.fleet.repo, *self.fleet.snapshots("cell-a"), *arguments)

    def add(self, rules):
        secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {password: hunter2-canary-5d1e}\n"
        copy = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n" \
               "  url: https://u:hunter2-canary-5d1e@host/\n  pin: \"4711\"\n  other: text\n"
        self.fleet.add_application("planted", {"secret.yaml": secret, "copy.yaml": copy})
        self.fleet.write("celldrift.yaml", rules)

    def test_copies_and_what_rules_name_are_hidden(self):
        self.add("sensitive:\n  - {kind: ConfigMap, path: data.pin}\n")
        run = self.render()
        self.assert_exit(0, run)
        for words in ("https://u:(secret value)@host/", "pin: (secret value)", "other: text"):
            self.assertIn(words, run.stdout)

    def test_they_are_shown_to_those_who_ask(self):
        self.add("sensitive: []\n")
        run = self.render("--show-secrets")
        self.assertEqual(0, run.returncode)
        self.assertIn("hunter2-canary-5d1e", run.stdout)

    def test_a_wrong_rule_is_an_error_with_its_line(self):
        self.add("sensitive:\n  - {kind: ConfigMap, pth: data.pin}\n")
        self.assert_refused(self.render(), "celldrift.yaml:2:", "pth")
