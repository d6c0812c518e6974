"""What override files make of a source: testdata/overrides/*.jsonl, and random ones.

A line is {"source", "appName", "files": {name: YAML}, "answer": {"source"} or {"error"}}.
"""
import json

NAMES = (".argocd-source.yaml", ".argocd-source-app.yaml")


def record(oracle, lines):
    out = []
    for line in lines:
        if line.startswith("{"):
            case = json.loads(line)
            case.pop("answer", None)
            answer = oracle.ask(case)
            directory = answer.get("source", {}).get("directory", {})
            if directory.get("jsonnet") == {}:  # Go writes an empty struct all the same
                del directory["jsonnet"]
            case["answer"] = answer
            line = json.dumps(case)
        out.append(line)
    return out


STRING, BOOL, COUNT, RAW = "string", "bool", "count", "raw"
HELM_PARAMETER = {"name": STRING, "value": STRING, "forceString": BOOL}
VARIABLE = {"name": STRING, "value": STRING, "code": BOOL}
TARGET = {"group": STRING, "version": STRING, "kind": STRING, "name": STRING, "namespace": STRING,
          "annotationSelector": STRING, "labelSelector": STRING}
SOURCE = {
    "repoURL": STRING, "path": STRING, "targetRevision": STRING, "chart": STRING, "ref": STRING, "name": STRING,
    "tagPrefix": STRING,
    "helm": {"valueFiles": [STRING], "parameters": [HELM_PARAMETER], "releaseName": STRING, "values": STRING,
             "fileParameters": [{"name": STRING, "path": STRING}], "version": STRING, "passCredentials": BOOL,
             "ignoreMissingValueFiles": BOOL, "skipCrds": BOOL, "valuesObject": RAW, "namespace": STRING,
             "kubeVersion": STRING, "apiVersions": [STRING], "skipTests": BOOL, "skipSchemaValidation": BOOL},
    "kustomize": {"namePrefix": STRING, "nameSuffix": STRING, "images": [STRING], "commonLabels": ("map", STRING),
                  "version": STRING, "commonAnnotations": ("map", STRING), "forceCommonLabels": BOOL,
                  "forceCommonAnnotations": BOOL, "namespace": STRING, "commonAnnotationsEnvsubst": BOOL,
                  "replicas": [{"name": STRING, "count": COUNT}],
                  "patches": [{"path": STRING, "patch": STRING, "target": TARGET, "options": ("map", BOOL)}],
                  "components": [STRING], "ignoreMissingComponents": BOOL, "labelWithoutSelector": BOOL,
                  "kubeVersion": STRING, "apiVersions": [STRING], "labelIncludeTemplates": BOOL},
    "directory": {"recurse": BOOL, "jsonnet": {"extVars": [VARIABLE], "tlas": [VARIABLE], "libs": [STRING]},
                  "exclude": STRING, "include": STRING},
    "plugin": {"name": STRING, "env": [{"name": STRING, "value": STRING}],
               "parameters": [{"name": STRING, "string": STRING, "map": ("map", STRING), "array": [STRING]}]},
}


class Maker:
    """Random values of a shape; `wild` ones have nulls, other types and keys in other cases."""

    def __init__(self, rng, wild):
        self.rng, self.wild = rng, wild

    def odd(self, chance):
        return self.wild and self.rng.random() < chance

    def value(self, shape, depth=0):
        rng = self.rng
        if self.odd(0.07):
            return None
        if self.odd(0.004):
            return rng.choice([7, True, "text", [], {}, 1.5])
        if shape == STRING:
            return rng.choice(["", "a", "b", "x=1", "$A"])
        if shape == BOOL:
            return rng.random() < 0.5
        if shape == COUNT:
            return rng.choice([0, 1, 3, "2", "x"])
        if shape == RAW:
            return self.raw(depth)
        if isinstance(shape, list):
            env = isinstance(shape[0], dict) and set(shape[0]) == {"name", "value"}
            items = [self.value(shape[0], depth + 1) for _ in range(rng.randint(0, 3))]
            return [item for item in items if item is not None] if env else items
        if isinstance(shape, tuple):
            return {key: self.value(shape[1], depth + 1) for key in rng.sample("klmn", rng.randint(0, 3))}
        keys = [key for key in shape if rng.random() < (0.5 if len(shape) < 6 else 0.25)]
        made = {}
        for key in keys:
            name = rng.choice([key.upper(), key.lower(), key.title()]) if self.odd(0.05) else key
            made[name] = self.value(shape[key], depth + 1)
        if self.odd(0.05):
            made["unknown"] = 1
        return made

    def raw(self, depth):
        rng = self.rng
        if depth > 6 or rng.random() < 0.4:
            return rng.choice([1, "s", True, None, [1, None, {"a": None}], {}])
        return {key: self.raw(depth + 1) for key in rng.sample("abcd", rng.randint(0, 3))}


def without_nulls(value):
    if isinstance(value, dict):
        return {key: without_nulls(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [without_nulls(item) for item in value if item is not None]
    return value


def random_case(rng):
    lines = []
    for _ in range(40):
        source = without_nulls(Maker(rng, False).value(SOURCE))
        source["repoURL"] = "https://example.com/r"
        files = {}
        for name in NAMES:
            if rng.random() < 0.8:
                files[name] = json.dumps(Maker(rng, True).value(SOURCE))
        lines.append(json.dumps({"source": source, "appName": rng.choice(["app", "app", "other", ""]), "files": files}))
    return lines
