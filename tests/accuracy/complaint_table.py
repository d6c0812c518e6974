"""The complaints: what Git states, what happens in the cell, and what must be found.

A finding is written "added Deployment web spec.replicas by kubectl-edit"; "by None" where there is no record of who. `may`
are findings that are neither wanted nor wrong."""

import textwrap
from dataclasses import dataclass, field
from typing import Callable


@dataclass(frozen=True)
class Complaint:
    name: str
    git: str
    change: Callable = lambda ground: None
    finds: tuple = ()
    way: str = "argocd-server"
    applied: str = ""  # what was applied, where Git has moved on since
    application: dict = field(default_factory=dict)  # more of the Application's spec
    may: tuple = ()


def definition(kind, fields):
    """A CRD with one version; `fields` is YAML: a line for each property of spec, or several."""
    plural = kind.lower() + "s"
    return f"""
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {{name: {plural}.complaints.example.com}}
spec:
  group: complaints.example.com
  scope: Namespaced
  names: {{kind: {kind}, plural: {plural}}}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
{textwrap.indent(textwrap.dedent(fields).strip(), " " * 16)}
"""


support = [definition("Gizmo", """
    mode: {type: string, default: auto}
    retries: {type: integer, default: 3}
    timeout: {type: string, format: duration}
    cpu: {x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}], pattern: '^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$'}
    resources:
      type: object
      properties:
        limits: {type: object, additionalProperties: {x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}], pattern: '^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$'}}
    nested: {type: object, default: {}, properties: {level: {type: integer, default: 1}}}
    items:
      type: array
      x-kubernetes-list-type: map
      x-kubernetes-list-map-keys: [port, protocol]
      items: {type: object, required: [port], properties: {port: {type: integer}, protocol: {type: string, default: TCP}}}
""")]

web = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: app
          image: registry.example.com/app:1.0
          env: [{name: A, value: "1"}, {name: B, value: "2"}]
          ports: [{containerPort: 80}]
          resources: {limits: {cpu: "1", memory: 1Gi}}
"""
web_without_replicas = web.replace("  replicas: 2\n", "")
autoscaler = """\
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, maxReplicas: 9}
"""
gizmo = """\
apiVersion: complaints.example.com/v1
kind: Gizmo
metadata: {name: g}
spec: {cpu: 1000m, resources: {limits: {memory: 1024Mi}}, items: [{port: 80}]}
"""
webhook = """\
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: NAME, annotations: {cert-manager.io/inject-ca-from: a/b}}
webhooks:
  - name: v.example.com
    admissionReviewVersions: [v1]
    sideEffects: None
    clientConfig: {service: {name: v, namespace: a}CA}
    rules: [{apiGroups: [x.example.com], apiVersions: [v1], operations: [CREATE], resources: [x]}]
