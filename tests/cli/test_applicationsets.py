"""`apps --applicationset FILE -o yaml` prints what Argo CD's own code makes: all recorded cases, through the binary.

testdata/applicationsets has the cases; tests/conformance/applicationset/record makes them.
"""

import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import tempfile
import threading
import time
import unittest

import case
import yaml

from fleet import PROJECT

# Others in the same layout: tests/conformance/applicationset/random makes some.
RECORDED = pathlib.Path(os.environ.get("CELLDRIFT_APPLICATIONSETS", PROJECT / "testdata/applicationsets"))


class Loader(yaml.SafeLoader):
    """YAML as Go's yaml.Marshal writes it: times are strings, and 1e+06 is a number."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"[-+]?[0-9]+(\.[0-9]+)?[eE][-+]?[0-9]+$"), list("-+0123456789")
)


def documents(text):
    return [document for document in yaml.load_all(text, Loader) if document is not None]


def first_difference(expected, got, path=""):
    """Where two values part, for a message that can be read."""
    if type(expected) is not type(got) and not {type(expected), type(got)} <= {int, float}:
        return f"{path}: expected {expected!r}, got {got!r}"
    if isinstance(expected, dict):
        for key in expected.keys() | got.keys():
            if key not in expected or key not in got:
                return f"{path}.{key}: only {'expected' if key in expected else 'got'}"
        parts = ((f"{path}.{key}", expected[key], got[key]) for key in expected)
    elif isinstance(expected, list):
        if len(expected) != len(got):
            return f"{path}: expected {len(expected)} items, got {len(got)}"
        parts = ((f"{path}[{i}]", *pair) for i, pair in enumerate(zip(expected, got)))
    else:
        return None if expected == got else f"{path}: expected {expected!r}, got {got!r}"
    return next((found for part in parts if (found := first_difference(part[1], part[2], part[0]))), None)


class World:
    """What the cases' generators see, in a temporary folder: work trees, objects, and a service on 127.0.0.1."""

    forge_address = ("127.0.0.1", 18473)  # as the cases have it

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="celldrift-applicationsets-"))
        (self.folder / "empty").mkdir()
        if (RECORDED / "repos").exists():
            shutil.copytree(RECORDED / "repos", self.folder / "repos", symlinks=True)

    def remove(self):
        shutil.rmtree(self.folder)

    def arguments(self, folder):
        own = folder / "secrets.yaml"
        yield from ("apps", "--applicationset", folder / "applicationset.yaml", "-o", "yaml")
        yield from ("--cluster-secrets", own if own.exists() else RECORDED / "secrets.yaml")
        named = folder / "repo"
        yield from ("--repo", self.folder / "repos" / named.read_text().strip() if named.exists() else self.folder / "empty")
        if (objects := folder / "objects.yaml").exists():
            inputs = self.folder / f"{folder.name}.yaml"
            inputs.write_text(json.dumps({"version": 1, "objects": documents(objects.read_text())}))
            yield from ("--generator-inputs", inputs)
        if not (folder / "answers.json").exists():
            yield "--offline"

    def run(self, folder):
        command = [case.binary, *self.arguments(folder)]
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "CELLDRIFT_PLUGIN_TOKEN": "s3cret",
                       "CELLDRIFT_PLUGIN_URL": "http://127.0.0.1:18473",
                       "CELLDRIFT_GITEA_TOKEN": ""}
        options = {"capture_output": True, "text": True, "env": environment, "cwd": "/", "timeout": 60}
        answers = folder / "answers.json"
        if not answers.exists():
            return subprocess.run(command, **options)
        with forge_lock, subprocess.Popen([PROJECT / "tests/conformance/applicationset/forge", answers]) as forge:
            try:
                self._wait_for_forge()
                return subprocess.run(command, **options)
            finally:
                forge.kill()

    def _wait_for_forge(self):
        for _ in range(100):
            try:
                return socket.create_connection(self.forge_address).close()
            except OSError:
                time.sleep(0.05)


forge_lock = threading.Lock()


def difference(world, folder):
    """What is wrong with one case; None when nothing is."""
    done = world.run(folder)
    if (folder / "expected.error").exists():
        if done.returncode == 0 or done.stdout:
            return f"Argo CD says {(folder / 'expected.error').read_text()!r}; got {done.returncode} {done.stdout[:300]!r}"
        return None
    if done.returncode != 0:
        return f"exit code {done.returncode}: {done.stderr}"
    expected, got = documents((folder / "expected.yaml").read_text()), documents(done.stdout)
    if is_random(folder):
        expected.sort(key=as_json)
        got.sort(key=as_json)
    return first_difference(expected, got)


def is_random(folder):
    """Argo CD goes through clusters, and what merge makes, in the order of a Go map: another each time."""
    return re.search(r"\b(clusters|merge)\W*:", (folder / "applicationset.yaml").read_text()) is not None


def as_json(document):
    return json.dumps(document, sort_keys=True)


class Recorded(unittest.TestCase):
    def test_all_recorded_cases(self):
        folders = sorted(path.parent for path in RECORDED.glob("cases/*/applicationset.yaml"))
        self.assertGreater(len(folders), 0)
        world = World()
        self.addCleanup(world.remove)
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for folder, wrong in zip(folders, pool.map(lambda folder: difference(world, folder), folders)):
                with self.subTest(folder.name):
                    self.assertIsNone(wrong, wrong)
