"""Rules, waivers and packs, on the demo's fleet, and the command about them."""

import json
import os
import pathlib
import re
import shlex

from case import Case

PROJECT = pathlib.Path(__file__).resolve().parents[2]
REPLICAS = """\
waivers:
  - name: load-test
    match: {path: spec.replicas, kind: Deployment}
    reason: a load test until the release of 1.4
    owner: team-shop
    ticket: SHOP-12
    expires: 2999-12-31
"""


class Check(Case):
    def setUp(self):
        super().setUp()
        self.before = self.check_json(code=1)["findings"]

    def check_json(self, *arguments, code=1):
        return self.report(*arguments, code=code, cells=("cell-a", "cell-b", "cell-c"))

    def rules_file(self, text, name="rules.yaml"):
        return self.fleet.write(name, text, folder=self.fleet.folder)

    def config(self, text):
        return self.fleet.write("celldrift.yaml", text)

    def test_a_waiver_hides_and_is_told_of(self):
        hidden = [one for one in self.before if one["pathText"] == "spec.replicas"]
        self.assertTrue(hidden)
        report = self.check_json("--rules", self.rules_file(REPLICAS))
        self.assertEqual(len(hidden), report["summary"]["waived"])
        self.assertEqual([one["fingerprint"] for one in hidden], [one["fingerprint"] for one in report["waived"]])
        self.assertEqual({"load-test"}, {one["ruling"]["rule"] for one in report["waived"]})
        self.assertEqual(len(self.before) - len(hidden), len(report["findings"]))
        text = self.fleet.check("--rules", self.rules_file(REPLICAS), "--show-ignored", cells=("cell-c",)).stdout
        self.assertIn("Waived: findings that rules hide", text)
        self.assertIn("team-shop", text)
        self.assertNotIn("replicas: 5", self.fleet.check(
            "-o", "unified", "--rules", self.rules_file(REPLICAS), cells=("cell-c",)).stdout)

    def test_rules_stand_in_celldrift_yaml_and_in_files_beside_it(self):
        self.config("rules: [rules/mine.yaml]\n" + REPLICAS)
        self.fleet.write("rules/mine.yaml", "rules:\n- {name: notes, match: {category: [drift, missing, extra, skew]}, severity: note}\n")
        report = self.check_json(code=0)
        self.assertEqual({"note"}, {one["severity"] for one in report["findings"]})
        self.assertEqual("clean", report["verdict"])
        # --rules comes last, and wins.
        strict = self.rules_file("rules:\n- {name: errors, match: {rule: drift/*}, severity: error}\n")
        severities = {one["rule"]: one["severity"] for one in self.check_json("--rules", strict)["findings"]}
        self.assertEqual("error", severities["drift/modified"])
        self.assertEqual("note", severities["skew/image"])

    def test_waivers_that_end_or_match_nothing_are_findings(self):
        rules = self.rules_file("""\
waivers:
- {name: old, match: {kind: Deployment}, reason: r, expires: 2020-01-31, owner: team-a}
- {name: idle, match: {kind: NoSuchKind}, reason: r}
""")
        found = [one for one in self.check_json("--rules", rules)["findings"] if one["category"] == "rules"]
        self.assertEqual(["rules/expired", "rules/unmatched"], sorted(one["rule"] for one in found))
        self.assertEqual({str(rules)}, {one["source"]["file"] for one in found})
        text = self.fleet.check("--rules", rules, cells=("cell-a", "cell-b", "cell-c"))
        self.assert_exit(1, text)
        self.assertIn("waiver old (team-a) expired: it was to end with 2020-01-31", " ".join(text.stdout.split()))
        for one in found:
            run = self.fleet.run("explain", one["fingerprint"], "--rules", rules, "--repo", self.fleet.repo,
                                 *self.fleet.snapshots("cell-a", "cell-b", "cell-c"))
            self.assert_exit(0, run)

    def test_what_cells_may_not_share(self):
        rules = self.rules_file("""\
rules:
- name: images
  match: {kind: Deployment, path: "spec.template.spec.containers[*].image"}
  mustDiffer: true
  severity: warning
""")
        found = [one for one in self.check_json("--rules", rules)["findings"] if one["category"] == "isolation"]
        self.assertTrue(found)
        for one in found:
            self.assertGreater(len(one["cells"]), 1)
            self.assertEqual([one["cells"]], [group["cells"] for group in one["values"]])

    def test_budgets_say_how_far_cells_are_apart(self):
        rules = self.rules_file("budgets: [{name: in-step, behind: none}]")
        skew = [one for one in self.check_json("--rules", rules)["findings"] if one["category"] == "skew"]
        self.assertTrue(skew)
        for one in skew:
            self.assertEqual("in-step", one["ruling"]["rule"])
            self.assertIn(one["ruling"]["says"], one["reason"])

    def test_what_is_wrong_is_said_before_anything_is_read(self):
        cases = {
            "rulez: []": ("rules.yaml:1:1", "did you mean \"rules\"?"),
            "rules:\n- {name: x, severity: off}": ("rules.yaml:2:23", "write a waiver"),
            "waivers:\n- {name: x, match: {kind: A}}": ("rules.yaml:2", "reason is missing"),
            "a: [": ("rules.yaml:",),
        }
        for text, words in cases.items():
            with self.subTest(text):
                self.assert_refused(self.fleet.check("--rules", self.rules_file(text)), *words)
        self.assert_refused(self.fleet.check("--rules", "/no/such/file"), "/no/such/file")

    def test_files_of_celldrift_yaml_lie_beside_it(self):
        outside = self.rules_file("not: yours", name="secret.yaml")
        link = self.fleet.repo / "link.yaml"
        link.symlink_to(outside)
        for name in (outside, "../secret.yaml", "link.yaml"):
            with self.subTest(str(name)):
                self.config(f"rules: ['{name}']\n")
                self.assert_refused(self.fleet.check(), "is not below the folder of celldrift.yaml")

    def test_packs_are_switched(self):
        self.config("packs: {cells: true, flux: false}\n")
        names = self.fleet.run("rules", "-o", "name", "--config", self.fleet.repo / "celldrift.yaml").stdout.split()
        self.assertIn("cells/networks", names)
        self.assertNotIn("flux/suspended", names)
        self.config("packs: {cell: true}\n")
        self.assert_refused(self.fleet.check(), "celldrift.yaml:1", "did you mean \"cells\"?")


