"""Argo CD's settings, given as a file."""

import json

from case import Case
from fleet import SECRET

CONFIG_MAP = """\
apiVersion: v1
kind: ConfigMap
metadata: {{name: argocd-cm, namespace: argocd}}
data:
{}
"""


class ArgoSettings(Case):
    def settings(self, data):
        lines = "\n".join("  " + line for line in data.splitlines())
        return self.fleet.write("argocd-cm.yaml", CONFIG_MAP.format(lines), folder=self.fleet.folder)

    def check_with(self, data, code, cells=("cell-c",)):
        return self.report("--argocd-cm", self.settings(data), code=code, cells=cells)

    def paths(self, report):
        return sorted(finding["pathText"] for finding in report["findings"])

    def test_what_a_rule_hides_is_counted_and_no_finding(self):
        report = self.check_with(
            "resource.customizations.ignoreDifferences.apps_Deployment: |\n"
            "  jsonPointers: [/spec/replicas]\n"
            "  jqPathExpressions: ['.spec.template.spec.containers[].env[] | select(.name == \"DEBUG_ORDERS\")']\n",
            code=0,
        )
        self.assertEqual([], report["findings"])
        self.assertEqual(2, report["summary"]["ignored"])
        rules = sorted(note["rule"] for note in report["ignored"])
        self.assertTrue(rules[0].startswith("jqPathExpressions "), rules)
        self.assertEqual("jsonPointers /spec/replicas", rules[1])
        self.assertEqual(
            ["argocd-cm resource.customizations.ignoreDifferences.apps_Deployment"], report["ignored"][0]["by"]
        )

    def test_one_rule_leaves_the_rest(self):
        report = self.check_with(
            "resource.customizations.ignoreDifferences.all: |\n  jsonPointers: [/spec/replicas]\n", code=1
        )
        self.assertEqual(["spec.template.spec.containers[name=backend].env[name=DEBUG_ORDERS]"], self.paths(report))

    def test_rules_that_are_about_nothing_are_named(self):
        report = self.check_with(
            "resource.customizations.ignoreDifferences.batch_Job: |\n  jsonPointers: [/spec]\n"
            "resource.customizations.ignoreDifferences.apps_Deployment: |\n  jsonPointers: [/spec/replica]\n",
            code=1,
        )
        messages = " ".join(problem["message"] for problem in report["problems"])
        self.assertIn("batch_Job is about no object", messages)
        self.assertIn("jsonPointers /spec/replica", messages)
        self.assertTrue(report["complete"])

    def test_an_expression_that_does_not_compile_leaves_what_differs_unknown(self):
        report = self.check_with(
            "resource.customizations.ignoreDifferences.apps_Deployment: |\n  jqPathExpressions: ['.spec[']\n", code=3
        )
        self.assertEqual([], report["findings"])
        self.assertIn("does not compile", " ".join(problem["message"] for problem in report["problems"]))

    def test_what_makes_argo_cd_fail_is_a_problem_with_its_line(self):
        report = self.check_with("resource.customizations.nonsense.apps_Deployment: ''\n", code=1)
        self.assertFalse(report["complete"])
        self.assertIn("argocd-cm.yaml:5", " ".join(problem["source"] or "" for problem in report["problems"]))

    def test_a_file_without_the_config_map_is_refused(self):
        other = self.fleet.write("other.yaml", "kind: ConfigMap\nmetadata: {name: other}\n", folder=self.fleet.folder)
        run = self.fleet.check("--argocd-cm", other)
        self.assert_exit(2, run)
        self.assertIn("has no ConfigMap argocd-cm", run.stderr)

    def test_what_masked_annotations_hold_is_never_shown(self):
        file = self.fleet.repo / "apps/backend/deployment.yaml"
        stated = f"metadata:\n  name: backend\n  annotations: {{shop.example/token: {SECRET}}}\n"
        self.fleet.write(file, file.read_text().replace("metadata:\n  name: backend\n", stated, 1))
        self.fleet.commit()
        report = self.check_with("resource.sensitive.mask.annotations: shop.example/token\n", code=1)
        findings = [finding for finding in report["findings"] if "shop.example/token" in finding["pathText"]]
        self.assertEqual(1, len(findings), self.paths(report))
        self.assertNotIn(SECRET, str(report))

    def test_kinds_that_are_excluded_are_not_looked_at(self):
        report = self.check_with(
            "resource.exclusions: |\n  - apiGroups: [apps]\n    kinds: [Deployment]\n    clusters: ['*']\n", code=0
        )
        self.assertEqual([], report["findings"])
        messages = [problem["message"] for problem in report["problems"]]
        self.assertTrue(any("Deployment" in message for message in messages), messages)

    def test_an_object_of_two_applications_is_told(self):
        self.fleet.add_application("backend-again", {}, path="apps/backend")
        messages = " ".join(problem["message"] for problem in self.check_any())
        self.assertIn("is part of the Applications", messages)

    def check_any(self):
        run = self.fleet.check("-o", "json", cells=("cell-a",))
        return json.loads(run.stdout)["problems"]
