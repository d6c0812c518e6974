"""Valid manifests made by chance: each case is changed step by step as the server's OpenAPI allows, and a change that the
server refuses is taken back. What it would make of the others (dry runs: nothing is stored) must be explained."""

import base64
import collections
import copy
import json
import random
import re

from api_server import ApiError

STEPS = 30  # from one case, before another one is taken
DEPTH = 5
FIXED = {"apiVersion", "kind", "status", "managedFields", "name", "namespace", "generateName", "deletionTimestamp", "uid",
         "resourceVersion", "selfLink", "creationTimestamp", "generation", "deletionGracePeriodSeconds", "ownerReferences"}
QUANTITIES = ["1", "2", "500m", "0.5", "1Gi", "1024Mi", "2k", "1e3", "1.50", 1, 0, "0", "10000000n"]
INTS_OR_STRINGS = [1, 2, 80, "http", "50%", "25%", "0%", "8080"]
TEXTS = ["a", "b-c", "x.example.com", "/data", "a=b", "1", "", "10.0.0.0/24", "TCP", "true", "example.com/a"]
# Fields behind feature gates that the servers have off, in lists that are one value, or zeros that would be kept: dropping
# them is a real difference that cannot be told from a wrong one.
GATED = {"allowMultipleAllocations", "bindingConditions", "bindingFailureConditions", "bindsToNode", "clusterTrustBundle",
         "consumesCounters", "distinctAttribute", "extendedResourceName", "perDeviceNodeSelection", "podCertificate",
         "preferredHolder", "requestPolicy", "sharedCounters", "workloadRef"}
GATED_OF_DEVICES = {"allNodes", "capacity", "nodeName", "nodeSelector", "taints", "tolerations"}
# podCIDRs must begin with podCIDR, and the server sees to that; JSONSchemaProps' items may be any JSON to the OpenAPI, and are
# dropped where they are no schema.
SELF_CONTRADICTING = {"podCIDR"}
MISTYPED = {"items", "additionalItems"}
TIMES = ["2026-01-01T00:00:00Z", "2026-01-01T01:00:00+01:00", "2026-01-01T00:00:00.5Z"]


def is_left_out(schema, key):
    of_device = schema["properties"].keys() & {"allocationMode", "attributes", "basic"}
    is_mistyped = key in MISTYPED and "x-kubernetes-list-type" in schema["properties"]
    return key in GATED or key in SELF_CONTRADICTING or is_mistyped or (key in GATED_OF_DEVICES and of_device)


class Schemas:
    """The server's OpenAPI, with references followed."""

    def __init__(self, server):
        self.types, self.kinds = {}, {}
        for path, place in server.json("/openapi/v3")["paths"].items():
            if path.startswith(("api/", "apis/")):
                self.types.update(server.json(place["serverRelativeURL"]).get("components", {}).get("schemas", {}))
        for name, schema in self.types.items():
            for kind in schema.get("x-kubernetes-group-version-kind", []):
                version = f"{kind['group']}/{kind['version']}" if kind["group"] else kind["version"]
                self.kinds.setdefault((version, kind["kind"]), {"$ref": name})

    def resolve(self, schema):
        """The schema itself, and the name of its type or ""."""
        target = schema.get("$ref") or next((part["$ref"] for part in schema.get("allOf", []) if "$ref" in part), None)
        if target is None:
            return schema, ""
        name = target.removeprefix("#/components/schemas/")
        return self.types[name], name


def is_scalar(value):
    return not isinstance(value, (dict, list))


