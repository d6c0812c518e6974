"""Changes of Services, policies, and what guards the cluster."""

from harness.changes import Case, edit, kubectl, merge_as, patch
from harness.expect import Any, With, added, modified, removed

services_file = "apps/backend/network/services.yaml"
policies_file = "apps/backend/network/policies.yml"
ingress_file = "apps/backend/network/ingress.yaml"
access_file = "apps/backend/access/web.yaml"
budget_file = "apps/backend/policy/budget.yaml"
cluster_file = "platform/40-cluster-access.yaml"
web, mail = "Service backend/web", "Service backend/mail"

services = [
    Case(
        "a Service gets one more port",
        patch("service/web", {"spec": {"ports": [{"name": "admin", "port": 8443}]}}),
        [added(web, "spec.ports[port=8443,protocol=TCP]", With(name="admin", port=8443, targetPort=8443),
               "kubectl-patch", f"{services_file}#1: ports:")],
        (web,),
    ),
    Case(
        "a Service's port leads elsewhere",
        patch("service/web", {"spec": {"ports": [{"port": 80, "targetPort": 8081}]}}),
        [modified(web, "spec.ports[port=80,protocol=TCP].targetPort", "http", 8081, "kubectl-patch",
                  f"{services_file}: targetPort: http")],
        (web,),
    ),
    Case(
        "a selector is changed",
        patch("service/web", {"spec": {"selector": {"app": "web-next"}}}),
        [modified(web, "spec.selector.app", "web", "web-next", "kubectl-patch", f"{services_file}#1: app: web")],
        (web,),
    ),
    Case(
        "another type: the ports that the server allocates for it are not drift",
        patch("service/web", {"spec": {"type": "NodePort"}}),
        [added(web, "spec.type", "NodePort", "kubectl-patch", f"{services_file}#1: spec:")],
        (web,),
    ),
    Case(
        "a Service answers to an address of somebody's choice",
        patch("service/web", {"spec": {"externalIPs": ["203.0.113.9"]}}),
        [added(web, "spec.externalIPs", ["203.0.113.9"], "kubectl-patch", f"{services_file}#1: spec:")],
        (web,),
    ),
    Case(
        "a node port is pinned where the server had allocated one",
        patch("service/node-metrics", {"spec": {"ports": [{"port": 9100, "nodePort": 31999}]}}),
        [added("Service backend/node-metrics", "spec.ports[port=9100,protocol=TCP].nodePort", 31999, "kubectl-patch",
               f"{services_file}: - port: 9100")],
        ("Service backend/node-metrics",),
    ),
    Case(
        "a name leads elsewhere",
        patch("service/mail", {"spec": {"externalName": "mail.example.net"}}),
        [modified(mail, "spec.externalName", "mail.example.com", "mail.example.net", "kubectl-patch",
                  f"{services_file}: externalName: mail.example.com")],
        (mail,),
    ),
    Case(
        "a load balancer gets its address",
        merge_as("cloud-controller-manager/v1.35.1", "Service backend/public",
                 {"status": {"loadBalancer": {"ingress": [{"ip": "203.0.113.7"}]}}}, "status"),
        [],
        ("Service backend/public",),
    ),
]

