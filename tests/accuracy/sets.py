"""The manifest sets: what is applied, as files and as objects."""

import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import drawn_sets
from harness import assets

sys.path.insert(0, str(assets.project / "tools/schema"))

import defaulting  # noqa: E402

testdata = assets.project / "testdata"
# Folders of plain manifests. Rendered ones are committed as plain manifests too: see testdata/accuracy/README.md.
_folders = {
    "fleet-platform": (testdata / "e2e/fleet/platform", "default"),
    "fleet-backend": (testdata / "e2e/fleet/apps/backend", "backend"),
    "fleet-edge": (testdata / "e2e/fleet/apps/edge", "edge"),
}
# The fleet has another definition of this name.
_told_elsewhere = ("customresourcedefinition-widgets.example.com",)
_suffixes = (".yaml", ".yml", ".json")


def _support(manifest):
    """One of the fleet's classes has that name."""
    is_class = manifest["kind"] == "IngressClass"
    return {**manifest, "metadata": {**manifest["metadata"], "name": "public-default"}} if is_class else manifest


# Admission looks at these: they are in the cell before Git is applied, and are not in Git.
support = [_support(manifest) for manifest in defaulting.SUPPORT]


@dataclass(frozen=True)
class Set:
    name: str
    namespace: str  # of the Application's destination
    folder: Path  # in the repo


def copy_into(repo, is_for_cell, seed):
    """Copies every set's files into a repo; returns the sets. Of testdata/defaults, those that the cell can take."""
    sets = [_copy_defaults(repo, is_for_cell), _draw(repo, seed)]
    folders = {**_folders, **_own_folders()}
    for name, (source, namespace) in folders.items():
        for path in _manifests(source):
            target = repo / "sets" / name / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        sets.append(Set(name, namespace, repo / "sets" / name))
    return sets


def _draw(repo, seed):
    drawn_sets.write(repo / "sets/drawn", seed)
    return Set("drawn", drawn_sets.namespace, repo / "sets/drawn")


def _own_folders():
    own = testdata / "accuracy"
    return {path.name: (path, path.name) for path in sorted((own / "sets").glob("*")) if path.is_dir()}


def _copy_defaults(repo, is_for_cell):
    folder = repo / "sets/defaults"
    folder.mkdir(parents=True)
    for path in sorted((testdata / "defaults").glob("*.json")):
        case = json.loads(path.read_text())
        if path.stem not in _told_elsewhere and is_for_cell(case):
            (folder / path.name).write_text(json.dumps(case["stated"], indent=1))
    return Set("defaults", "sample", folder)


def _manifests(folder):
    found = sorted(path for path in folder.rglob("*") if path.suffix in _suffixes)
    return [path for path in found if "drafts" not in path.parts and not path.stem.endswith("-hook")]


def files(one, definitions):
    """The files of a set that are (or are not) definitions of custom resources or namespaces: those come first."""
    return [path for path in _manifests(one.folder) if _comes_first(path) == definitions]


def _comes_first(path):
    text = path.read_text()
    return any(f"{mark}{kind}" in text for mark in ("kind: ", '"kind": "')
               for kind in ("CustomResourceDefinition", "Namespace\n", 'Namespace"'))
