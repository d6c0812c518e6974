"""Manifests as somebody would state them, and a server that fills them in. Standard library only."""

import copy
import json
import re
import time

from api_server import PROJECT, ApiError

CASES = PROJECT / "testdata" / "defaults"
LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"
# What differs from run to run, so that recording anew changes no more than it must.
UNSTABLE = [
    (re.compile(r'"uid": ?"[0-9a-f]{8}-[0-9a-f-]{27}"'), '"uid": "00000000-0000-4000-8000-000000000000"'),
    (re.compile(r'controller-uid": ?"[0-9a-f-]{36}"'), 'controller-uid": "00000000-0000-4000-8000-000000000000"'),
    (re.compile(r'"resourceVersion": ?"[0-9]+"'), '"resourceVersion": "1"'),
    (re.compile(r'"(creationTimestamp|time|timeAdded|lastTransitionTime)": ?"20[0-9TZ:.-]+"'), r'"\1": "2026-01-01T00:00:00Z"'),
    (re.compile(r"kube-api-access-[a-z0-9]{5}"), "kube-api-access-00000"),
]
# What admission looks at: default classes, a limited namespace, an account with pull secrets.
SUPPORT = [
    {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "sample"}},
    {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "limited"}},
    {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "ranged"}},
    {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "default", "namespace": "sample"}},
    {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "default", "namespace": "ranged"}},
    {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "default", "namespace": "kube-system"}},
    {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "puller", "namespace": "sample"},
     "imagePullSecrets": [{"name": "registry"}]},
    {"apiVersion": "v1", "kind": "LimitRange", "metadata": {"name": "limits", "namespace": "ranged"},
     "spec": {"limits": [{"type": "Container", "default": {"cpu": "1", "memory": "1Gi"},
                          "defaultRequest": {"cpu": "100m"}}]}},
    {"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "provisioner": "disks.example.com",
     "metadata": {"name": "standard", "annotations": {"storageclass.kubernetes.io/is-default-class": "true"}}},
    {"apiVersion": "networking.k8s.io/v1", "kind": "IngressClass", "spec": {"controller": "example.com/ingress"},
     "metadata": {"name": "public", "annotations": {"ingressclass.kubernetes.io/is-default-class": "true"}}},
    {"apiVersion": "node.k8s.io/v1", "kind": "RuntimeClass", "metadata": {"name": "sandbox"}, "handler": "sandbox",
     "overhead": {"podFixed": {"cpu": "250m"}},
     "scheduling": {"nodeSelector": {"sandbox": "yes"}, "tolerations": [{"key": "sandbox", "operator": "Exists"}]}},
]


def stable(value):
    text = json.dumps(value)
    for pattern, replacement in UNSTABLE:
        text = pattern.sub(replacement, text)
    return json.loads(text)


class Cell:
    """A server, with the resource names of its kinds."""

    def __init__(self, server):
        self.server = server
        self.resources = {}
        for manifest in SUPPORT:
            self.post(manifest, "setup")

    def resource(self, api_version, kind):
        """What discovery says of a kind; None where it is not served."""
        root = f"/apis/{api_version}" if "/" in api_version else f"/api/{api_version}"
        if root not in self.resources:
            try:
                listed = self.server.json(root)["resources"]
            except ApiError:
                listed = []
            self.resources[root] = {r["kind"]: r for r in listed if "/" not in r["name"]}
        return self.resources[root].get(kind)

    def kinds(self):
        """(apiVersion, kind) of all that can be made and read."""
        groups = self.server.json("/apis")["groups"]
        for api_version in ["v1", *(v["groupVersion"] for group in groups for v in group["versions"])]:
            self.resource(api_version, "")
        for root, listed in self.resources.items():
            for kind, resource in listed.items():
                if {"create", "get"} <= set(resource["verbs"]):
                    yield root.removeprefix("/apis/").removeprefix("/api/"), kind

    def serves(self, manifest):
        return self.resource(manifest["apiVersion"], manifest["kind"]) is not None

    def path(self, manifest, name=""):
        api_version = manifest["apiVersion"]
        resource = self.resource(api_version, manifest["kind"])
        root = f"/apis/{api_version}" if "/" in api_version else f"/api/{api_version}"
        namespace = f"/namespaces/{manifest['metadata']['namespace']}" if resource["namespaced"] else ""
        return f"{root}{namespace}/{resource['name']}" + (f"/{name}" if name else "")

    def post(self, manifest, manager, query=""):
        path = f"{self.path(manifest)}?fieldManager={manager}{query}"
        for _ in range(20):
            try:
                return self.server.request("POST", path, manifest)
            except ApiError as error:
                # The server draws addresses of Services at random, and gives up where it draws one that is still
                # being given back.
                if "provided IP is already allocated" not in str(error):
                    raise
                time.sleep(0.1)
        return self.server.request("POST", path, manifest)

    def apply_client_side(self, manifest, query=""):
        """What kubectl and Argo CD do for an object that is not there yet."""
        annotated = copy.deepcopy(manifest)
        annotations = annotated["metadata"].get("annotations") or {}
        annotated["metadata"]["annotations"] = {**annotations, LAST_APPLIED: json.dumps(manifest) + "\n"}
        return json.loads(self.post(annotated, "kubectl-client-side-apply", "&fieldValidation=Strict" + query))

    def apply_server_side(self, manifest, query=""):
        path = self.path(manifest, manifest["metadata"]["name"])
        return json.loads(self.server.request("PATCH", f"{path}?fieldManager=argocd-controller&force=true{query}",
                                              manifest, "application/apply-patch+yaml"))

    def get(self, manifest):
        return self.server.json(self.path(manifest, manifest["metadata"]["name"]))
