"""Somebody applies Git's manifest, or one like it, by the real kubectl, over what Git's own tool applied."""

import copy
import json

import mutators
from differ import look_up, text_of
from expected import Expected, Made, anybody
from harness.kubectl import KubectlError
from tree import nodes_of
from wire import Refused

_ways = (
    ("kubectl apply", (), "kubectl-client-side-apply"),
    ("kubectl apply --server-side", ("--server-side",), "kubectl"),
    ("kubectl apply --server-side --force-conflicts", ("--server-side", "--force-conflicts"), "kubectl"),
    ("kubectl apply --server-side --force-conflicts", ("--server-side", "--force-conflicts", "--field-manager=alice"), "alice"),
)


def apply(cell, subject, rng):
    """(the change, the object afterwards), where nothing is known yet of what it changed. Refused where kubectl says no,
    and where nothing fits."""
    kind, arguments, who = rng.choice(_ways)
    stated = copy.deepcopy(subject.stated)
    if rng.random() < 0.2:
        drawn, draft = "", mutators.Draft(stated, (), same_meaning=True)
        kind = f"{kind}, of the same"
    else:
        drawn, draft = _draft(stated, subject, rng)
    _run(cell, draft.object, arguments)
    one = Made(kind, who, draft.touched, [], same_meaning=draft.same_meaning, removes="remove" in drawn)
    return one, cell.wire.get(subject.object)


def perhaps(subject, after):
    """Who applies a zero over what the server chose for it owns the choice: whether it was theirs nobody can tell."""
    for node in nodes_of(subject.stated, subject.type):
        is_there, have = look_up(after, node.path, subject.type)
        if node.value in (0, "") and is_there and have:
            yield Expected("kubectl apply", "drift", text_of(node.path), "modified or added", anybody, have, optional=True)


def _draft(stated, subject, rng):
    for _ in range(20):
        drawn = mutators.draw(stated, subject.type, rng)
        if drawn is not None:
            return drawn
    raise Refused(0, "nothing to change")


def _run(cell, object, arguments):
    try:
        cell.kubectl.run("cell", "apply", "--validate=false", *arguments, "-f", "-", stdin=json.dumps(object))
    except KubectlError as error:
        raise Refused(0, str(error)) from error
