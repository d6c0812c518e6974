"""Who owns a field, as the server's managedFields say: the test's own reading, independent of celldrift's."""

import json


def of(object, path):
    """The writers ("manager", "manager/subresource") of what is at a path, of a part of it, or of the leaf around it."""
    found = set()
    for entry in object["metadata"].get("managedFields") or ():
        if _covers(entry.get("fieldsV1") or {}, path):
            subresource = entry.get("subresource")
            found.add(entry["manager"] + (f"/{subresource}" if subresource else ""))
    return found


def _covers(fields, path):
    if not fields:
        return False
    for kind, step in path:
        below = fields.get(_name(kind, step))
        if below is None:
            return False
        if not below:
            return True  # a leaf: all below it is owned as well
        fields = below
    return True


def _name(kind, step):
    if kind == "k":
        return "k:" + json.dumps(dict(step), sort_keys=True, separators=(",", ":"))
    if kind == "v":
        return "v:" + json.dumps(step)
    return f"{kind}:{step}"
