"""Other tools on the same cases: what of the changes they show, and what else they show."""

import json
import os
import subprocess
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import expected
from differ import content, differences, server_metadata, text_of

# kubectl hands the two folders of a comparison to this; it keeps them, and says by exit code 1 that they differ.
_keep = '#!/bin/sh\nmkdir -p "$KEEP" && cp -r "$1" "$KEEP/live" && cp -r "$2" "$KEEP/merged"\nexit 1\n'


kubectls = 4


class Peer:
    """Subclasses say, for pairs of what Git states and what the cell has, how those differ to them."""

    name = ""

    def __init__(self, cell):
        self.cell = cell
        self.changes, self.found, self.missed, self.false, self.errors = (Counter() for _ in range(5))

    def judge(self, cases):
        asked = [case for case in cases if case.kinds and case.live is not None or case.stated is not None]
        answers = self.compare([(case.stated or case.subject.stated, case.live or case.subject.object) for case in asked])
        for case, shown in zip(asked, answers):
            self._count(case, shown)
        self._judge_whole_objects([case for case in cases if case.live is None and case.stated is None])

    def _count(self, case, shown):
        """`shown` are pairs of what the tool has on both sides, None for an error."""
        self.changes.update(case.kinds)
        if shown is None:
            self.errors.update(case.kinds[:1])
            self.missed.update(one.kind for one in case.expected if not one.optional)
            return
        deltas = differences(content(shown[1]), content(shown[0]), case.subject.type)
        left = [text_of(delta.path) for delta in deltas]
        for one in case.expected:
            near = [path for path in left if path.startswith(one.path) or one.path.startswith(path)]
            left = [path for path in left if path not in near]
            if not one.optional:
                (self.found if near else self.missed)[one.kind] += 1
        self.false.update({case.kinds[0]: len(left)} if left else {})

    def _judge_whole_objects(self, cases):
        """A deleted object is found by all of them; one that Git does not have, by those alone that look for it."""
        for case in cases:
            self.changes.update(case.kinds)
            deleted = "a whole object deleted" in case.kinds
            (self.found if deleted or self.sees_extras else self.missed).update(case.kinds)

    sees_extras = False


class KubectlDiff(Peer):
    def __init__(self, cell, server_side):
        super().__init__(cell)
        self.name = "kubectl diff --server-side" if server_side else "kubectl diff"
        self._arguments = ("--server-side", "--force-conflicts") if server_side else ()

    def compare(self, pairs):
        objects = [self.cell.as_applied(stated) for stated, _ in pairs]
        # kubectl sends no more than 50 requests a second: several of it do.
        parts = range(kubectls)
        with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(kubectls) as pool:
            folders = [Path(folder) / str(part) for part in parts]
            for path in folders:
                path.mkdir()
            answers = list(pool.map(self._answers, *zip(*((objects[part::kubectls], pairs[part::kubectls], folders[part])
                                                          for part in parts))))
        return [answers[at % kubectls][at // kubectls] for at in range(len(pairs))]

    def _answers(self, objects, pairs, folder):
        """One call for all; where that fails, which one object is enough for, one for each half."""
        shown = self._ask(objects, folder)
        if shown is not None or not objects:
            return [self._of(live, shown) for _, live in pairs]
        if len(objects) == 1:
            return [None]
        half = len(objects) // 2
        (folder / "a").mkdir()
        (folder / "b").mkdir()
        return (self._answers(objects[:half], pairs[:half], folder / "a")
                + self._answers(objects[half:], pairs[half:], folder / "b"))

    def _ask(self, objects, folder):
        (folder / "keep").write_text(_keep)
        (folder / "keep").chmod(0o755)
        environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "KUBECONFIG": str(self.cell.admin),
                       "KUBECTL_EXTERNAL_DIFF": str(folder / "keep"), "KEEP": str(folder / "kept")}
        command = [self.cell.kubectl_program, "--context=cell", "diff", *self._arguments, "-f", "-"]
        text = json.dumps({"apiVersion": "v1", "kind": "List", "items": objects})
        done = subprocess.run(command, input=text, capture_output=True, text=True, env=environment, timeout=600)
        return None if done.returncode > 1 else _read(folder / "kept")

    @staticmethod
    def _of(live, shown):
        """kubectl names each file group.version.kind.namespace.name, and writes none where nothing differs."""
        group, _, version = live["apiVersion"].rpartition("/")
        metadata = live["metadata"]
        name = f"{group + '.' if group else ''}{version}.{live['kind']}.{metadata.get('namespace', '')}.{metadata['name']}"
        return shown.get(name, (live, live))


def _read(folder):
    import yaml

    found = {}
    for path in folder.glob("live/*") if folder.exists() else ():
        merged = folder / "merged" / path.name
        if merged.exists():
            sides = [yaml.load(one.read_text(), yaml.CSafeLoader) or {} for one in (path, merged)]
            found[path.name] = tuple(_plain(side) for side in sides)
    return found


def _plain(side):
    """Times are texts in JSON, whatever PyYAML makes of them."""
    return json.loads(json.dumps(side, default=lambda time: time.isoformat().replace("+00:00", "Z")))


class GitopsDiff(Peer):
    sees_extras = True  # Argo CD lists what carries its tracking mark

    def __init__(self, cell, program):
        super().__init__(cell)
        self._structured = cell.way.is_apply
        self.name = "Argo CD 3.5.7 (structured merge)" if self._structured else "Argo CD 3.5.7 (three-way)"
        types = cell.folder / "openapi-v2"
        types.write_bytes(cell.openapi_v2())
        self._process = subprocess.Popen([program, types], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def compare(self, pairs):
        return [self._ask(stated, live) for stated, live in pairs]

    def _ask(self, stated, live):
        target = self.cell.as_applied(stated)
        question = {"live": live, "target": target, "structured": self._structured}
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        if "error" in answer:
            return None
        return _whole(answer["live"]), _whole(answer["predicted"])


def _whole(object):
    """What Argo CD leaves out of both sides is not missed."""
    metadata = {key: value for key, value in object.get("metadata", {}).items() if key not in server_metadata}
    return {**object, "metadata": metadata}
