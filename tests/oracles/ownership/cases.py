"""Who may write to an object, in which order, and what is drift then. `record` plays these on a real API server."""

import copy
from dataclasses import dataclass, field

ARGOCD = "argocd-controller"


@dataclass
class Case:
    name: str
    title: str  # the behaviour
    desired: dict  # what Git states in the end
    steps: list  # functions of (cell, object)
    expect: list  # "<change> <path> [by <manager>[/<subresource>]] (<evidence>)"
    definition: dict = field(default=None)  # the CustomResourceDefinition that gives its types
    without_schema: list = field(default=None)  # what is expected when those are not known; `expect` where nothing is said
    object: dict = field(default=None)  # what is read back; `desired` where nothing is said


# Steps

def ssa(manifest, manager=ARGOCD):
    """As Argo CD applies with ServerSideApply=true."""
    return lambda cell, one: cell.apply(manifest, manager)


def csa(manifest, manager=None):
    """kubectl apply; as Argo CD does by default, under its own name."""
    options = [f"--field-manager={manager}"] if manager else []
    return lambda cell, one: cell.kubectl("apply", "--validate=false", "-f", "-", *options, stdin=manifest)


def create(manifest):
    return lambda cell, one: cell.kubectl("create", "-f", "-", stdin=manifest)


def kubectl(command, stdin=None):
    def step(cell, one):
        words = [word.replace("OBJECT", f"{one['kind'].lower()}/{one['metadata']['name']}") for word in command.split(" ")]
        cell.kubectl("-n", "x", *words, stdin=stdin)
    return step


def edit(script):
    def step(cell, one):
        cell.kubectl("-n", "x", "edit", f"{one['kind'].lower()}/{one['metadata']['name']}", editor=f"sed -i -e '{script}'")
    return step


def patch(body, manager="kubectl-patch", subresource=""):
    return lambda cell, one: cell.patch(one, body, manager, subresource)


def forget(cell, one):
    cell.patch(one, [{"op": "replace", "path": "/metadata/managedFields", "value": [{}]}], "kubectl-patch")


# Manifests

def config(name, **data):
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name, "namespace": "x"}, "data": data or {"k": "v"}}


def web(name, **spec):
    container = {"name": "app", "image": "app:1", "env": [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}],
                 "ports": [{"containerPort": 80, "name": "http"}], "args": ["a", "b"]}
    return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": name, "namespace": "x", "labels": {"app": name}},
            "spec": {"replicas": 2, "selector": {"matchLabels": {"app": name}},
                     "template": {"metadata": {"labels": {"app": name}}, "spec": {"containers": [container]}}, **spec}}


def changed(manifest, path, value):
    """A copy with another value at a path; None removes it."""
    result = copy.deepcopy(manifest)
    at = result
    for step in path[:-1]:
        at = at[step]
    if value is None:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return result


def no_replicas(name):
    return changed(web(name), ["spec", "replicas"], None)


def container_patch(**fields):
    return {"spec": {"template": {"spec": {"containers": [{"name": "app", **fields}]}}}}


def strategic(body):
    import json
    return lambda cell, one: cell.kubectl("-n", "x", "patch", f"{one['kind'].lower()}/{one['metadata']['name']}",
                                          "--type=strategic", "-p", json.dumps(body))


def service(name, **spec):
    return {"apiVersion": "v1", "kind": "Service", "metadata": {"name": name, "namespace": "x"},
            "spec": {"selector": {"app": name}, "ports": [{"name": "tcp", "port": 53}, {"name": "udp", "port": 53, "protocol": "UDP"}],
                     **spec}}


def gadget(name, **spec):
    return {"apiVersion": "example.com/v1", "kind": "Gadget", "metadata": {"name": name, "namespace": "x"},
            "spec": {"size": 3, **spec}}


app = "spec.template.spec.containers[name=app]"
kcm = "kube-controller-manager"

