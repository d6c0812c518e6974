"""What cells stand on, beside what Git has in them: on servers of two Kubernetes versions, and on others of one."""

from harness.cell import tokens
from harness.scene import Scene
from harness.webhook import Webhook

_storage = "/apis/storage.k8s.io/v1/storageclasses"
_classes = "/apis/scheduling.k8s.io/v1/priorityclasses"
_definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
_chosen = "storageclass.kubernetes.io/is-default-class"
_hook = "inject.example.com"
_deployments = [{"apiGroups": ["apps"], "apiVersions": ["v1"], "resources": ["deployments"],
                 "operations": ["CREATE", "UPDATE"]}]


def storage_class(name, default=False, **parameters):
    return {"metadata": {"name": name, "annotations": {_chosen: str(default).lower()}},
            "provisioner": "disks.example.com", "parameters": parameters}


def definition(description, **size):
    schema = {"type": "object", "properties": {"spec": {
        "type": "object", "description": description, "properties": {"size": {"type": "integer", **size}}}}}
    return {"metadata": {"name": "lamps.other.example.com"}, "spec": {
        "group": "other.example.com", "scope": "Namespaced", "names": {"kind": "Lamp", "plural": "lamps"},
        "versions": [{"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": schema}}]}}


class OfSubstrate(Scene):
    cells = ("cell-a", "cell-b")

    def findings(self, run, rule="parity/substrate"):
        return [one for one in run.report["findings"] if one["rule"] == rule]

    def admin(self, cell):
        return self.world.api(cell, "celldrift-e2e")

    def about(self, found):
        return {(one["object"]["kind"], one["object"]["name"], one["pathText"], tuple(one["cells"])) for one in found}


class TwoMinors(OfSubstrate):
    versions = {"cell-a": "1.33"}

    def test_what_comes_with_the_version_is_told_there(self):
        run = self.world.check()
        self.assertEqual([], self.findings(run), run)
        told = self.findings(run, "skew/kubernetes")
        self.assertEqual(1, len(told))
        self.assertIn("with the version come other APIs", told[0]["reason"])

    def test_what_does_not_is_a_finding(self):
        self.admin("cell-b").create(_classes, {"metadata": {"name": "batch"}, "value": 7})
        try:
            self.assertEqual({("PriorityClass", "batch", "", ("cell-b",))}, self.about(self.findings(self.world.check())))
        finally:
            self.admin("cell-b").delete(f"{_classes}/batch")


class OneMinor(OfSubstrate):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.webhook = Webhook(cls.world.folder / "webhook", lambda object: [
            {"op": "add", "path": "/spec/template/metadata/labels/sidecar", "value": "injected"}])

    @classmethod
    def tearDownClass(cls):
        cls.webhook.stop()
        super().tearDownClass()

    def test_1_the_same_everywhere(self):
        for cell in self.cells:
            api = self.admin(cell)
            api.create(_storage, storage_class("quick", default=True, type="gp3"))
            api.create(_definitions, definition(f"of {cell}", default=1))
            api.create("/api/v1/namespaces/backend/resourcequotas",
                       {"metadata": {"name": "team"}, "spec": {"hard": {"pods": "100" if cell == "cell-a" else "1e2"}}})
        self.assert_clean(self.world.check())

    def test_2_differences_each_once(self):
        api = self.admin("cell-b")
        api.create(_storage, storage_class("vast"))
        self.world.kubectl("cell-b", "patch", "storageclass", "vast", "--type=merge", "-p",
                           '{"metadata":{"annotations":{"storageclass.kubernetes.io/is-default-class":"true"}}}')
        self.world.kubectl("cell-b", "annotate", "--overwrite", "storageclass", "quick", f"{_chosen}=false")
        self.world.kubectl("cell-b", "--namespace=backend", "patch", "resourcequota", "team", "--type=merge", "-p",
                           '{"spec":{"hard":{"pods":"50"}}}')
        self.world.kubectl("cell-b", "patch", "crd", "lamps.other.example.com", "--type=json", "-p",
                           '[{"op":"replace","path":"/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/size/default","value":2}]')
        run = self.world.check()
        size = "spec.versions[name=v1].schema.openAPIV3Schema.properties.spec.properties.size.default"
        self.assertEqual({
            ("StorageClass", "vast", "", ("cell-b",)),
            ("StorageClass", "quick", "", ("cell-b",)),  # which is the default
            ("ResourceQuota", "team", "spec.hard.pods", ("cell-b",)),
            ("CustomResourceDefinition", "lamps.other.example.com", size, ("cell-b",)),
        }, self.about(self.findings(run)), run)
        self.assertEqual({"parity/substrate"}, {one["rule"] for one in run.report["findings"]})

    def test_3_who_may_not_read_it_is_told_so(self):
        run = self.world.check(kubeconfig=self.world.kubeconfig_with("cell-b", token=tokens["no-webhooks"]))
        said = [one for one in self.problems_of(run, "cell-b") if "not compared with other cells" in one]
        self.assertEqual(1, len(said), run)
        self.assertIn("MutatingWebhookConfiguration", said[0])

    def test_4_a_webhook_is_named_as_the_cause(self):
        api = self.admin("cell-b")
        self.webhook.register(api, _hook, _deployments)
        self.webhook.wait_until_called(api)
        self.world.kubectl("cell-b", "--namespace=backend", "rollout", "restart", "deployment/web")
        run = self.world.check()
        self.assertIn(("MutatingWebhookConfiguration", _hook, "", ("cell-b",)), self.about(self.findings(run)), run)
        injected = [one for one in self.findings(run, "parity/field") if one["pathText"].endswith("labels.sidecar")]
        self.assertEqual(1, len(injected), run)
        self.assertIn(f"likely because MutatingWebhookConfiguration {_hook} is in cell-b and not in cell-a",
                      injected[0]["reason"])
        self.webhook.unregister(api, _hook)