class Maker:
    """Makes values, and changes manifests, by chance."""

    def __init__(self, schemas, manifests, seed):
        self.schemas = schemas
        self.chance = random.Random(seed)
        self.seen = collections.defaultdict(list)
        for manifest in manifests:
            self.collect(manifest)

    def collect(self, value, field=""):
        """Values that a field of that name had somewhere are likely to be valid elsewhere."""
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else []):
            name = key if isinstance(key, str) else field
            if inner not in self.seen[name]:
                self.seen[name].append(inner)
            self.collect(inner, name)

    def value(self, schema, field, depth=0):
        schema, name = self.schemas.resolve(schema)
        if name.endswith("resource.Quantity"):
            return self.chance.choice(QUANTITIES)
        if name.endswith("intstr.IntOrString"):
            return self.chance.choice(INTS_OR_STRINGS)
        if schema.get("enum"):
            return self.chance.choice(schema["enum"])
        make = getattr(self, "make_" + schema.get("type", "anything"))
        return make(schema, field, depth)

    def like_seen(self, field, kind):
        fitting = [value for value in self.seen[field] if type(value) is kind]
        return copy.deepcopy(self.chance.choice(fitting)) if fitting and self.chance.random() < 0.7 else None

    def make_string(self, schema, field, depth):
        if schema.get("format") == "byte":
            return base64.b64encode(self.chance.choice(TEXTS).encode()).decode()
        if schema.get("format") == "date-time":
            return self.chance.choice(TIMES)
        return self.like_seen(field, str) or self.chance.choice(TEXTS)

    def make_integer(self, schema, field, depth):
        return self.like_seen(field, int) or self.chance.choice([0, 1, 2, 5, 10, 80, 100, 300, 600, 1000])

    def make_number(self, schema, field, depth):
        return self.chance.choice([0, 1, 0.5])

    def make_boolean(self, schema, field, depth):
        return self.chance.random() < 0.5

    def make_anything(self, schema, field, depth):
        return self.chance.choice(TEXTS)

    def make_array(self, schema, field, depth):
        if depth == 0 and self.chance.random() < 0.3:
            return self.like_seen(field, list) or []
        return [self.value(schema["items"], field, depth + 1) for _ in range(self.chance.choice([0, 1, 1, 2]))]

    def make_object(self, schema, field, depth):
        if depth == 0 and self.chance.random() < 0.3:
            return self.like_seen(field, dict) or {}
        if "additionalProperties" in schema:
            inner = schema["additionalProperties"]
            return {self.chance.choice(["a", "b", "cpu", "memory", "example.com/x"]): self.value(inner, field, depth + 1)
                    for _ in range(self.chance.choice([0, 1, 2]))}
        required = set(schema.get("required", []))
        made = {}
        for key, inner in schema.get("properties", {}).items():
            wanted = depth < DEPTH and self.chance.random() < 1 / (depth + 2)
            allowed = key not in FIXED - {"name", "kind"} and not is_left_out(schema, key)
            if (key in required or wanted) and allowed:
                made[key] = self.value(inner, key, depth + 1)
        return made

    def places(self, value, schema, field=""):
        """Each map and list in a manifest with its schema and the name of the field that it stands in."""
        schema, _ = self.schemas.resolve(schema)
        if isinstance(value, dict):
            yield value, schema, field
            for key, inner in value.items():
                of_key = schema.get("properties", {}).get(key) or schema.get("additionalProperties")
                if isinstance(of_key, dict) and key not in ("status", "managedFields"):
                    yield from self.places(inner, of_key, key)
        elif isinstance(value, list) and "items" in schema:
            yield value, schema, field
            for item in value:
                yield from self.places(item, schema["items"], field)

    def change(self, manifest, schema):
        """Changes a manifest in one place; it stays the same object."""
        identity = {key: manifest["metadata"][key] for key in ("name", "namespace") if key in manifest["metadata"]}
        self.change_anywhere(manifest, schema)
        if not isinstance(manifest.get("metadata"), dict):
            manifest["metadata"] = {}
        manifest["metadata"].update(identity)

    def change_anywhere(self, manifest, schema):
        at, schema, field = self.chance.choice(list(self.places(manifest, schema)))
        if isinstance(at, list):
            self.change_list(at, schema, field)
        else:
            self.change_map(at, schema, field)

    def change_list(self, at, schema, field):
        dice = self.chance.random()
        if at and dice < 0.3:
            at.pop(self.chance.randrange(len(at)))
        elif at and dice < 0.45:
            self.chance.shuffle(at)
        elif at and dice < 0.55:
            at.append(copy.deepcopy(self.chance.choice(at)))
        else:
            at.append(self.value(schema["items"], field, 1))

    def change_map(self, at, schema, field):
        properties = schema.get("properties")
        if properties is None:
            inner = schema.get("additionalProperties")
            if isinstance(inner, dict):
                at[self.chance.choice(["a", "b", "cpu", "memory", "example.com/x"])] = self.value(inner, field, 1)
            return
        may = [key for key in properties if not is_left_out(schema, key)
               and (key not in FIXED or (key in ("name", "kind") and field))]
        if not may:
            return
        stated = [key for key in may if key in at]
        dice = self.chance.random()
        if stated and dice < 0.2:
            del at[self.chance.choice(stated)]
            return
        key = self.chance.choice(stated if stated and dice < 0.4 else may)
        at[key] = self.nothing(properties[key]) if dice > 0.9 else self.value(properties[key], key)

    def nothing(self, schema):
        """A way to state nothing."""
        schema, _ = self.schemas.resolve(schema)
        zeros = {"string": "", "integer": 0, "boolean": False, "array": [], "object": {}}
        return self.chance.choice([None, zeros.get(schema.get("type"))])


def is_dropped(text):
    """True where the server dropped what was stated (behind a feature gate, or of no use to it): a real difference."""
    return re.search(r"\bremoved .* want (?!(null|false|0|\"\"|\[\]|\{\})$)", text)


def check_random(cell, way, manifests, answer, count, seed):
    """Checks `count` manifests that the server accepts; the texts of what cannot be explained, with the manifest."""
    maker = Maker(Schemas(cell.server), manifests, seed)
    apply = getattr(cell, f"apply_{way}_side")
    kinds = collections.defaultdict(list)
    for manifest in manifests:
        if (manifest["apiVersion"], manifest["kind"]) in maker.schemas.kinds and cell.serves(manifest):
            kinds[manifest["apiVersion"], manifest["kind"]].append(manifest)
    wrong, accepted, tried = [], 0, 0
    while accepted < count:
        kind = maker.chance.choice(sorted(kinds))
        manifest = copy.deepcopy(maker.chance.choice(kinds[kind]))
        for _ in range(STEPS):
            changed = copy.deepcopy(manifest)
            maker.change(changed, maker.schemas.kinds[kind])
            tried += 1
            try:
                live = apply(changed, "&dryRun=All")
            except ApiError:
                continue
            accepted, manifest = accepted + 1, changed
            found = [text for text in answer.ask(changed, live) if not is_dropped(text)]
            if found:
                wrong += [f"by chance: {way}: {kind[1]}: {text}: {json.dumps(changed)}" for text in found]
                break
    print(f"{way}, seed {seed}: {accepted} of {tried} random manifests were accepted")
    return wrong
