"""What others change by right is no finding, and is named: autoscalers, operators, and real mutating webhooks. What a hand
changes beside them is one all the same.

Two cells, each with a webhook from before the fleet is applied: cell-a is applied server-side and gets a sidecar and a
label; cell-b is applied client-side, and its images are rewritten as well."""

import dataclasses
import json

from harness.cell import tokens
from harness.expect import added, difference, modified
from harness.givers import Givers
from harness.webhook import Webhook
from harness.world import as_argocd, client_side

_web = "/apis/apps/v1/namespaces/backend/deployments/web"
_web_file = "apps/backend/workloads/web.yaml"
_hook = "inject.example.com"
_deployments = [{"apiGroups": ["apps"], "apiVersions": ["v1"], "resources": ["deployments"],
                 "operations": ["CREATE", "UPDATE"]}]


def inject(object):
    """A sidecar, and a label."""
    patch = []
    containers = object["spec"]["template"]["spec"]["containers"]
    if not any(each["name"] == "proxy" for each in containers):
        proxy = {"name": "proxy", "image": "registry.example.com/proxy:1", "args": ["--mode", "sidecar"]}
        patch.append({"op": "add", "path": "/spec/template/spec/containers/-", "value": proxy})
    labels = "/spec/template/metadata/labels"
    patch.append({"op": "add", "path": f"{labels}/sidecar", "value": "injected"})
    return patch


def inject_and_rewrite(object):
    """The same, and images come from a mirror."""
    patch = []
    for index, container in enumerate(object["spec"]["template"]["spec"]["containers"]):
        if container["name"] != "proxy" and not container["image"].startswith("mirror.example.com/"):
            image = "mirror.example.com/" + container["image"].removeprefix("registry.example.com/")
            path = f"/spec/template/spec/containers/{index}/image"
            patch.append({"op": "replace", "path": path, "value": image})
    return patch + inject(object)


