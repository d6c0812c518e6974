"""managedNamespaceMetadata: the Namespace that Argo CD makes for an Application, as its own code applies it (3.5.7,
controller/sync_namespace.go)."""

import gzip
import json

from case import Case
from fleet import DEMO

APPLICATION = """\
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {{name: extra, namespace: argocd}}
spec:
  project: default
  source: {{repoURL: 'https://git.shop.example/platform/manifests.git', targetRevision: HEAD, path: apps/none}}
  destination: {{name: cell-a, namespace: {ns}}}
  syncPolicy:
    {policy}
"""
MANAGED = "{syncOptions: [CreateNamespace=true], managedNamespaceMetadata: {labels: {team: web}, annotations: {note: a}}}"
OPTIONS = "argocd.argoproj.io/sync-options"


def fields(of):
    return {"f:metadata": {f"f:{kind}": {f"f:{name}": {} for name in names} for kind, names in of.items()}}


class ManagedNamespace(Case):
    def declare(self, policy=MANAGED, ns="shop"):
        self.fleet.write("apps/none/README", "")
        self.fleet.write("argocd/extra.yaml", APPLICATION.format(ns=ns, policy=f"{policy[1:-1]}".replace(", managed", "\n    managed")))
        self.fleet.commit()

    def namespace(self, labels, annotations, hand=None, extra_owned=None):
        """As Argo CD's server-side apply leaves it; `hand` is what somebody else owns."""
        by_argo = fields({"labels": ["team", *(extra_owned or [])], "annotations": ["note", OPTIONS]})
        owners = [{"manager": "argocd-controller", "operation": "Apply", "apiVersion": "v1", "fieldsType": "FieldsV1",
                   "time": "2026-11-24T01:38:08Z", "fieldsV1": by_argo}]
        if hand:
            owners.append({"manager": "kubectl-label", "operation": "Update", "apiVersion": "v1", "fieldsType": "FieldsV1",
                           "time": "2026-11-24T01:39:08Z", "fieldsV1": fields({"labels": hand})})
        return {"apiVersion": "v1", "kind": "Namespace", "metadata": {
            "name": "shop", "labels": {"kubernetes.io/metadata.name": "shop", **labels},
            "annotations": {OPTIONS: "ServerSideApply=true", **annotations}, "managedFields": owners}}

    def findings(self, *objects):
        lines = gzip.decompress((DEMO / "snapshots/cell-a.snap").read_bytes()).decode().splitlines()
        header, live = json.loads(lines[0]), [json.loads(line) for line in lines[1:]] + list(objects)
        live.sort(key=lambda one: (one["apiVersion"].rpartition("/")[0], one["kind"],
                                   one["metadata"].get("namespace", ""), one["metadata"]["name"]))
        header["objects"] = len(live)
        text = "\n".join(json.dumps(one, separators=(",", ":"), sort_keys=True) for one in [header, *live]) + "\n"
        snapshot = self.fleet.write("cell-a.snap", gzip.compress(text.encode()), folder=self.fleet.folder)
        run = self.fleet.check("-o", "json", "--snapshot", snapshot, cells=())
        report = json.loads(run.stdout)
        return [(one["rule"], one["pathText"]) for one in report["findings"] if one["object"]["name"] == "shop"]

    def test_as_argo_cd_makes_it_it_is_clean(self):
        self.declare()
        self.assertEqual([], self.findings(self.namespace({"team": "web"}, {"note": "a"})))

    def test_a_missing_one_and_changed_metadata_are_found(self):
        self.declare()
        self.assertEqual([("missing", "")], self.findings())
        self.assertEqual([("drift/removed", "metadata.annotations.note"), ("drift/modified", "metadata.labels.team")],
                         self.findings(self.namespace({"team": "db"}, {})))

    def test_what_others_put_there_is_theirs(self):
        self.declare()
        self.assertEqual([], self.findings(self.namespace({"team": "web", "mesh": "on"}, {"note": "a"}, hand=["mesh"])))

    def test_what_was_taken_out_of_the_metadata_and_is_still_live_is_found(self):
        self.declare()
        namespace = self.namespace({"team": "web", "tier": "front"}, {"note": "a"}, extra_owned=["tier"])
        self.assertEqual([("drift/added", "metadata.labels.tier")], self.findings(namespace))

    def test_without_the_option_nothing_is_applied(self):
        self.declare("{managedNamespaceMetadata: {labels: {team: web}}}")
        self.assertEqual([], self.findings())
        self.assertEqual([], self.findings(self.namespace({"team": "db"}, {})))

    def test_a_namespace_that_a_file_has_wins(self):
        self.declare()
        self.fleet.write("apps/none/ns.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {team: db}}\n")
        self.fleet.commit()
        self.assertEqual([("drift/modified", "metadata.labels.team")],
                         [one for one in self.findings(self.namespace({"team": "web"}, {"note": "a"}))
                          if one[0] == "drift/modified"])
