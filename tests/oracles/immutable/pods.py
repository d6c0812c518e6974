"""Random changes of Pods beyond one field: lists that grow, shrink and are sorted anew, what only Pods with gates may change."""
import copy
import random

_tolerations = [{"key": key, "operator": "Exists", "effect": effect, **more}
                for key in ("a", "b", "c") for effect, more in (("NoSchedule", {}), ("NoExecute", {}), ("NoExecute", {"tolerationSeconds": 5}),
                                                                ("NoExecute", {"tolerationSeconds": 9}))]
_expressions = [{"key": key, "operator": "In", "values": [value]} for key in ("a", "b") for value in ("1", "2")]


def _some(choose, items, most):
    return choose.sample(items, choose.randint(0, min(most, len(items))))


def _container(choose, name):
    container = {"name": name, "image": choose.choice(("example.com/a:1", "example.com/a:2"))}
    if choose.random() < 0.1:
        container["env"] = [{"name": "A", "value": choose.choice("12")}]
    if choose.random() < 0.1:
        container["resources"] = {"requests": {"cpu": choose.choice(("1", "1000m", "2"))}}
    return container


def _term(choose):
    return {"matchExpressions": _some(choose, _expressions, 3) or [_expressions[0]]}


def _affinity(choose):
    affinity = {}
    if choose.random() < 0.7:
        affinity["requiredDuringSchedulingIgnoredDuringExecution"] = {
            "nodeSelectorTerms": [_term(choose) for _ in range(choose.randint(1, 2))]}
    if choose.random() < 0.4:
        affinity["preferredDuringSchedulingIgnoredDuringExecution"] = [{"weight": choose.randint(1, 2), "preference": _term(choose)}]
    return affinity


# Each piece of a Pod: how it may be made, or nothing.
_pieces = {
    "tolerations": lambda choose: _some(choose, _tolerations, 3),
    "schedulingGates": lambda choose: [{"name": f"example.com/{name}"} for name in _some(choose, "abc", 2)],
    "nodeSelector": lambda choose: {key: choose.choice("12") for key in _some(choose, "abc", 2)},
    "affinity": lambda choose: {"nodeAffinity": _affinity(choose)},
    "activeDeadlineSeconds": lambda choose: choose.choice((5, 10, 20)),
    "terminationGracePeriodSeconds": lambda choose: choose.choice((1, 5, 30, -1)),
    "initContainers": lambda choose: [_container(choose, name) for name in _some(choose, ["i", "j"], 2)],
    "priorityClassName": lambda choose: choose.choice(("system-node-critical", "system-cluster-critical")),
    "hostAliases": lambda choose: [{"ip": "10.0.0.1", "hostnames": _some(choose, ["a", "b"], 2)}],
    "restartPolicy": lambda choose: choose.choice(("Always", "Never")),
    "nodeName": lambda choose: choose.choice(("n1", "n2")),
    "serviceAccountName": lambda choose: "default",
    "volumes": lambda choose: [{"name": name, "emptyDir": {}} for name in _some(choose, ["v", "w"], 2)],
    "dnsPolicy": lambda choose: choose.choice(("ClusterFirst", "Default")),
}
_rare = {"priorityClassName", "hostAliases", "restartPolicy", "nodeName", "serviceAccountName", "volumes", "dnsPolicy"}
_annotations = ("container.apparmor.security.beta.kubernetes.io/app", "example.com/note")


def _pod(choose):
    spec = {"containers": [_container(choose, name) for name in ["app", *_some(choose, ["side"], 1)]]}
    for name, make in _pieces.items():
        if choose.random() < (0.05 if name in _rare else 0.4):
            spec[name] = make(choose)
    annotations = {key: choose.choice(("unconfined", "runtime/default")) for key in _annotations if choose.random() < 0.1}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "random", "namespace": "sample", "annotations": annotations}, "spec": spec}


def _changed(choose, pod):
    """Another one in one or two pieces, which are made anew, sorted anew or taken away."""
    result = copy.deepcopy(pod)
    for name in choose.sample(list(_pieces) + ["tolerations", "schedulingGates", "nodeSelector", "affinity"], choose.randint(1, 2)):
        value = result["spec"].get(name)
        how = choose.random()
        if value is None or how < 0.5:
            result["spec"][name] = _pieces[name](choose)
        elif how < 0.7 and isinstance(value, list):
            more = [item for item in _pieces[name](choose) if item not in value]
            result["spec"][name] = [*value, *more]
        elif how < 0.8 and isinstance(value, list):
            choose.shuffle(value)
        elif how < 0.9 and isinstance(value, dict):
            result["spec"][name] = {**value, **_pieces[name](choose)}
        else:
            del result["spec"][name]
    if choose.random() < 0.1:
        result["spec"]["containers"] = _pod(choose)["spec"]["containers"]
    if choose.random() < 0.1:
        result["metadata"]["annotations"] = _pod(choose)["metadata"]["annotations"]
    return result


def random_changes(count, seed):
    """(what it is, the Pod as it is, and as it is to be)."""
    choose = random.Random(seed)
    for number in range(count):
        pod = _pod(choose)
        yield f"random pod {seed}/{number}", pod, _changed(choose, pod)