support = [
    {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "x"}},
    {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": {"name": "gadgets.example.com"},
     "spec": {"group": "example.com", "scope": "Namespaced",
              "names": {"plural": "gadgets", "singular": "gadget", "kind": "Gadget", "listKind": "GadgetList"},
              "versions": [{"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": {
                  "type": "object", "properties": {"spec": {"type": "object", "properties": {
                      "size": {"type": "integer"},
                      "colour": {"type": "string"},
                      "mode": {"type": "string", "default": "fast"},
                      "parts": {"type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"],
                                "items": {"type": "object", "required": ["name"], "properties": {
                                    "name": {"type": "string"}, "count": {"type": "integer", "default": 1}}}},
                      "tags": {"type": "array", "x-kubernetes-list-type": "set", "items": {"type": "string"}},
                      "ports": {"type": "array", "x-kubernetes-list-type": "map",
                                "x-kubernetes-list-map-keys": ["port", "protocol"],
                                "items": {"type": "object", "required": ["port"], "properties": {
                                    "port": {"type": "integer"}, "protocol": {"type": "string", "default": "TCP"},
                                    "target": {"x-kubernetes-int-or-string": True}}}},
                      "cpu": {"x-kubernetes-int-or-string": True, "anyOf": [{"type": "integer"}, {"type": "string"}],
                              "pattern": "^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$"},
                      "timeout": {"type": "string", "format": "duration"},
                      "since": {"type": "string", "format": "date-time"},
                      "ratio": {"type": "number"},
                      "note": {"type": "string", "nullable": True},
                      "limits": {"type": "object", "default": {"low": 1}, "properties": {
                          "low": {"type": "integer", "default": 1}, "high": {"type": "integer", "default": 9}}},
                      "free": {"type": "object", "x-kubernetes-preserve-unknown-fields": True},
                  }}}}}}]}},
]
definition = support[1]


def applying():
    one = web("ssa")
    yield Case("ssa", "what was applied server-side is equal, defaults and all", one, [ssa(one)], [])
    one = web("csa")
    yield Case("csa", "what was applied client-side is equal, though its owner owns the defaults", one, [csa(one)], [])
    one = web("csa-argocd")
    yield Case("csa-argocd", "what Argo CD applied client-side is equal", one, [csa(one, ARGOCD)], [])
    one = web("ssa-over-csa")
    yield Case("ssa-over-csa", "a client-side apply before the server-side one leaves no drift", one, [csa(one), ssa(one)], [])
    one = web("csa-over-ssa")
    yield Case("csa-over-ssa", "nor does a client-side apply of the same afterwards", one, [ssa(one), csa(one)], [])
    one = web("two-csa")
    yield Case("two-csa", "nor one over Argo CD's own client-side apply", one, [csa(one, ARGOCD), csa(one)], [])


def removed_from_git():
    for way, step, by in (("ssa", ssa, ARGOCD), ("csa", csa, "kubectl-client-side-apply"),
                          ("csa-argocd", lambda m: csa(m, ARGOCD), ARGOCD)):
        one = web(f"dropped-{way}")
        before = changed(changed(one, ["metadata", "labels", "team"], "web"), ["spec", "minReadySeconds"], 5)
        before["spec"]["template"]["spec"]["containers"][0]["env"].append({"name": "OLD", "value": "o"})
        yield Case(f"dropped-{way}", f"what Git no longer states and is still live is told ({way})", one, [step(before)],
                   [f"added metadata.labels.team by {by} (removed-from-git)",
                    f"added spec.minReadySeconds by {by} (removed-from-git)",
                    f"added {app}.env[name=OLD] by {by} (removed-from-git)"])
    one = config("dropped-foreign-csa")
    yield Case("dropped-foreign-csa", "what Argo CD's client-side apply once stated is told although somebody's apply replaced the annotation",
               one, [csa(config("dropped-foreign-csa", k="v", old="o"), ARGOCD),
                     # An apply that no longer states `old`, but does not remove it either: it was not in an annotation of its own.
                     kubectl("annotate OBJECT kubectl.kubernetes.io/last-applied-configuration-"), csa(one)],
               [f"added data.old by {ARGOCD} (removed-from-git)"])


