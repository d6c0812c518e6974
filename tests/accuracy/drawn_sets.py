"""Manifests that are drawn anew for each seed: definitions with custom resources of theirs, and overlays of kustomize."""

import json
import random
import shutil
import subprocess

import customs
import values
from harness import assets
from schema import Type

namespace = "drawn"
_in_use, _idle = "drawn.example.com", "idle.example.com"  # of the second there are no objects: see definitions.py
_quantity = {"x-kubernetes-int-or-string": True, "anyOf": [{"type": "integer"}, {"type": "string"}],
             "pattern": r"^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$"}
_text = {"type": "string"}
_leaves = (
    lambda rng: _text,
    lambda rng: {"type": "string", "default": values.word(rng)},
    lambda rng: {"type": "string", "enum": ["amber", "birch", "coral"], "default": rng.choice(["amber", "birch"])},
    lambda rng: {"type": "integer", **rng.choice(({}, {"default": rng.randrange(9)}))},
    lambda rng: {"type": "boolean", **rng.choice(({}, {"default": True}, {"default": False}))},
    lambda rng: {"type": "number", **rng.choice(({}, {"default": 0.5}))},
    lambda rng: {**_quantity, **rng.choice(({}, {"default": rng.choice(("1", "250m", "1Gi"))}))},
    lambda rng: {"x-kubernetes-int-or-string": True, **rng.choice(({}, {"default": "25%"}, {"default": 80}))},
    lambda rng: {"type": "string", "format": "duration", **rng.choice(({}, {"default": "90s"}))},
    lambda rng: {"type": "string", "format": "date-time"},
    lambda rng: {"type": "string", "format": "byte"},
    lambda rng: {"type": "string", "nullable": True},
    lambda rng: {"type": "integer", "nullable": True, "default": None} if rng.random() < 0.5 else
    {"type": "object", "nullable": True, "properties": {"deep": _text}},
)


def _leaf(rng):
    return dict(rng.choice(_leaves)(rng))


def _structure(rng, depth):
    return {"type": "object", "properties": {f"{rng.choice(values.words)}{number}": _schema(rng, depth + 1)
                                             for number in range(rng.randrange(2, 6))}}


def _keyed(rng, depth):
    """By one key or by two, of which one has a default."""
    item = _structure(rng, depth)
    keys = rng.choice((["name"], ["port", "protocol"]))
    known = {"name": _text, "port": {"type": "integer"}, "protocol": {"type": "string", "default": "TCP"}}
    item["properties"].update({key: known[key] for key in keys})
    item["required"] = keys[:1]
    return {"type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": keys, "items": item}


_containers = (
    _structure,
    lambda rng, depth: {**_structure(rng, depth), "default": {}},
    lambda rng, depth: {**_structure(rng, depth), "x-kubernetes-map-type": "atomic"},
    lambda rng, depth: {"type": "object", "additionalProperties": _leaf(rng)},
    _keyed, _keyed,
    lambda rng, depth: {"type": "array", "x-kubernetes-list-type": "set", "items": _text},
    lambda rng, depth: {"type": "array", "items": _text},
    lambda rng, depth: {"type": "array", "items": _structure(rng, depth)},
    lambda rng, depth: {"type": "object", "x-kubernetes-preserve-unknown-fields": True},
    lambda rng, depth: {**_structure(rng, depth), "x-kubernetes-preserve-unknown-fields": True},
    lambda rng, depth: {"type": "object", "x-kubernetes-preserve-unknown-fields": True, "x-kubernetes-embedded-resource": True},
)


def _schema(rng, depth):
    return rng.choice(_containers)(rng, depth) if depth < 3 and rng.random() < 0.55 else _leaf(rng)


