"""What the users of a cell may read (RBAC of the tests themselves; no Application tracks it)."""

_read = ["get", "list", "watch"]
_secret_free = [
    "configmaps",
    "limitranges",
    "namespaces",
    "persistentvolumeclaims",
    "pods",
    "resourcequotas",
    "serviceaccounts",
    "services",
]
_own_groups = [
    "apiextensions.k8s.io",
    "apps",
    "autoscaling",
    "batch",
    "example.com",
    "networking.k8s.io",
    "policy",
    "rbac.authorization.k8s.io",
    "scheduling.k8s.io",
    "storage.k8s.io",
]
_roles = {
    "readonly": [
        {"apiGroups": ["*"], "resources": ["*"], "verbs": _read},
    ],
    "no-secrets": [
        {"apiGroups": [""], "resources": _secret_free, "verbs": _read},
        {
            "apiGroups": ["admissionregistration.k8s.io", *_own_groups],
            "resources": ["*"],
            "verbs": _read,
        },
    ],
    "no-webhooks": [
        {"apiGroups": ["", *_own_groups], "resources": ["*"], "verbs": _read},
        {
            "apiGroups": ["admissionregistration.k8s.io"],
            "resources": ["validatingwebhookconfigurations"],
            "verbs": _read,
        },
    ],
}


def grant(cell):
    """Gives all users their rights; "nobody" gets none."""
    api = cell.api()
    base = "/apis/rbac.authorization.k8s.io/v1"
    for user, rules in _roles.items():
        name = {"name": f"e2e-{user}"}
        api.create(f"{base}/clusterroles", {"metadata": name, "rules": rules})
        role = {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": name["name"]}
        subject = {"apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": user}
        api.create(f"{base}/clusterrolebindings", {"metadata": name, "roleRef": role, "subjects": [subject]})
