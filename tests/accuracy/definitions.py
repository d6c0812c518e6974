"""Changes of CustomResourceDefinitions: their schemas, what they print, which versions they serve."""

import copy

import values
from tree import Draft


def _schemas(node, path):
    """Every structure in a schema that has properties of its own, with its path."""
    if isinstance(node, dict) and node.get("properties"):
        yield node, path
        for name, inner in node["properties"].items():
            yield from _schemas(inner, (*path, ("f", "properties"), ("f", name)))
    if isinstance(node, dict) and isinstance(node.get("items"), dict):
        yield from _schemas(node["items"], (*path, ("f", "items")))


def _property(schema, path, rng):
    name = rng.choice(sorted(schema["properties"]))
    return schema["properties"][name], (*path, ("f", "properties"), ("f", name))


_new = ({"type": "string"}, {"type": "integer", "default": 4}, {"type": "boolean"}, {"x-kubernetes-int-or-string": True},
        {"type": "array", "items": {"type": "string"}, "x-kubernetes-list-type": "set"},
        {"type": "object", "x-kubernetes-preserve-unknown-fields": True}, {"type": "string", "nullable": True})


def add_property(schema, path, rng):
    name = values.word(rng)
    schema["properties"][name] = copy.deepcopy(rng.choice(_new))
    return *path, ("f", "properties"), ("f", name)


def remove_property(schema, path, rng):
    name = rng.choice(sorted(schema["properties"]))
    del schema["properties"][name]
    return *path, ("f", "properties"), ("f", name)


_defaults = {"string": ("amber", "birch"), "integer": (2, 17), "boolean": (True, False), "number": (0.5, 2)}


def change_default(schema, path, rng):
    inner, at = _property(schema, path, rng)
    if "default" in inner and rng.random() < 0.4:
        del inner["default"]
    elif inner.get("type") in _defaults:
        inner["default"] = rng.choice(inner.get("enum") or _defaults[inner["type"]])
    return *at, ("f", "default")


_facets = {
    "description": lambda rng: values.word(rng), "nullable": lambda rng: True, "title": lambda rng: values.word(rng),
    "maxLength": lambda rng: rng.randrange(40, 90), "minimum": lambda rng: -rng.randrange(9),
    "pattern": lambda rng: rng.choice(("^.*$", "^[a-z0-9-]*$")), "maxItems": lambda rng: rng.randrange(20, 60),
    "format": lambda rng: rng.choice(("duration", "date-time", "byte")),
    "x-kubernetes-preserve-unknown-fields": lambda rng: True, "required": lambda rng: ["spec"],
    "x-kubernetes-validations": lambda rng: [{"rule": "true", "message": values.word(rng)}],
    "example": lambda rng: values.anything(rng), "externalDocs": lambda rng: {"url": "https://docs.example.com"},
}


def change_facet(schema, path, rng):
    inner, at = _property(schema, path, rng)
    name = rng.choice([*_facets, *(name for name in inner if name in _facets)])
    if name in inner and rng.random() < 0.5:
        del inner[name]
    else:
        inner[name] = _facets[name](rng)
    return *at, ("f", name)


def change_type(schema, path, rng):
    inner, at = _property(schema, path, rng)
    inner.clear()
    inner.update(copy.deepcopy(rng.choice(_new)))
    return at


def _is_definition(object):
    """One of which there are no objects: those would be changed as well."""
    return object["kind"] == "CustomResourceDefinition" and object["spec"]["group"].startswith("idle.")


def _version(object, rng):
    version = rng.choice(object["spec"]["versions"])
    return version, (("f", "spec"), ("f", "versions"), ("k", (("name", version["name"]),)))


def in_schema(object, nodes, rng):
    if not _is_definition(object):
        return None
    changed = copy.deepcopy(object)
    version, path = _version(changed, rng)
    root = (*path, ("f", "schema"), ("f", "openAPIV3Schema"))
    places = list(_schemas(version["schema"]["openAPIV3Schema"], root))
    if not places:
        return None
    change = rng.choice((add_property, remove_property, change_default, change_facet, change_facet, change_type))
    # A version's schema and all in it is a structure of JSON, whose fields have owners of their own.
    return Draft(changed, (change(*rng.choice(places), rng),))


_columns = ({"name": "Age", "type": "date", "jsonPath": ".metadata.creationTimestamp"},
            {"name": "Mode", "type": "string", "jsonPath": ".spec.mode", "priority": 1})


def outside_schema(object, nodes, rng):
    if not _is_definition(object):
        return None
    changed = copy.deepcopy(object)
    version, path = _version(changed, rng)
    dice = rng.randrange(4)
    if dice == 0:
        version["additionalPrinterColumns"] = [*version.get("additionalPrinterColumns", ()), rng.choice(_columns)]
        return Draft(changed, ((*path, ("f", "additionalPrinterColumns")),))
    if dice == 1:
        version["deprecated"] = not version.get("deprecated")
        return Draft(changed, ((*path, ("f", "deprecated")),))
    if dice == 2:
        version["served"] = not version["served"]
        return Draft(changed, ((*path, ("f", "served")),))
    name, held = rng.choice((("shortNames", "i"), ("categories", "idle")))
    names = changed["spec"]["names"]
    names[name] = [*names.get(name, ()), f"{held}{rng.randrange(99)}"]
    return Draft(changed, ((("f", "spec"), ("f", "names"), ("f", name)),))


mutators = {
    "a definition's schema": (14, in_schema),
    "a definition's versions and names": (8, outside_schema),
}
