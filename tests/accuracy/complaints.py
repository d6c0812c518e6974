#!/usr/bin/env python3
"""What people complain of in public about tools that compare Git with clusters, each a test under its own name.

usage: complaints.py --celldrift BINARY [unittest's arguments]

All are applied to one cell, each in a namespace of its own, then all changes are made, and the cell is checked once.
"""

import argparse
import copy
import json
import re
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

import yaml  # noqa: E402

import complaint_rights  # noqa: E402
import complaint_table  # noqa: E402
import complaint_types  # noqa: E402
from cell import AccuracyCell, application_of  # noqa: E402
from expected import who_of  # noqa: E402
from harness.processes import WorkFolder, exit_on_signals  # noqa: E402
from ways import Application, ways  # noqa: E402


_tables = (complaint_table, complaint_rights, complaint_types)
complaints = [one for table in _tables for one in table.complaints]


class Ground:
    """One complaint's namespace: what its change may do."""

    def __init__(self, wire, namespace, objects):
        self.wire, self.namespace, self._objects = wire, namespace, objects

    def _of(self, name):
        kind, _, name = name.partition(" ")
        found = [one for one in self._objects if one["kind"] == kind and one["metadata"]["name"] == name]
        return found[0]

    def read(self, name):
        return self.wire.get(self._of(name))

    def patch(self, name, body, manager, subresource=""):
        return self.wire.merge(self._of(name), body, manager, subresource)

    def put(self, name, edit, manager):
        body = self.read(name)
        edit(body)
        return self.wire.put(body, manager)

    def apply(self, name, body, manager):
        object = self._of(name)
        head = {"apiVersion": object["apiVersion"], "kind": object["kind"], "metadata": {"name": object["metadata"]["name"]}}
        return self.wire.apply(object, {**head, **body}, manager)

    def create(self, text, manager):
        body = yaml.safe_load(text)
        body["metadata"].setdefault("namespace", self.namespace)
        return self.wire.create(body, manager)


# kubectl's words, the same as a merge patch, and by whom.
_same_writes = (
    (("label", "team=x"), {"metadata": {"labels": {"team": "x"}}}, "kubectl-label", ""),
    (("annotate", "note=y"), {"metadata": {"annotations": {"note": "y"}}}, "kubectl-annotate", ""),
    (("patch", "--type=merge", '--patch={"spec":{"minReadySeconds":4}}'), {"spec": {"minReadySeconds": 4}}, "kubectl-patch", ""),
    (("scale", "--replicas=5"), {"spec": {"replicas": 5}}, "kubectl", "scale"),
)


class Complaints(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = WorkFolder(False)
        cls.cell = AccuracyCell(cls.folder.path, settings.celldrift.resolve(), ways["argocd-server"])
        cls.addClassCleanup(cls.folder.remove)
        cls.addClassCleanup(cls.cell.stop)
        cls.cell.start(with_sets=False)
        for object in (text for table in _tables for text in table.support):
            cls.cell.wire.create(yaml.safe_load(object), "setup")
        grounds = [cls._apply(number, one) for number, one in enumerate(complaints)]
        for one, ground in zip(complaints, grounds):
            one.change(ground)
        cls.cell.commit()
        cls.run_ = cls.cell.check()
        cls.grounds = grounds

    @classmethod
    def _apply(cls, number, one):
        namespace = f"complaint-{number}"
        cls.cell.wire.create({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace}}, "setup")
        account = {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "default", "namespace": namespace}}
        cls.cell.wire.create(account, "setup")
        applied = cls._parsed(one.applied or one.git, namespace)
        cls.cell.way = ways[one.way]
        cls.cell.apply(applied, Application(application_of(namespace), namespace))
        cls.cell.describe(namespace, f"git/{namespace}", namespace, one.application)
        cls.cell.write(f"git/{namespace}/all.yaml", one.git)
        return Ground(cls.cell.wire, namespace, applied)

    @classmethod
    def _parsed(cls, text, namespace):
        objects = [one for one in yaml.safe_load_all(text) if one]
        for one in objects:
            if cls.cell.wire.is_namespaced(one):
                one["metadata"].setdefault("namespace", namespace)
        return copy.deepcopy(objects)

    def test_writing_directly_records_what_kubectl_does(self):
        """What tests/accuracy/run stands on: it writes without kubectl, which takes too long."""
        self.assertEqual(self._records("by-kubectl", by_kubectl=True), self._records("directly", by_kubectl=False))

    def _records(self, name, by_kubectl):
        """managedFields after the same writes, made either way."""
        [body] = self._parsed(complaint_table.web, "default")
        body["metadata"]["name"] = name
        self.cell.way = ways["server"]
        self.cell.apply([body], Application("by-hand", "default"))
        ground = Ground(self.cell.wire, "default", [body])
        for arguments, patch, manager, subresource in _same_writes:
            if by_kubectl:
                verb, *rest = arguments
                self.cell.kubectl.run("cell", verb, f"deployment/{name}" if verb != "patch" else "deployment", *(
                    [name] if verb == "patch" else []), *rest)
            else:
                ground.patch(f"Deployment {name}", patch, manager, subresource)
        entries = ground.read(f"Deployment {name}")["metadata"]["managedFields"]
        plain = [{key: value for key, value in entry.items() if key != "time"} for entry in entries]
        return sorted(plain, key=lambda entry: (entry["manager"], entry["operation"]))  # the server sorts them by time

    def judge(self, number, one):
        namespace, report = f"complaint-{number}", self.run_.report
        mine = [finding for finding in report["findings"] if finding["application"] == f"cell-{namespace}"]
        problems = [text for text in report["problems"] if text.get("application") == f"cell-{namespace}"]
        self.assertEqual([], problems)
        found = sorted(_in_short(finding) for finding in mine)
        may = set(one.may)
        self.assertEqual(sorted(one.finds), [text for text in found if text not in may], json.dumps(mine, indent=1))


def _in_short(finding):
    object = finding["object"]
    what = finding["change"] or finding["category"]
    return " ".join(part for part in (what, object["kind"], object["name"], finding["pathText"], "by", str(who_of(finding)))
                    if part)


def _add_tests():
    for number, one in enumerate(complaints):
        name = "test_" + re.sub(r"[^a-z0-9]+", "_", one.name.lower()).strip("_")
        assert not hasattr(Complaints, name), f"two complaints are called {name}"
        setattr(Complaints, name, lambda self, number=number, one=one: self.judge(number, one))


def main():
    global settings
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--celldrift", required=True, type=Path, help="the binary to test")
    settings, rest = parser.parse_known_args()
    exit_on_signals()
    _add_tests()
    unittest.main(argv=[sys.argv[0], *rest], verbosity=2)


if __name__ == "__main__":
    main()
