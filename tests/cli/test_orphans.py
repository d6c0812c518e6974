"""Orphaned resources: what no Application wants, in namespaces whose AppProject asks for such."""

import gzip
import json

from case import Case
from fleet import DEMO

PROJECT = """\
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {{name: shop, namespace: argocd}}
spec:
  sourceRepos: ['*']
  destinations: [{{server: '*', namespace: '*'}}]
  clusterResourceWhitelist: [{{group: '*', kind: '*'}}]
{}
"""
TRACKING = "argocd.argoproj.io/tracking-id"
HAND = {"manager": "kubectl-create", "operation": "Update", "time": "2026-11-24T01:40:00Z"}


def made(kind, name, ns="backend", api_version="v1", by="kubectl-create", **more):
    managed = {**HAND, "manager": by, "apiVersion": api_version, "fieldsType": "FieldsV1", "fieldsV1": {"f:data": {".": {}}}}
    metadata = {"name": name, "namespace": ns, "managedFields": [managed], **more.pop("metadata", {})}
    return {"apiVersion": api_version, "kind": kind, "metadata": metadata, **more}


def key_of(document):
    group, _, _ = document["apiVersion"].rpartition("/")
    return group, document["kind"], document["metadata"].get("namespace", ""), document["metadata"]["name"]


