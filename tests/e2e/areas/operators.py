"""Operators whose custom resources give rights: each has them where such a resource is about the object in that very cell, and
a hand never has. The resources are of the real groups and kinds; their definitions are the tests' own."""

import base64
import json

from harness.expect import difference, modified, removed
from harness.givers import Givers
from harness.webhook import Webhook

_web = "/apis/apps/v1/namespaces/backend/deployments/web"
_web_file = "apps/backend/workloads/web.yaml"
_service = "/api/v1/namespaces/backend/services/web"
_service_file = "apps/backend/network/services.yaml"
_secret = "/api/v1/namespaces/backend/secrets/store-credentials"
_pod_file = "apps/backend/workloads/tool.yaml"
_pod = """\
apiVersion: v1
kind: Pod
metadata:
  name: tool
  labels: {app: tool}
spec:
  containers:
    - name: app
      image: registry.example.com/tool:1
"""
_web_reference = {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"}


def inject(pod):
    """What Istio does to Pods: a proxy, an init container, marks and an annotation."""
    if any(each["name"] == "istio-proxy" for each in pod["spec"]["containers"]):
        return []
    proxy = {"name": "istio-proxy", "image": "registry.example.com/proxyv2:1.29"}
    start = {"name": "istio-init", "image": "registry.example.com/proxyv2:1.29"}
    return [
        {"op": "add", "path": "/spec/containers/-", "value": proxy},
        {"op": "add", "path": "/spec/initContainers", "value": [start]},
        {"op": "add", "path": "/metadata/labels/security.istio.io~1tlsMode", "value": "istio"},
        {"op": "add", "path": "/metadata/annotations", "value": {"sidecar.istio.io/status": "{}"}},
    ]


class Operators(Givers):
    cells = ("cell-a", "cell-b")

    def drift_of(self, run, name):
        return [(one["rule"], one["cells"], one["pathText"], (one["changedBy"] or {}).get("manager"))
                for one in run.report["findings"] if one["category"] == "drift" and one["object"]["name"] == name]

    def assert_drift(self, run, *expected):
        """That one cell alone has an operator is told, and is not what these tests are about."""
        found = [one for one in run.report["findings"]
                 if one["category"] != "skew" and one["rule"] != "parity/substrate"]
        self.assertEqual("", difference([self.world.place(one) for one in expected],
                                        {"findings": found, "problems": run.report["problems"]}), run)

    def rules(self, run):
        return {note["rule"] for note in run.report["byRight"]}

    def put_back(self, cell, file, kind, name):
        self.world.kubectl(cell, "-n", "backend", "delete", f"{kind}/{name}", "--wait=true")
        self.world.apply(cell, ("--server-side", "--field-manager=argocd-controller"), only=file)

    def patch(self, cell, path, patch, user_agent):
        self.api(cell, user_agent).patch(path, patch)

    # VerticalPodAutoscaler

    def set_memory(self, cell, memory, user_agent="vpa-updater/v1.5"):
        path = "/spec/template/spec/containers/0/resources/requests/memory"
        self.patch(cell, _web, [{"op": "replace", "path": path, "value": memory}], user_agent)
        self.addCleanup(self.put_back, cell, _web_file, "deployment", "web")

    def memory(self, cell, have, by):
        path = "spec.template.spec.containers[name=app].resources.requests.memory"
        return modified("Deployment backend/web", path, "1024Mi", have, by, f"{_web_file}: memory: 1024Mi", cell=cell)

    def test_1_a_vertical_autoscaler_sets_resources_in_its_cell(self):
        self.give("cell-a", "autoscaling.k8s.io/v1", "VerticalPodAutoscaler", "web",
                  {"targetRef": _web_reference, "updatePolicy": {"updateMode": "Recreate"}})
        for cell in self.cells:
            self.set_memory(cell, "1536Mi")
        run = self.world.check()
        self.assert_drift(run, self.memory("cell-b", "1536Mi", "vpa-updater"))
        self.assertIn("vpa-resources", self.rules(run))

    def test_2_one_that_is_off_or_about_another_workload_sets_none(self):
        for spec in ({"targetRef": _web_reference, "updatePolicy": {"updateMode": "Off"}},
                     {"targetRef": {**_web_reference, "name": "worker"}}):
            with self.subTest(spec):
                self.give("cell-a", "autoscaling.k8s.io/v1", "VerticalPodAutoscaler", "web", spec)
                self.set_memory("cell-a", "1536Mi")
                self.assert_drift(self.world.check(), self.memory("cell-a", "1536Mi", "vpa-updater"))
                self.doCleanups()

    def test_3_a_hand_beside_a_vertical_autoscaler_is_found(self):
        self.give("cell-a", "autoscaling.k8s.io/v1", "VerticalPodAutoscaler", "web", {"targetRef": _web_reference})
        self.set_memory("cell-a", "1792Mi", "kubectl-patch/v1.35")
        self.assert_drift(self.world.check(), self.memory("cell-a", "1792Mi", "kubectl-patch"))

    # Flagger

    def select(self, cell, app, user_agent="flagger/v1.42"):
        self.patch(cell, _service, {"spec": {"selector": {"app": app}}}, user_agent)
        self.addCleanup(self.put_back, cell, _service_file, "service", "web")

    def selector(self, cell, have, by):
        return modified("Service backend/web", "spec.selector.app", "web", have, by, f"{_service_file}#1: app: web", cell=cell)

    def test_4_flagger_moves_a_canary_s_traffic_in_its_cell(self):
        self.give("cell-a", "flagger.app/v1beta1", "Canary", "web",
                  {"targetRef": _web_reference, "service": {"port": 80}})
        for cell in self.cells:
            self.select(cell, "web-primary")
            self.api(cell, "flagger/v1.42").patch(f"{_web}/scale", {"spec": {"replicas": 0}})
            self.addCleanup(self.put_back, cell, _web_file, "deployment", "web")
        run = self.world.check()
        self.assert_drift(
            run,
            self.selector("cell-b", "web-primary", "flagger"),
            # Scaling to zero leaves no record.
            modified("Deployment backend/web", "spec.replicas", 2, 0, None, f"{_web_file}: replicas: 2", cell="cell-b"),
        )
        self.assertLessEqual({"flagger-traffic", "flagger-workload"}, self.rules(run))

    def test_5_a_hand_beside_flagger_is_found(self):
        self.give("cell-a", "flagger.app/v1beta1", "Canary", "web",
                  {"targetRef": _web_reference, "service": {"port": 80}})
        self.select("cell-a", "web-2", "kubectl-edit/v1.35")
        self.assert_drift(self.world.check(), self.selector("cell-a", "web-2", "kubectl-edit"))

    # Istio: injection by the namespace's label

    def mesh(self, cell):
        """The injector as Istio has it: for Pods of namespaces with the label."""
        webhook = Webhook(self.world.folder / f"istio-{cell}", inject)
        self.addCleanup(webhook.stop)
        rules = [{"apiGroups": [""], "apiVersions": ["v1"], "resources": ["pods"], "operations": ["CREATE"]}]
        webhook.register(self.api(cell), "namespace.sidecar-injector.istio.io", rules,
                         namespaceSelector={"matchLabels": {"istio-injection": "enabled"}})
        self.addCleanup(Webhook.unregister, self.api(cell), "namespace.sidecar-injector.istio.io")

    def make_pods(self):
        self.addCleanup(lambda: (self.world.repo.path / _pod_file).unlink() or self.world.repo.commit("Take the tool out"))
        self.world.repo.write(_pod_file, _pod)
        self.world.repo.commit("Add a Pod")
        for cell in self.cells:
            self.addCleanup(self.world.kubectl, cell, "-n", "backend", "delete", "pod/tool", "--now", "--wait=true")
            self.wait_for_injector(cell)

    def wait_for_injector(self, cell):
        """A server takes a moment to learn of webhooks and labels."""
        for _ in range(50):
            self.world.apply(cell, ("--server-side", "--field-manager=argocd-controller"), only=_pod_file)
            pod = self.world.live(cell, "-n", "backend", "pod/tool")
            if len(pod["spec"]["containers"]) == 2 or cell != "cell-a":
                return
            self.world.kubectl(cell, "-n", "backend", "delete", "pod/tool", "--now", "--wait=true")

    def test_6_a_sidecar_is_its_injector_s_where_the_namespace_has_the_label(self):
        labels = {"metadata": {"labels": {"istio-injection": "enabled"}}}
        self.world.repo.replace("platform/10-namespaces.yaml", "    team: payments",
                                "    team: payments\n    istio-injection: enabled")
        self.world.repo.commit("Have sidecars in the backend")
        for cell in self.cells:
            self.api(cell, "argocd-controller/v3").patch("/api/v1/namespaces/backend", labels)
        self.mesh("cell-a")
        self.make_pods()
        run = self.world.check()
        self.assertEqual([], self.drift_of(run, "tool"), run)
        self.assertIn("namespace.sidecar-injector.istio.io", json.dumps(run.report["byRight"]))
        # Of a namespace that has lost its label nothing is the injector's.
        self.api("cell-a", "kubectl-label/v1.35").patch(
            "/api/v1/namespaces/backend", {"metadata": {"labels": {"istio-injection": None}}})
        run = self.world.check()
        self.assertIn(("drift/added", ["cell-a"], "spec.containers[name=istio-proxy]", None), self.drift_of(run, "tool"))
        self.assertIn(removed("Namespace backend", 'metadata.labels.istio-injection', "enabled", None, cell="cell-a").path,
                      [path for _, _, path, _ in self.drift_of(run, "backend")])

    # ExternalSecret

    def fill(self, cell, text, user_agent="external-secrets/v2.1"):
        data = {"data": {"password": base64.b64encode(text.encode()).decode()}}
        self.patch(cell, _secret, data, user_agent)
        self.addCleanup(self.put_back, cell, "apps/backend/config/secrets.yaml", "secret", "store-credentials")

    def test_7_an_external_secret_fills_in_its_secret_in_its_cell(self):
        self.give("cell-a", "external-secrets.io/v1", "ExternalSecret", "store",
                  {"target": {"name": "store-credentials", "creationPolicy": "Merge"}})
        for cell in self.cells:
            self.fill(cell, "filled-in-by-the-operator")
        run = self.world.check()
        self.assertEqual([("drift/modified", ["cell-b"], "data.password", "external-secrets")],
                         self.drift_of(run, "store-credentials"), run)
        self.assertIn("filled-secret", self.rules(run))

    def test_8_a_hand_beside_an_external_secret_is_found(self):
        self.give("cell-a", "external-secrets.io/v1", "ExternalSecret", "store-credentials", {})
        self.fill("cell-a", "changed-by-a-person", "kubectl-edit/v1.35")
        self.assertEqual([("drift/modified", ["cell-a"], "data.password", "kubectl-edit")],
                         self.drift_of(self.world.check(), "store-credentials"))

    def test_9_the_secret_that_it_makes_is_no_extra_object(self):
        """It has the ExternalSecret's labels, tracking included; without its owner it is left over."""
        folder = self.give("cell-a", "external-secrets.io/v1", "ExternalSecret", "made", {})
        giver = self.api("cell-a").read(f"{folder}/made")
        owner = {"apiVersion": giver["apiVersion"], "kind": giver["kind"], "name": "made", "uid": giver["metadata"]["uid"]}
        for name, owners in (("made", [owner]), ("left-over", [])):
            secret = {"metadata": {"name": name, "labels": {"app.kubernetes.io/instance": "cell-a-backend"},
                                   "ownerReferences": owners}, "stringData": {"key": "value"}}
            secrets = "/api/v1/namespaces/backend/secrets"
            self.api("cell-a", "external-secrets/v2.1").create(secrets, secret)
            self.addCleanup(self.api("cell-a").delete, f"{secrets}/{name}")
        found = [one["object"]["name"] for one in self.world.check().report["findings"] if one["category"] == "extra"]
        self.assertEqual(["left-over"], found)
