"""What an AppProject has against Applications: testdata/projects/*.jsonl, and random ones.

A line is {"project", "app", "clusters", "objects", "answer": {"conditions", "refused", "windows"}}; where argocd-cm has
globalProjects, also {"others": the other projects, "globalProjects": its text}.
"""
import json


def record(oracle, lines):
    out = []
    for line in lines:
        if line.startswith("{"):
            case = json.loads(line)
            case.pop("answer", None)
            case["answer"] = oracle.ask(case)
            line = json.dumps(case)
        out.append(line)
    return out


URLS = ["https://git.example.com/team/app.git", "https://git.example.com/team/app", "https://Git.Example.com/Team/App",
        "git@git.example.com:team/app.git", "ssh://git@git.example.com/team/app", "ssh://git@git.example.com:2222/team/app",
        "https://git.example.com/other/app", "https://git.example.com", "https://git.example.com/a/b/c",
        "https://user:pass@git.example.com/team/app", "https://git.example.com:8443/team/app", "file:///srv/app",
        "https://git.example.com/team/app?x=1#y", "https://git.example.com/a%20b", "/srv/git/app", "git.example.com/team/app"]
REPOS = ["*", "https://git.example.com/*", "https://git.example.com/**", "https://git.example.com/team/*", "git@git.example.com:*",
         "git@git.example.com:team/*", "https://*.example.com/*/*", "https://{git,hub}.example.com/team/app",
         "https://git.example.com/{team,other}/app", "https://git.example.com/team/app", "**", "https://git.example.com/[a-z]*/app",
         "ssh://git@git.example.com/team/*", "", "https://**/app", "https://git.example.com/te?m/app", "file:///**",
         "*/team/app", "https://git.example.com/a[", "a:b:c", "https://git.example.com/*?x", "%zz", "https://[::1]/x"]
CLUSTERS = [{"server": "https://kubernetes.default.svc", "name": "in-cluster"},
            {"server": "https://a.example.com", "name": "cell-a"},
            {"server": "https://b.example.com:6443", "name": "cell-b", "project": "shop"},
            {"server": "https://c.example.com", "name": "cell-c", "project": "other"}]
SERVERS = ["*", "https://a.example.com", "https://*.example.com", "https://b.example.com:6443", "https://kubernetes.default.svc",
           "!https://a.example.com", "!*", "", "!https://*.example.com:6443"]
NAMES = ["", "", "cell-a", "cell-*", "*", "!cell-b", "in-cluster", "!cell-*"]
NAMESPACES = ["*", "web", "web-*", "!kube-system", "", "{web,api}", "!web", "kube-*"]
GROUPS = ["", "*", "apps", "batch", "rbac.*", "[a-z]*", "a[", "argoproj.io"]
KINDS = ["*", "Deployment", "ConfigMap", "Cluster*", "Namespace", "?ob", "[", "ClusterRole"]
APP_NAMESPACES = ["argocd", "argocd", "argocd", "team-a", "team-b", "", "kube-system"]
SOURCE_NAMESPACES = ["*", "team-*", "/^team-[ab]$/", "team-a", "/b$/", "//", "/", "{team-a,x}", "!team-a"]


def restrictions(rng, with_names):
    items = []
    for _ in range(rng.randint(0, 3)):
        item = {"group": rng.choice(GROUPS), "kind": rng.choice(KINDS)}
        if with_names and rng.random() < 0.3:
            item["name"] = rng.choice(["a", "web*", "*", "[", "x-?"])
        items.append(item)
    return items


def random_spec(rng):
    def repo():
        return ("!" if rng.random() < 0.2 else "") + rng.choice(REPOS)
    spec = {"sourceRepos": [repo() for _ in range(rng.randint(0, 4))],
            "destinations": [{"server": rng.choice(SERVERS), "name": rng.choice(NAMES), "namespace": rng.choice(NAMESPACES)}
                             for _ in range(rng.randint(0, 4))]}
    if rng.random() < 0.5:
        spec["sourceNamespaces"] = rng.sample(SOURCE_NAMESPACES, rng.randint(0, 2))
    if rng.random() < 0.2:
        spec["permitOnlyProjectScopedClusters"] = True
    for field in ("clusterResourceWhitelist", "clusterResourceBlacklist", "namespaceResourceWhitelist",
                  "namespaceResourceBlacklist"):
        if rng.random() < 0.5:
            spec[field] = restrictions(rng, field.startswith("cluster"))
    return spec


LABELS = [("tier", "prod"), ("tier", "dev"), ("team", "shop"), ("opt", "1"), ("opt", "true"), ("frozen", "")]
GLOBAL_NAMES = ["base", "strict", "base", "strict", "shop", "absent"]


