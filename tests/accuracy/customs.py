"""Changes of custom resources, drawn by what their definitions say of a value: a quantity, a set, an embedded object, …"""

import copy

import values
from differ import keys_of
from tree import Draft, Node, edited, is_key

_quantities = ("1", "250m", "2", "3Gi", "64Mi", "500m", "7", "1500m", "10Gi", 3, "0.1", "1e3", "12k")
_same_quantity = (("1", "1000m", 1), ("2", "2000m", 2), ("500m", "0.5"), ("250m", "0.25"), ("1Gi", "1024Mi"), ("2Gi", "2048Mi"),
                  ("512Mi", "0.5Gi"), ("64Mi", "65536Ki"), ("1500m", "1.5"), ("3Gi", "3072Mi"), ("1e3", "1k", 1000), ("7", 7))
_durations = ("90s", "2h", "15m", "1h30m", "500ms", "36s")
_same_duration = (("90s", "1m30s"), ("2h", "120m", "2h0m0s"), ("1h30m", "90m"), ("15m", "900s"), ("500ms", "0.5s"))
_moments = ("2026-01-02T03:04:05Z", "2026-03-01T10:00:00Z", "2025-12-31T23:59:59Z")
_same_moment = (("2026-01-02T03:04:05Z", "2026-01-02T04:04:05+01:00"), ("2026-03-01T10:00:00Z", "2026-03-01T05:00:00-05:00"),
                ("2025-12-31T23:59:59Z", "2025-12-31T23:59:59+00:00"))


def is_quantity(type):
    return type.is_int_or_string and "[KMGTPE]i" in type.schema.get("pattern", "")


def _is_list(kind):
    return lambda type: type.schema.get("type") == "array" and type.list_kind == kind


# What a definition may say of a value -> how a Type tells it.
classes = {
    "quantity": is_quantity,
    "int-or-string": lambda type: type.is_int_or_string and not is_quantity(type),
    "duration": lambda type: type.schema.get("format") == "duration",
    "date-time": lambda type: type.schema.get("format") == "date-time",
    "bytes": lambda type: type.schema.get("format") == "byte",
    "enumeration": lambda type: bool(type.schema.get("enum")),
    "nullable": lambda type: bool(type.schema.get("nullable")),
    "with a default": lambda type: "default" in type.schema,
    "list map": _is_list("keyed"),
    "set": _is_list("set"),
    "atomic list": _is_list("atomic"),
    "atomic map": lambda type: type.is_atomic_map,
    "open map": lambda type: type.is_open_map,
    "preserve-unknown": lambda type: type.keeps_unknown and not type.is_embedded,
    "embedded object": lambda type: type.is_embedded,
    "number": lambda type: type.schema.get("type") == "number",
}


def _places(nodes):
    """Existing nodes, and those that could be there."""
    for node in nodes:
        if node.path[0] == ("f", "metadata") or is_key(node):
            continue
        yield node
        if isinstance(node.value, dict):
            for name in node.type.fields:
                if name not in node.value:
                    yield Node((*node.path, ("f", name)), None, node.type.field(name))


def _of_class(name):
    def mutate(object, nodes, rng):
        if not object["apiVersion"].split("/")[0].endswith("example.com"):
            return None
        fitting = [place for place in _places(nodes) if place.path[-1][0] == "f" and classes[name](place.type)]
        if not fitting:
            return None
        node = rng.choice(fitting)
        if node.value is not None and not node.required and rng.random() < 0.2:
            return Draft(edited(object, node, lambda container, key: container.pop(key)), (node.path,))
        after = other(node.value, node.type, rng)
        return Draft(edited(object, node, lambda container, key: container.__setitem__(key, after)), (node.path,))

    return mutate


def in_other_words(object, nodes, rng):
    """The same in other words: a custom resource keeps the words."""
    fitting = [(node, words) for node in nodes for words in [_other_words(node)] if words]
    if not fitting:
        return None
    node, words = rng.choice(fitting)
    after = rng.choice(words)
    return Draft(edited(object, node, lambda container, key: container.__setitem__(key, after)), (node.path,), same_meaning=True)


def _other_words(node):
    for is_class, groups in ((is_quantity, _same_quantity), (classes["duration"], _same_duration), (classes["date-time"], _same_moment)):
        if is_class(node.type):
            return [other for group in groups if _is_in(node.value, group) for other in group if other != node.value]
    return []


def _is_in(value, group):
    return not isinstance(value, bool) and value in group


def _but(value, choices, rng):
    return rng.choice([one for one in choices if one != value])


def other(value, type, rng):
    """Another value of that type."""
    if type.schema.get("nullable") and value is not None and rng.random() < 0.3:
        return None
    for is_class, choices in ((is_quantity, _quantities), (classes["duration"], _durations), (classes["date-time"], _moments),
                              (classes["int-or-string"], (80, "80", "http", 443, "25%")), (classes["number"], (0, 0.5, 1, 2.25)), (classes["bytes"], ("c2FsdA==", "cGVwcGVy", "AAEC"))):
        if is_class(type):
            return _but(value, choices, rng)
    if isinstance(value, list) and value:
        return _other_items(value, type, rng)
    if isinstance(value, dict) and value and not type.is_structure:
        return _other_entries(value, type, rng)
    if value is None or isinstance(value, (dict, list)):
        return made(type, rng)
    return values.other_scalar(value, type, rng)


def _other_items(items, type, rng):
    changed, dice = copy.deepcopy(items), rng.random()
    if dice < 0.3 and len(changed) > 1:
        del changed[rng.randrange(len(changed))]
    elif dice < 0.5 and len(changed) > 1:
        rng.shuffle(changed)
    else:
        changed.insert(rng.randrange(len(changed) + 1), made(type.item(), rng))
    return changed


def _other_entries(entries, type, rng):
    changed, name = copy.deepcopy(entries), rng.choice(sorted(entries))
    if rng.random() < 0.3:
        del changed[name]
    elif rng.random() < 0.5:
        changed[values.word(rng)] = made(type.field("x"), rng)
    else:
        changed[name] = other(changed[name], type.field(name), rng)
    return changed


def _apart(items, type):
    """A list map has no two items of the same keys, and a set none twice."""
    told_by = {"keyed": lambda item: keys_of(item, type), "set": lambda item: item, "atomic": id}[type.list_kind]
    return list({str(told_by(item)): item for item in items}.values())


def made(type, rng, depth=0):
    """A value of a type from a definition."""
    if type.is_embedded:
        return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": values.word(rng)},
                "data": {values.word(rng): values.word(rng)}}
    if type.is_structure:
        names = [name for name in type.fields if name in type.required or depth < 3 and rng.random() < 0.5]
        return {name: made(type.field(name), rng, depth + 1) for name in names}
    if type.is_open_map:
        return {values.word(rng): made(type.field("x"), rng, depth + 1) for _ in range(rng.randrange(1, 3))}
    if type.schema.get("type") == "array":
        return _apart([made(type.item(), rng, depth + 1) for _ in range(rng.randrange(1, 4))], type)
    if type.keeps_unknown:
        return {values.word(rng): values.anything(rng)}
    if is_quantity(type) or type.is_int_or_string or type.schema.get("format") in ("duration", "date-time", "byte"):
        return other(None, type, rng)
    return values.scalar(type, rng)


mutators = {
    **{f"a custom resource's {name}": (3, _of_class(name)) for name in classes},
    "a custom resource's value in other words": (8, in_other_words),
}