def _definition(rng, group, number):
    kind = f"{rng.choice(values.words).capitalize()}{number}"
    plural = f"{kind.lower()}s"
    spec = {"type": "object", "properties": {f"{word}{at}": _schema(rng, 0)
                                             for at, word in enumerate(rng.sample(values.words, 9))}}
    schema = {"type": "object", "properties": {"spec": spec}}
    version = {"name": rng.choice(("v1", "v1alpha1", "v2beta3")), "served": True, "storage": True,
               "schema": {"openAPIV3Schema": schema}}
    return {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": {"name": f"{plural}.{group}"},
            "spec": {"group": group, "scope": "Namespaced", "names": {"kind": kind, "plural": plural}, "versions": [version]}}


def _resources(definition, rng):
    spec = definition["spec"]
    version = spec["versions"][0]
    type = Type({}, version["schema"]["openAPIV3Schema"]["properties"]["spec"])
    for number in range(5):
        yield {"apiVersion": f"{spec['group']}/{version['name']}", "kind": spec["names"]["kind"],
               "metadata": {"name": f"drawn-{number}", "namespace": namespace},
               "spec": customs.made(type, rng) if number else {}}


def write(folder, seed):
    """Writes the set's files into a folder."""
    rng = random.Random(f"{seed}/sets")
    folder.mkdir(parents=True)
    definitions = [_definition(rng, _in_use, number) for number in range(7)]
    idle = [_definition(rng, _idle, number) for number in range(5)]
    place = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace}}
    _write(folder / "definitions.json", [place, *definitions, *idle])
    _write(folder / "objects.json", [one for definition in definitions for one in _resources(definition, rng)])
    for number in range(2):
        (folder / f"overlay-{number}.yaml").write_text(_overlay(folder.parent.parent / f"kustomize-{number}", rng, number))


def _write(path, objects):
    path.write_text(json.dumps({"apiVersion": "v1", "kind": "List", "items": objects}, indent=1))


# Overlays


def _overlay(scratch, rng, number):
    """What the real kustomize makes of a drawn overlay; its own files leave the repo again."""
    shutil.copytree(assets.project / "testdata/accuracy/kustomize", scratch)
    drawn = scratch / "overlays/drawn"
    drawn.mkdir()
    (drawn / "kustomization.yaml").write_text(json.dumps(_kustomization(rng, number)))
    rendered = subprocess.run([assets.program("kubectl"), "kustomize", drawn], check=True, capture_output=True, text=True)
    shutil.rmtree(scratch)
    return rendered.stdout


def _kustomization(rng, number):
    word = values.word
    limits = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "ledger"}, "spec": {"template": {"spec": {
        "containers": [{"name": "ledger", "resources": {"limits": {"cpu": rng.choice(("1", "500m", 2)), "memory": "1Gi"}}}],
        "nodeSelector": {"tier": word(rng)}}}}}
    may = {
        "commonAnnotations": {"drawn": word(rng)},
        "labels": [{"pairs": {"drawn": word(rng)}, "includeSelectors": rng.random() < 0.5, "includeTemplates": True}],
        "replicas": [{"name": "ledger", "count": rng.randrange(5)}],
        "images": [{"name": "ledger", "newTag": f"{rng.randrange(9)}.0"}],
        "configMapGenerator": [{"name": "settings", "behavior": rng.choice(("merge", "replace")), "literals": [f"MODE={word(rng)}"]},
                               {"name": "more", "literals": [f"A={word(rng)}", "EMPTY="]}],
        "secretGenerator": [{"name": "more-keys", "literals": [f"key={word(rng)}-{rng.getrandbits(40)}"]}],
        "generatorOptions": {"disableNameSuffixHash": True, "labels": {"made": "yes"}},
        "components": ["../../components/metrics"],
        "patches": [{"patch": json.dumps(limits)}],
    }
    chosen = rng.sample(sorted(may), rng.randrange(3, len(may)))
    return {"apiVersion": "kustomize.config.k8s.io/v1beta1", "kind": "Kustomization", "namespace": namespace,
            "nameSuffix": f"-{number}", "resources": ["../../base"], **{name: may[name] for name in chosen}}