"""
config = """\
apiVersion: v1
kind: ConfigMap
metadata: {name: c}
data: {a: "1", b: "2"}
"""


def replicas(count):
    return {"spec": {"replicas": count}}


def _container(body):
    return body["spec"]["template"]["spec"]["containers"][0]


def _set_env(body):
    _container(body)["env"].append({"name": "DEBUG", "value": "1"})


def _drop_env(body):
    _container(body)["env"].pop(0)


def _reorder(body):
    _container(body)["env"].reverse()


def _inject(body):
    spec = body["spec"]["template"]["spec"]
    spec["containers"].append({"name": "istio-proxy", "image": "registry.example.com/proxyv2:1.20"})
    spec["volumes"] = [{"name": "istio-envoy", "emptyDir": {}}]


def _inject_ca(body):
    body["webhooks"][0]["clientConfig"]["caBundle"] = ca


ca = ("LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJlakNDQVNHZ0F3SUJBZ0lCQURBS0JnZ3Foa2pPUFFRREFqQUFNQjRYRFRJMk1ERXdNVEF3"
      "TURBd01Gb1hEVE0yTURFd01UQXdNREF3TUZvd0FEQlpNQk1HQnlxR1NNNDlBZ0VHQ0NxR1NNNDlBd0VIQTBJQUJNPQotLS0tLUVORCBDRVJUSUZJ"
      "Q0FURS0tLS0tCg==")


def empty_managers(ground, name):
    ground.put(name, lambda body: body["metadata"].update(managedFields=[{}]), "kubectl-edit")


def _emptied_then_labelled(ground):
    empty_managers(ground, "Deployment web")
    ground.patch("Deployment web", {"metadata": {"labels": {"team": "x"}}, "spec": {"replicas": 5}}, "kubectl-edit")


def _bind(ground):
    ground.patch("PersistentVolumeClaim data", {
        "metadata": {"annotations": {"pv.kubernetes.io/bind-completed": "yes", "pv.kubernetes.io/bound-by-controller": "yes"}},
        "spec": {"volumeName": "pv-complaint"}}, "kube-controller-manager")


def _revert(ground):
    ground.patch("Deployment web", {"spec": {"replicas": 7, "progressDeadlineSeconds": 60}}, "kubectl-edit")
    ground.patch("Deployment web", {"spec": {"replicas": 2, "progressDeadlineSeconds": 600}}, "kubectl-edit")


complaints = [
    # Hands, and who they were
    Complaint("a label added by hand is found", web,
              lambda g: g.patch("Deployment web", {"metadata": {"labels": {"team": "x"}}}, "kubectl-label"),
              ("added Deployment web metadata.labels.team by kubectl-label",)),
    Complaint("an environment variable added by hand is found", web,
              lambda g: g.put("Deployment web", _set_env, "kubectl-set"),
              ("added Deployment web spec.template.spec.containers[name=app].env[name=DEBUG] by kubectl-set",)),
    Complaint("the same where Git was applied client-side", web,
              lambda g: g.put("Deployment web", _set_env, "kubectl-set"),
              ("added Deployment web spec.template.spec.containers[name=app].env[name=DEBUG] by kubectl-set",), "client"),
    Complaint("what a hand removed has no record of who", web,
              lambda g: g.put("Deployment web", _drop_env, "kubectl-edit"),
              ("removed Deployment web spec.template.spec.containers[name=app].env[name=A] by None",)),
    Complaint("environment variables in another order", web, lambda g: g.put("Deployment web", _reorder, "kubectl-edit")),
    Complaint("kubectl scale is named", web, lambda g: g.patch("Deployment web", replicas(4), "kubectl", "scale"),
              ("modified Deployment web spec.replicas by kubectl/scale",)),
    Complaint("kubectl scale of what Git leaves open", web_without_replicas,
              lambda g: g.patch("Deployment web", replicas(4), "kubectl", "scale"),
              ("added Deployment web spec.replicas by None",)),
    Complaint("kubectl scale of what Git leaves open, applied client-side", web_without_replicas,
              lambda g: g.patch("Deployment web", replicas(4), "kubectl", "scale"),
              ("added Deployment web spec.replicas by kubectl/scale",), "argocd"),
    Complaint("kubectl rollout restart is a change by hand", web,
              lambda g: g.patch("Deployment web", {"spec": {"template": {"metadata": {"annotations": {
                  "kubectl.kubernetes.io/restartedAt": "2026-01-01T00:00:00Z"}}}}}, "kubectl-rollout"),
              ('added Deployment web spec.template.metadata.annotations["kubectl.kubernetes.io/restartedAt"] by kubectl-rollout',)),
    Complaint("emptied managedFields hide nothing and invent nothing", web, _emptied_then_labelled,
              ("added Deployment web metadata.labels.team by None", "modified Deployment web spec.replicas by None")),
    Complaint("emptied managedFields alone are no drift", web + "---\n" + config + "---\n" + gizmo,
              lambda g: [empty_managers(g, name) for name in ("Deployment web", "ConfigMap c", "Gizmo g")] and None),
    Complaint("a change that was reverted is gone", web, _revert),
    Complaint("another tool applies the same values", web,
              lambda g: g.apply("Deployment web", {"spec": {"replicas": 2}}, "terraform")),
    Complaint("another tool applies more", web,
              lambda g: g.apply("Deployment web", {"spec": {"minReadySeconds": 9}}, "terraform"),
              ("added Deployment web spec.minReadySeconds by terraform",)),

    # Git moved on
    Complaint("a field removed from Git is still live, applied server-side", web_without_replicas, applied=web,
              finds=("added Deployment web spec.replicas by argocd-controller",)),
    Complaint("a field removed from Git is still live, applied client-side", web_without_replicas, applied=web, way="argocd",
              finds=("added Deployment web spec.replicas by argocd-controller",)),
    Complaint("a key removed from Git's ConfigMap is still live", config.replace(', b: "2"', ""), applied=config, way="client",
              finds=("added ConfigMap c data.b by kubectl-client-side-apply",)),
    Complaint("a dropped field whose value is the default is no drift", web, applied=web.replace(
        "  replicas: 2\n", "  replicas: 2\n  revisionHistoryLimit: 10\n")),

    # Controllers, by right
    Complaint("an autoscaler owns the replicas that Git states", web + autoscaler,
              lambda g: g.patch("Deployment web", replicas(6), "kube-controller-manager", "scale")),
    Complaint("an autoscaler owns the replicas that Git leaves open", web_without_replicas + autoscaler,
              lambda g: g.patch("Deployment web", replicas(6), "kube-controller-manager", "scale")),
    Complaint("without an autoscaler the same is drift", web,
              lambda g: g.patch("Deployment web", replicas(6), "kube-controller-manager", "scale"),
              ("modified Deployment web spec.replicas by kube-controller-manager/scale",)),
    Complaint("a hand scales what an autoscaler owns", web + autoscaler,
              lambda g: g.patch("Deployment web", replicas(6), "kubectl", "scale"), may=(
                  "modified Deployment web spec.replicas by kubectl/scale",)),
    Complaint("the CA that cert-manager injects", webhook.replace("NAME", "complaint-ca").replace("CA}", "}").replace("CA", ""),
              lambda g: g.put("ValidatingWebhookConfiguration complaint-ca", _inject_ca, "cert-manager-cainjector")),
    Complaint("the CA that cert-manager injects over a placeholder",
              webhook.replace("NAME", "complaint-placeholder").replace("}CA}", "}, caBundle: Cg==}"),
              lambda g: g.put("ValidatingWebhookConfiguration complaint-placeholder", _inject_ca, "cert-manager-cainjector")),
    Complaint("a sidecar that a webhook injects", web, lambda g: g.put("Deployment web", _inject, "pilot-discovery")),
    Complaint("the rules of an aggregated ClusterRole", """\
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: complaint-aggregated}
aggregationRule: {clusterRoleSelectors: [{matchLabels: {complaint: "yes"}}]}
rules: []
""", lambda g: g.patch("ClusterRole complaint-aggregated", {"rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}]},
                       "clusterrole-aggregation-controller")),
    Complaint("the revision that the deployment controller notes", web,
              lambda g: g.patch("Deployment web", {"metadata": {"annotations": {"deployment.kubernetes.io/revision": "3"}}},
                                "kube-controller-manager")),
    Complaint("the volume that a claim is bound to", """\
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], storageClassName: "", resources: {requests: {storage: 1Gi}}}
""", _bind),
    Complaint("the claim that a volume is bound to", """\
