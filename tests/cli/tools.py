"""Objects of Argo CD and Flux, as a cell's snapshot may have them."""

import copy
import gzip
import json

from fleet import DEMO

GROUP = "argoproj.io"
NOW = "2026-11-24T01:38:11Z"  # when the demo's snapshots were taken
REPO = "https://git.shop.example/platform/manifests.git"
ARGO_KINDS = ("Application", "ApplicationSet", "AppProject")
FLUX_KINDS = (("kustomize.toolkit.fluxcd.io", "Kustomization"), ("source.toolkit.fluxcd.io", "GitRepository"),
              ("helm.toolkit.fluxcd.io", "HelmRelease"))
CONTROLLER = "argocd-applicationset-controller"


def owned(manager, fields, time="2026-11-23T08:10:00Z", subresource=None):
    """An entry of managedFields; `fields` are paths such as "spec.project"."""
    tree = {}
    for path in fields:
        node = tree
        for step in path:
            node = node.setdefault("f:" + step, {})
    entry = {"manager": manager, "operation": "Update", "apiVersion": f"{GROUP}/v1alpha1", "time": time,
             "fieldsType": "FieldsV1", "fieldsV1": tree}
    return {**entry, "subresource": subresource} if subresource else entry


def application(cell, component, commit, **more):
    """What the demo's ApplicationSet makes, synced and healthy."""
    return {
        "apiVersion": f"{GROUP}/v1alpha1",
        "kind": "Application",
        "metadata": {
            "name": f"{cell}-{component}",
            "namespace": "argocd",
            "ownerReferences": [{"apiVersion": f"{GROUP}/v1alpha1", "kind": "ApplicationSet", "name": component, "uid": "1"}],
            "managedFields": [owned(CONTROLLER, [("spec", "source"), ("spec", "project"), ("spec", "destination")])],
        },
        "spec": {
            "project": "shop",
            "source": {"repoURL": REPO, "targetRevision": "main", "path": f"apps/{component}"},
            "destination": {"server": f"https://{cell}.shop.example:6443", "namespace": component},
        },
        "status": {
            "sync": {"status": "Synced", "revision": commit},
            "health": {"status": "Healthy"},
            "reconciledAt": "2026-11-24T01:36:00Z",
            "operationState": {"phase": "Succeeded", "startedAt": "2026-11-23T08:10:00Z", "finishedAt": "2026-11-23T08:11:00Z"},
        },
    }


def application_set(component):
    spec = {
        "generators": [{"clusters": {}}],
        "template": {
            "metadata": {"name": f"{{{{name}}}}-{component}"},
            "spec": {
                "project": "shop",
                "source": {"repoURL": REPO, "targetRevision": "main", "path": f"apps/{component}"},
                "destination": {"server": "{{server}}", "namespace": component},
            },
        },
    }
    return {"apiVersion": f"{GROUP}/v1alpha1", "kind": "ApplicationSet",
            "metadata": {"name": component, "namespace": "argocd"}, "spec": spec,
            "status": {"conditions": [{"type": "ErrorOccurred", "status": "False", "message": "all is well", "reason": "x"}]}}


def healthy(commit, cells=("cell-a",)):
    """All that Argo CD has of the demo's fleet."""
    return [application_set(component) for component in ("backend", "frontend")] + [
        application(cell, component, commit) for cell in cells for component in ("backend", "frontend")]


def key_of(document):
    group = document["apiVersion"].rpartition("/")[0]
    return group, document["kind"], document["metadata"].get("namespace", ""), document["metadata"]["name"]


def snapshot_of(cell, objects, kinds=None, unread=()):
    """The bytes of a demo cell's snapshot with these objects in it. `unread`: kinds that could not be read."""
    lines = gzip.decompress((DEMO / f"snapshots/{cell}.snap").read_bytes()).decode().splitlines()
    header, there = json.loads(lines[0]), [json.loads(line) for line in lines[1:]]
    for group, kind in kinds or [(GROUP, kind) for kind in ARGO_KINDS]:
        state = {"state": "unknown", "reason": "access denied"} if kind in unread else {"state": "complete", "reason": ""}
        header["coverage"].append({"group": group, "kind": kind, "namespaces": [], **state})
        header["scopes"].append({"group": group, "kind": kind, "namespaced": True})
    for name in ("coverage", "scopes"):
        header[name].sort(key=lambda one: (one["group"], one["kind"]))
    there = sorted(there + copy.deepcopy(list(objects)), key=key_of)
    header["objects"] = len(there)
    text = "\n".join(json.dumps(one, separators=(",", ":"), sort_keys=True) for one in [header, *there])
    return gzip.compress((text + "\n").encode())
