"""How Git gets into a cell, and so what the cell records: by kubectl's two ways, and by Argo CD's two."""

from dataclasses import dataclass

tracking = "argocd.argoproj.io/tracking-id"


@dataclass(frozen=True)
class Way:
    name: str
    arguments: tuple  # of kubectl apply
    manager: str
    is_apply: bool  # whether its operation is Apply
    tracked: bool


ways = {
    way.name: way
    for way in (
        Way("client", (), "kubectl-client-side-apply", False, False),
        Way("server", ("--server-side", "--force-conflicts"), "kubectl", True, False),
        # Argo CD uses kubectl's own code with its own manager, on objects that carry its tracking annotation.
        Way("argocd", ("--field-manager=argocd-controller",), "argocd-controller", False, True),
        Way("argocd-server", ("--server-side", "--force-conflicts", "--field-manager=argocd-controller"),
            "argocd-controller", True, True),
    )
}


@dataclass(frozen=True)
class Application:
    name: str
    namespace: str  # of its destination


def as_applied(object, way, namespaced, application):
    """What is sent to the cell for an object that Git has."""
    if not way.tracked:
        return object
    metadata = object["metadata"]
    annotations = {**(metadata.get("annotations") or {}), tracking: tracking_id(object, namespaced, application)}
    return {**object, "metadata": {**metadata, "annotations": annotations}}


def tracking_id(object, namespaced, application):
    group = object["apiVersion"].rpartition("/")[0]
    metadata = object["metadata"]
    # Argo CD puts the destination's namespace into that of cluster-scoped objects as well.
    place = metadata["namespace"] if namespaced else application.namespace
    return f"{application.name}:{group}/{object['kind']}:{place}/{metadata['name']}"