apiVersion: v1
kind: PersistentVolume
metadata: {name: pv-complaint}
spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce], hostPath: {path: /x}}
""", lambda g: g.patch("PersistentVolume pv-complaint", {"spec": {"claimRef": {
        "kind": "PersistentVolumeClaim", "namespace": "x", "name": "data", "uid": "1"}}}, "kube-controller-manager")),
    Complaint("token Secrets that are noted in a ServiceAccount",
              "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: robot}\n",
              lambda g: g.patch("ServiceAccount robot", {"secrets": [{"name": "robot-token-x7k2p"}]}, "kube-controller-manager")),
    Complaint("the token volume of a Pod", """\
apiVersion: v1
kind: Pod
metadata: {name: p}
spec: {containers: [{name: a, image: a}]}
"""),
    Complaint("status is nobody's business", web,
              lambda g: g.patch("Deployment web", {"status": {"replicas": 2, "observedGeneration": 1}}, "kube-controller-manager",
                                "status")),

    # One meaning, many spellings
    Complaint("1000m is 1, and 0.5 is 500m", web.replace('cpu: "1"', "cpu: 1000m").replace("memory: 1Gi", "memory: 1024Mi")),
    Complaint("quantities in custom resources", gizmo, lambda g: g.patch(
        "Gizmo g", {"spec": {"cpu": 1, "resources": {"limits": {"memory": "1Gi"}}}}, "my-operator")),
    Complaint("another quantity in a custom resource is found", gizmo,
              lambda g: g.patch("Gizmo g", {"spec": {"cpu": "1001m"}}, "kubectl-edit"),
              ("modified Gizmo g spec.cpu by kubectl-edit",)),
    Complaint("defaults of a CustomResourceDefinition", gizmo),
    Complaint("defaults of a CustomResourceDefinition, applied client-side", gizmo, way="client"),
    Complaint("a default of a CustomResourceDefinition that a hand changed", gizmo,
              lambda g: g.patch("Gizmo g", {"spec": {"retries": 9, "nested": {"level": 2}}}, "kubectl-edit"),
              ("added Gizmo g spec.nested.level by kubectl-edit", "added Gizmo g spec.retries by kubectl-edit")),
    Complaint("durations", gizmo.replace("cpu: 1000m", "cpu: 1000m, timeout: 90s"),
              lambda g: g.patch("Gizmo g", {"spec": {"timeout": "1m30s"}}, "my-operator")),
    Complaint("stringData", "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {k: complaint-secret-text}\n"),
    Complaint("stringData that a hand changed", "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {k: complaint-secret-text}\n",
              lambda g: g.patch("Secret s", {"data": {"k": "b3RoZXI="}}, "kubectl-edit"),
              ("modified Secret s data.k by kubectl-edit",), "client"),
    Complaint("null and empty", web.replace("      containers:", """\
      affinity: {}
      nodeSelector: null
      tolerations: []
      securityContext: {}
      hostNetwork: false
      containers:""").replace("metadata: {name: web,", "metadata: {name: web, annotations: {}, creationTimestamp: null,")
              + "status: {}\n"),
    Complaint("null and empty, applied client-side", web.replace("      containers:", """\
      affinity: {}
      nodeSelector: null
      tolerations: []
      containers:""").replace("metadata: {name: web,", "metadata: {name: web, annotations: null,"), way="argocd"),
    Complaint("rules of a Role that are empty", "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r}\nrules: []\n"),
    Complaint("addresses of Endpoints in another order", """\
