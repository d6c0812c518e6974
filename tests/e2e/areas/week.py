"""A week in the life of a fleet: three cells of two Kubernetes versions, and what celldrift says of them day by day.

Each step changes the fleet further, as people and tools do, and states all that is found afterwards.
"""

from harness.gitops_tool import argocd, define, group, kinds
from harness.kubelet import Kubelet, Registry, digest
from harness.scene import Scene
from harness.webhook import Webhook
from harness.world import as_argocd

tracks = {"cell-a": "canary", "cell-b": "stable", "cell-c": "stable"}
services = ("api", "web")
_repo = "https://git.example.com/fleet/manifests.git"
_hook = "inject.example.com"
_deployments = [{"apiGroups": ["apps"], "apiVersions": ["v1"], "resources": ["deployments"], "operations": ["CREATE", "UPDATE"]}]

_label = 'metadata.labels["app.kubernetes.io/version"]'
_image = "spec.template.spec.containers[name=api].image"
_hand_fix = ("drift/modified", "error", "web", ("cell-b",), "spec.template.spec.containers[name=web].env[name=LOG_LEVEL].value")
_moved_tag = ("skew/digest", "warning", "web", ("cell-c",), "")
_webhook = ("parity/substrate", "warning", "(cluster)", ("cell-b",), "")
_injected = ("parity/field", "warning", "api", ("cell-b",), "spec.template.metadata.labels.mesh")


def image(service, version):
    return f"registry.example.com/shop/{service}:{version}"


def add_label(object):
    return [{"op": "add", "path": "/spec/template/metadata/labels/mesh", "value": "on"}]


