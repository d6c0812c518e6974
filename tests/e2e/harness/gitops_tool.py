"""The definitions of Argo CD and Flux, for cells in which their objects are to be."""

group = "argoproj.io"
argocd = f"/apis/{group}/v1alpha1/namespaces/argocd"
kinds = {"applications": "Application", "applicationsets": "ApplicationSet", "appprojects": "AppProject"}
_fields = ("spec", "status", "operation")


def define(world, cell, plural, kind, of_group=group, version="v1alpha1"):
    """Makes a cell know a kind, and waits until it does."""
    path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
    world.api(cell, "celldrift-e2e").create(path, _definition(plural, kind, of_group, version))
    world.kubectl(cell, "wait", "--for=condition=established", f"crd/{plural}.{of_group}", "--timeout=30s")


def _definition(plural, kind, of_group, version):
    """As little as there can be: any field."""
    anything = {"type": "object", "x-kubernetes-preserve-unknown-fields": True}
    schema = {"type": "object", "properties": {field: anything for field in _fields}}
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": f"{plural}.{of_group}"},
        "spec": {
            "group": of_group,
            "scope": "Namespaced",
            "names": {"plural": plural, "singular": kind.lower(), "kind": kind, "listKind": f"{kind}List"},
            "versions": [{"name": version, "served": True, "storage": True, "schema": {"openAPIV3Schema": schema}}],
        },
    }
