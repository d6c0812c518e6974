"""celldrift gate on real API servers: a deploy that goes from wave to wave, hand edits in its way, what it deletes."""

import json
import time

from harness.scene import Scene
from harness.world import as_argocd

web = "apps/backend/workloads/web.yaml"
waves = """\
waves:
  - {name: canary, cells: cell-a, soak: 2s}
  - {name: rest, cells: cell-b}
"""
_healthy = {"observedGeneration": 99, "replicas": 9, "updatedReplicas": 9, "readyReplicas": 9, "availableReplicas": 9,
            "currentRevision": "r", "updateRevision": "r"}


class Gate(Scene):
    cells = ("cell-a", "cell-b")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.world.repo.write("celldrift.yaml", waves)
        cls.base = cls.world.repo.commit("State waves")

    def setUp(self):
        self.world.repo.reset(self.base)

    def gate(self, *arguments, code=0, kubeconfig=None):
        run = self.world.binary.run(
            "gate", "--repo", self.world.repo.path, "--kubeconfig", kubeconfig or self.world.readonly,
            "--context", "cell-*", "--base", self.base, "--revision", "HEAD", "-o", "json", *arguments)
        self.assertEqual(code, run.exit_code, run)
        return json.loads(run.stdout)

    def reasons(self, document, action="block"):
        return {(one["reason"], *one["cells"]) for one in document["reasons"] if one["action"] == action}

    def restore(self, cell):
        self.world.repo.reset(self.base)
        self.world.apply(cell, (*as_argocd, "--force-conflicts"), only=web)

    def release(self):
        self.world.repo.replace(web, "web:1.3.0", "web:1.4.0")
        self.world.repo.commit("Release the next web")

    def make_healthy(self, cell, hooks=()):
        """What controllers would write."""
        status = {"deployments": _healthy, "statefulsets": {**_healthy, "currentReplicas": 9},
                  "daemonsets": {"observedGeneration": 99, "currentNumberScheduled": 1, "numberMisscheduled": 0,
                                 "desiredNumberScheduled": 1, "updatedNumberScheduled": 1, "numberAvailable": 1,
                                 "numberReady": 1},
                  "ingresses": {"loadBalancer": {"ingress": [{"ip": "10.1.2.3"}]}},
                  "persistentvolumeclaims": {"phase": "Bound"},
                  "pods": {"phase": "Succeeded"},
                  "horizontalpodautoscalers": {"currentReplicas": 1, "desiredReplicas": 1, "conditions": [
                      {"type": "AbleToScale", "status": "True", "lastTransitionTime": "2026-03-02T09:00:01Z"}]},
                  "poddisruptionbudgets": {
                      "currentHealthy": 2, "desiredHealthy": 1, "disruptionsAllowed": 1, "expectedPods": 2, "conditions": [
                          {"type": "DisruptionAllowed", "status": "True", "reason": "SufficientPods", "message": "",
                           "lastTransitionTime": "2026-03-02T09:00:01Z"}]},
                  "services": {"loadBalancer": {"ingress": [{"ip": "10.1.2.3"}]}},
                  "jobs": {"startTime": "2026-03-02T09:00:00Z", "completionTime": "2026-03-02T09:00:01Z", "succeeded": 1,
                           "conditions": [{"type": kind, "status": "True", "lastTransitionTime": "2026-03-02T09:00:01Z"}
                                          for kind in ("SuccessCriteriaMet", "Complete")]}}
        for kind, value in status.items():
            for one in self.world.live(cell, "--namespace=backend", kind)["items"]:
                if kind == "services" and one["spec"].get("type") != "LoadBalancer":
                    continue
                self.world.kubectl(cell, "--namespace=backend", "patch", kind, one["metadata"]["name"],
                                   "--subresource=status", "--type=merge", "--patch", json.dumps({"status": value}))

    def test_1_a_fleet_in_step_lets_it_go(self):
        self.release()
        document = self.gate()
        self.assertEqual(("go", []), (document["verdict"], document["reasons"]))
        self.assertEqual({("cell-a", "in-step"), ("cell-b", "in-step")},
                         {(one["cell"], one["standing"]) for one in document["changes"]})
        for change in document["changes"]:
            (object,) = change["objects"]
            self.assertEqual(["changes"], [field["effect"] for field in object["fields"]])
        self.assertEqual(document["verdict"],
                         self.gate("--server-dry-run", kubeconfig=self.world.admin)["verdict"])

    def test_2_a_hand_edit_is_in_its_way(self):
        self.release()
        self.world.kubectl("cell-b", "-n", "backend", "scale", "deployment/web", "--replicas=7")
        self.world.kubectl("cell-b", "-n", "backend", "label", "deployment/web", "shift=night")
        try:
            document = self.gate(code=1)
            self.assertEqual({("drift", "cell-b")}, self.reasons(document))
            self.assertEqual({("reverts", "cell-b")}, self.reasons(document, "warn"))
            effects = {field["pathText"]: field["effect"] for change in document["changes"] if change["cell"] == "cell-b"
                       for object in change["objects"] for field in object["fields"]}
            self.assertEqual("reverts", effects["spec.replicas"])
            self.assertEqual("survives", effects["metadata.labels.shift"])
            self.gate("--cells", "cell-a")
            # It is as foretold.
            self.world.apply("cell-b", (*as_argocd, "--force-conflicts"), only=web)
            live = self.world.live("cell-b", "-n", "backend", "deployment/web")
            self.assertNotEqual(7, live["spec"]["replicas"])
            self.assertEqual("night", live["metadata"]["labels"]["shift"])
        finally:
            self.world.kubectl("cell-b", "-n", "backend", "label", "deployment/web", "shift-")
            self.world.repo.reset(self.base)
            self.world.apply("cell-b", (*as_argocd, "--force-conflicts"), only=web)

    def test_3_wave_after_wave(self):
        self.addCleanup(self.restore, "cell-a")
        self.release()
        document = self.gate("--wave", "2", code=1)
        self.assertEqual({("wave", "cell-a")}, self.reasons(document))
        self.assertEqual("go", self.gate("--wave", "canary")["verdict"])
        self.world.apply("cell-a", (*as_argocd, "--force-conflicts"), only=web)
        self.assertEqual({("unhealthy", "cell-a")}, self.reasons(self.gate("--wave", "2", code=1)))
        self.make_healthy("cell-a")
        time.sleep(3)
        document = self.gate("--wave", "2")
        self.assertEqual([["ready"]], [[cell["state"] for cell in wave["cells"]] for wave in document["waves"]])
        self.assertEqual(["cell-b"], document["cells"])
        self.world.repo.replace("celldrift.yaml", "soak: 2s", "soak: 2h")
        self.world.repo.commit("Wait longer")
        self.assertEqual({("soak", "cell-a")}, self.reasons(self.gate("--wave", "2", code=1)))

    def test_4_what_is_not_there(self):
        self.world.repo.write("apps/backend/new.yaml", "\n---\n".join((
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one, namespace: nowhere}",
            "apiVersion: batch/v1beta1\nkind: CronJob\nmetadata: {name: two}")) + "\n")
        self.world.repo.commit("Want what is not there")
        self.assertEqual({("namespace", "cell-a", "cell-b"), ("api", "cell-a", "cell-b")},
                         self.reasons(self.gate(code=1)))

    def test_5_an_object_that_git_no_longer_wants(self):
        """Nothing marks it as an Application's own: Argo CD does not see it, and leaves it."""
        (self.world.repo.path / "apps/backend/policy/budget.yaml").unlink()
        self.world.repo.commit("Take the budget away")
        document = self.gate()
        self.assertEqual([[], []], [change["objects"] for change in document["changes"]])
        budget = self.world.live("cell-a", "-n", "backend", "poddisruptionbudgets")["items"][0]["metadata"]["name"]
        mark = f"argocd.argoproj.io/tracking-id=cell-a-backend:policy/PodDisruptionBudget:backend/{budget}"
        self.world.kubectl("cell-a", "-n", "backend", "annotate", "poddisruptionbudget", budget, mark)
        try:
            effects = {change["cell"]: [object["effect"] for object in change["objects"]]
                       for change in self.gate()["changes"]}
            self.assertEqual({"cell-a": ["left"], "cell-b": []}, effects)
            text = self.world.repo.read("argocd/backend.yaml")
            self.world.repo.write("argocd/backend.yaml", text.replace(
                "      destination:", "      syncPolicy: {automated: {prune: true}}\n      destination:"))
            self.world.repo.commit("Prune")
            document = self.gate()
            self.assertEqual({("prunes", "cell-a")}, self.reasons(document, "warn"))
        finally:
            self.world.kubectl("cell-a", "-n", "backend", "annotate", "poddisruptionbudget", budget,
                               "argocd.argoproj.io/tracking-id-")

    def test_6_snapshots_tell_the_same(self):
        self.release()
        flags = []
        for cell in self.cells:
            file = self.world.folder / f"{cell}.snap"
            recorded = self.world.binary.snapshot(file, "--kubeconfig", self.world.readonly, "--context", cell)
            self.assertEqual(0, recorded.exit_code, recorded)
            flags += ["--snapshot", file]
        run = self.world.binary.run("gate", "--repo", self.world.repo.path, *flags, "--base", self.base,
                                    "--revision", "HEAD", "-o", "json")
        self.assertEqual(0, run.exit_code, run)
        self.assertEqual(self.gate()["changes"], json.loads(run.stdout)["changes"])
