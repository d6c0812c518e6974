"""How one state of an object differs from another, field by field: the truth that findings are held to.

List maps are matched by the keys that the server's OpenAPI names, sets by member; atomic lists are compared whole. A
path is a tuple of steps: ("f", field), ("k", {key: value}), ("v", set member), ("i", index)."""

import base64
import re
from dataclasses import dataclass

from schema import unknown
from ways import tracking

server_metadata = ("managedFields", "resourceVersion", "generation", "uid", "creationTimestamp", "selfLink",
                   "deletionTimestamp", "deletionGracePeriodSeconds")
last_applied = "kubectl.kubernetes.io/last-applied-configuration"


@dataclass(frozen=True)
class Delta:
    path: tuple
    change: str  # "modified", "added" or "removed"
    before: object = None
    after: object = None


def content(object):
    """An object without what only the server writes, and without what records how it was applied."""
    kept = {key: value for key, value in object.items() if key != "status"}
    metadata = {key: value for key, value in kept.get("metadata", {}).items() if key not in server_metadata}
    annotations = {key: value for key, value in (metadata.get("annotations") or {}).items()
                   if key not in (last_applied, tracking)}
    metadata.pop("annotations", None)
    return {**kept, "metadata": {**metadata, **({"annotations": annotations} if annotations else {})}}


def text_of(path):
    """A path as reports write it."""
    text = "".join(_step_text(kind, value) for kind, value in path)
    return text.removeprefix(".")


def _step_text(kind, value):
    if kind == "f":
        return f".{value}" if re.fullmatch(r"[A-Za-z0-9_/$-]+", value) else f'["{value}"]'
    if kind == "k":
        return "[" + ",".join(f"{key}={scalar_text(one)}" for key, one in value) + "]"
    return f"[{scalar_text(value)}]"


def scalar_text(value):
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def keys_of(item, type):
    """The keys of an item of a list map, as steps hold them; nothing where the item lacks them."""
    if not isinstance(item, dict):
        return None
    keys = tuple((key, _key_value(item, type, key)) for key in type.list_keys)
    keys = tuple((key, value) for key, value in keys if value is not None)
    return keys or None


def _key_value(item, type, key):
    return item[key] if key in item else type.item().field(key).schema.get("default")


def differences(before, after, type, path=()):
    """The deltas that lead from `before` to `after`."""
    if same(before, after):
        return []
    if isinstance(before, dict) and isinstance(after, dict):
        return _of_maps(before, after, type, path)
    if isinstance(before, list) and isinstance(after, list) and type.list_kind != "atomic":
        found = _of_items(before, after, type, path)
        if found is not None:
            return found
    return [Delta(path, "modified", before, after)]


def same(a, b):
    """Python takes True for 1; JSON does not."""
    if isinstance(a, bool) != isinstance(b, bool):
        return False
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[key], b[key]) for key in a)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(same, a, b))
    return a == b


def _of_maps(before, after, type, path):
    found = []
    for name in sorted({*before, *after}):
        step, inner = (*path, ("f", name)), type.field(name)
        if not _is_there(before, name, inner):
            if _is_there(after, name, inner):
                found += whole(after[name], inner, step, "added")
        elif not _is_there(after, name, inner):
            found += whole(before[name], inner, step, "removed")
        else:
            found += differences(before[name], after[name], inner, step)
    return found


def _is_there(map, name, type):
    """null is nothing, except where a schema takes it as a value."""
    return name in map and (map[name] is not None or type.is_nullable)


def type_at(type, path):
    for kind, step in path:
        type = type.field(step) if kind == "f" else type.item()
    return type


def is_in_embedded(type, path):
    """Whether it is in an embedded object: what is there has types of its own, which are not read here."""
    return any(type_at(type, path[:length]).is_embedded for length in range(1, len(path)))


def _by_step(items, type):
    if type.list_kind == "set":
        steps = [("v", item) for item in items]
    else:
        steps = [("k", keys_of(item, type)) for item in items]
    if any(step[1] is None for step in steps) or len({str(step) for step in steps}) < len(steps):
        return None
    return {str(step): (step, item) for step, item in zip(steps, items)}


def _of_items(before, after, type, path):
    old, new = _by_step(before, type), _by_step(after, type)
    if old is None or new is None:
        return None
    found = []
    if path[-1][1] == "initContainers" and [name for name in old if name in new] != [name for name in new if name in old]:
        found.append(Delta(path, "modified", before, after))  # they run in that order
    for name in [*old, *(name for name in new if name not in old)]:
        step = (*path, (old.get(name) or new[name])[0])
        if name not in new:
            found.append(Delta(step, "removed", before=old[name][1]))
        elif name not in old:
            found.append(Delta(step, "added", after=new[name][1]))
        else:
            found += differences(old[name][1], new[name][1], type.item(), step)
    return found


def whole(value, type, path, change):
    """A value that appears or disappears: one delta for each key of an open map and each item of a list map or set."""
    parts = []
    if isinstance(value, dict) and value and type.is_open_map:
        parts = [(value[name], type.field(name), (*path, ("f", name))) for name in sorted(value)]
    elif isinstance(value, list) and value and type.list_kind != "atomic":
        steps = _by_step(value, type)
        if steps is not None:
            return [_delta((*path, step), change, item) for step, item in steps.values()]
    if not parts:
        return [_delta(path, change, value)]
    return [delta for one in parts for delta in whole(*one, change)]


def _delta(path, change, value):
    return Delta(path, change, value, None) if change == "removed" else Delta(path, change, None, value)


def look_up(object, path, type=unknown):
    """What an object has at a path: (True, value) or (False, None). An item may leave out keys that have defaults."""
    for kind, step in path:
        if kind == "f":
            if not isinstance(object, dict) or step not in object:
                return False, None
            object, type = object[step], type.field(step)
        else:
            if not isinstance(object, list):
                return False, None
            type = type.item()
            object = next((item for item in object if _is_at(item, kind, step, type)), None)
            if object is None:
                return False, None
    return True, object


def _is_at(item, kind, step, type):
    if kind == "i":
        return False  # of atomic lists there are whole values alone
    if kind == "v":
        return same(item, step)
    if not isinstance(item, dict):
        return False
    return all(same(item.get(key, type.field(key).schema.get("default", value)), value) for key, value in step)


def stated_of(object):
    """What Git states, where stringData is only another way to write data."""
    if object["kind"] != "Secret" or not object.get("stringData"):
        return object
    data = {key: base64.b64encode(str(value).encode()).decode() for key, value in object["stringData"].items()}
    return {**object, "data": {**(object.get("data") or {}), **data}}


def is_prefix(short, long):
    return long[: len(short)] == short
