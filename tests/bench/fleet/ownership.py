"""managedFields, as a kube-apiserver keeps them."""

import json

# Lists that are merged by keys; all others are owned as a whole. (kube-apiserver 1.35.1)
LIST_KEYS = {
    "containers": ("name",),
    "env": ("name",),
    "volumes": ("name",),
    "volumeMounts": ("mountPath",),
    ("containers", "ports"): ("containerPort", "protocol"),
    ("spec", "ports"): ("port", "protocol"),
}
ATOMIC = {"selector", "fieldRef", "podSelector", "ingress", "policyTypes", "metrics", "rules"}
UNOWNED = {"name", "namespace"}  # of metadata: they identify the object


def item_key(keys, item):
    key = {name: item.get(name, "TCP") if name == "protocol" else item[name] for name in keys}
    return "k:" + json.dumps(key, sort_keys=True, separators=(",", ":"))


def list_keys(name, parent):
    return LIST_KEYS.get((parent, name)) or LIST_KEYS.get(name)


def owned(value, name="", parent=""):
    """The fieldsV1 of all that `value` states."""
    if isinstance(value, list):
        keys = list_keys(name, parent)
        if not keys:
            return {}
        return {item_key(keys, item): {".": {}, **owned(item, "", name)} for item in value}
    if not isinstance(value, dict) or name in ATOMIC:
        return {}
    return {"f:" + key: owned(each, key, name or parent) for key, each in value.items()}


def fields_of(stated):
    """The fieldsV1 of who applies an object."""
    fields = {"f:" + key: owned(value, key) for key, value in stated.items()
              if key not in ("apiVersion", "kind", "metadata")}
    metadata = {key: value for key, value in stated["metadata"].items() if key not in UNOWNED}
    if metadata:
        fields["f:metadata"] = owned(metadata, "metadata")
    return fields


def entry(api_version, manager, operation, fields, time, subresource=None):
    made = {"apiVersion": api_version, "fieldsType": "FieldsV1", "fieldsV1": fields, "manager": manager,
            "operation": operation, "time": time}
    if subresource:
        made["subresource"] = subresource
    return made


def step_of(step):
    """A step of a path, a key or the keys of a list item, in fieldsV1."""
    return "f:" + step if isinstance(step, str) else "k:" + json.dumps(step, sort_keys=True, separators=(",", ":"))


def take_away(fields, path):
    """Nobody owns what is at the path any more."""
    if len(path) == 1:
        fields.pop(step_of(path[0]), None)
    elif step_of(path[0]) in fields:
        below = fields[step_of(path[0])]
        take_away(below, path[1:])
        if not below:
            del fields[step_of(path[0])]


def give(fields, path, value):
    """Who has `fields` owns the value at the path."""
    for step in path[:-1]:
        fields = fields.setdefault(step_of(step), {})
    last = path[-1]
    is_item = isinstance(last, dict)
    name = "" if is_item else last
    fields[step_of(last)] = {**({".": {}} if is_item else {}), **owned(value, name)}