def hands():
    one = web("edited")
    yield Case("edited", "an edited value is the editor's", one, [ssa(one), edit("s/replicas: 2/replicas: 5/")],
               ["modified spec.replicas by kubectl-edit (stated)"])
    one = web("edited-csa")
    yield Case("edited-csa", "also after a client-side apply", one, [csa(one, ARGOCD), edit("s/replicas: 2/replicas: 5/")],
               ["modified spec.replicas by kubectl-edit (stated)"])
    one = web("scaled")
    yield Case("scaled", "scale has no time, and is told", one, [ssa(one), kubectl("scale OBJECT --replicas=4")],
               ["modified spec.replicas by kubectl/scale (stated)"])
    one = no_replicas("scaled-unstated")
    yield Case("scaled-unstated", "scaling replicas that Git leaves out leaves no record, whoever does it", one,
               [ssa(one), kubectl("scale OBJECT --replicas=4")], ["added spec.replicas (no-record)"])
    one = no_replicas("autoscaled")
    yield Case("autoscaled", "also a controller: it takes an autoscaler in the cell to tell it from drift", one,
               [ssa(one), patch({"spec": {"replicas": 4}}, kcm, "scale")], ["added spec.replicas (no-record)"])
    one = no_replicas("autoscaled-csa")
    yield Case("autoscaled-csa", "replicas that a client-side apply left to their default are then the scaler's", one,
               [csa(one, ARGOCD), patch({"spec": {"replicas": 4}}, kcm, "scale")], [])
    one = no_replicas("scaled-csa")
    yield Case("scaled-csa", "and drift when it is a hand", one,
               [csa(one, ARGOCD), kubectl("scale OBJECT --replicas=4")], ["added spec.replicas by kubectl/scale (owned)"])
    one = web("autoscaled-stated")
    yield Case("autoscaled-stated", "what Git states and a controller scales differs", one,
               [ssa(one), patch({"spec": {"replicas": 4}}, kcm, "scale")], [f"modified spec.replicas by {kcm}/scale (stated)"])
    one = web("hand-applied")
    theirs = changed(changed(one, ["metadata", "labels", "team"], "web"), ["spec", "replicas"], 7)
    hand = "kubectl-client-side-apply"
    for way, first in (("ssa", ssa), ("csa", lambda m: csa(m, ARGOCD))):
        one = changed(one, ["metadata", "name"], f"hand-applied-{way}")
        theirs = changed(theirs, ["metadata", "name"], f"hand-applied-{way}")
        yield Case(f"hand-applied-{way}", f"somebody's kubectl apply over Argo CD's object is a hand's ({way})", one,
                   [first(one), csa(theirs)],
                   [f"added metadata.labels.team by {hand} (owned)", f"modified spec.replicas by {hand} (stated)"])
    one = config("hand-applied-server-side")
    yield Case("hand-applied-server-side", "so is somebody's server-side apply", one,
               [ssa(one), lambda cell, o: cell.kubectl("apply", "--server-side", "-f", "-", stdin=config("hand-applied-server-side", k="v", more="m"))],
               ["added data.more by kubectl (owned)"])
    one = config("hand-applied-before")
    yield Case("hand-applied-before", "and one from before Argo CD took over", one,
               [csa(config("hand-applied-before", k="v", old="o")), ssa(one)],
               ["added data.old by kubectl-client-side-apply (owned)"])
    one = web("restarted")
    yield Case("restarted", "a restart by hand leaves its annotation", one, [ssa(one), kubectl("rollout restart OBJECT")],
               ['added spec.template.metadata.annotations["kubectl.kubernetes.io/restartedAt"] by kubectl-rollout (owned)'])
    one = web("probed")
    probe = {"tcpSocket": {"port": 80}, "periodSeconds": 5}
    yield Case("probed", "a structure that a hand added is one difference", one,
               [ssa(one), strategic(container_patch(livenessProbe=probe))], [f"added {app}.livenessProbe by kubectl-patch (owned)"])
    one = web("probed-twice")
    yield Case("probed-twice", "also when two hands were in it: it is the last one's", one,
               [ssa(one), strategic(container_patch(livenessProbe=probe)), edit("s/periodSeconds: 5/periodSeconds: 7/")],
               [f"added {app}.livenessProbe by kubectl-edit (owned)"])
    one = web("shared-structure")
    yield Case("shared-structure", "in a structure of which a controller owns a part only the hand's part is drift", one,
               [ssa(one), patch({"spec": {"template": {"spec": {"securityContext": {"fsGroup": 3}}}}}, kcm),
                strategic({"spec": {"template": {"spec": {"securityContext": {"runAsUser": 0}}}}})],
               ["added spec.template.spec.securityContext.runAsUser by kubectl-patch (owned)"])
    one = web("default-by-hand")
    yield Case("default-by-hand", "a default that a hand wrote out is what Git wants", one,
               [ssa(one), strategic({"spec": {"revisionHistoryLimit": 10, "paused": False}})], [])
    one = web("pull-policy")
    yield Case("pull-policy", "a pull policy that a hand wrote is drift though the server might once have put it", one,
               [ssa(one), strategic(container_patch(imagePullPolicy="Always"))], [f"added {app}.imagePullPolicy by kubectl-patch (owned)"])
    one = web("old-pull-policy")
    latest = web("old-pull-policy")
    latest["spec"]["template"]["spec"]["containers"][0]["image"] = "app:latest"
    yield Case("old-pull-policy", "one that the server put for another tag is none", one, [ssa(latest), ssa(one)], [])
    one = config("finalized")
    yield Case("finalized", "a finalizer by hand is drift", one,
               [ssa(one), patch({"metadata": {"finalizers": ["example.com/stay"]}})],
               ["added metadata.finalizers[example.com/stay] by kubectl-patch (owned)"])
    one = service("node-port", type="NodePort")
    yield Case("node-port", "an allocated port is none; one that a hand chose is drift", one,
               [ssa(one), strategic({"spec": {"ports": [{"port": 53, "protocol": "TCP", "nodePort": 30123}]}})],
               ["added spec.ports[port=53,protocol=TCP].nodePort by kubectl-patch (owned)"])


