"""docs/accuracy.md: how often each tool was right, by kind of change."""

from collections import Counter, defaultdict

_text = """\
# How often celldrift is wrong

Every figure here is made by one command, on real kube-apiservers without controllers:

```sh
{command}
```

It applies {objects} objects (every built-in kind that an API server accepts, custom resources, and what kustomize and helm
render, `testdata/accuracy/README.md`; and definitions, custom resources of theirs and overlays of kustomize that are drawn
anew for each seed) in these ways: {ways}.
**Right after that, celldrift finds nothing.** Then each round changes every object by random, one to three times, by
writers of different names and by people's own `kubectl apply`, checks the cell, and puts all back. What must be found is not
celldrift's word: it is what the API server's own states before and after differ in, read by `tests/accuracy/differ.py`.

* *found*: the difference is reported, at its path (for celldrift also: by its writer and with the cell's value);
* *missed*: it is not; *false*: something is reported that is no difference between Git and the cell.

Git's objects are the same for all tools; those that take long may look at the first rounds only, as *changes* says.
kubectl and Argo CD do not set out to show what Git does not state: that is what most of what they miss is.

{versions}

{totals}

## By kind of change

Each cell of the table is *found / missed / false*. Rows that expect nothing have changes that must not count: Git says the
same in other words, or a controller changes what is its own.

{kinds}
"""


def write(path, tallies, older, details):
    """All are objects with a name and the Counters changes, found, missed and false; `older` have other Kubernetes."""
    merged = _merged(tallies)
    text = _text.format(**details, totals=_totals(merged | _merged(older)), kinds=_kinds(merged))
    path.write_text(text)


def _merged(tallies):
    merged = defaultdict(lambda: {name: Counter() for name in ("changes", "found", "missed", "false", "errors")})
    for tally in tallies:
        for name in merged[tally.name]:
            merged[tally.name][name].update(getattr(tally, name, {}))
    return merged


def _totals(merged):
    lines = ["| tool | changes | found | missed | false |", "|---|---:|---:|---:|---:|"]
    for tool, counts in merged.items():
        sums = [sum(counts[name].values()) for name in ("changes", "found", "missed", "false")]
        lines.append(f"| {tool} | " + " | ".join(f"{number:,}" for number in sums) + " |")
    return "\n".join(lines)


def _kinds(merged):
    tools = list(merged)
    lines = ["| kind of change | changes | " + " | ".join(tools) + " |", "|---|---:|" + "---:|" * len(tools)]
    for kind in sorted(merged["celldrift"]["changes"]):
        cells = [" / ".join(str(merged[tool][name][kind]) for name in ("found", "missed", "false"))
                 if merged[tool]["changes"][kind] else "" for tool in tools]
        lines.append(f"| {kind} | {merged['celldrift']['changes'][kind]} | " + " | ".join(cells) + " |")
    return "\n".join(lines)
