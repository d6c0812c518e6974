"""Right after the fleet was applied there is nothing to report, however it was applied."""

import json

from harness.scene import Scene
from harness.world import as_argocd, client_side, server_side


class Clean(Scene):
    modes = {"cell-a": client_side, "cell-b": server_side, "cell-c": as_argocd}

    def test_1_right_after_apply(self):
        run = self.world.check()
        self.assert_clean(run)
        self.assertEqual(8, run.report["summary"]["applications"])
        wanted = sum(run.report["summary"]["objects"].values())
        self.assertEqual({"equal": wanted}, {k: v for k, v in run.report["summary"]["objects"].items() if v})
        self.assertGreater(wanted, 3 * 40)

    def test_2_the_fleet_is_what_the_application_sets_say(self):
        run = self.world.binary.run(
            "apps", "--repo", self.world.repo.path, "--kubeconfig", self.world.readonly, "--context", "cell-*", "-o", "name"
        )
        self.assertEqual(0, run.exit_code, run)
        names = [line.rpartition("/")[2] for line in run.stdout.split()]
        everywhere = [f"{cell}-{component}" for cell in self.cells for component in ("backend", "platform")]
        self.assertEqual(sorted([*everywhere, "cell-a-edge", "cell-b-edge"]), sorted(names))

    def test_3_equal_input_gives_equal_bytes(self):
        arguments = ("check", "--repo", self.world.repo.path, "--kubeconfig", self.world.readonly, "--context", "cell-*")
        first = self.world.binary.run(*arguments, "-o", "json")
        again = self.world.binary.run(*arguments, "-o", "json")
        self.assertEqual("celldrift.report/v1", json.loads(first.stdout)["schema"])
        self.assertEqual(first.stdout, again.stdout)

    def test_4_applied_again(self):
        self.world.apply_everywhere(self.modes)
        self.assert_clean(self.world.check())

    def test_5_tracked_by_argo_cd(self):
        for object, kind in (("deployment/web", "apps/Deployment"), ("configmap/web-config", "/ConfigMap")):
            name = object.partition("/")[2]
            tracking = f"argocd.argoproj.io/tracking-id=cell-c-backend:{kind}:backend/{name}"
            self.world.kubectl("cell-c", "-n", "backend", "annotate", "--field-manager=argocd-controller", object, tracking)
            self.world.kubectl("cell-c", "-n", "backend", "label", "--field-manager=argocd-controller", object,
                               "app.kubernetes.io/instance=cell-c-backend")
        self.assert_clean(self.world.check())

    def test_6_applied_another_way_over_the_first(self):
        self.world.apply_everywhere({"cell-a": (*server_side, "--force-conflicts"), "cell-b": (*as_argocd, "--force-conflicts"), "cell-c": client_side})
        self.assert_clean(self.world.check())

    def test_7_one_kind_at_two_versions(self):
        file = "apps/backend/workloads/web-autoscaler.yaml"
        self.world.repo.write(file, autoscaler)
        self.world.repo.commit("Scale the web by CPU, as of old")
        for cell in self.cells:
            self.world.kubectl(cell, "apply", *as_argocd, "--namespace=backend", f"--filename={self.world.repo.path / file}")
        self.assert_clean(self.world.check())


# The fleet's other autoscaler is stated as autoscaling/v2, where this field has another name.
autoscaler = """\
apiVersion: autoscaling/v1
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  maxReplicas: 5
  targetCPUUtilizationPercentage: 60
"""