class Week(Scene):
    versions = {"cell-c": "1.33"}
    applied = False
    fleet = "e2e/week"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry()
        cls.kubelets = {cell: Kubelet(cls.world.api(cell, "kubelet"), cls.registry) for cell in cls.cells}
        for cell in cls.cells:
            cls.world.kubectl(cell, "create", "namespace", "shop")
            cls.sync(cell, *services)
        cls.first = cls.world.repo.head

    # What people and tools do

    @classmethod
    def sync(cls, cell, *names, rolled_out=True):
        """As Argo CD syncs these services of a cell, and the cell's controllers roll them out."""
        for name in names:
            folder = cls.world.repo.path / "services" / name / tracks[cell]
            cls.world.kubectl(cell, "apply", *as_argocd, "--namespace=shop", f"--filename={folder}")
            if rolled_out:
                cls.kubelets[cell].run("shop", name)

    def install_argocd(self, cell):
        """Argo CD's own objects, as they are when all syncs that are due are done; what somebody edited is told."""
        api = self.world.api(cell, "argocd-applicationset-controller/v3.5.7")
        api.create("/api/v1/namespaces", {"metadata": {"name": "argocd"}})
        for plural, kind in kinds.items():
            define(self.world, cell, plural, kind)
        self.world.kubectl(cell, "apply", "-f", self.world.repo.path / "argocd/services.yaml")
        for target in self.cells:
            for service in services:
                self._add_application(api, target, service)

    def _add_application(self, api, cell, service):
        source = {"repoURL": _repo, "targetRevision": "HEAD", "path": f"services/{service}/{tracks[cell]}"}
        name = f"{cell}-{service}"
        api.create(f"{argocd}/applications", {
            "apiVersion": f"{group}/v1alpha1", "kind": "Application",
            "metadata": {"name": name, "ownerReferences": [
                {"apiVersion": f"{group}/v1alpha1", "kind": "ApplicationSet", "name": "services", "uid": "1", "controller": True}]},
            "spec": {"project": "default", "source": source,
                     "destination": {"server": self.world.cells[cell].server, "namespace": "shop"},
                     "syncPolicy": {"automated": {"prune": True, "selfHeal": True}}}})
        state = "OutOfSync" if name == "cell-b-web" else "Synced"
        api.patch(f"{argocd}/applications/{name}", {"status": {
            "sync": {"status": state, "revision": self.world.repo.head}, "health": {"status": "Healthy"}}})

    def release(self, service, track, version, time):
        """Somebody merges a new version of a service for one track."""
        file = f"services/{service}/{track}/deployment.yaml"
        text = self.world.repo.read(file)
        old = text.split(f"shop/{service}:")[1].split()[0]
        self.world.repo.write(file, text.replace(old, version))
        return self.world.repo.commit(f"Release {service} {version} to {track}", time)

    # What is said of it

    def check(self, exit_code, objects=12):
        repo = self.world.repo.path
        run = self.world.binary.check("--repo", repo, "--config", repo / "celldrift.yaml", "--kubeconfig", self.world.readonly)
        self.assertEqual(exit_code, run.exit_code, run)
        self.assertTrue(run.report["complete"], run)
        self.assertEqual([], run.report["problems"], run)
        self.assertEqual(objects, sum(run.report["summary"]["objects"].values()), run)
        return run

    def assert_found(self, run, *expected):
        """These are all findings: (rule, severity, component, cells, the field where it is one of drift or parity)."""
        found = [(one["rule"], one["severity"], one["component"], tuple(one["cells"]), one["pathText"] or "")
                 for one in run.report["findings"]]
        self.assertEqual(sorted(expected), sorted(found), run)

    def the(self, run, rule):
        """The one finding of that rule."""
        found = [one for one in run.report["findings"] if one["rule"] == rule]
        self.assertEqual(1, len(found), run)
        return found[0]

    def values(self, run, rule):
        return {group["value"]: group["cells"] for group in self.the(run, rule)["values"]}

    def version_skew(self, severity, cell):
        return [("skew/image", severity, "api", (cell,), _image), ("skew/version", severity, "api", (cell,), _label)]

    def of_version(self, cell):
        return [("drift/modified", "error", "api", (cell,), path) for path in (_label, _image)]

    def why(self, run, rule):
        return [(*one["cells"], one["why"]) for one in self.the(run, rule)["lag"]]

    def proved(self, run, rule):
        return [tuple(one[key] for key in ("cell", "match", "commit", "version", "behind", "ageSeconds"))
                for one in self.the(run, rule)["proved"]]

    # The week

    def test_01_on_monday_all_cells_are_in_step(self):
        run = self.check(0)
        self.assert_found(run)
        self.assertEqual(1, run.report["summary"]["waived"], run)  # cell-c's Kubernetes

    def test_02_a_canary_is_declared(self):
        self.release("api", "canary", "1.3.0", "2026-03-03T09:00:00Z")
        self.sync("cell-a", "api")
        run = self.check(0)
        self.assert_found(run, *self.version_skew("note", "cell-a"))
        self.assertEqual({image("api", "1.2.0"): ["cell-b", "cell-c"], image("api", "1.3.0"): ["cell-a"]},
                         self.values(run, "skew/image"))
        self.assertEqual([("cell-a", "declared")], self.why(run, "skew/image"))

    def test_03_one_cell_is_late(self):
        self.release("api", "stable", "1.3.0", "2026-03-04T09:00:00Z")
        self.sync("cell-c", "api")
        run = self.check(1)
        self.assert_found(run, *self.version_skew("error", "cell-b"), *self.of_version("cell-b"))
        self.assertEqual([("cell-b", "lag")], self.why(run, "skew/image"))
        self.assertEqual([("cell-b", "exact", self.first, "1.2.0", 1, 2 * 24 * 60 * 60)], self.proved(run, "skew/image"))

    def test_04_its_rollout_stops_half_way(self):
        self.sync("cell-b", "api", rolled_out=False)
        self.kubelets["cell-b"].stop_half_way("shop", "api", image("api", "1.2.0"))
        run = self.check(1)
        self.assert_found(run, ("skew/rollout", "error", "api", ("cell-b",), ""))
        self.assertIn("1 of 2 pods run registry.example.com/shop/api:1.3.0", self.the(run, "skew/rollout")["message"])
        self.kubelets["cell-b"].run("shop", "api")
        self.assert_found(self.check(0))

    def test_05_somebody_mends_a_cell_by_hand(self):
        self.world.kubectl("cell-b", "--namespace=shop", "set", "env", "deployment/web", "LOG_LEVEL=debug")
        run = self.check(1)
        self.assert_found(run, _hand_fix)
        finding = self.the(run, "drift/modified")
        self.assertEqual(("kubectl-set", "person"), (finding["changedBy"]["manager"], finding["changedBy"]["kind"]))
        self.assertEqual("services/web/stable/deployment.yaml", finding["source"]["file"])
        self.assertEqual([("cell-b", "edited", self.first, "1.2.0", 0, 0)], self.proved(run, "drift/modified"))

    def test_06_a_tag_is_moved(self):
        self.registry.move(image("web", "1.2.0"), "built again")
        self.kubelets["cell-c"].run("shop", "web")
        run = self.check(1)
        self.assert_found(run, _hand_fix, _moved_tag)
        self.assertEqual({digest(image("web", "1.2.0")): ["cell-a", "cell-b"], digest("built again"): ["cell-c"]},
                         self.values(run, "skew/digest"))

    def test_07_a_webhook_comes_to_one_cell(self):
        webhook = Webhook(self.world.folder / "webhook", add_label)
        self.addCleanup(webhook.stop)
        api = self.world.api("cell-b", "celldrift-e2e")
        webhook.register(api, _hook, _deployments)
        webhook.wait_until_called(api)
        self.sync("cell-b", "api")
        run = self.check(1)
        self.assert_found(run, _hand_fix, _moved_tag, _webhook, _injected)
        self.assertIn(_hook, self.the(run, "parity/field")["reason"])

    def test_08_the_canary_is_rolled_back(self):
        now = self.world.repo.head
        self.world.repo.reset(self.first)
        self.sync("cell-a", "api")
        self.world.repo.reset(now)
        run = self.check(1)
        self.assert_found(run, _hand_fix, _moved_tag, _webhook, _injected, *self.version_skew("error", "cell-a"), *self.of_version("cell-a"),
                          ("skew/wave", "error", "api", ("cell-a",), _label))
        self.assertEqual([("cell-a", "exact", self.first, "1.2.0", 1, 24 * 60 * 60)], self.proved(run, "skew/image"))

    def test_09_a_cell_gets_a_wrong_label(self):
        self.sync("cell-a", "api")
        self.world.repo.replace("celldrift.yaml", 'context: cell-c, labels: {shop: "true"', 'context: cell-c, labels: {shop: "True"')
        run = self.check(1, objects=8)
        lacks = [("parity/application", "warning", service, ("cell-c",), "") for service in services]
        self.assert_found(run, _hand_fix, _webhook, _injected, *lacks)
        reasons = {one["reason"] for one in run.report["findings"] if one["rule"] == "parity/application"}
        self.assertEqual({'its entry in celldrift.yaml says "True" in the label shop, theirs "true"'}, reasons)
        self.world.repo.replace("celldrift.yaml", '"True"', '"true"')

    def test_10_a_sync_is_paused(self):
        self.install_argocd("cell-a")
        self.assert_found(self.check(1), _hand_fix, _moved_tag, _webhook, _injected)
        self.world.kubectl("cell-a", "--namespace=argocd", "annotate", "applications.argoproj.io", "cell-c-api",
                           "argocd.argoproj.io/skip-reconcile=true")
        run = self.check(1)
        self.assert_found(run, _hand_fix, _moved_tag, _webhook, _injected,
                          ("gitops/paused", "warning", "api", ("cell-c",), ""))
        self.assertEqual("kubectl-annotate", self.the(run, "gitops/paused")["changedBy"]["manager"])
        self.world.kubectl("cell-a", "--namespace=argocd", "annotate", "applications.argoproj.io", "cell-c-api",
                           "argocd.argoproj.io/skip-reconcile-")

    def test_11_a_waiver_is_over(self):
        self.world.repo.replace("celldrift.yaml", "2099-12-31", "2026-03-01")
        run = self.check(1)
        self.assert_found(run, _hand_fix, _moved_tag, _webhook, _injected,
                          ("rules/expired", "warning", "", (), ""), ("skew/kubernetes", "warning", "(cluster)", ("cell-c",), ""))
        self.assertIn("cell-c-is-upgraded-last", self.the(run, "rules/expired")["message"])