class ByRight(Givers):
    cells = ("cell-a", "cell-b")
    modes = {"cell-a": as_argocd, "cell-b": client_side}
    applied = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.webhooks = {cell: Webhook(cls.world.folder / f"webhook-{cell}", mutate)
                        for cell, mutate in (("cell-a", inject), ("cell-b", inject_and_rewrite))}
        for cell in cls.cells:
            cls.register(cell)
        cls.world.apply_everywhere(cls.modes)

    @classmethod
    def tearDownClass(cls):
        for webhook in cls.webhooks.values():
            webhook.stop()
        super().tearDownClass()

    @classmethod
    def register(cls, cell):
        cls.webhooks[cell].register(cls.api(cell), _hook, _deployments)
        cls.webhooks[cell].wait_until_called(cls.api(cell))

    def kubectl(self, cell, *arguments, **options):
        return self.world.kubectl(cell, "--namespace=backend", *arguments, **options)

    def put_back(self, cell, file=_web_file):
        """Makes the file's objects anew, as Git has them."""
        self.kubectl(cell, "delete", f"--filename={self.world.repo.path / file}", "--wait=true")
        self.world.apply(cell, self.modes[cell], only=file)

    def assert_drift(self, run, *expected):
        """What else an image changes, skew and parity between the cells, is not what these tests are about."""
        found = [one for one in run.report["findings"] if one["category"] not in ("skew", "parity")]
        report = {"findings": found, "problems": run.report["problems"]}
        self.assertEqual("", difference([self.world.place(one) for one in expected], report), run)

    def notes(self, run, rule):
        return [note for note in run.report["byRight"] if note["rule"] == rule]

    def scale(self, cell, replicas, user_agent="kube-controller-manager/v1.35.1"):
        self.api(cell, user_agent).patch(f"{_web}/scale", {"spec": {"replicas": replicas}})

    # Webhooks

    def test_1_what_webhooks_put_and_rewrite_is_theirs(self):
        run = self.world.check()
        self.assertEqual((1, "drifted", []), (run.exit_code, run.report["verdict"], run.report["problems"]), run)
        # All that there is to say is that the webhooks of the two cells are not the same, and do not do the same.
        said = {(one["rule"], one["severity"], one["pathText"].rpartition(".")[2]) for one in run.report["findings"]}
        self.assertEqual({("parity/field", "note", "image"), ("parity/substrate", "warning", "url")}, said)
        notes = self.notes(run, "mutating-webhook")
        self.assertTrue(notes, run)
        for note in notes:
            self.assertIn(_hook, json.dumps(note))
        # One note for each thing that the webhook does, however many objects it does it to.
        self.assertLessEqual(len(notes), 6, notes)

    def test_2_hand_changes_beside_them_are_found(self):
        # The hand's own write runs through the webhook as well.
        self.addCleanup(self.put_back, "cell-a")
        self.addCleanup(self.put_back, "cell-b")
        self.kubectl("cell-a", "label", "deployment/web", "hand=yes")
        self.kubectl("cell-b", "set", "image", "deployment/web", "app=mirror.example.com/web:9")
        image = "spec.template.spec.containers[name=app].image"
        self.assert_drift(
            self.world.check(),
            added("Deployment backend/web", "metadata.labels.hand", "yes", "kubectl-label",
                  f"{_web_file}#1: labels:", cell="cell-a"),
            modified("Deployment backend/web", image, "registry.example.com/web:1.3.0", "mirror.example.com/web:9",
                     "kubectl-set", f"{_web_file}: image: registry.example.com/web:1.3.0", cell="cell-b"),
        )

    def test_3_a_cell_without_the_webhook_has_no_right_to_its_changes(self):
        Webhook.unregister(self.api("cell-b"), _hook)
        self.addCleanup(self.register, "cell-b")
        run = self.world.check()
        self.assertEqual(1, run.exit_code, run)
        out = {cell: {one["rule"] for one in run.report["findings"] if cell in one["cells"]} for cell in self.cells}
        self.assertEqual({"parity/substrate"}, out["cell-a"], "it alone has the webhook, and nobody knows which is meant")
        self.assertLess(1, len(out["cell-b"]), run)
        paths = {finding["pathText"] for finding in run.report["findings"] if finding["object"]["name"] == "web"}
        self.assertIn("spec.template.spec.containers[name=app].image", paths)
        self.assertIn("spec.template.spec.containers[name=proxy]", paths)

    def test_4_webhooks_that_may_not_be_looked_at_leave_it_open(self):
        config = self.world.kubeconfig_with("cell-b", token=tokens["no-webhooks"])
        run = self.world.check(kubeconfig=config)
        self.assertEqual(3, run.exit_code, run)
        self.assertEqual([], run.report["findings"])
        self.assertIn("MutatingWebhookConfiguration", json.dumps(run.report["problems"]))
        # Nothing hangs on them where nothing differs: other objects are as clean as ever.
        self.assertGreater(run.report["cells"][1]["objects"]["equal"], 20, run)

    # Autoscalers

    def autoscale(self, cell):
        reference = {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"}
        spec = {"scaleTargetRef": reference, "minReplicas": 2, "maxReplicas": 8}
        body = {"metadata": {"name": "web", "namespace": "backend"}, "spec": spec}
        self.with_object(cell, "/apis/autoscaling/v2/namespaces/backend/horizontalpodautoscalers", body)

    def scaled(self, cell, have):
        return modified("Deployment backend/web", "spec.replicas", 2, have, "kube-controller-manager/scale",
                        f"{_web_file}: replicas: 2", cell=cell)

    def test_5_an_autoscaler_has_a_right_in_its_own_cell(self):
        self.addCleanup(self.put_back, "cell-a")
        self.addCleanup(self.put_back, "cell-b")
        self.autoscale("cell-a")
        self.scale("cell-a", 7)
        self.scale("cell-b", 7)
        run = self.world.check()
        self.assert_drift(run, self.scaled("cell-b", 7))
        self.assertEqual(1, len(self.notes(run, "hpa-replicas")), run)
        self.assertIn("HorizontalPodAutoscaler", json.dumps(self.notes(run, "hpa-replicas")))

    def test_6_out_of_its_bounds_it_has_none(self):
        self.addCleanup(self.put_back, "cell-a")
        self.autoscale("cell-a")
        self.scale("cell-a", 50)
        self.assert_drift(self.world.check(), self.scaled("cell-a", 50))

    def test_7_replicas_that_git_leaves_out(self):
        worker = "/apis/apps/v1/namespaces/backend/deployments/worker/scale"
        self.api("cell-a", "kube-controller-manager/v1.35.1").patch(worker, {"spec": {"replicas": 3}})
        self.addCleanup(self.api("cell-a").patch, worker, {"spec": {"replicas": 1}})
        run = self.world.check()  # the fleet's own autoscaler is about this one
        self.assert_drift(run)
        serious = {one["rule"] for one in run.report["findings"] if one["severity"] != "note"}
        self.assertEqual({"parity/substrate"}, serious, "the cells' webhooks are at addresses of their own")

    # Custom resources that give rights

    def test_9_keda_scales_to_zero(self):
        self.addCleanup(self.put_back, "cell-a")
        self.addCleanup(self.put_back, "cell-b")
        spec = {"scaleTargetRef": {"name": "web"}, "minReplicaCount": 1, "idleReplicaCount": 0, "maxReplicaCount": 4}
        self.give("cell-a", "keda.sh/v1alpha1", "ScaledObject", "web", spec)
        for cell in self.cells:
            self.scale(cell, 0)
        # A zero is left out of what the server compares to find the owner: there is no record of who.
        self.assert_drift(self.world.check(), dataclasses.replace(self.scaled("cell-b", 0), by=None))

    def test_a_a_rollout_takes_over_its_workload(self):
        self.addCleanup(self.put_back, "cell-a")
        spec = {"workloadRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"}}
        self.give("cell-a", "argoproj.io/v1alpha1", "Rollout", "web", spec)
        self.scale("cell-a", 0, "rollouts-controller/v1.8")
        self.assert_drift(self.world.check())
        self.scale("cell-a", 1, "kubectl/v1.35")  # from zero: no record of who
        self.assert_drift(self.world.check(), dataclasses.replace(self.scaled("cell-a", 1), by=None))

    def test_b_a_kyverno_policy_puts_what_it_says(self):
        Webhook.unregister(self.api("cell-a"), _hook)
        self.addCleanup(self.register, "cell-a")
        labels = {"metadata": {"labels": {"+(sidecar)": "injected"}}}
        proxy = {"spec": {"containers": [{"name": "proxy", "image": "registry.example.com/proxy:1"}]}}
        rules = [{"name": str(number), "match": {"any": [{"resources": {"kinds": ["Pod"]}}]},
                  "mutate": {"patchStrategicMerge": put}} for number, put in enumerate((labels, proxy))]
        self.give("cell-a", "kyverno.io/v1", "ClusterPolicy", "sidecars", {"rules": rules})
        run = self.world.check()
        self.assert_drift(run)
        self.assertTrue(self.notes(run, "kyverno-policy"), run)

    # Certificate authorities

    def test_8_an_injected_authority_is_its_injectors_and_no_hands(self):
        path = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations"
        name = self.api("cell-a").read(path)["items"][0]["metadata"]["name"]
        bundle = self.webhooks["cell-a"].ca_bundle
        taken_out = [{"op": "remove", "path": "/webhooks/0/clientConfig/caBundle"}]
        self.addCleanup(self.api("cell-a").patch, f"{path}/{name}", taken_out)

        def put(user_agent):
            patch = [{"op": "add", "path": "/webhooks/0/clientConfig/caBundle", "value": bundle}]
            self.api("cell-a", user_agent).patch(f"{path}/{name}", patch)

        put("cainjector/v1.18")
        self.assert_drift(self.world.check())
        self.api("cell-a").patch(f"{path}/{name}", taken_out)
        put("kubectl-patch/v1.35")
        run = self.world.check()
        drift = [one for one in run.report["findings"] if one["category"] == "drift"]
        self.assertEqual(["kubectl-patch"], [one["changedBy"]["manager"] for one in drift], run)
