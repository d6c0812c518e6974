"""What Argo CD's own objects say, in a real API server that has its definitions: cell-a is where it runs."""

import time

from harness.gitops_tool import argocd, define, group, kinds
from harness.scene import Scene

folders = {"platform": "platform", "backend": "apps/backend", "edge": "apps/edge"}
fluxes = {"kustomizations": ("kustomize.toolkit.fluxcd.io", "Kustomization")}


class Claims(Scene):
    cells = ("cell-a", "cell-b")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.api = cls.world.api("cell-a", "argocd-applicationset-controller/v3.5.7")
        cls.controller = cls.world.api("cell-a", "argocd-application-controller/v3.5.7")
        cls.api.create("/api/v1/namespaces", {"metadata": {"name": "argocd"}})
        everything = [(plural, kind, group, "v1alpha1") for plural, kind in kinds.items()]
        everything += [(plural, kind, of, "v1") for plural, (of, kind) in fluxes.items()]
        for plural, kind, of, version in everything:
            define(cls.world, "cell-a", plural, kind, of, version)
        cls.reset()

    @classmethod
    def reset(cls):
        """What Argo CD has of the fleet when all is well."""
        for plural in kinds:
            for one in cls.listed(plural):
                cls.api.delete(f"{argocd}/{plural}/{one['metadata']['name']}")
        for component in folders:
            cls.world.kubectl("cell-a", "apply", "-f", cls.world.repo.path / f"argocd/{component}.yaml")
        for cell in cls.cells:
            for component in folders:
                cls.make_application(cell, component)

    @classmethod
    def listed(cls, plural):
        """A kind that was just defined takes a moment to be served."""
        for _ in range(50):
            answer = cls.api.get(f"{argocd}/{plural}")
            if answer.status == 200:
                return answer.json["items"]
            time.sleep(0.2)
        raise RuntimeError(f"{plural}: {answer}")

    @classmethod
    def make(cls, kind, name, spec, **metadata):
        plural = next(plural for plural, one in kinds.items() if one == kind)
        return cls.api.create(f"{argocd}/{plural}", {
            "apiVersion": f"{group}/v1alpha1", "kind": kind, "metadata": {"name": name, **metadata}, "spec": spec})

    @classmethod
    def make_application(cls, cell, component):
        source = {"repoURL": "https://git.example.com/fleet/manifests.git", "targetRevision": "HEAD", "path": folders[component]}
        if component == "backend":
            source |= {"repoURL": "git@git.example.com:fleet/manifests", "directory": {"recurse": True, "exclude": "drafts/*"}}
        server = {"name": cell} if component == "edge" else {"server": cls.world.cells[cell].server}
        namespace = {} if component == "platform" else {"namespace": component}
        owner = {"apiVersion": f"{group}/v1alpha1", "kind": "ApplicationSet", "name": component, "uid": "1", "controller": True}
        cls.make("Application", f"{cell}-{component}",
                 {"project": "default", "source": source, "destination": {**server, **namespace}}, ownerReferences=[owner])
        cls.say(f"{cell}-{component}", sync={"status": "Synced", "revision": cls.world.repo.head}, health={"status": "Healthy"})

    @classmethod
    def say(cls, name, **status):
        cls.controller.patch(f"{argocd}/applications/{name}", {"status": status})

    def setUp(self):
        self.addCleanup(self.reset)

    def kubectl(self, *arguments, cell="cell-a", namespace="argocd"):
        return self.world.kubectl(cell, "--namespace", namespace, *arguments)

    def patch(self, name, patch):
        self.kubectl("patch", "applications.argoproj.io", name, "--type=merge", "--patch", patch)

    def claims(self, *arguments, **options):
        """(rule, severity, cells, object, path, manager) of each."""
        run = self.world.check(*arguments, **options)
        return [(one["rule"], one["severity"], one["cells"], one["object"]["name"], one["path"] or None,
                 one["changedBy"] and one["changedBy"]["manager"])
                for one in run.report["findings"] if one["category"] == "gitops"], run

    def test_all_is_well(self):
        self.assert_clean(self.world.check())

    def test_what_hands_did(self):
        self.patch("cell-a-backend", '{"spec": {"source": {"targetRevision": "feature"}}}')
        self.patch("cell-b-edge", '{"spec": {"ignoreDifferences": [{"kind": "Service", "jsonPointers": ["/spec"]}]}}')
        self.kubectl("annotate", "applications.argoproj.io", "cell-b-backend", "argocd.argoproj.io/skip-reconcile=true")
        self.kubectl("delete", "applications.argoproj.io", "cell-b-platform")
        claims, run = self.claims()
        self.assertEqual([
            ("gitops/altered", "error", ["cell-a"], "cell-a-backend", "/spec/source/targetRevision", "kubectl-patch"),
            ("gitops/altered", "warning", ["cell-b"], "cell-b-edge", "/spec/ignoreDifferences", "kubectl-patch"),
            ("gitops/missing-application", "error", ["cell-b"], "cell-b-platform", None, None),
            ("gitops/paused", "warning", ["cell-b"], "cell-b-backend", None, "kubectl-annotate"),
        ], sorted(claims, key=lambda claim: claim[:4]), run)

    def test_synced_though_somebody_scaled(self):
        deployment = self.world.live("cell-b", "-n", "backend", "deployments")["items"][0]
        name, replicas = deployment["metadata"]["name"], deployment["spec"]["replicas"]
        self.addCleanup(self.world.apply, "cell-b", ("--server-side", "--field-manager=argocd-controller", "--force-conflicts"))
        self.kubectl("scale", f"deployment/{name}", f"--replicas={replicas + 2}", cell="cell-b", namespace="backend")
        claims, run = self.claims()
        self.assertEqual([("gitops/claims-synced", "warning", ["cell-b"], "cell-b-backend", None, None),
                          ("gitops/paused", "note", ["cell-b"], "cell-b-backend", None, None)], sorted(claims), run)
        self.assertEqual(1, len([one for one in run.report["findings"] if one["category"] == "drift"]), run)

    def test_sync_windows_and_errors(self):
        always = {"kind": "deny", "schedule": "* * * * *", "duration": "1h", "namespaces": ["backend"]}
        self.make("AppProject", "default", {"syncWindows": [always]})
        self.assertEqual([], self.claims()[0])  # nothing of it is synced by itself
        self.say("cell-a-edge", conditions=[{"type": "ComparisonError", "message": "no repo server"}])
        self.controller.patch(f"{argocd}/applicationsets/edge", {"status": {"conditions": [
            {"type": "ErrorOccurred", "status": "True", "message": "no repo server"}]}})
        claims, run = self.claims()
        self.assertEqual([("gitops/condition", "cell-a-edge"), ("gitops/set-error", "edge")],
                         sorted((claim[0], claim[3]) for claim in claims), run)

    def test_flux(self):
        path = "/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/argocd/kustomizations"
        self.api.create(path, {"apiVersion": "kustomize.toolkit.fluxcd.io/v1", "kind": "Kustomization",
                               "metadata": {"name": "apps"}, "spec": {"suspend": True}})
        self.addCleanup(self.api.delete, f"{path}/apps")
        claims, run = self.claims()
        self.assertEqual([("gitops/suspended", "warning", ["cell-a"], "apps", None, None)], claims, run)

    def test_a_hub_that_is_no_cell(self):
        head = self.world.repo.head
        self.addCleanup(self.world.repo.reset, head)
        (self.world.repo.path / "argocd/edge.yaml").unlink()
        self.world.repo.commit("Let the edge be")
        self.patch("cell-b-backend", '{"spec": {"project": "other"}}')
        for component in ("platform", "backend"):
            self.say(f"cell-b-{component}", sync={"status": "Synced", "revision": self.world.repo.head})
        claims, run = self.claims("--hub-context", "cell-a", context="cell-b")
        self.assertEqual([("gitops/altered", "error", ["cell-b"], "cell-b-backend", "/spec/project", "kubectl-patch")],
                         [claim for claim in claims if claim[3] != "cell-b-edge"], run)
        self.assertEqual(["cell-b"], [cell["name"] for cell in run.report["cells"]])

    def test_a_hub_that_does_not_answer(self):
        claims, run = self.claims("--hub-context", "nowhere")
        self.assertEqual([], claims)
        self.assertTrue(any("what Argo CD says" in one["message"] for one in run.report["problems"]), run)
