"""Ways to write a manifest otherwise so that it means the same; each may fail to, which the server's dry run tells."""

import base64
import json

from differ import look_up
from tree import edited, nodes_of


def _at_random(object, rng, nodes, edit):
    if not nodes:
        return None
    node = rng.choice(nodes)
    return edited(object, node, lambda container, key: edit(container, key, node))


_pairs = {"1": "1000m", "2": "2000m", "500m": "0.5", "250m": "0.25", "1Gi": "1024Mi", "2Gi": "2048Mi", "512Mi": "0.5Gi",
          "64Mi": "65536Ki", "1500m": "1.5"}
_same_quantity = {**_pairs, **{b: a for a, b in _pairs.items()}}


def quantity(object, subject, rng):
    nodes = [node for node in nodes_of(object, subject.type) if node.type.is_quantity or node.type.is_int_or_string]

    def edit(container, key, node):
        container[key] = _other_quantity(node.value, rng)

    return _at_random(object, rng, [node for node in nodes if _other_quantity(node.value, rng) is not None], edit)


def _other_quantity(value, rng):
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return rng.choice((str(value), f"{value}000m", float(value)))
    if not isinstance(value, str):
        return None
    if value in _same_quantity:
        return _same_quantity[value]
    if value.endswith("m") and value[:-1].isdigit():
        return int(value[:-1]) / 1000
    if value.endswith("Gi") and value[:-2].isdigit():
        return f"{int(value[:-2]) * 1024}Mi"
    if value.endswith("Mi") and value[:-2].isdigit():
        return f"{int(value[:-2]) * 1024}Ki"
    return int(value) if value.isdigit() else None


def state_what_is_live(object, subject, rng):
    """A default, or another field that the server filled in, stated as it is."""
    live = [node for node in nodes_of(subject.object, subject.type) if all(kind != "i" for kind, _ in node.path)]
    lacking = [node for node in live if node.path[-1][0] == "f" and not look_up(object, node.path, subject.type)[0]
               and look_up(object, node.path[:-1], subject.type)[0]]
    lacking = [node for node in lacking if isinstance(look_up(object, node.path[:-1], subject.type)[1], dict)]
    if object["kind"] == "Secret":
        lacking = [node for node in lacking if node.path[0][1] != "data"]

    def edit(container, key, node):
        container[key] = node.value

    return _at_random(object, rng, lacking, edit)


# The server drops these where a feature gate is off, whatever they say: then the cell is not what Git says.
_behind_gates = ("extendedResourceName", "preferredHolder", "requestPolicy",
                 "strategy", "workloadRef")


_of_devices = ("allNodes", "bindsToNode", "nodeName", "nodeSelector")


def _is_behind_gate(kind, type, name):
    is_of_pod = name == "resources" and "containers" in type.fields  # Kubernetes 1.33
    return name in _behind_gates or is_of_pod or kind == "ResourceSlice" and name in _of_devices


def _an_absent_field(value_of):
    def rewrite(object, subject, rng):
        places = []
        for node in nodes_of(object, subject.type):
            if isinstance(node.value, dict) and node.type.is_structure:
                places += [(node, name) for name in node.type.fields
                           if name not in node.value and not _is_behind_gate(object["kind"], node.type, name)]
        if not places:
            return None
        node, name = rng.choice(places)
        value = value_of(node.type.field(name))
        return edited(object, node, lambda container, key: container[key].__setitem__(name, value))

    return rewrite


def _empty(type):
    kind = type.schema.get("type")
    return {"object": {}, "array": [], "boolean": False, "integer": 0, "number": 0, "string": ""}.get(kind)


def shuffle_keys(object, subject, rng):
    def shuffled(value):
        if isinstance(value, dict):
            return {key: shuffled(value[key]) for key in rng.sample(list(value), len(value))}
        return [shuffled(item) for item in value] if isinstance(value, list) else value

    return shuffled(object)


def string_data(object, subject, rng):
    if object["kind"] != "Secret" or not object.get("data"):
        return None
    try:
        text = {key: base64.b64decode(value).decode() for key, value in object["data"].items()}
    except (ValueError, TypeError):
        return None
    moved = rng.sample(list(text), rng.randrange(1, len(text) + 1))
    data = {key: value for key, value in object["data"].items() if key not in moved}
    return {**object, "data": data, "stringData": {**(object.get("stringData") or {}), **{k: text[k] for k in moved}}}


def folded_base64(object, subject, rng):
    if object["kind"] != "Secret" or not object.get("data"):
        return None

    def folded(text):
        return "\n".join(text[at : at + 8] for at in range(0, len(text), 8)) + "\n" if isinstance(text, str) else text

    return {**object, "data": {key: folded(value) for key, value in object["data"].items()}}


def whole_numbers_as_floats(object, subject, rng):
    nodes = [node for node in nodes_of(object, subject.type) if isinstance(node.value, int)
             and not isinstance(node.value, bool)]

    def edit(container, key, node):
        container[key] = float(node.value)

    return _at_random(object, rng, nodes, edit)


_rewrites = {
    "quantities": quantity,
    "what the server fills in": state_what_is_live,
    "null": _an_absent_field(lambda type: None),
    "empties": _an_absent_field(_empty),
    "order of keys": shuffle_keys,
    "stringData": string_data,
    "folded base64": folded_base64,
    "1.0 for 1": whole_numbers_as_floats,
}


def draw(object, subject, rng):
    kind = rng.choice(list(_rewrites))
    return kind, _rewrites[kind](object, subject, rng)


# YAML in many styles


def flow(object, rng):
    return json.dumps(object, ensure_ascii=False)


def block(object, rng):
    """Block style, every text quoted."""
    return "---\n# a comment\n" + _block(object, 0, rng) + "\n"


def _block(value, depth, rng):
    indent = "  " * depth
    if isinstance(value, dict) and value:
        lines = [f"{indent}{_text(key, rng)}:{_below(item, depth, rng)}" for key, item in value.items()]
        return "\n".join(lines)
    return "\n".join(f"{indent}-{_below(item, depth, rng)}" for item in value)


def _below(value, depth, rng):
    if isinstance(value, (dict, list)) and value:
        return "\n" + _block(value, depth + 1, rng)
    return " " + _text(value, rng)


def _text(value, rng):
    if isinstance(value, str) and value.isascii() and value.isprintable() and rng.random() < 0.3:
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, int) and not isinstance(value, bool) and value > 7:
        return rng.choice((str(value), hex(value), f"0{value:o}", f"0o{value:o}"))
    return json.dumps(value, ensure_ascii=False)


def in_a_list(object, rng):
    return json.dumps({"apiVersion": "v1", "kind": "List", "items": [object]}, ensure_ascii=False)


def with_empty_documents(object, rng):
    return f"---\n---\n# nothing\n---\n{json.dumps(object, indent=2, ensure_ascii=False)}\n---\n"


styles = {"flow style": flow, "block style": block, "in a List": in_a_list, "among empty documents": with_empty_documents}
