"""An object as a tree of nodes that somebody can change, and copies of it with one of them changed."""

import copy
from dataclasses import dataclass

from differ import content, keys_of, last_applied, server_metadata, text_of
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
            _walk(Node((("f", name),), object[name], type.field(name), name in type.required), object, found)
    metadata = type.field("metadata")
    for name, value in object["metadata"].items():
        if name not in _own_names:
            _walk(Node((("f", "metadata"), ("f", name)), value, metadata.field(name)), object, found)
    return found


def _walk(node, object, found):
    if node.path[-1][1] in _marks and node.path[0][1] == "metadata":
        return
    if is_fixed(object, text_of(node.path)):
        return
    found.append(node)
    if isinstance(node.value, dict):
        for name, value in node.value.items():
            required = name in node.type.required
            _walk(Node((*node.path, ("f", name)), value, node.type.field(name), required), object, found)
    elif isinstance(node.value, list):
        for index, item in enumerate(node.value):
            keys = keys_of(item, node.type) if node.type.list_kind == "keyed" else None
            step = ("k", keys) if keys else ("v", item) if node.type.list_kind == "set" else ("i", index)
            _walk(Node((*node.path, step), item, node.type.item()), object, found)


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


def replaced(object, node, value):
    return edited(object, node, lambda container, key: container.__setitem__(key, value))


def pick(nodes, rng, wanted):
    fitting = [node for node in nodes if wanted(node)]
    return rng.choice(fitting) if fitting else None


def is_key(node):
    """Whether it is what tells an item of a keyed list apart: without it the item is another."""
    return len(node.path) > 1 and node.path[-2][0] == "k" and node.path[-1][1] in dict(node.path[-2][1])


def is_scalar(node):
    return not isinstance(node.value, (dict, list)) and node.value is not None


def without(object, node):
    return edited(object, node, lambda container, key: container.pop(key))
