"""Complaints about types, defaults and Git's own settings. See complaint_table.py."""

from complaint_table import Complaint, config, definition, web

support = [definition("Parcel", """
    port: {x-kubernetes-int-or-string: true}
    since: {type: string, format: date-time}
    blob: {type: string, format: byte}
    note: {type: string, nullable: true, default: none}
    tags: {type: array, x-kubernetes-list-type: set, items: {type: string}}
    steps: {type: array, items: {type: object, properties: {name: {type: string}, wait: {type: integer, default: 5}}}}
    selector: {type: object, x-kubernetes-map-type: atomic, properties: {a: {type: string}, b: {type: string}}}
    values: {type: object, x-kubernetes-preserve-unknown-fields: true}
    template: {type: object, x-kubernetes-embedded-resource: true, x-kubernetes-preserve-unknown-fields: true}
    more: {type: object, default: {}, properties: {level: {type: integer, default: 3}}}
""")]


def _parcel(spec):
    return f"apiVersion: complaints.example.com/v1\nkind: Parcel\nmetadata: {{name: p}}\nspec: {spec}\n"


def _spec(**fields):
    return {"spec": fields}


_binding = """\
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: b}
roleRef: {kind: Role, name: r, apiGroup: rbac.authorization.k8s.io}
subjects: [{kind: ServiceAccount, name: s, namespace: default}, {kind: User, name: u}]
"""
_cron_job = """\
apiVersion: batch/v1
kind: CronJob
metadata: {name: c}
spec:
  schedule: "* * * * *"
  jobTemplate: {spec: {template: {spec: {restartPolicy: OnFailure, containers: [{name: a, image: "a:latest"}]}}}}
"""
_validating = """\
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: complaint-defaults}
webhooks:
  - name: v.example.com
    admissionReviewVersions: [v1]
    sideEffects: None
    clientConfig: {service: {name: v, namespace: a}}
    rules: [{apiGroups: [x.example.com], apiVersions: [v1], operations: [CREATE], resources: [x]}]
"""
_secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {k: aGVsbG8=}\n"


def _fail_open(body):
    body["webhooks"][0]["failurePolicy"] = "Ignore"


def _forge_authority(body):
    body["webhooks"][0]["clientConfig"]["caBundle"] = "c2FsdA=="


def _deploy_as(account):
    return web.replace("    spec:\n      containers:", f"    spec:\n      serviceAccountName: {account}\n      containers:")


