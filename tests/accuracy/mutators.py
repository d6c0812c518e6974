"""Random changes of a live object: each returns a Draft, or None where the object has no place for it."""

import copy

import customs
import definitions
import metadata
import values
import webhooks
from differ import same, server_metadata, text_of
from fixed import is_fixed
from tree import Draft, edited, is_key, is_scalar, nodes_of, pick, replaced


def set_scalar(object, nodes, rng):
    node = pick(nodes, rng, lambda node: is_scalar(node) and node.path[-1][0] != "v" and not is_key(node))
    if node is None:
        return None
    return Draft(replaced(object, node, values.other_scalar(node.value, node.type, rng)), (node.path,))


def remove_field(object, nodes, rng):
    # All annotations have Argo CD's mark and kubectl's record among them: see complaints.py for those.
    kept = (("f", "metadata"), ("f", "annotations"))
    node = pick(nodes, rng, lambda node: node.path[-1][0] == "f" and not node.required
                 and node.path != kept and not is_key(node))
    if node is None:
        return None
    return Draft(edited(object, node, lambda container, key: container.pop(key)), (node.path,))


def add_field(object, nodes, rng):
    def room(node):
        names = [name for name in node.type.fields if name not in node.value] if isinstance(node.value, dict) else []
        return [name for name in names if name not in server_metadata]

    node = pick(nodes, rng, room)
    if node is None:
        return None
    name = rng.choice(room(node))
    changed = edited(object, node, lambda c, key: c[key].__setitem__(name, values.value_of(node.type.field(name), rng)))
    return Draft(changed, ((*node.path, ("f", name)),))


def add_unknown_field(object, nodes, rng):
    """Where a schema keeps what it does not know."""
    def takes(node):
        return isinstance(node.value, dict) and (node.type.keeps_unknown or not node.type.known)

    node = pick(nodes, rng, takes)
    if node is None:
        return None
    name = values.word(rng)
    changed = edited(object, node, lambda c, key: c[key].__setitem__(name, values.anything(rng)))
    return Draft(changed, ((*node.path, ("f", name)),))


def _lists(kind, least):
    return lambda node: isinstance(node.value, list) and node.type.list_kind == kind and len(node.value) >= least


def add_item(kind):
    def mutate(object, nodes, rng):
        node = pick(nodes, rng, _lists(kind, 1))
        if node is None:
            return None
        item = _another(node, rng)
        if object["kind"] == "Endpoints" and item in node.value:
            return None  # the same addresses once more
        at = rng.randrange(len(node.value) + 1)
        return Draft(edited(object, node, lambda c, key: c[key].insert(at, item)), (node.path,))

    return mutate


def _another(node, rng):
    """An item like one that is there, told apart from it by its keys, or by something in it."""
    item = copy.deepcopy(rng.choice(node.value))
    if isinstance(item, list):
        return [*item, values.word(rng)]
    if not isinstance(item, dict):
        return values.other_scalar(item, node.type.item(), rng) if item is not None else values.word(rng)
    scalars = [name for name, value in item.items() if not isinstance(value, (dict, list)) and value is not None]
    names = [key for key in node.type.list_keys if key in item and not isinstance(item[key], bool)] or scalars
    for name in names[: 1 if node.type.list_kind == "atomic" else None]:
        item[name] = values.other_scalar(item[name], node.type.item().field(name), rng)
    return item


def remove_item(kind):
    def mutate(object, nodes, rng):
        node = pick(nodes, rng, _lists(kind, 2))
        if node is None:
            return None
        at = rng.randrange(len(node.value))
        return Draft(edited(object, node, lambda c, key: c[key].pop(at)), (node.path,))

    return mutate


def reorder(kind):
    def mutate(object, nodes, rng):
        node = pick(nodes, rng, _lists(kind, 2))
        if node is None:
            return None
        items = list(node.value)
        rng.shuffle(items)
        # Init containers run one after another: their order says something, though their list is keyed.
        is_packing = object["kind"] == "Endpoints"  # the same addresses and ports, however they are written down
        same_meaning = is_packing or kind != "atomic" and node.path[-1][1] != "initContainers"
        return Draft(replaced(object, node, items), (node.path,), same_meaning)

    return mutate


def change_data(object, nodes, rng):
    """A key of a ConfigMap or Secret: one more, another value (often of several lines), or one less."""
    if object["kind"] not in ("ConfigMap", "Secret") or object.get("immutable"):
        return None
    changed = copy.deepcopy(object)
    held = changed["data"] = changed.get("data") or {}
    key = rng.choice([*held, "extra.conf", "NEW_KEY"])
    if key in held and rng.random() < 0.3:
        del held[key]
    else:
        text = values.lines.format(rng.randrange(9000), rng.randrange(60), values.word(rng))
        held[key] = _base64(text) if object["kind"] == "Secret" else text
    return Draft(changed, ((("f", "data"), ("f", key)),))


def _base64(text):
    import base64

    return base64.b64encode(text.encode()).decode()


# kind of change -> (weight, mutator)
mutators = {
    "set a scalar": (6, set_scalar),
    "add a field": (5, add_field),
    "remove a field": (4, remove_field),
    "add an item of a keyed list": (2, add_item("keyed")),
    "remove an item of a keyed list": (2, remove_item("keyed")),
    "reorder a keyed list": (1, reorder("keyed")),
    "add a member of a set": (1, add_item("set")),
    "remove a member of a set": (1, remove_item("set")),
    "reorder a set": (1, reorder("set")),
    "add an item of an atomic list": (2, add_item("atomic")),
    "remove an item of an atomic list": (1, remove_item("atomic")),
    "reorder an atomic list": (1, reorder("atomic")),
    "data of a ConfigMap or Secret": (3, change_data),
    "a field that no schema knows": (1, add_unknown_field),
    **metadata.mutators,
    **webhooks.mutators,
    **definitions.mutators,
    **customs.mutators,
}


def draw(object, type, rng):
    """(kind of change, Draft), or None where nothing fits this time."""
    nodes = nodes_of(object, type)
    names = list(mutators)
    name = rng.choices(names, [mutators[name][0] for name in names])[0]
    draft = mutators[name][1](object, nodes, rng)
    if draft is None or same(draft.object, object):
        return None
    if any(is_fixed(object, text_of(path)) for path in draft.touched):
        return None
    return name, draft
