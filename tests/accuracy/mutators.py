"""Random changes of a live object: each returns a Draft, or None where the object has no place for it."""

import copy
from dataclasses import dataclass

import values
from differ import content, keys_of, last_applied, same, server_metadata, text_of
from fixed import is_fixed
from ways import tracking


@dataclass
class Draft:
    object: dict  # what is sent
    touched: tuple  # the paths that were changed on purpose
    same_meaning: bool = False  # it must not count


@dataclass(frozen=True)
class Node:
    path: tuple
    value: object
    type: object
    required: bool = False  # by its parent


_own_names = ("name", "namespace", "generateName", "ownerReferences", "finalizers", *server_metadata)
# Of whom an object is, and who put what into it: with these forged nobody could tell.
_marks = (tracking, last_applied, "app.kubernetes.io/instance", "kubernetes.io/limit-ranger")


def nodes_of(object, type):
    """Every node of an object that somebody can change, list items told apart by their keys."""
    found = []
    for name in content(object):
        if name not in ("apiVersion", "kind", "metadata"):
            _walk(Node((("f", name),), object[name], type.field(name), name in type.required), object["kind"], found)
    metadata = type.field("metadata")
    for name, value in object["metadata"].items():
        if name not in _own_names:
            _walk(Node((("f", "metadata"), ("f", name)), value, metadata.field(name)), object["kind"], found)
    return found


def _walk(node, kind, found):
    if node.path[-1][1] in _marks and node.path[0][1] == "metadata":
        return
    if is_fixed(kind, text_of(node.path)):
        return
    found.append(node)
    if isinstance(node.value, dict):
        for name, value in node.value.items():
            required = name in node.type.required
            _walk(Node((*node.path, ("f", name)), value, node.type.field(name), required), kind, found)
    elif isinstance(node.value, list):
        for index, item in enumerate(node.value):
            keys = keys_of(item, node.type) if node.type.list_kind == "keyed" else None
            step = ("k", keys) if keys else ("v", item) if node.type.list_kind == "set" else ("i", index)
            _walk(Node((*node.path, step), item, node.type.item()), kind, found)


def _index(container, kind, step):
    if kind in ("f", "i"):
        return step
    if kind == "v":
        return container.index(step)
    for index, item in enumerate(container):
        if all(item.get(key, value) == value for key, value in step):
            return index
    raise KeyError(step)


def edited(object, node, edit):
    """A copy of the object in which edit(container, key) was done at a node. What is off the way there is shared."""
    changed = container = copy.copy(object)
    for kind, step in node.path[:-1]:
        index = _index(container, kind, step)
        container[index] = copy.copy(container[index])
        container = container[index]
    key = _index(container, *node.path[-1])
    if isinstance(container, list) or key in container:  # edit may be what puts it there
        container[key] = copy.deepcopy(container[key])
    edit(container, key)
    return changed


def _set(object, node, value):
    return edited(object, node, lambda container, key: container.__setitem__(key, value))


def _pick(nodes, rng, wanted):
    fitting = [node for node in nodes if wanted(node)]
    return rng.choice(fitting) if fitting else None


def is_key(node):
    """Whether it is what tells an item of a keyed list apart: without it the item is another."""
    return len(node.path) > 1 and node.path[-2][0] == "k" and node.path[-1][1] in dict(node.path[-2][1])


def _is_scalar(node):
    return not isinstance(node.value, (dict, list)) and node.value is not None


def set_scalar(object, nodes, rng):
    node = _pick(nodes, rng, lambda node: _is_scalar(node) and node.path[-1][0] != "v" and not is_key(node))
    if node is None:
        return None
    return Draft(_set(object, node, values.other_scalar(node.value, node.type, rng)), (node.path,))


def remove_field(object, nodes, rng):
    # All annotations have Argo CD's mark and kubectl's record among them: see complaints.py for those.
    kept = (("f", "metadata"), ("f", "annotations"))
    node = _pick(nodes, rng, lambda node: node.path[-1][0] == "f" and not node.required
                 and node.path != kept and not is_key(node))
    if node is None:
        return None
    return Draft(edited(object, node, lambda container, key: container.pop(key)), (node.path,))


def add_field(object, nodes, rng):
    def room(node):
        names = [name for name in node.type.fields if name not in node.value] if isinstance(node.value, dict) else []
        return [name for name in names if name not in server_metadata]

    node = _pick(nodes, rng, room)
    if node is None:
        return None
    name = rng.choice(room(node))
    changed = edited(object, node, lambda c, key: c[key].__setitem__(name, values.value_of(node.type.field(name), rng)))
    return Draft(changed, ((*node.path, ("f", name)),))