def random_project(rng, name):
    labels = dict(rng.sample(LABELS, rng.randint(0, 3)))
    spec = random_spec(rng)
    if rng.random() < 0.6:
        spec["syncWindows"] = [{"kind": "deny", "schedule": "%d * * * *" % rng.randint(0, 59), "duration": "1h"}
                               for _ in range(rng.randint(0, 2))]
    return {"metadata": {"name": name, "namespace": "argocd", "labels": labels}, "spec": spec}


def random_expression(rng):
    key = rng.choice(["tier", "team", "opt", "absent", "-bad"] if rng.random() < 0.2 else ["tier", "team", "opt"])
    operator = rng.choice(["In", "NotIn", "Exists", "DoesNotExist"] if rng.random() < 0.95 else ["in", "Gt"])
    expression = {"key": key, "operator": operator}
    if operator in ("In", "NotIn") or rng.random() < 0.05:
        expression["values"] = rng.sample(["prod", "dev", "shop", "1", 1, True, "a b"], rng.randint(0 if rng.random() < 0.1 else 1, 3))
    return expression


def random_selector(rng):
    selector = {}
    if rng.random() < 0.5:
        labels = dict([rng.choice([("tier", "prod"), ("tier", "dev"), ("opt", 1), ("opt", True), ("frozen", None), ("team", "-")])])
        key = rng.choice(["matchLabels", "matchLabels", "MatchLabels"])
        selector[key] = labels if rng.random() < 0.9 else rng.choice([{}, None, [], "x"])
    if rng.random() < 0.5:
        selector["matchExpressions"] = [random_expression(rng) for _ in range(rng.randint(0, 2))]
    return selector


def random_globals(rng):
    """The text of argocd-cm's globalProjects: JSON, which is YAML."""
    if rng.random() < 0.04:
        return rng.choice(["{}", "- x", "[", "null", "[null]", "- projectName: 5", "  ", "- projectName: [a]"])
    entries = []
    for _ in range(rng.randint(1, 3)):
        entry = {rng.choice(["projectName"] * 5 + ["projectname"]): rng.choice(GLOBAL_NAMES[:2 + rng.choice([0, 0, 4])])}
        if rng.random() < 0.9:
            entry["labelSelector"] = random_selector(rng)
        entries.append(entry)
    return json.dumps(entries)


def with_globals(rng, case, texts):
    case["project"] = random_project(rng, "shop")
    case["others"] = [random_project(rng, "base"), random_project(rng, "strict")]
    case["globalProjects"] = rng.choice(texts)
    return case


def random_case(rng):
    lines = []
    texts = [random_globals(rng) for _ in range(6)]  # the oracle takes its time for each
    for _ in range(60):
        def source():
            return {"repoURL": rng.choice(URLS), "path": "p"}
        destination = {"namespace": rng.choice(["web", "web-1", "kube-system", "api", ""])}
        cluster = rng.choice(CLUSTERS)
        if rng.random() < 0.5:
            destination["server"] = cluster["server"] + rng.choice(["", "", "/"])
        else:
            destination["name"] = cluster["name"]
        spec = {"project": "shop", "destination": destination}
        kind = rng.random()
        if kind < 0.7:
            spec["source"] = source()
        elif kind < 0.9:
            spec["sources"] = [source() for _ in range(rng.randint(1, 3))]
        else:
            spec["sourceHydrator"] = {"drySource": {"repoURL": rng.choice(URLS), "path": "p", "targetRevision": "main"},
                                      "syncSource": {"targetBranch": "env", "path": "p"}}
            if rng.random() < 0.5:
                spec["sourceHydrator"]["syncSource"]["repoURL"] = rng.choice(URLS)
        objects = []
        for _ in range(4):
            objects.append({"group": rng.choice(["", "apps", "batch", "rbac.authorization.k8s.io"]),
                            "kind": rng.choice(["Deployment", "ConfigMap", "Job", "ClusterRole", "Namespace"]),
                            "name": rng.choice(["a", "web-1", "x-y"]),
                            "namespace": rng.choice(["", "web", "kube-system", "web-2"])})
        case = {"project": {"metadata": {"name": "shop", "namespace": "argocd"}, "spec": random_spec(rng)},
                "app": {"metadata": {"name": "app", "namespace": rng.choice(APP_NAMESPACES)}, "spec": spec},
                "clusters": CLUSTERS, "objects": objects}
        lines.append(json.dumps(with_globals(rng, case, texts) if rng.random() < 0.6 else case))
    return lines
