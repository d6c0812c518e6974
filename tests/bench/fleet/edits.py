"""The kinds of differences: how a cell comes to have each, and what is to be found then."""

import copy

from ownership import entry, give, take_away
from services import manifests

LATER = "2026-11-22T08:15:00Z"
APP = {"name": "app"}
TEMPLATE = ("spec", "template", "spec", "containers", APP)


def at(value, path):
    """What is at a path; of a list the item with those keys."""
    for step in path:
        value = value[step] if isinstance(step, str) else next(
            item for item in value if all(item.get(key) == wanted for key, wanted in step.items()))
    return value


def argo_fields(live):
    return live["metadata"]["managedFields"][0]["fieldsV1"]


def write(live, manager, path, value):
    """`manager` sets a value: it owns it then, and nobody else does."""
    parent = at(live, path[:-1])
    if isinstance(path[-1], str):
        parent[path[-1]] = value
    else:
        parent.append(value)
    take_away(argo_fields(live), path)
    fields = {}
    give(fields, path, value)
    live["metadata"]["managedFields"].append(entry(live["apiVersion"], manager, "Update", fields, LATER))


class Site:
    """A service in a cell."""

    def __init__(self, objects, server, service, cell):
        self.objects = objects  # kind -> live object
        self.server = server
        self.service = service
        self.application = f"{cell}-{service.name}"
        self.others = []        # live objects that are not in Git


def scaled(site):
    write(site.objects["Deployment"], "kubectl-edit", ("spec", "replicas"), 9)


def config_edited(site):
    write(site.objects["ConfigMap"], "kubectl-edit", ("data", "log-level"), "debug")


def variable_added(site):
    write(site.objects["Deployment"], "kubectl-set", (*TEMPLATE, "env", {"name": "DEBUG"}),
          {"name": "DEBUG", "value": "true"})


def label_added(site):
    labels = site.objects["Service"]["metadata"].setdefault("labels", {})
    write(site.objects["Service"], "kubectl-label", ("metadata", "labels", "team"), "shop")
    assert labels


def probe_removed(site):
    del at(site.objects["Deployment"], TEMPLATE)["livenessProbe"]
    take_away(argo_fields(site.objects["Deployment"]), (*TEMPLATE, "livenessProbe"))


def secret_changed(site):
    write(site.objects["Secret"], "kubectl-edit", ("data", "password"), site.server.hashed("changed-by-hand"))


def image_by_hand(site):
    name = site.service.name
    write(site.objects["Deployment"], "kubectl-set", (*TEMPLATE, "image"),
          f"registry.example.com/{name}:{site.service.version(-1)}")


def lag(site):
    """Argo CD has not come past the commit before."""
    old = manifests(site.service, site.service.version(-1))["deployment"]
    namespace = site.service.name
    site.objects["Deployment"] = site.server.apply(old, namespace, site.application)


def missing(site):
    del site.objects["PodDisruptionBudget"]


def extra(site):
    name = site.service.name
    stated = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name + "-before"}, "data": {"a": "1"}}
    site.others.append(site.server.apply(stated, name, site.application))


def object_by_hand(site):
    made = site.server.bare("ConfigMap", "by-hand", site.service.name, data={"a": "1"})
    fields = {"f:data": {".": {}, "f:a": {}}}
    made["metadata"]["managedFields"] = [entry("v1", "kubectl-create", "Update", fields, LATER)]
    site.others.append(made)


def webhook(site):
    """A mutating webhook that is called for the service's Deployment, and the label that it adds."""
    name = site.service.name
    at(site.objects["Deployment"], ("spec", "template", "metadata", "labels"))["injected"] = "yes"
    only_here = {"matchExpressions": [{"key": "kubernetes.io/metadata.name", "operator": "In", "values": [name]}]}
    rule = {"apiGroups": ["apps"], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"],
            "resources": ["deployments"], "scope": "*"}
    hook = {"admissionReviewVersions": ["v1"], "clientConfig": {"url": "https://127.0.0.1:1/"}, "failurePolicy": "Fail",
            "matchPolicy": "Equivalent", "name": "inject.example.com", "namespaceSelector": only_here,
            "objectSelector": {}, "reinvocationPolicy": "Never", "rules": [rule], "sideEffects": "None",
            "timeoutSeconds": 10}
    config = site.server.bare("MutatingWebhookConfiguration", "inject-" + name,
                              api_version="admissionregistration.k8s.io/v1", webhooks=[hook])
    fields = {"f:webhooks": {".": {}, 'k:{"name":"inject.example.com"}': {".": {}}}}
    config["metadata"]["managedFields"] = [entry(config["apiVersion"], "kubectl-create", "Update", fields, LATER)]
    site.others.append(config)


KINDS = {
    "canary": lambda site: None,  # Git wants it
    "lag": lag,
    "image-by-hand": image_by_hand,
    "secret-changed": secret_changed,
    "scaled": scaled,
    "config-edited": config_edited,
    "variable-added": variable_added,
    "label-added": label_added,
    "probe-removed": probe_removed,
    "missing": missing,
    "extra": extra,
    "object-by-hand": object_by_hand,
    "webhook": webhook,
}


def live_service(server, plan, service, cell):
    """Site of a service in a cell, with what is planted there."""
    stated = manifests(service, plan.wanted_version(service, cell), cell)
    objects = {each["kind"]: server.apply(each, service.name, f"{cell}-{service.name}") for each in stated.values()}
    if "Secret" in objects:
        objects["Secret"] = copy.deepcopy(objects["Secret"])
        objects["Secret"]["data"] = {"password": server.hashed(f"not-so-secret-{service.number:03}")}
    site = Site(objects, server, service, cell)
    kind = plan.kind_of(service, cell)
    if kind:
        KINDS[kind](site)
    return site
