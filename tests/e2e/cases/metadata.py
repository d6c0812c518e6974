"""Changes of what all kinds have: labels, annotations, finalizers, owners."""

from harness.changes import Case, all_of, forget_managers, kubectl, merge_as, patch
from harness.expect import Any, With, added, modified, removed

file = "apps/backend/workloads/web.yaml"
web = "Deployment backend/web"
config_file = "apps/backend/config/web-config.yaml"
config = "ConfigMap backend/web-config"

cases = [
    Case(
        "a label is added",
        kubectl("label deployment/web tier=gold"),
        [added(web, "metadata.labels.tier", "gold", "kubectl-label", f"{file}#1: labels:")],
        (web,),
    ),
    Case(
        "a label is changed",
        kubectl("label deployment/web team=search --overwrite"),
        [modified(web, "metadata.labels.team", "payments", "search", "kubectl-label", f"{file}: team: payments")],
        (web,),
    ),
    Case(
        "a label is removed: nobody is recorded",
        kubectl("label deployment/web team-"),
        [removed(web, "metadata.labels.team", "payments", f"{file}: team: payments")],
        (web,),
    ),
    Case(
        "the first label of an object without any",
        kubectl("label configmap/web-config tier=gold"),
        [added(config, "metadata.labels.tier", "gold", "kubectl-label", f"{config_file}: metadata:")],
        (config,),
    ),
    Case(
        "an annotation is added",
        kubectl('annotate deployment/web example.com/note="by hand"'),
        [added(web, 'metadata.annotations["example.com/note"]', "by hand", "kubectl-annotate", f"{file}#1: annotations:")],
        (web,),
    ),
    Case(
        "an annotation is changed",
        kubectl("annotate deployment/web example.com/owner=search --overwrite"),
        [modified(web, 'metadata.annotations["example.com/owner"]', "payments", "search", "kubectl-annotate",
                  f"{file}: example.com/owner: payments")],
        (web,),
    ),
    Case(
        "an annotation is removed",
        kubectl("annotate deployment/web example.com/owner-"),
        [removed(web, 'metadata.annotations["example.com/owner"]', "payments", f"{file}: example.com/owner: payments")],
        (web,),
    ),
    Case(
        "a controller keeps its books in an annotation",
        merge_as("kube-controller-manager/v1.35.1", web,
                 {"metadata": {"annotations": {"deployment.kubernetes.io/revision": "7"}}}),
        [],
        (web,),
    ),
    Case(
        "Argo CD marks an object as its own",
        merge_as("argocd-application-controller/v3.5.0", web,
                 {"metadata": {"annotations": {"argocd.argoproj.io/tracking-id": "cell-b-backend:apps/Deployment:backend/web"}}}),
        [],
        (web,),
    ),
    Case(
        "a finalizer is added",
        patch("configmap/web-config", {"metadata": {"finalizers": ["example.com/hold"]}}),
        [added(config, "metadata.finalizers[example.com/hold]", "example.com/hold", "kubectl-patch", f"{config_file}: metadata:")],
        (config,),
    ),
    Case(
        "an owner is added",
        patch("configmap/web-config", {"metadata": {"ownerReferences": [
            {"apiVersion": "v1", "kind": "ConfigMap", "name": "gone", "uid": "11111111-2222-3333-4444-555555555555"}]}}),
        [added(config, "metadata.ownerReferences[uid=11111111-2222-3333-4444-555555555555]", Any(), "kubectl-patch", f"{config_file}: metadata:")],
        (config,),
    ),
    Case(
        "a change after managedFields were emptied: there is no record of who",
        all_of(forget_managers("deployment/web"), kubectl("label deployment/web tier=gold team=search --overwrite")),
        [
            added(web, "metadata.labels.tier", "gold", None, f"{file}#1: labels:"),
            modified(web, "metadata.labels.team", "payments", "search", None, f"{file}: team: payments"),
        ],
        (web,),
    ),
    Case(
        "a Namespace is made stricter",
        kubectl("label namespace/backend pod-security.kubernetes.io/enforce=baseline"),
        [added("Namespace backend", 'metadata.labels["pod-security.kubernetes.io/enforce"]', "baseline", "kubectl-label",
               "platform/10-namespaces.yaml#1: labels:")],
        undo=kubectl("label namespace/backend pod-security.kubernetes.io/enforce-"),
    ),
]
