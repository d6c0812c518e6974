"""Orphaned resources: what real servers, controllers and people put into namespaces that a project watches."""

import json

from harness.cell import tokens
from harness.scene import Scene

project = """\
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: shop, namespace: argocd}
spec:
  sourceRepos: ['*']
  destinations: [{server: '*', namespace: '*'}]
  clusterResourceWhitelist: [{group: '*', kind: '*'}]
  orphanedResources:
    warn: true
    ignore: [{kind: ConfigMap, name: 'scratch-*'}]
"""


def config_map(name, **metadata):
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name, **metadata}, "data": {"a": "b"}}


class Orphans(Scene):
    cells = ("cell-a", "cell-b")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.world.repo.write("argocd/project.yaml", project)
        for name in ("backend", "edge"):
            cls.world.repo.replace(f"argocd/{name}.yaml", "project: default", "project: shop")
        cls.world.repo.commit("Ask for orphaned resources")

    def make(self, *manifests, ns="backend", cell="cell-b"):
        """By one command."""
        documents = "\n---\n".join(map(json.dumps, manifests))
        self.world.kubectl(cell, "-n", ns, "create", "-f", "-", stdin=documents)
        names = [f"{manifest['kind']}/{manifest['metadata']['name']}" for manifest in manifests]
        self.addCleanup(self.world.kubectl, cell, "-n", ns, "delete", *names)

    def orphans(self, run):
        return [(one["severity"], one["cells"][0], one["object"]["kind"], one["object"]["name"],
                 one["changedBy"] and one["changedBy"]["manager"])
                for one in run.report["findings"] if one["rule"] == "orphaned"]

    def test_1_a_fleet_just_applied_has_none(self):
        self.assert_clean(self.world.check())

    def test_2_what_a_hand_made_is_found_whatever_its_kind(self):
        job = {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "once"}, "spec": {"template": {"spec": {
            "restartPolicy": "Never", "containers": [{"name": "a", "image": "registry.example.com/a:1"}]}}}}
        self.make(config_map("leftover"), job)
        self.make(config_map("scratch-1"))
        self.make({"apiVersion": "coordination.k8s.io/v1", "kind": "Lease", "metadata": {"name": "leader"}})
        self.make(config_map("elsewhere"), ns="kube-public")
        run = self.world.check()
        self.assertEqual(1, run.exit_code, run)
        self.assertEqual([("warning", "cell-b", "ConfigMap", "leftover", "kubectl-create"),
                          ("warning", "cell-b", "Job", "once", "kubectl-create")], self.orphans(run), run)
        self.assertEqual(2, len(run.report["findings"]), run)
        # What one command made is one cause.
        self.assertEqual(1, run.report["summary"]["causes"], run)

    def test_3_a_snapshot_says_the_same(self):
        self.make(config_map("leftover"))
        recorded = self.world.folder / "cell-b.snap"
        self.world.binary.snapshot(recorded, "--kubeconfig", self.world.readonly, "--context", "cell-b")
        run = self.world.binary.check("--repo", self.world.repo.path, "--snapshot", recorded)
        self.assertEqual([("warning", "cell-b", "ConfigMap", "leftover", "kubectl-create")], self.orphans(run), run)

    def test_4_what_a_controller_made_is_a_note(self):
        folder = "/api/v1/namespaces/backend/configmaps"
        api = self.world.api("cell-b", "kube-controller-manager/v1.35.1")
        api.create(folder, config_map("made"))
        self.addCleanup(api.delete, f"{folder}/made")
        run = self.world.check()
        self.assertEqual(0, run.exit_code, run)
        self.assertEqual([("note", "cell-b", "ConfigMap", "made", "kube-controller-manager")], self.orphans(run))

    def test_5_what_may_not_be_listed_leaves_it_open(self):
        run = self.world.check(kubeconfig=self.world.kubeconfig_with("cell-b", token=tokens["no-webhooks"]))
        self.assertEqual(3, run.exit_code, run)
        self.assertEqual([], run.report["findings"])
        told = " ".join(self.problems_of(run, "cell-b"))
        self.assertIn("orphaned resources were not looked for among", told)
        self.assertIn("in namespace backend", told)
        self.assertEqual([], self.problems_of(run, "cell-a"))

    def test_6_without_a_namespace_all_that_the_project_permits_are_asked_for(self):
        """What the API server itself puts into kube-system is shown, as Argo CD does, but is no warning."""
        self.world.repo.replace("argocd/platform.yaml", "project: default", "project: shop")
        self.world.repo.commit("Ask for orphans everywhere")
        self.make(config_map("elsewhere"), ns="kube-public", cell="cell-a")
        run = self.world.check()
        warnings = [each for each in self.orphans(run) if each[0] == "warning"]
        self.assertEqual([("warning", "cell-a", "ConfigMap", "elsewhere", "kubectl-create")], warnings, run)
        self.assertIn(("note", "cell-a", "RoleBinding", "system:controller:token-cleaner", "kube-apiserver"),
                      self.orphans(run))