apiVersion: v1
kind: Endpoints
metadata: {name: e}
subsets: [{addresses: [{ip: 10.1.0.9}, {ip: 10.1.0.2}], ports: [{name: b, port: 81}, {name: a, port: 80, protocol: TCP}]}]
"""),
    Complaint("one port with two protocols", """\
apiVersion: v1
kind: Service
metadata: {name: dns}
spec: {selector: {a: b}, ports: [{name: u, port: 53, protocol: UDP}, {name: t, port: 53}]}
"""),
    Complaint("ports, addresses and node ports that the server gives", """\
apiVersion: v1
kind: Service
metadata: {name: lb}
spec: {type: LoadBalancer, selector: {a: b}, ports: [{port: 80}]}
""", way="client"),
    Complaint("claim templates of a StatefulSet", """\
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  selector: {matchLabels: {a: b}}
  template: {metadata: {labels: {a: b}}, spec: {containers: [{name: db, image: db}]}}
  volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1024Mi}}}}]
""", way="argocd"),
    Complaint("one unknown field does not turn off the rest", web.replace("  replicas: 2\n", "  replicas: 2\n  replicass: 3\n")
              .replace('cpu: "1"', "cpu: 1000m"), way="argocd", may=("removed Deployment web spec.replicass by None",)),
    Complaint("preserveUnknownFields of a CustomResourceDefinition", """\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: olds.complaints.example.com}
spec:
  preserveUnknownFields: false
  group: complaints.example.com
  scope: Namespaced
  names: {kind: Old, plural: olds}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
status: {acceptedNames: {kind: "", plural: ""}, conditions: [], storedVersions: []}
"""),
    Complaint("an autoscaler that Git states at an old version", autoscaler.replace("autoscaling/v2", "autoscaling/v1")
              .replace("maxReplicas: 9", "maxReplicas: 9, targetCPUUtilizationPercentage: 70").replace("---\n", "")),
    Complaint("metadata.namespace that only the destination names", config),
    Complaint("folded base64", "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata:\n  k: |\n    aGVsbG8g\n    d29ybGQ=\n"),

    # Argo CD's own marks and settings
    Complaint("the tracking annotation is not there", config, lambda g: g.patch(
        "ConfigMap c", {"metadata": {"annotations": {"argocd.argoproj.io/tracking-id": None}}}, "kubectl-edit")),
    Complaint("the instance label is there as well", config, lambda g: g.patch(
        "ConfigMap c", {"metadata": {"labels": {"app.kubernetes.io/instance": f"cell-{g.namespace}"}}}, "argocd-controller")),
    Complaint("ignoreDifferences by managedFieldsManagers", web,
              lambda g: g.patch("Deployment web", {"spec": {"replicas": 8, "minReadySeconds": 3}}, "rollout-tool"),
              application={"ignoreDifferences": [{"group": "apps", "kind": "Deployment", "managedFieldsManagers": ["rollout-tool"]}]}),
    Complaint("ignoreDifferences by jsonPointers hides that and no more", web,
              lambda g: g.patch("Deployment web", {"spec": {"replicas": 8, "minReadySeconds": 3}}, "kubectl-edit"),
              ("added Deployment web spec.minReadySeconds by kubectl-edit",),
              application={"ignoreDifferences": [{"group": "apps", "kind": "Deployment", "jsonPointers": ["/spec/replicas"]}]}),
    Complaint("ignoreDifferences by jqPathExpressions", web, lambda g: g.put("Deployment web", _set_env, "kubectl-edit"),
              application={"ignoreDifferences": [{"group": "*", "kind": "*", "jqPathExpressions": [
                  '.spec.template.spec.containers[]?.env[]? | select(.name == "DEBUG")']}]}),
    Complaint("a person's kubectl apply over Argo CD's", web, lambda g: g.put("Deployment web", _applied_by_a_person,
                                                                          "kubectl-client-side-apply"),
              ("modified Deployment web spec.replicas by kubectl-client-side-apply",), "argocd"),
]


def _applied_by_a_person(body):
    import json

    annotations = body["metadata"]["annotations"]
    last = "kubectl.kubernetes.io/last-applied-configuration"
    stated = json.loads(annotations[last])
    stated["spec"]["replicas"] = body["spec"]["replicas"] = 5
    annotations[last] = json.dumps(stated)
