"""Objects that Git does not want: those that say that they belong to an Application, and nobody's in one cell alone."""

from harness.changes import Case, all_of, create_as, kubectl, owned_by
from harness.expect import extra, lone

tracking = "argocd.argoproj.io/tracking-id"


def config_map(name, labels=None, annotations=None):
    metadata = {"name": name, "namespace": "backend", "labels": labels or {}, "annotations": annotations or {}}
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": {"a": "b"}}


def instance(application):
    return {"app.kubernetes.io/instance": application}


def by_kubectl(manifest):
    return kubectl("create -f -", stdin=manifest)


leftover = "ConfigMap backend/leftover"
pod_spec = {"containers": [{"name": "app", "image": "registry.example.com/web:1.3.0"}]}

cases = [
    Case(
        "an object that the tracking annotation gives to an Application",
        by_kubectl(config_map("leftover", annotations={tracking: "cell-b-backend:/ConfigMap:backend/leftover"})),
        [extra(leftover, "kubectl-create")],
        creates=(leftover,),
    ),
    Case(
        "an object that the instance label gives to an Application",
        by_kubectl(config_map("leftover", labels=instance("cell-b-backend"))),
        [extra(leftover, "kubectl-create")],
        creates=(leftover,),
    ),
    Case(
        "an object that nobody tracks",
        all_of(by_kubectl(config_map("leftover")), kubectl("expose deployment/web --name=leftover --port=1")),
        [lone(leftover, "kubectl-create"), lone("Service backend/leftover", "kubectl-expose")],
        creates=(leftover, "Service backend/leftover"),
    ),
    Case(
        "an object of an Application that is not this repo's",
        by_kubectl(config_map("leftover", labels=instance("somebody-elses"))),
        [lone(leftover, "kubectl-create")],
        creates=(leftover,),
    ),
    Case(
        "a copy of an object, its tracking annotation included",
        by_kubectl(config_map("leftover", annotations={tracking: "cell-b-backend:/ConfigMap:backend/web-config"})),
        [lone(leftover, "kubectl-create")],
        creates=(leftover,),
    ),
    Case(
        "an object that has an owner",
        owned_by("ReplicaSet backend/web-5f", "Deployment backend/web", {
            "apiVersion": "apps/v1",
            "kind": "ReplicaSet",
            "metadata": {"name": "web-5f", "namespace": "backend", "labels": instance("cell-b-backend")},
            "spec": {
                "selector": {"matchLabels": {"app": "web"}},
                "template": {"metadata": {"labels": {"app": "web"}}, "spec": pod_spec},
            },
        }),
        [],
        creates=("ReplicaSet backend/web-5f",),
    ),
    Case(
        "an owned ConfigMap",
        owned_by(leftover, "Deployment backend/web", config_map("leftover", labels=instance("cell-b-backend"))),
        [],
        creates=(leftover,),
    ),
    Case(
        "endpoints, which copy their Service's labels",
        create_as("kube-controller-manager/v1.35.1", "EndpointSlice", {
            "apiVersion": "discovery.k8s.io/v1",
            "kind": "EndpointSlice",
            "metadata": {"name": "web-x", "namespace": "backend", "labels": instance("cell-b-backend")},
            "addressType": "IPv4",
            "endpoints": [],
        }),
        [],
        creates=("EndpointSlice backend/web-x",),
    ),
]