class Command(Case):
    def setUp(self):
        super().setUp()
        self.path = self.fleet.write("rules.yaml", REPLICAS, folder=self.fleet.folder)

    def rules(self, *arguments, **options):
        return self.fleet.run("rules", *arguments, **options)

    def test_the_list(self):
        run = self.rules("--rules", self.path, environment={"COLUMNS": "250"})
        self.assert_exit(0, run)
        self.assertRegex(run.stdout, r"NAME +SORT +MATCHES +DOES +FROM")
        self.assertRegex(run.stdout, r"load-test +waiver +.*hides until 2999-12-31")
        self.assertRegex(run.stdout, r"cells +off +What isolated cells never share")
        self.assertEqual(run.stdout, self.rules("list", "--rules", self.path, environment={"COLUMNS": "250"}).stdout)
        listed = json.loads(self.rules("-o", "json", "--rules", self.path).stdout)
        self.assertEqual("celldrift.rules-list/v1", listed["schema"])
        mine = listed["rules"][-1]
        self.assertEqual(("load-test", "waiver", None, f"{self.path}:2"),
                         (mine["name"], mine["sort"], mine["pack"], mine["source"]))
        self.assertEqual("spec.replicas", mine["rule"]["match"]["path"])

    def test_names_stay_whole_at_any_width(self):
        names = set(self.rules("-o", "name").stdout.split())
        for width in (40, 60, 80, 100, 140, 300):
            lines = self.rules(environment={"COLUMNS": str(width)}).stdout.splitlines()
            self.assertEqual(set(), names - {line.split(" ")[0] for line in lines}, width)
            self.assertEqual([], [line for line in lines if len(line) > width])
            self.assertNotIn("…", "".join(lines))

    def test_one_rule(self):
        run = self.rules("explain", "load-test", "--rules", self.path)
        self.assert_exit(0, run)
        for words in ("a load test until the release of 1.4 (SHOP-12)", f"{self.path}:2", "expires:"):
            self.assertIn(words, run.stdout)
        self.assertIn("cells (off)", self.rules("explain", "cells/networks").stdout)
        self.assert_refused(self.rules("explain", "nothing"), "there is no rule nothing; there are")

    def test_files_are_checked_all_of_them(self):
        wrong = self.fleet.write("wrong.yaml", "waivers: [{name: x}]", folder=self.fleet.folder)
        run = self.rules("check", self.path, wrong)
        self.assert_exit(2, run)
        self.assertEqual(f"{self.path}: 0 rules, 1 waiver, 0 budgets, 0 waves\n", run.stdout)
        self.assertIn(f"{wrong}:1:11: waivers: x: match is missing", run.stderr)
        self.assert_exit(0, self.rules("check", *sorted((PROJECT / "rules/packs").glob("*.yaml"))))
        self.assert_exit(0, self.rules("check"))
        config = self.fleet.write("celldrift.yaml", "rules: [{name: x, severity: note}]\npacks: {cells: true}\n")
        self.assertIn("1 rule,", self.rules("check", config).stdout)

    def test_rules_are_tried_on_a_report(self):
        cells = ("cell-a", "cell-b", "cell-c")
        report = self.fleet.folder / "report.json"
        report.write_text(self.fleet.check("-o", "json", cells=cells).stdout)
        run = self.rules("test", "-f", report, "--rules", self.path)
        self.assert_exit(1, run)
        self.assertRegex(run.stdout, r"load-test matches 1:\n  hidden, was error: .*spec.replicas")
        self.assertIn("matched by no rule:", run.stdout)
        # What the rules were when the report was written does not matter.
        report.write_text(self.fleet.check("-o", "json", "--rules", self.path, cells=cells).stdout)
        self.assertEqual(run.stdout, self.rules("test", "-f", report, "--rules", self.path).stdout)
        tried = json.loads(self.rules("test", "-f", report, "-o", "json").stdout)
        self.assertFalse([one for one in tried["findings"] if one["hidden"]])
        # As a check with them would have ended.
        everything = self.fleet.write("all.yaml", "waivers: [{name: all, match: {kind: '*'}, reason: r}]\n"
                                      "rules: [{name: idle, match: {kind: X}, severity: note}]", folder=self.fleet.folder)
        run = self.rules("test", "-f", "-", "--rules", everything, input=report.read_text())
        self.assert_exit(0, run)
        self.assertIn("rules that match nothing: idle", run.stdout)

    def test_what_is_no_report(self):
        for text in ("{}", "[]", "x", '{"schema": "celldrift.report/v1", "findings": [{"severity": "bad"}]}'):
            with self.subTest(text):
                run = self.rules("test", "-f", "-", input=text)
                self.assert_refused(run)