def add_unknown_field(object, nodes, rng):
    """Where a schema keeps what it does not know."""
    def takes(node):
        return isinstance(node.value, dict) and (node.type.keeps_unknown or not node.type.known)

    node = _pick(nodes, rng, takes)
    if node is None:
        return None
    name = values.word(rng)
    changed = edited(object, node, lambda c, key: c[key].__setitem__(name, values.anything(rng)))
    return Draft(changed, ((*node.path, ("f", name)),))


def _lists(kind, least):
    return lambda node: isinstance(node.value, list) and node.type.list_kind == kind and len(node.value) >= least


def add_item(kind):
    def mutate(object, nodes, rng):
        node = _pick(nodes, rng, _lists(kind, 1))
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
        node = _pick(nodes, rng, _lists(kind, 2))
        if node is None:
            return None
        at = rng.randrange(len(node.value))
        return Draft(edited(object, node, lambda c, key: c[key].pop(at)), (node.path,))

    return mutate


def reorder(kind):
    def mutate(object, nodes, rng):
        node = _pick(nodes, rng, _lists(kind, 2))
        if node is None:
            return None
        items = list(node.value)
        rng.shuffle(items)
        # Init containers run one after another: their order says something, though their list is keyed.
        is_packing = object["kind"] == "Endpoints"  # the same addresses and ports, however they are written down
        same_meaning = is_packing or kind != "atomic" and node.path[-1][1] != "initContainers"
        return Draft(_set(object, node, items), (node.path,), same_meaning)

    return mutate


def _metadata_map(name):
    def mutate(object, nodes, rng):
        at = (("f", "metadata"), ("f", name))
        mine = [node for node in nodes if node.path[:-1] == at]
        changed = copy.deepcopy(object)
        held = changed["metadata"].setdefault(name, {})
        if mine and rng.random() < 0.6:
            key = rng.choice(mine).path[-1][1]
            if rng.random() < 0.5:
                del held[key]
            else:
                held[key] = values.word(rng)
        else:
            key = rng.choice(("team", "example.com/owner", "note", "tier.example.com/level"))
            held[key] = values.word(rng)
        return Draft(changed, ((*at, ("f", key)),))

    return mutate


def change_data(object, nodes, rng):
    """A key of a ConfigMap or Secret: one more, another value (often of several lines), or one less."""
    if object["kind"] not in ("ConfigMap", "Secret") or object.get("immutable"):
        return None
    changed = copy.deepcopy(object)
    held = changed.setdefault("data", {})
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


def rewrite_quantity(object, nodes, rng):
    """The same quantity in other words: only custom resources keep the words."""
    fitting = [(node, other) for node in nodes for other in [_other_words(node)] if other is not None]
    if not fitting:
        return None
    node, other = rng.choice(fitting)
    return Draft(_set(object, node, other), (node.path,), same_meaning=True)


_pairs = {"1": "1000m", "2": "2000m", "500m": "0.5", "250m": "0.25", "1Gi": "1024Mi", "2Gi": "2048Mi", "512Mi": "0.5Gi",
          "64Mi": "65536Ki", "1500m": "1.5"}
_same_quantity = {**_pairs, **{b: a for a, b in _pairs.items()}}


def _other_words(node):
    if not node.type.is_int_or_string or "[KMGTPE]i" not in node.type.schema.get("pattern", ""):
        return None
    return _same_quantity.get(str(node.value)) if not isinstance(node.value, bool) else None


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
    "labels": (2, _metadata_map("labels")),
    "annotations": (2, _metadata_map("annotations")),
    "data of a ConfigMap or Secret": (3, change_data),
    "a field that no schema knows": (1, add_unknown_field),
    "a quantity in other words": (1, rewrite_quantity),
}


def draw(object, type, rng):
    """(kind of change, Draft), or None where nothing fits this time."""
    nodes = nodes_of(object, type)
    names = list(mutators)
    name = rng.choices(names, [mutators[name][0] for name in names])[0]
    draft = mutators[name][1](object, nodes, rng)
    if draft is None or same(draft.object, object):
        return None
    if any(is_fixed(object["kind"], text_of(path)) for path in draft.touched):
        return None
    return name, draft


def without(object, node):
    return edited(object, node, lambda container, key: container.pop(key))
