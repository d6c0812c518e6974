"""Complaints about what others change by right: autoscalers, operators, admission. See complaint_table.py."""

from complaint_table import Complaint, replicas, web, web_without_replicas


def _definition(kind, group, version, plural=None):
    plural = plural or f"{kind.lower()}s"
    return f"""
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {{name: {plural}.{group}, annotations: {{api-approved.kubernetes.io: unapproved}}}}
spec:
  group: {group}
  scope: Namespaced
  names: {{kind: {kind}, plural: {plural}}}
  versions: [{{name: {version}, served: true, storage: true,
              schema: {{openAPIV3Schema: {{type: object, x-kubernetes-preserve-unknown-fields: true}}}}}}]
"""


support = [
    _definition("ScaledObject", "keda.sh", "v1alpha1"),
    _definition("VerticalPodAutoscaler", "autoscaling.k8s.io", "v1"),
    _definition("Rollout", "argoproj.io", "v1alpha1"),
    _definition("ExternalSecret", "external-secrets.io", "v1"),
]
_scaled_object = """\
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: web}
spec: {scaleTargetRef: {name: web}, minReplicaCount: 1, maxReplicaCount: 9}
"""
_vertical = """\
---
apiVersion: autoscaling.k8s.io/v1
kind: VerticalPodAutoscaler
metadata: {name: web}
spec: {targetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}
"""
_rollout = """\
---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: web}
spec: {workloadRef: {apiVersion: apps/v1, kind: Deployment, name: web}}
"""
_canary = """\
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: web}
spec: {strategy: {canary: {stableService: web}}}
"""
_external_secret = """\
apiVersion: v1
kind: Secret
metadata: {name: s}
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: s}
spec: {target: {name: s, creationPolicy: Merge}}
"""
_pod = """\
apiVersion: v1
kind: Pod
metadata: {name: p}
spec: {containers: [{name: a, image: a}]}
"""
_job = """\
apiVersion: batch/v1
kind: Job
metadata: {name: j}
spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: a}]}}}
"""
_service = """\
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
"""
_resources = {"limits": {"cpu": "3", "memory": "1Gi"}}


def _set_resources(body):
    body["spec"]["template"]["spec"]["containers"][0]["resources"] = _resources


def _point_at_version(body):
    body["spec"]["selector"]["rollouts-pod-template-hash"] = "5d8f"


def _tolerate(body):
    body["spec"]["tolerations"].append({"key": "node.kubernetes.io/memory-pressure", "operator": "Exists", "effect": "NoSchedule"})


complaints = [
    Complaint("KEDA owns the replicas that Git states", web + _scaled_object,
              lambda g: g.patch("Deployment web", replicas(6), "keda-operator", "scale")),
    Complaint("KEDA has no right beyond its bounds", web + _scaled_object,
              lambda g: g.patch("Deployment web", replicas(60), "kubectl-edit"),
              ("modified Deployment web spec.replicas by kubectl-edit",)),
    Complaint("the vertical autoscaler owns resources", web + _vertical,
              lambda g: g.put("Deployment web", _set_resources, "vpa-updater")),
    Complaint("resources that a hand sets beside a vertical autoscaler", web + _vertical,
              lambda g: g.put("Deployment web", _set_resources, "kubectl-edit"),
              ("modified Deployment web spec.template.spec.containers[name=app].resources.limits.cpu by kubectl-edit",)),
    Complaint("a Rollout scales down the Deployment that it takes over", web + _rollout,
              lambda g: g.patch("Deployment web", replicas(0), "rollouts-controller", "scale")),
    Complaint("a rollout's hash in a Service's selector", _canary,
              lambda g: g.put("Service web", _point_at_version, "rollouts-controller")),
    Complaint("a Secret that External Secrets fills", _external_secret,
              lambda g: g.patch("Secret s", {"data": {"k": "dmFsdWU="}}, "external-secrets")),
    Complaint("a Secret's key that a hand adds beside External Secrets", _external_secret,
              lambda g: g.patch("Secret s", {"data": {"k": "dmFsdWU="}}, "kubectl-edit"), ("added Secret s data.k by kubectl-edit",)),
    Complaint("an annotation that an operator sets", web,
              lambda g: g.patch("Deployment web", {"metadata": {"annotations": {"x.example.com/seen": "1"}}}, "my-operator")),
    Complaint("helm by hand", web, lambda g: g.patch("Deployment web", {"metadata": {"labels": {"heritage": "Helm"}}}, "helm"),
              ("added Deployment web metadata.labels.heritage by helm",)),
    Complaint("a manager that nobody knows counts as a hand", web,
              lambda g: g.patch("Deployment web", {"metadata": {"labels": {"x": "y"}}}, "frobnicate"),
              ("added Deployment web metadata.labels.x by frobnicate",)),
    Complaint("a finalizer that a controller adds", _service,
              lambda g: g.patch("Service web", {"metadata": {"finalizers": ["service.kubernetes.io/load-balancer-cleanup"]}},
                                "service-controller")),
    Complaint("a finalizer that a hand adds", web,
              lambda g: g.patch("Deployment web", {"metadata": {"finalizers": ["x.example.com/hold"]}}, "kubectl-edit"),
              ("added Deployment web metadata.finalizers[x.example.com/hold] by kubectl-edit",)),
    Complaint("an owner that a controller notes", web_without_replicas,
              lambda g: g.patch("Deployment web", {"metadata": {"ownerReferences": [
                  {"apiVersion": "v1", "kind": "ConfigMap", "name": "x", "uid": "1"}]}}, "my-operator")),
    Complaint("the selector and labels that a Job gets", _job),
    Complaint("the selector and labels that a Job gets, applied client-side", _job, way="client"),
    Complaint("tolerations that admission gives a Pod", _pod, way="argocd"),
    Complaint("a toleration that a hand gives a Pod", _pod, lambda g: g.put("Pod p", _tolerate, "kubectl-edit"),
              ("added Pod p spec.tolerations by kubectl-edit",)),
    Complaint("addresses that the server gives a Service", _service),
    Complaint("addresses that the server gives a Service, applied client-side", _service, way="argocd"),
]
