"""Live cells against each other: a webhook in one cell alone, an object that somebody made by hand, and what no two cells
have in common by nature."""

import json

from harness.scene import Scene
from harness.webhook import Webhook
from harness.world import as_argocd

_hook = "inject.example.com"
_deployments = [{"apiGroups": ["apps"], "apiVersions": ["v1"], "resources": ["deployments"],
                 "operations": ["CREATE", "UPDATE"]}]
_label = "spec.template.metadata.labels.sidecar"
_proxy = "spec.template.spec.containers[name=proxy]"


def inject(object):
    """A sidecar, and a label."""
    patch = []
    containers = object["spec"]["template"]["spec"]["containers"]
    if not any(each["name"] == "proxy" for each in containers):
        proxy = {"name": "proxy", "image": "registry.example.com/proxy:1"}
        patch.append({"op": "add", "path": "/spec/template/spec/containers/-", "value": proxy})
    patch.append({"op": "add", "path": "/spec/template/metadata/labels/sidecar", "value": "injected"})
    return patch


class Parity(Scene):
    cells = ("cell-a", "cell-b", "cell-c")
    applied = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.webhook = Webhook(cls.world.folder / "webhook", inject)
        api = cls.world.api("cell-b", "celldrift-e2e")
        cls.webhook.register(api, _hook, _deployments)
        cls.webhook.wait_until_called(api)
        cls.world.apply_everywhere({cell: as_argocd for cell in cls.cells})

    @classmethod
    def tearDownClass(cls):
        cls.webhook.stop()
        super().tearDownClass()

    def findings(self, run, rule="parity/"):
        return [one for one in run.report["findings"] if one["rule"].startswith(rule)]

    def diff(self, *arguments):
        return self.world.binary.run("diff", *arguments, "--repo", self.world.repo.path,
                                     "--kubeconfig", self.world.readonly, "--context", "cell-*")

    def test_1_a_webhook_in_one_cell_alone(self):
        run = self.world.check()
        self.assertEqual(1, run.exit_code, run)
        found = self.findings(run)
        self.assertEqual(run.report["findings"], found, "there is nothing but parity")
        (webhook,) = [one for one in found if one["rule"] == "parity/substrate"]
        self.assertEqual(("MutatingWebhookConfiguration", ["cell-b"]), (webhook["object"]["kind"], webhook["cells"]))
        found.remove(webhook)
        self.assertEqual({"parity/field"}, {one["rule"] for one in found})
        self.assertEqual({_label, _proxy}, {one["pathText"] for one in found})
        deployments = {one["object"]["name"] for one in found}
        self.assertIn("web", deployments)
        self.assertEqual(2 * len(deployments), len(found))
        for one in found:
            self.assertEqual(("parity", "warning", ["cell-b"]), (one["category"], one["severity"], one["cells"]))
            self.assertIn(f"likely because MutatingWebhookConfiguration {_hook} is in cell-b", one["reason"])

    def test_2_an_object_that_somebody_made(self):
        self.world.kubectl("cell-c", "--namespace=backend", "create", "configmap", "by-hand", "--from-literal=a=b")
        run = self.world.check()
        found = self.findings(run, "parity/object")
        self.assertEqual([["cell-c"]], [one["cells"] for one in found], run)
        self.assertEqual("by-hand", found[0]["object"]["name"])
        self.assertEqual("kubectl-create", found[0]["changedBy"]["manager"])
        self.world.kubectl("cell-c", "--namespace=backend", "delete", "configmap", "by-hand")
        self.assertEqual([], self.findings(self.world.check(), "parity/object"))

    def test_3_two_cells_side_by_side(self):
        alike = self.diff("cell-a", "cell-c", "--component", "backend")
        self.assertEqual(0, alike.exit_code, alike)
        run = self.diff("cell-a", "cell-b", "-o", "json")
        self.assertEqual(1, run.exit_code, run)
        document = json.loads(run.stdout)
        self.assertTrue(document["complete"], document["problems"])
        undeclared = [one for one in document["differences"]
                      if one["nature"] != "declared" and one["component"] != "(cluster)"]
        self.assertEqual({"undeclared"}, {one["nature"] for one in undeclared})
        self.assertEqual({_label, _proxy}, {one["pathText"] for one in undeclared})
        others = [one for one in document["differences"] if one not in undeclared]
        self.assertEqual([(f"MutatingWebhookConfiguration {_hook}", None, "there")],
                         [(one["subject"], one["left"], one["right"]) for one in others], "both run the same")
        patch = self.diff("cell-a", "cell-b", "-o", "unified")
        self.assertRegex(patch.stdout, r"(?m)^\+ .*image: registry.example.com/proxy:1$")

    def test_4_a_hand_change_is_drift_and_no_parity(self):
        self.world.kubectl("cell-c", "--namespace=backend", "label", "deployment/web", "hand=yes")
        run = self.world.check()
        about = [one for one in run.report["findings"] if "hand" in one["pathText"]]
        self.assertEqual(["drift/added"], [one["rule"] for one in about], run)
        document = json.loads(self.diff("cell-a", "cell-c", "-o", "json").stdout)
        self.assertEqual([("drift", ["cell-c"])],
                         [(one["nature"], one["drifted"]) for one in document["differences"] if "hand" in (one["pathText"] or "")])

    def test_5_what_the_cells_lack_is_declared(self):
        document = json.loads(self.diff("cell-a", "cell-c", "-o", "json").stdout)
        applications = [one for one in document["differences"] if one["kind"] == "application"]
        self.assertEqual([("edge", "declared")], [(one["component"], one["nature"]) for one in applications])