def removed_by_hand():
    one = web("removed")
    yield Case("removed", "what a hand removed has no owner", one,
               [ssa(one), patch([{"op": "remove", "path": "/metadata/labels/app"},
                                 {"op": "remove", "path": "/spec/template/spec/containers/0/env/0"},
                                 {"op": "remove", "path": "/spec/template/spec/containers/0/ports/0/name"}])],
               ["removed metadata.labels.app (stated)", f"removed {app}.env[name=A] (stated)",
                f"removed {app}.ports[containerPort=80,protocol=TCP].name (stated)"])
    one = service("one-port")
    yield Case("one-port", "one of two ports of one number", one,
               [ssa(one), patch([{"op": "remove", "path": "/spec/ports/1"}, {"op": "remove", "path": "/spec/ports/0/name"}])],
               ["removed spec.ports[port=53,protocol=UDP] (stated)", "removed spec.ports[port=53,protocol=TCP].name (stated)"])


def several_owners():
    one = web("co-owned")
    five = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "co-owned", "namespace": "x"}, "spec": {"replicas": 5}}
    yield Case("co-owned", "the owner is who changed the value, not who applied the same later", one,
               [ssa(one), patch({"spec": {"replicas": 5}}), ssa(five, "ops-tool")], ["modified spec.replicas by kubectl-patch (stated)"])
    one = web("forced")
    yield Case("forced", "a tool that applies over Argo CD is the owner", one,
               [ssa(one), ssa(changed(five, ["metadata", "name"], "forced"), "ops-tool")], ["modified spec.replicas by ops-tool (stated)"])
    one = web("taken-back")
    yield Case("taken-back", "what Argo CD took back is equal, and what a hand added stays", one,
               [ssa(one), patch({"spec": {"replicas": 5, "minReadySeconds": 3}}), ssa(one)],
               ["added spec.minReadySeconds by kubectl-patch (owned)"])