class Schema(Case):
    def test_it_says_what_the_reader_says(self):
        try:
            import jsonschema
            import yaml
        except ImportError:
            self.skipTest("jsonschema or yaml is not installed")
        schema = json.loads((PROJECT / "docs/rules-v1.schema.json").read_text())
        validator = jsonschema.Draft202012Validator(schema)
        for pack in sorted((PROJECT / "rules/packs").glob("*.yaml")):
            with self.subTest(pack.name):
                validator.validate(yaml.safe_load(pack.read_text()))
        wrong = ("rulez: []", "rules: [{name: x}]", "rules: [{name: x, severity: fatal}]", "waivers: [{name: x, match: {kind: A}}]",
                 "rules: [{name: x, severity: note, match: {knid: A}}]", "waves: [{name: x}]", "budgets: [{name: x}]",
                 "waivers: [{name: x, match: {}, reason: r}]", "rules: [{name: x, severity: note, match: {not: {not: {}}}}]")
        for text in wrong:
            with self.subTest(text):
                self.assertTrue(list(validator.iter_errors(yaml.safe_load(text))))
                path = self.fleet.write("wrong.yaml", text, folder=self.fleet.folder)
                self.assert_exit(2, self.fleet.run("rules", "check", path))


class Docs(Case):
    """docs/rules.md: its celldrift.yaml, and what its commands say with it. CELLDRIFT_UPDATE_GOLDENS=1 writes it anew."""

    page = PROJECT / "docs/rules.md"

    def answer(self, block):
        """The commands of a block, each with what it says."""
        text = ""
        for line in (line for line in block.splitlines() if line.startswith("$ ")):
            run = self.fleet.run(*shlex.split(line[2:])[1:], cwd=self.fleet.repo, environment={"COLUMNS": "120"})
            self.assertEqual("", run.stderr)
            text += line + "\n" + run.stdout.replace(f"{self.fleet.repo}/", "")
        return text

    def test_its_output_is_what_is_said(self):
        page = self.page.read_text()
        config = re.search(r"```yaml\n(.*?)```", page, re.DOTALL)[1]
        snapshots = [path for _, path in zip(*[iter(self.fleet.snapshots("cell-a", "cell-b", "cell-c"))] * 2)]
        self.fleet.write("celldrift.yaml", config + "snapshots:\n" + "".join(f"- {path}\n" for path in snapshots))
        written = re.sub(r"```console\n(.*?)```", lambda block: f"```console\n{self.answer(block[1])}```", page, flags=re.DOTALL)
        if os.environ.get("CELLDRIFT_UPDATE_GOLDENS"):
            self.page.write_text(written)
        else:
            self.assertEqual(page, written)
