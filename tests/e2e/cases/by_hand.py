"""A hand in what the server or a controller puts there otherwise: it is drift all the same."""

from harness.changes import Case, kubectl, patch
from harness.expect import added

web_file = "apps/backend/workloads/web.yaml"
config_file = "apps/backend/config/web-config.yaml"
budget_file = "apps/backend/policy/budget.yaml"
services_file = "apps/backend/network/services.yaml"
web, config = "Deployment backend/web", "ConfigMap backend/web-config"
volume_claim, service = "PersistentVolumeClaim backend/archive", "Service backend/web"

cases = [
    Case(
        "a finalizer that controllers use is put there by a hand",
        patch("configmap/web-config", {"metadata": {"finalizers": ["foregroundDeletion"]}}),
        [added(config, "metadata.finalizers[foregroundDeletion]", "foregroundDeletion", "kubectl-patch",
               f"{config_file}: metadata:")],
        (config,),
    ),
    Case(
        "a controller's own annotation is written by a hand",
        kubectl("annotate deployment/web deployment.kubernetes.io/revision=99"),
        [added(web, 'metadata.annotations["deployment.kubernetes.io/revision"]', "99", "kubectl-annotate",
               f"{web_file}#1: annotations:")],
        (web,),
    ),
    Case(
        "a claim is bound to a volume by a hand",
        patch("pvc/archive", {"spec": {"volumeName": "old-disk"}}),
        [added(volume_claim, "spec.volumeName", "old-disk", "kubectl-patch", f"{budget_file}#4: spec:")],
        (volume_claim,),
    ),
    Case(
        "a Service is to have both families of addresses",
        patch("service/web", {"spec": {"ipFamilyPolicy": "PreferDualStack"}}),
        [added(service, "spec.ipFamilyPolicy", "PreferDualStack", "kubectl-patch", f"{services_file}#1: spec:")],
        (service,),
    ),
]
