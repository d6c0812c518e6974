"""--server-dry-run: what the API servers themselves say of each object, as a second opinion."""

import json

from harness.scene import Scene
from harness.webhook import Webhook
from harness.world import as_argocd

web = "apps/backend/workloads/web.yaml"


class DryRun(Scene):
    cells = ("cell-a", "cell-b")

    def check(self, *arguments, kubeconfig=None):
        return self.world.check("--server-dry-run", *arguments, kubeconfig=kubeconfig or self.world.admin)

    def told(self, run):
        return {(one["rule"], one["object"]["name"], one["pathText"]) for one in run.report["findings"]}

    def live_versions(self):
        """The resourceVersion of every object of the backend: none changes when nothing is stored."""
        kinds = "deployments,statefulsets,daemonsets,services,configmaps,secrets,ingresses,jobs,cronjobs"
        listed = self.world.live("cell-a", "--namespace=backend", kinds)["items"]
        return {(one["kind"], one["metadata"]["name"]): one["metadata"]["resourceVersion"] for one in listed}

    def test_1_both_agree_on_a_clean_fleet(self):
        before = self.live_versions()
        self.assert_clean(self.check())
        self.assertEqual(before, self.live_versions())

    def test_2_both_agree_on_drift(self):
        self.world.kubectl("cell-a", "-n", "backend", "scale", "deployment/web", "--replicas=7")
        try:
            plain = self.world.check()
            run = self.check()
            self.assertEqual(self.told(plain), self.told(run))
            self.assertIn(("drift/modified", "web", "spec.replicas"), self.told(run))
            self.assertEqual([], run.report["problems"])
        finally:
            self.world.apply("cell-a", (*as_argocd, "--force-conflicts"), only=web)

    def test_3_without_the_permission_the_comparison_stands(self):
        run = self.check(kubeconfig=self.world.readonly)
        self.assertEqual(0, run.exit_code, run)
        self.assertEqual("clean", run.report["verdict"])
        self.assertTrue(run.report["complete"])
        (message,) = self.problems_of(run, "cell-a")
        self.assertRegex(message, r"^no dry run, it takes the permission to patch: .*\b3 apps/Deployment\b")

    def test_4_a_webhook_that_changes_what_git_states(self):
        """It was put there after the fleet was applied: live is as Git wants it, and would not be so again."""
        def mutate(deployment):
            is_web = deployment["metadata"]["name"] == "web"
            return [{"op": "replace", "path": "/spec/replicas", "value": 9}] if is_web else []

        webhook, api = Webhook(self.world.folder / "webhook", mutate), self.world.cells["cell-a"].api()
        webhook.register(api, "replicas.example.com", [{"apiGroups": ["apps"], "apiVersions": ["v1"],
                                                        "operations": ["UPDATE"], "resources": ["deployments"]}])
        try:
            run = self.check()
        finally:
            webhook.unregister(api, "replicas.example.com")
            webhook.stop()
        self.assertTrue(run.report, run)
        (finding,) = [one for one in run.report["findings"] if one["object"]["name"] == "web"]
        self.assertEqual("dry-run/disagrees", finding["rule"])
        self.assertEqual("warning", finding["severity"])
        self.assertEqual("spec.replicas", finding["pathText"])
        self.assertEqual(9, finding["want"])
        self.assertIn("comparing finds no difference at spec.replicas", finding["message"])

    def test_5_a_field_that_cannot_be_changed(self):
        manifest = (self.world.repo.path / web).read_text()
        changed = manifest.replace("matchLabels:", "matchLabels:\n      tier: front", 1)
        self.world.repo.write(web, changed.replace("      labels:\n", "      labels:\n        tier: front\n", 1))
        self.world.repo.commit("Select by another label")
        run = self.check()
        refused = [one for one in run.report["findings"] if one["rule"] == "dry-run/refused"]
        self.assertEqual({"web"}, {one["object"]["name"] for one in refused}, run)
        self.assertIn("field is immutable", refused[0]["message"])
        text = self.world.binary.run("check", "--server-dry-run", "--repo", self.world.repo.path, "--kubeconfig",
                                     self.world.admin, "--context", "cell-*")
        self.assertIn("field is immutable", " ".join(text.stdout.split()))
        self.world.repo.write(web, manifest)
        self.world.repo.commit("Select by the old labels again")

    def test_6_a_refused_secret_is_not_quoted(self):
        file = "apps/backend/config/secrets.yaml"
        manifest = (self.world.repo.path / file).read_text()
        self.world.repo.write(file, manifest.replace("stringData:", "type: kubernetes.io/tls\nstringData:", 1))
        self.world.repo.commit("Make a Secret of another type")
        run = self.check()
        refused = [one for one in run.report["findings"] if one["rule"] == "dry-run/refused"]
        self.assertTrue(refused, run)
        self.assertIn("may quote the Secret", refused[0]["message"])
        self.world.repo.write(file, manifest)
        self.world.repo.commit("Make it of the old type again")

    def test_7_a_snapshot_cannot_be_asked(self):
        file = self.world.folder / "cell-a.snap"
        self.world.binary.snapshot(file, "--kubeconfig", self.world.readonly, "--context", "cell-a")
        run = self.world.binary.check("--repo", self.world.repo.path, "--kubeconfig", self.world.admin, "--context", "cell-b",
                                      "--snapshot", file, "--server-dry-run")
        self.assertTrue(run.report, run)
        self.assertIn("a snapshot cannot be asked for a dry run", json.dumps(run.report["problems"]))
        self.assertTrue(run.report["complete"])