class Orphans(Case):
    def ask(self, settings):
        self.fleet.write("argocd/shop.yaml", PROJECT.format("  " + settings))
        self.fleet.commit()

    def cell_with(self, *objects, change_header=lambda header: None):
        """cell-a with more in it."""
        lines = gzip.decompress((DEMO / "snapshots/cell-a.snap").read_bytes()).decode().splitlines()
        header, all_objects = json.loads(lines[0]), [json.loads(line) for line in lines[1:]] + list(objects)
        all_objects.sort(key=key_of)
        header["objects"] = len(all_objects)
        change_header(header)
        text = "\n".join(json.dumps(one, separators=(",", ":"), sort_keys=True) for one in [header, *all_objects])
        return self.fleet.write("cell-a.snap", gzip.compress((text + "\n").encode()), folder=self.fleet.folder)

    def audit(self, *objects, code, arguments=(), **options):
        snapshot = self.cell_with(*objects, **options)
        return self.report("--snapshot", snapshot, *arguments, code=code, cells=())

    def found(self, *objects, code, **options):
        report = self.audit(*objects, code=code, **options)
        return [(one["severity"], f"{one['object']['kind']} {one['object']['namespace']}/{one['object']['name']}")
                for one in report["findings"] if one["rule"] == "orphaned"]

    def test_nothing_is_looked_for_where_no_project_asks(self):
        self.assertEqual([], self.found(made("ConfigMap", "leftover"), code=0))

    def test_a_project_that_warns(self):
        self.ask("orphanedResources: {warn: true}")
        report = self.audit(made("ConfigMap", "leftover"), code=1)
        finding, = report["findings"]
        self.assertEqual(("orphaned", "warning", "extra"), (finding["rule"], finding["severity"], finding["category"]))
        self.assertEqual("kubectl-create", finding["changedBy"]["manager"])
        self.assertEqual("backend", finding["component"])
        self.assertIn("AppProject shop", finding["message"])
        self.assertEqual(1, report["summary"]["objects"]["extra"])

    def test_a_project_that_does_not_warn_has_them_shown(self):
        for settings in ("{}", "{warn: false}"):
            with self.subTest(settings):
                self.ask(f"orphanedResources: {settings}")
                self.assertEqual([("note", "ConfigMap backend/leftover")], self.found(made("ConfigMap", "leftover"), code=0))

    def test_what_is_not_orphaned(self):
        self.ask("orphanedResources: {warn: true}")
        template = {"metadata": {"name": "data"}}
        others = [
            made("ConfigMap", "kube-root-ca.crt"),
            made("ServiceAccount", "default"),
            made("ConfigMap", "elsewhere", ns="kube-system"),
            made("ConfigMap", "owned", metadata={"ownerReferences": [
                {"apiVersion": "v1", "kind": "Pod", "name": "p", "uid": "1"}]}),
            made("ConfigMap", "of-frontend", metadata={
                "annotations": {TRACKING: "cell-a-frontend:/ConfigMap:backend/of-frontend"}}),
            made("PersistentVolumeClaim", "data-db-0"),
            made("StatefulSet", "db", api_version="apps/v1", spec={"volumeClaimTemplates": [template]}, metadata={
                "ownerReferences": [{"apiVersion": "v1", "kind": "Database", "name": "p", "uid": "1"}]}),
            made("Secret", "token", type="kubernetes.io/service-account-token", metadata={"annotations": {
                "kubernetes.io/service-account.name": "default", "kubernetes.io/service-account.uid": "1"}}),
            made("Lease", "leader", api_version="coordination.k8s.io/v1"),
        ]
        # The one of them that an Application of this fleet has tracked and that none wants.
        report = self.audit(*others, code=1)
        self.assertEqual([("extra", "of-frontend")],
                         [(one["rule"], one["object"]["name"]) for one in report["findings"]])

    def test_a_claim_of_no_statefulset(self):
        self.ask("orphanedResources: {warn: true}")
        self.assertEqual([("warning", "PersistentVolumeClaim backend/data-db-0")],
                         self.found(made("PersistentVolumeClaim", "data-db-0"), code=1))

    def test_what_the_project_ignores(self):
        cases = {
            "{kind: ConfigMap}": [],
            "{kind: Config*, name: left*}": [],
            "{name: '*over'}": [],
            "{group: apps, kind: ConfigMap}": ["leftover"],
            "{group: '*'}": [],
            "{kind: ConfigMap, name: left}": ["leftover"],
        }
        for rule, expected in cases.items():
            with self.subTest(rule):
                self.ask(f"orphanedResources: {{warn: true, ignore: [{rule}]}}")
                found = self.found(made("ConfigMap", "leftover"), code=1 if expected else 0)
                self.assertEqual([("warning", f"ConfigMap backend/{name}") for name in expected], found)

    def test_kinds_that_the_project_does_not_permit(self):
        self.ask("orphanedResources: {warn: true}\n  namespaceResourceBlacklist: [{group: batch, kind: Job}]")
        self.assertEqual([], self.found(made("Job", "once", api_version="batch/v1"), code=0))

    def test_what_a_controller_made_is_a_note(self):
        self.ask("orphanedResources: {warn: true}")
        by = "cert-manager-certificates-issuing"
        self.assertEqual([("note", "Secret backend/tls")], self.found(made("Secret", "tls", by=by), code=0))

    def test_what_says_that_it_is_another_application_s(self):
        self.ask("orphanedResources: {warn: true}")
        annotations = {TRACKING: "other:/ConfigMap:backend/leftover"}
        report = self.audit(made("ConfigMap", "leftover", metadata={"annotations": annotations}), code=0)
        finding, = report["findings"]
        self.assertEqual("note", finding["severity"])
        self.assertIn("part of the Application other", finding["reason"])

    def test_an_instance_label_of_a_chart_is_no_tracking(self):
        self.ask("orphanedResources: {warn: true}")
        labels = {"app.kubernetes.io/instance": "redis"}
        self.assertEqual([("warning", "ConfigMap backend/leftover")],
                         self.found(made("ConfigMap", "leftover", metadata={"labels": labels}), code=1))

    def test_kinds_that_could_not_be_read_leave_it_open(self):
        self.ask("orphanedResources: {warn: true}")

        def forbid(header):
            for entry in header["coverage"]:
                if entry["kind"] == "Job":
                    entry.update(state="unknown", reason="jobs is forbidden")

        report = self.audit(code=3, change_header=forbid)
        self.assertEqual(["orphaned resources were not looked for among batch/Job in namespace backend: "
                          "jobs is forbidden",
                          "orphaned resources were not looked for among batch/Job in namespace frontend: "
                          "jobs is forbidden"], sorted(problem["message"] for problem in report["problems"]))
        self.ask("orphanedResources: {warn: true, ignore: [{group: batch, kind: Job}]}")
        self.audit(code=0, change_header=forbid)

    def test_an_application_that_does_not_render_may_want_it(self):
        self.ask("orphanedResources: {warn: true}")
        self.fleet.add_application("broken", {"broken.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {\n"})
        report = self.audit(made("ConfigMap", "leftover"), code=3)
        self.assertEqual([], report["findings"])
        self.assertEqual(1, report["summary"]["objects"]["unknown"])

    def test_the_text_says_who_made_it_and_what_to_do(self):
        self.ask("orphanedResources: {warn: true}")
        snapshot = self.cell_with(made("ConfigMap", "leftover"))
        run = self.fleet.check("--snapshot", snapshot, cells=())
        self.assert_exit(1, run)
        self.assertIn("kubectl-create (a person)", run.stdout)
        self.assertIn("orphaned: no Application wants it", run.stdout)
        fingerprint = run.stdout.split("no Application wants it [")[1].split("]")[0]
        explained = self.fleet.run("explain", fingerprint, "--repo", self.fleet.repo, "--snapshot", snapshot)
        self.assertIn("kubectl -n backend delete configmap/leftover", explained.stdout)