guards = [
    Case(
        "a NetworkPolicy lets in more",
        patch("networkpolicy/web", [{"op": "add", "path": "/spec/ingress/-", "value": {}}]),
        [modified("NetworkPolicy backend/web", "spec.ingress", Any(), Any(), "kubectl-patch", f"{policies_file}: ingress:")],
        ("NetworkPolicy backend/web",),
    ),
    Case(
        "a NetworkPolicy applies to fewer directions",
        patch("networkpolicy/deny-by-default", {"spec": {"policyTypes": ["Ingress"]}}),
        [modified("NetworkPolicy backend/deny-by-default", "spec.policyTypes", ["Ingress", "Egress"], ["Ingress"],
                  "kubectl-patch", f"{policies_file}: policyTypes: [Ingress, Egress]")],
        ("NetworkPolicy backend/deny-by-default",),
    ),
    Case(
        "an Ingress answers to another host",
        edit("ingress/web", "s/host: web.example.com/host: www.example.com/"),
        [modified("Ingress backend/web", "spec.rules", Any(), Any(), "kubectl-edit", f"{ingress_file}: rules:")],
        ("Ingress backend/web",),
    ),
    Case(
        "a Role gets one more rule",
        patch("role/web", [{"op": "add", "path": "/rules/-", "value":
                            {"apiGroups": [""], "resources": ["secrets"], "verbs": ["get"]}}]),
        [modified("Role backend/web", "rules",
                  [{"apiGroups": [""], "resources": ["configmaps"], "verbs": ["get", "list"]}],
                  [{"apiGroups": [""], "resources": ["configmaps"], "verbs": ["get", "list"]},
                   {"apiGroups": [""], "resources": ["secrets"], "verbs": ["get"]}],
                  "kubectl-patch", f"{access_file}: rules:")],
        ("Role backend/web",),
    ),
    Case(
        "a ClusterRoleBinding gets one more subject",
        kubectl("set subject clusterrolebinding/backend-observer --user=guest@example.com"),
        [modified("ClusterRoleBinding backend-observer", "subjects", Any(), Any(), "kubectl-set",
                  f"{cluster_file}: subjects:")],
        ("ClusterRoleBinding backend-observer",),
    ),
    Case(
        "a controller aggregates a ClusterRole's rules",
        merge_as("clusterrole-aggregation-controller/v1", "ClusterRole backend-everything",
                 {"rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}]}),
        [],
        ("ClusterRole backend-everything",),
    ),
    Case(
        "a ServiceAccount hands out its token",
        patch("serviceaccount/web", {"automountServiceAccountToken": True}),
        [modified("ServiceAccount backend/web", "automountServiceAccountToken", False, True, "kubectl-patch",
                  f"{access_file}: automountServiceAccountToken: false")],
        ("ServiceAccount backend/web",),
    ),
    Case(
        "a webhook's certificate is injected",
        merge_as("cert-manager-cainjector/v1.16", "ValidatingWebhookConfiguration check-nothing",
                 [{"op": "add", "path": "/webhooks/0/clientConfig/caBundle", "value": "LS0tLS1CRUdJTi=="}]),
        [],
        ("ValidatingWebhookConfiguration check-nothing",),
    ),
    Case(
        "a webhook is made to block",
        patch("validatingwebhookconfiguration/check-nothing",
              {"webhooks": [{"name": "nothing.example.com", "failurePolicy": "Fail"}]}),
        [modified("ValidatingWebhookConfiguration check-nothing",
                  "webhooks[name=nothing.example.com].failurePolicy", "Ignore", "Fail", "kubectl-patch",
                  "platform/50-webhook.yaml: failurePolicy: Ignore")],
        ("ValidatingWebhookConfiguration check-nothing",),
    ),
    Case(
        "a quota is raised",
        patch("resourcequota/backend", {"spec": {"hard": {"requests.cpu": "40"}}}),
        [modified("ResourceQuota backend/backend", 'spec.hard["requests.cpu"]', "20000m", "40", "kubectl-patch",
                  f"{budget_file}: requests.cpu: 20000m")],
        ("ResourceQuota backend/backend",),
    ),
    Case(
        "a quota of one more thing",
        patch("resourcequota/backend", {"spec": {"hard": {"secrets": "10"}}}),
        [added("ResourceQuota backend/backend", "spec.hard.secrets", "10", "kubectl-patch", f"{budget_file}: hard:")],
        ("ResourceQuota backend/backend",),
    ),
    Case(
        "a limit range is widened: what the server fills in beside it is not the point, but the list is one value",
        patch("limitrange/backend", [{"op": "replace", "path": "/spec/limits/0/max/cpu", "value": "8"}]),
        [modified("LimitRange backend/backend", "spec.limits", Any(), Any(), "kubectl-patch", f"{budget_file}: limits:")],
        ("LimitRange backend/backend",),
    ),
    Case(
        "a definition gets a short name",
        patch("crd/widgets.example.com", [{"op": "add", "path": "/spec/names/shortNames", "value": ["wg"]}]),
        [added("CustomResourceDefinition widgets.example.com", "spec.names.shortNames", ["wg"], "kubectl-patch",
               "platform/20-widgets.crd.yaml: names:")],
        undo=patch("crd/widgets.example.com", [{"op": "remove", "path": "/spec/names/shortNames"}]),
    ),
    Case(
        "a disruption budget in another unit",
        patch("pdb/web", {"spec": {"maxUnavailable": "100%"}}),
        [modified("PodDisruptionBudget backend/web", "spec.maxUnavailable", 1, "100%", "kubectl-patch",
                  f"{budget_file}: maxUnavailable: 1")],
        ("PodDisruptionBudget backend/web",),
    ),
    Case(
        "a claim is bound",
        merge_as("kube-controller-manager/v1.35.1", "PersistentVolumeClaim backend/archive",
                 {"metadata": {"annotations": {"pv.kubernetes.io/bind-completed": "yes"}}, "spec": {"volumeName": "pv-1"}}),
        [],
        ("PersistentVolumeClaim backend/archive",),
    ),
    Case(
        "a PriorityClass is described otherwise",
        patch("priorityclass/backend-critical", {"description": "changed"}),
        [modified("PriorityClass backend-critical", "description", "Requests of customers", "changed", "kubectl-patch",
                  "platform/30-priority.yaml: description: Requests of customers")],
        ("PriorityClass backend-critical",),
    ),
]

cases = services + guards