def made_by_hand():
    one = web("hand-made")
    yield Case("hand-made", "an object that a hand made and Argo CD took over is equal", one, [create(one), ssa(one)], [])
    one = no_replicas("hand-made-other")
    yield Case("hand-made-other", "but for what the hand stated otherwise", one, [create(web("hand-made-other")), ssa(one)],
               ["added spec.replicas by kubectl-create (owned)"])
    one = web("hand-made-later")
    yield Case("hand-made-later", "also when the hand wrote again later", one,
               [create(one), ssa(one), strategic({"metadata": {"labels": {"team": "web"}}})],
               ["added metadata.labels.team by kubectl-patch (owned)"])


def no_record():
    one = config("forgotten")
    yield Case("forgotten", "with managedFields emptied, what is no default is drift", one,
               [ssa(one), forget, patch({"data": {"more": "m"}})], ["added data.more (no-ownership)"])
    one = web("forgotten-defaults")
    yield Case("forgotten-defaults", "and defaults are not", one, [ssa(one), forget], [])
    one = web("forgotten-then-applied")
    yield Case("forgotten-then-applied", "what was put there before an apply started managedFields again is nobody's", one,
               [ssa(one), forget, patch({"metadata": {"labels": {"team": "web"}}, "spec": {"minReadySeconds": 3}}), ssa(one)],
               ["added metadata.labels.team (no-record)", "added spec.minReadySeconds (no-record)"])
    one = config("forgotten-csa")
    yield Case("forgotten-csa", "without managedFields last-applied tells what Git once stated", one,
               [csa(config("forgotten-csa", k="v", old="o")), forget], ["added data.old (no-ownership)"])


def lists():
    one = web("atomic")
    yield Case("atomic", "an atomic list is one difference", one,
               [ssa(one), patch([{"op": "replace", "path": "/spec/template/spec/containers/0/args", "value": ["b", "a"]}])],
               [f"modified {app}.args by kubectl-patch (stated)"])
    one = web("doubled")
    one["spec"]["template"]["spec"]["containers"][0]["env"].append({"name": "A", "value": "3"})
    yield Case("doubled", "a variable that is set twice is equal", one, [csa(one)], [])
    one = copy.deepcopy(one)
    one["metadata"]["name"] = "doubled-changed"
    yield Case("doubled-changed", "and of those that are set twice the changed one is told", one,
               [csa(one), patch([{"op": "replace", "path": "/spec/template/spec/containers/0/env/2/value", "value": "4"},
                                 {"op": "add", "path": "/spec/template/spec/containers/0/env/-", "value": {"name": "C", "value": "5"}}])],
               [f"modified {app}.env[name=A].value by kubectl-patch (stated)", f"added {app}.env[name=C] by kubectl-patch (owned)"])
    one = web("init-order")
    one["spec"]["template"]["spec"]["initContainers"] = [{"name": "one", "image": "i:1"}, {"name": "two", "image": "i:1"}]
    yield Case("init-order", "the order of init containers means something", one,
               [ssa(one), patch([{"op": "move", "from": "/spec/template/spec/initContainers/0", "path": "/spec/template/spec/initContainers/1"}])],
               ["modified spec.template.spec.initContainers (stated)"])
    one = web("env-order")
    one["spec"]["template"]["spec"]["containers"][0]["env"].append({"name": "C", "value": "$(A)/$(B)"})
    yield Case("env-order", "that of variables does where one refers to another", one,
               [ssa(one), patch([{"op": "move", "from": "/spec/template/spec/containers/0/env/2", "path": "/spec/template/spec/containers/0/env/1"}])],
               [f"modified {app}.env (stated)"])
    one = web("reordered")
    yield Case("reordered", "that of other keyed lists does not", one,
               [ssa(one), patch([{"op": "move", "from": "/spec/template/spec/containers/0/env/0", "path": "/spec/template/spec/containers/0/env/1"}])], [])
    one = web("atomic-map")
    one["spec"]["template"]["spec"]["nodeSelector"] = {"disk": "ssd"}
    yield Case("atomic-map", "a key added to an atomic map is told by its key", one,
               [ssa(one), strategic({"spec": {"template": {"spec": {"nodeSelector": {"zone": "a"}}}}})],
               ["added spec.template.spec.nodeSelector.zone by kubectl-patch (owned)"])
    one = web("atomic-structure")
    one["spec"]["template"]["spec"]["containers"][0]["env"][0] = {"name": "A", "valueFrom": {"secretKeyRef": {"name": "s", "key": "k"}}}
    yield Case("atomic-structure", "so is a field added to an atomic structure", one,
               [ssa(one), patch([{"op": "add", "path": "/spec/template/spec/containers/0/env/0/valueFrom/secretKeyRef/optional", "value": True}])],
               [f"added {app}.env[name=A].valueFrom.secretKeyRef.optional by kubectl-patch (owned)"])


