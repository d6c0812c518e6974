"""The vocabulary of the tables in cases/: a row is a change of a cell or of Git, and the findings that it must lead to."""

import json
import shlex
from dataclasses import dataclass
from typing import Callable

# kind as kubectl and findings write it -> its folder in the API
_folders = {
    "ClusterRole": "/apis/rbac.authorization.k8s.io/v1/clusterroles",
    "ClusterRoleBinding": "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
    "ConfigMap": "/api/v1/namespaces/{ns}/configmaps",
    "CronJob": "/apis/batch/v1/namespaces/{ns}/cronjobs",
    "Deployment": "/apis/apps/v1/namespaces/{ns}/deployments",
    "EndpointSlice": "/apis/discovery.k8s.io/v1/namespaces/{ns}/endpointslices",
    "HorizontalPodAutoscaler": "/apis/autoscaling/v2/namespaces/{ns}/horizontalpodautoscalers",
    "Ingress": "/apis/networking.k8s.io/v1/namespaces/{ns}/ingresses",
    "LimitRange": "/api/v1/namespaces/{ns}/limitranges",
    "NetworkPolicy": "/apis/networking.k8s.io/v1/namespaces/{ns}/networkpolicies",
    "PersistentVolumeClaim": "/api/v1/namespaces/{ns}/persistentvolumeclaims",
    "Pod": "/api/v1/namespaces/{ns}/pods",
    "PodDisruptionBudget": "/apis/policy/v1/namespaces/{ns}/poddisruptionbudgets",
    "PriorityClass": "/apis/scheduling.k8s.io/v1/priorityclasses",
    "ReplicaSet": "/apis/apps/v1/namespaces/{ns}/replicasets",
    "ResourceQuota": "/api/v1/namespaces/{ns}/resourcequotas",
    "Role": "/apis/rbac.authorization.k8s.io/v1/namespaces/{ns}/roles",
    "Secret": "/api/v1/namespaces/{ns}/secrets",
    "Service": "/api/v1/namespaces/{ns}/services",
    "ServiceAccount": "/api/v1/namespaces/{ns}/serviceaccounts",
    "StatefulSet": "/apis/apps/v1/namespaces/{ns}/statefulsets",
    "ValidatingWebhookConfiguration": "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations",
    "Widget": "/apis/example.com/v1/namespaces/{ns}/widgets",
}


def api_folder(kind, namespace):
    return _folders[kind].format(ns=namespace)


def api_path(object):
    """"Deployment backend/web" -> its path in the API."""
    kind, _, name = object.partition(" ")
    namespace, _, name = name.rpartition("/")
    return f"{api_folder(kind, namespace)}/{name}"


@dataclass(frozen=True)
class Case:
    """One row. `touches` are the objects to make anew afterwards, `creates` those to delete: "Kind namespace/name" in
    `cells`; `undo` is a change for what can be neither. `client_side` replaces `findings` where the fleet was applied client-side."""

    name: str
    change: Callable
    findings: list
    touches: tuple = ()
    creates: tuple = ()
    cells: tuple = ("cell-b",)
    client_side: list | None = None
    undo: Callable | None = None

    def expected(self, client_side_applied):
        return self.client_side if client_side_applied and self.client_side is not None else self.findings


# Changes: each returns a function of (world, cell).


def all_of(*changes):
    def change(world, cell):
        for one in changes:
            one(world, cell)

    return change


def kubectl(command, stdin=None):
    """A kubectl command line, in the namespace backend."""
    text = stdin if stdin is None or isinstance(stdin, str) else json.dumps(stdin)
    return lambda world, cell: world.kubectl(cell, "--namespace=backend", *shlex.split(command), stdin=text)


def edit(object, script):
    """`kubectl edit`, the editor being sed."""
    arguments = ("--namespace=backend", "edit", object)
    editor = f"sed --in-place --expression={shlex.quote(script)}"
    return lambda world, cell: world.kubectl(cell, *arguments, editor=editor)


def patch(object, body):
    """`kubectl patch` with a strategic merge patch, a JSON patch where the body is a list; objects of the
    cluster's own extensions know merge patches alone."""
    kind = "json" if isinstance(body, list) else "merge" if object.startswith(_merge_only) else "strategic"
    arguments = ("--namespace=backend", "patch", object, f"--type={kind}", f"--patch={json.dumps(body)}")
    return lambda world, cell: world.kubectl(cell, *arguments)


_merge_only = ("widget/",)


def merge_as(user_agent, object, body, subresource=""):
    """A program's own write, named by its User-Agent as client-go's writes are; a JSON patch where the body is a list."""
    path = api_path(object) + (f"/{subresource}" if subresource else "")
    return lambda world, cell: world.api(cell, user_agent).patch(path, body)


def apply_as(manager, object, body):
    """A server-side apply of a part of an object by another manager."""
    return lambda world, cell: world.api(cell, manager).apply(api_path(object), body, manager)


def create_as(user_agent, kind, body):
    folder = api_folder(kind, body["metadata"].get("namespace", ""))
    return lambda world, cell: world.api(cell, user_agent).create(folder, body)


def owned_by(object, owner, body):
    """Creates an object that has another as its owner."""
    kind = object.partition(" ")[0]

    def change(world, cell):
        api = world.api(cell, "kube-controller-manager/v1.35.1")
        parent = api.read(api_path(owner))
        reference = {
            "apiVersion": parent["apiVersion"],
            "kind": parent["kind"],
            "name": parent["metadata"]["name"],
            "uid": parent["metadata"]["uid"],
        }
        body["metadata"]["ownerReferences"] = [reference]
        api.create(api_folder(kind, body["metadata"]["namespace"]), body)

    return change


def commit(file, old, new):
    """Git moves on: one text of a file is replaced by another."""

    def change(world, _cell):
        world.repo.replace(file, old, new)
        world.repo.commit(f"Change {file}")

    return change


def apply_changed(file, old, new):
    """Somebody runs `kubectl apply` with a manifest that differs from Git's."""

    def change(world, cell):
        text = world.repo.read(file)
        assert text.count(old) == 1, f"{file}: {old!r}"
        world.kubectl(cell, "--namespace=backend", "apply", "-f", "-", stdin=text.replace(old, new))

    return change


def forget_managers(object):
    """Empties managedFields: from then on there is no record of who wrote what."""
    reset = [{"op": "replace", "path": "/metadata/managedFields", "value": [{}]}]
    return patch(object, reset)
