"""Types as a server's own OpenAPI v3 tells them; the test's own reading, independent of celldrift's."""

import functools


class Type:
    """A node of a schema. A type that nothing is known of has `known` False, and so have all below it."""

    def __init__(self, document, schema):
        self._document = document
        self.schema = _resolved(document, schema)
        self.name = _name_of(schema)

    @functools.cached_property
    def known(self):
        return bool(self.schema.get("type") or self.schema.get("properties") or self.is_int_or_string
                    or self.is_quantity or "oneOf" in self.schema)

    @property
    def fields(self):
        return self.schema.get("properties") or {}

    @property
    def is_structure(self):
        return bool(self.fields)

    @property
    def is_open_map(self):
        return self.schema.get("type") == "object" and not self.fields and "additionalProperties" in self.schema

    @property
    def is_atomic_map(self):
        return self.schema.get("x-kubernetes-map-type") == "atomic"

    @property
    def is_quantity(self):
        return self.name.endswith("api.resource.Quantity")

    @property
    def is_int_or_string(self):
        return bool(self.schema.get("x-kubernetes-int-or-string")) or self.schema.get("format") == "int-or-string"

    @property
    def is_embedded(self):
        return bool(self.schema.get("x-kubernetes-embedded-resource"))

    @property
    def is_nullable(self):
        return bool(self.schema.get("nullable"))

    @property
    def keeps_unknown(self):
        return bool(self.schema.get("x-kubernetes-preserve-unknown-fields"))

    @property
    def list_kind(self):
        return {"map": "keyed", "set": "set"}.get(self.schema.get("x-kubernetes-list-type"), "atomic")

    @property
    def list_keys(self):
        return self.schema.get("x-kubernetes-list-map-keys") or []

    @property
    def required(self):
        return self.schema.get("required") or []

    @functools.cache
    def field(self, name):
        if name in self.fields:
            return Type(self._document, self.fields[name])
        more = self.schema.get("additionalProperties")
        return Type(self._document, more) if isinstance(more, dict) else unknown

    @functools.cache
    def item(self):
        return Type(self._document, self.schema["items"]) if "items" in self.schema else unknown


def _name_of(schema):
    reference = schema.get("$ref") or (schema.get("allOf") or [{}])[0].get("$ref", "")
    return reference.rpartition("/")[2]


def _resolved(document, schema):
    name = _name_of(schema)
    if not name:
        return schema
    around = {key: value for key, value in schema.items() if key not in ("$ref", "allOf")}
    return {**_resolved(document, document["components"]["schemas"][name]), **around}


unknown = Type({}, {})


class Schemas:
    def __init__(self, wire):
        self._wire = wire
        self._paths = wire.request("GET", "/openapi/v3")["paths"]

    @functools.cache
    def _document(self, api_version):
        path = f"apis/{api_version}" if "/" in api_version else f"api/{api_version}"
        found = self._paths.get(path)
        return self._wire.request("GET", found["serverRelativeURL"]) if found else None

    @functools.cache
    def of(self, api_version, kind):
        document = self._document(api_version)
        group, _, version = api_version.rpartition("/")
        wanted = {"group": group, "version": version, "kind": kind}
        for name, schema in ((document or {}).get("components", {}).get("schemas", {})).items():
            if wanted in schema.get("x-kubernetes-group-version-kind", []):
                return Type(document, {"$ref": f"#/components/schemas/{name}"})
        return unknown

    def of_object(self, object):
        return self.of(object["apiVersion"], object["kind"])