def others():
    one = {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": {"name": "aggregated"},
           "aggregationRule": {"clusterRoleSelectors": [{"matchLabels": {"a": "b"}}]}, "rules": []}
    rules = [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}]
    yield Case("aggregated", "rules that are aggregated are no drift", one,
               [ssa(one), ssa({**one, "rules": rules, "aggregationRule": one["aggregationRule"]}, "clusterrole-aggregation-controller")], [])
    one = {"apiVersion": "v1", "kind": "Endpoints", "metadata": {"name": "packed", "namespace": "x"},
           "subsets": [{"addresses": [{"ip": "10.0.0.2"}], "ports": [{"port": 80}]},
                       {"addresses": [{"ip": "10.0.0.1"}], "ports": [{"port": 80}]},
                       {"addresses": [{"ip": "10.0.0.1"}], "ports": [{"port": 9, "name": "x"}]}]}
    yield Case("packed", "repacked endpoints are equal", one, [ssa(one)], [])
    one = config("reported")
    yield Case("reported", "what a controller adds is none", one,
               [ssa(one), patch({"metadata": {"annotations": {"example.com/seen": "yes"}}}, "example-controller")], [])


def full(name, **spec):
    return gadget(name, **{"parts": [{"name": "axle"}], "tags": ["a"], "ports": [{"port": 80}, {"port": 53, "protocol": "UDP", "target": "dns"}],
                           "cpu": "1000m", "timeout": "90m", "since": "2026-01-01T02:00:00+02:00", "ratio": 1.0, "note": None,
                           "mode": None, "free": {"list": [{"a": 1}], "map": {"b": None}}, **spec})


def custom():
    one = gadget("gadget", parts=[{"name": "axle"}], tags=["a"])
    yield Case("gadget", "a custom resource is equal, defaults and all", one, [ssa(one)], [])
    one = gadget("gadget-csa", parts=[{"name": "axle"}], tags=["a"])
    yield Case("gadget-csa", "also when it was applied client-side", one, [csa(one)], [])
    one = gadget("gadget-made", parts=[{"name": "axle"}], tags=["a"])
    yield Case("gadget-made", "or made by hand", one, [create(one), ssa(one)], [])
    one = gadget("gadget-patched", parts=[{"name": "axle"}, {"name": "wheel"}], tags=["a"])
    yield Case("gadget-patched", "what a hand added to it is drift, at its item", one,
               [ssa(one), patch([{"op": "add", "path": "/spec/parts/-", "value": {"name": "door"}},
                                 {"op": "replace", "path": "/spec/parts/1/count", "value": 4},
                                 {"op": "add", "path": "/spec/tags/-", "value": "b"},
                                 {"op": "add", "path": "/spec/colour", "value": "red"}])],
               ["added spec.parts[name=door] by kubectl-patch (owned)", "added spec.parts[name=wheel].count by kubectl-patch (owned)",
                "added spec.tags[b] by kubectl-patch (owned)", "added spec.colour by kubectl-patch (owned)"])