complaints = [
    Complaint("80 and \"80\" are two values of an int-or-string", _parcel("{port: 80}"),
              lambda g: g.patch("Parcel p", _spec(port="80"), "kubectl-edit"), ("modified Parcel p spec.port by kubectl-edit",)),
    Complaint("one moment in two time zones", _parcel('{since: "2026-01-02T03:04:05Z"}'),
              lambda g: g.patch("Parcel p", _spec(since="2026-01-02T04:04:05+01:00"), "my-operator")),
    Complaint("another moment", _parcel('{since: "2026-01-02T03:04:05Z"}'),
              lambda g: g.patch("Parcel p", _spec(since="2026-01-02T03:04:06Z"), "kubectl-edit"),
              ("modified Parcel p spec.since by kubectl-edit",)),
    Complaint("other bytes of a custom resource", _parcel("{blob: aGVsbG8=}"),
              lambda g: g.patch("Parcel p", _spec(blob="c2FsdA=="), "kubectl-edit"), ("modified Parcel p spec.blob by kubectl-edit",)),
    Complaint("null where a schema takes null", _parcel("{note: null}")),
    Complaint("null where a schema takes null, applied client-side", _parcel("{note: null}"), way="client"),
    Complaint("members of a set in another order", _parcel("{tags: [a, b, c]}"),
              lambda g: g.patch("Parcel p", _spec(tags=["c", "a", "b"]), "my-operator")),
    Complaint("a member that a hand adds to a set", _parcel("{tags: [a, b]}"),
              lambda g: g.patch("Parcel p", _spec(tags=["a", "b", "x"]), "kubectl-edit"), ("added Parcel p spec.tags[x] by kubectl-edit",)),
    Complaint("defaults inside an atomic list", _parcel("{steps: [{name: a}, {name: b, wait: 1}]}")),
    Complaint("an atomic map is one value", _parcel("{selector: {a: x}}"),
              lambda g: g.patch("Parcel p", _spec(selector={"b": "y"}), "kubectl-edit"), ("added Parcel p spec.selector.b by kubectl-edit",)),
    Complaint("what no schema knows is compared all the same", _parcel("{values: {a: [1, {b: 2}]}}"),
              lambda g: g.patch("Parcel p", _spec(values={"c": 3}), "kubectl-edit"), ("added Parcel p spec.values.c by kubectl-edit",)),
    Complaint("an embedded object", _parcel("{template: {apiVersion: v1, kind: ConfigMap, metadata: {name: x}, data: {k: v}}}"),
              lambda g: g.patch("Parcel p", _spec(template={"data": {"k": "w"}}), "kubectl-edit"),
              ("modified Parcel p spec.template.data.k by kubectl-edit",)),
    Complaint("a subject's group in a RoleBinding", _binding),
    Complaint("a subject's group in a RoleBinding, applied client-side", _binding, way="argocd"),
    Complaint("what a CronJob's pod template gets", _cron_job),
    Complaint("what a CronJob's pod template gets, applied client-side", _cron_job, way="argocd"),
    Complaint("what a webhook configuration gets", _validating, way="argocd"),
    Complaint("a webhook that a hand makes fail open", _validating.replace("complaint-defaults", "complaint-open"),
              lambda g: g.put("ValidatingWebhookConfiguration complaint-open", _fail_open, "kubectl-edit"),
              ("added ValidatingWebhookConfiguration complaint-open webhooks[name=v.example.com].failurePolicy by kubectl-edit",)),
    Complaint("a caBundle that a hand edits", _validating.replace("complaint-defaults", "complaint-forged"),
              lambda g: g.put("ValidatingWebhookConfiguration complaint-forged", _forge_authority, "kubectl-edit"),
              ("added ValidatingWebhookConfiguration complaint-forged webhooks[name=v.example.com].clientConfig.caBundle by kubectl-edit",)),
    Complaint("a dropped serviceAccountName is still live", web, applied=_deploy_as("robot"), way="argocd",
              finds=("added Deployment web spec.template.spec.serviceAccountName by argocd-controller",),
              may=("added Deployment web spec.template.spec.serviceAccount by argocd-controller",)),
    Complaint("the older name of serviceAccountName", _deploy_as("robot")),
    Complaint("a dropped strategy is still live", web, way="argocd",
              applied=web.replace("  replicas: 2\n", "  replicas: 2\n  strategy: {type: Recreate}\n"),
              finds=("added Deployment web spec.strategy.type by argocd-controller",)),
    Complaint("a dropped strategy that was the default", web, way="argocd",
              applied=web.replace("  replicas: 2\n", "  replicas: 2\n  strategy: {type: RollingUpdate}\n")),
    Complaint("a Secret's value that a hand changes", _secret, lambda g: g.patch("Secret s", {"data": {"k": "b3RoZXI="}}, "kubectl-edit"),
              ("modified Secret s data.k by kubectl-edit",)),
    Complaint("a Secret's value that a hand changes, applied client-side", _secret,
              lambda g: g.patch("Secret s", {"data": {"k": "b3RoZXI="}}, "kubectl-edit"),
              ("modified Secret s data.k by kubectl-edit",), "argocd"),
    Complaint("a hook is not desired", config + """\
---
apiVersion: batch/v1
kind: Job
metadata: {name: h, annotations: {argocd.argoproj.io/hook: PreSync}}
spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: a}]}}}
""", applied=config),
    Complaint("an object that helm keeps for its tests is not desired", config + """\
---
apiVersion: v1
kind: Pod
metadata: {name: t, annotations: {helm.sh/hook: test}}
spec: {containers: [{name: a, image: a}]}
""", applied=config),
    Complaint("status that Git states", web + "status: {replicas: 7, conditions: []}\n"),
    Complaint("an exported object's marks of the server", config.replace(
        "metadata: {name: c}", "metadata: {name: c, generation: 4, creationTimestamp: '2020-01-01T00:00:00Z', selfLink: /x}"), way="argocd"),
]
