"""Expected findings: how tests write them, and how they are compared with a report's."""

import json
import re
from dataclasses import dataclass


class Secret:
    """Stands for a Secret's value in `want` and `have`: a keyed hash, whatever its digits."""

    _form = re.compile(r"hmac-sha256:[0-9a-f]{32}")

    def __eq__(self, other):
        return isinstance(other, str) and bool(self._form.fullmatch(other))

    def __repr__(self):
        return "<the keyed hash of a Secret's value>"


class Any:
    """Stands for a value that differs from run to run (a time) or is nobody's business."""

    def __eq__(self, other):
        return other is not None

    def __repr__(self):
        return "<any value>"


class With:
    """Stands for a map that has at least these entries: the API server adds its defaults to what people write."""

    def __init__(self, **entries):
        self._entries = entries

    def __eq__(self, other):
        return isinstance(other, dict) and all(other.get(key) == value for key, value in self._entries.items())

    def __repr__(self):
        return f"<a map with {self._entries}>"


# Who a change is put down to: "manager", "manager/subresource"; None where there is no record.
def _writer(changed_by):
    if changed_by is None:
        return None
    subresource = changed_by.get("subresource") or ""
    return changed_by["manager"] + (f"/{subresource}" if subresource else "")


@dataclass(frozen=True)
class Finding:
    category: str
    rule: str
    cells: tuple
    object: str  # "Deployment backend/web"
    path: str = ""
    change: str | None = None
    want: object = None
    have: object = None
    by: str | None = None
    source: str | None = None  # "file:line"; None where Git has no line for it
    values: tuple = ()  # of skew: ((value, cells), …) in the order of the report

    def __str__(self):
        fields = [f"{self.rule} {','.join(self.cells)} {self.object} {self.path}"]
        if self.change:
            fields.append(f"want {self.want!r} have {self.have!r} by {self.by}")
        if self.values:
            fields.append(f"values {self.values!r}")
        return "; ".join(fields) + f" ({self.source})"


def drift(change, cell, object, path, source, want=None, have=None, by=None):
    return Finding("drift", f"drift/{change}", (cell,), object, path, change, want, have, by, source)


def modified(object, path, want, have, by, source, cell="cell-b"):
    return drift("modified", cell, object, path, source, want, have, by)


def added(object, path, have, by, source, cell="cell-b"):
    return drift("added", cell, object, path, source, have=have, by=by)


def removed(object, path, want, source, cell="cell-b"):
    return drift("removed", cell, object, path, source, want=want)


def missing(object, source, cell="cell-b"):
    return Finding("missing", "missing", (cell,), object, source=source)


def not_served(object, source, cell="cell-b"):
    return Finding("missing", "api/not-served", (cell,), object, source=source)


def extra(object, by, cell="cell-b"):
    return Finding("extra", "extra", (cell,), object, by=by)


def lone(object, by, cell="cell-b", others=("cell-a", "cell-c")):
    """Nobody's object, which the other cells lack."""
    return Finding("parity", "parity/object", (cell,), object, by=by, values=((None, others), ("there", (cell,))))


def skew(object, path, values, source, outliers=("cell-b",), rule="skew/image"):
    return Finding("skew", rule, outliers, object, path, source=source, values=values)


def _object(reference):
    place = f"{reference['namespace']}/" if reference.get("namespace") else ""
    return f"{reference['kind']} {place}{reference['name']}"


def _source(source):
    return f"{source['file']}:{source['line']}" if source and source.get("file") else None


def of_report(finding):
    """A report's finding in the form of an expected one."""
    return Finding(
        category=finding["category"],
        rule=finding["rule"],
        cells=tuple(finding["cells"]),
        object=_object(finding["object"]),
        path=finding.get("pathText") or "",
        change=finding.get("change"),
        want=None if finding["category"] == "skew" else finding.get("want"),  # skew says it by values
        have=finding.get("have"),
        by=_writer(finding.get("changedBy")),
        source=_source(finding.get("source")),
        values=tuple((group["value"], tuple(group["cells"])) for group in finding.get("values") or ()),
    )


def difference(expected, report):
    """What is expected and not reported, and the other way round; "" when they agree."""
    surplus = [of_report(finding) for finding in report["findings"]]
    lacking = []
    for one in expected:
        if one in surplus:
            surplus.remove(one)
        else:
            lacking.append(one)
    lines = [f"  not reported: {one}" for one in lacking] + [f"  not expected: {one}" for one in surplus]
    for problem in report["problems"]:
        lines.append(f"  problem: {json.dumps(problem)}")
    return "\n".join(lines)