def typed():
    for way, step in (("ssa", ssa), ("csa", csa), ("csa-argocd", lambda m: csa(m, ARGOCD)), ("made", create)):
        one = full(f"full-{way}")
        yield Case(f"full-{way}", f"nulls, defaults and keys of a custom resource's schema are no drift ({way})", one, [step(one)], [],
                   without_schema=UNSAID)
        one = full(f"forgotten-full-{way}")
        yield Case(f"forgotten-full-{way}", f"also with managedFields emptied ({way})", one, [step(one), forget], [], without_schema=UNSAID)
    one = full("same-meaning")
    yield Case("same-meaning", "texts that mean the same are equal, though the server keeps texts", one,
               [ssa(one), patch({"spec": {"cpu": "1", "timeout": "1h30m", "since": "2026-01-01T00:00:00Z", "ratio": 1}})], [],
               without_schema=UNSAID)
    one = full("other-meaning")
    yield Case("other-meaning", "and those that do not are told", one,
               [ssa(one), patch({"spec": {"cpu": "1001m", "timeout": "1h31m", "since": "2026-01-01T00:00:00.5Z", "ratio": 1.5,
                                          "limits": {"high": 8}}}),
                patch([{"op": "replace", "path": "/spec/ports/1/target", "value": 53}])],
               ["modified spec.cpu by kubectl-patch (stated)", "modified spec.timeout by kubectl-patch (stated)",
                "modified spec.since by kubectl-patch (stated)", "modified spec.ratio by kubectl-patch (stated)",
                "added spec.limits.high by kubectl-patch (owned)",
                "modified spec.ports[port=53,protocol=UDP].target by kubectl-patch (stated)"], without_schema=UNSAID)
    one = gadget("pruned", bogus=1, limits={"low": 2, "bogus": 1})
    yield Case("pruned", "what the schema does not have is dropped, and said so", one, [csa(one)],
               ["removed spec.bogus (stated)", "removed spec.limits.bogus (stated)"])
    one = gadget("nobodys")
    yield Case("nobodys", "with the schema, what nobody owns is told from a default", one,
               [ssa(one), forget, patch({"spec": {"colour": "red", "limits": {"high": 8}}}), ssa(one)],
               ["added spec.colour (no-record)", "added spec.limits.high (no-record)"], without_schema=[])
    one = gadget("dropped")
    yield Case("dropped-custom", "and what a client-side apply owns from a default, without last-applied", one,
               [csa(gadget("dropped", colour="red"), ARGOCD),
                kubectl("annotate OBJECT kubectl.kubernetes.io/last-applied-configuration-")],
               [f"added spec.colour by {ARGOCD} (removed-from-git)"], without_schema=[])
    one = gadget("note", note="n")
    yield Case("nulled", "a null that is kept is a value", one, [ssa(one), patch([{"op": "replace", "path": "/spec/note", "value": None}])],
               ["modified spec.note by kubectl-patch (stated)"], without_schema=UNSAID)


UNSAID = ["unsaid"]


def all_cases():
    families = (applying, removed_from_git, hands, removed_by_hand, several_owners, made_by_hand, no_record, lists, others, custom, typed)
    cases = [case for family in families for case in family()]
    for case in cases:
        case.object = case.object or case.desired
        case.definition = definition if case.desired["kind"] == "Gadget" else None
    return cases
