"""Changes of what Git says: the same in other words, which must not count, and dropped fields, which must."""

import dataclasses

import rewrites
from cell import as_json
from differ import content, differences, is_in_embedded, look_up, same, stated_of, text_of
from expected import Expected, anybody, is_empty_in_custom, related, twin_of
from tree import is_key, nodes_of, without
from wire import Refused

draws = 10


def say_otherwise(cell, subject, rng, case):
    """One to three rewrites of the manifest that mean the same: the server itself says so, by a dry run."""
    object, kinds = subject.stated, []
    for _ in range(draws):
        kind, drawn = rewrites.draw(object, subject, rng)
        if drawn is None or kind in kinds:
            continue
        if not isinstance(drawn, dict):
            continue
        if _means_the_same(cell, subject, drawn):
            object, kinds = drawn, [*kinds, kind]
            if len(kinds) == 3:
                break
        else:
            case.refused += 1
    style = rng.choice(list(rewrites.styles))
    cell.state(subject.number, subject.stated, rewrites.styles[style](object, rng))
    case.stated = object
    case.kinds = [f"Git says it otherwise: {kind}" for kind in (*kinds, style)]
    case.said += case.kinds


def _means_the_same(cell, subject, object):
    body = cell.as_applied(object)
    body = {**body, "metadata": {**body["metadata"], "managedFields": None}}
    try:
        after = cell.wire.apply(subject.object, body, cell.way.manager, dry_run=True)
    except Refused:
        return False
    return same(content(after), content(subject.object))


def drop(cell, subject, rng, case):
    """Git no longer states a field: it must be found where the cell would be otherwise without it."""
    nodes = [node for node in nodes_of(subject.stated, subject.type) if _may_go(node)]
    with_defaults = [node for node in nodes if node.path[-1][1] in _with_defaults]
    if with_defaults and rng.random() < 0.5:
        nodes = with_defaults
    for node in rng.sample(nodes, min(len(nodes), draws)):
        expected = _dropped(cell, subject, node)
        if expected is None:
            case.refused += 1
            continue
        case.stated = without(subject.stated, node)
        cell.state(subject.number, subject.stated, as_json(case.stated))
        case.kinds, case.expected = [kind_of_drop], expected
        case.said.append(f"Git drops {text_of(node.path)}")
        return


kind_of_drop = "removed from Git, still live"


def _may_go(node):
    if node.value is None or node.required or any(kind == "i" for kind, _ in node.path):
        return False
    return not is_key(node) and node.path[0][1] != "stringData"


# Where the server says something else when Git says nothing.
_with_defaults = ("serviceAccountName", "serviceAccount", "strategy", "updateStrategy", "replicas", "revisionHistoryLimit",
                  "restartPolicy", "dnsPolicy", "terminationGracePeriodSeconds", "imagePullPolicy", "protocol", "sessionAffinity",
                  "policyTypes", "failurePolicy", "timeoutSeconds", "matchPolicy", "concurrencyPolicy", "backoffLimit",
                  "parallelism", "defaultMode", "minReplicas", "periodSeconds", "internalTrafficPolicy", "pathType",
                  "terminationMessagePath", "podManagementPolicy", "reclaimPolicy", "volumeMode", "scope", "preemptionPolicy")


def _dropped(cell, subject, node):
    """What an apply without the field would take out of the cell, by a dry run of the removal."""
    found, _ = look_up(subject.object, node.path, subject.type)
    if not found:
        return None
    try:
        after = cell.wire.put(_without_twin(without(subject.object, node), subject, node), cell.way.manager, dry_run=True)
    except (Refused, KeyError, ValueError):
        return None
    stated = stated_of(without(subject.stated, node))
    deltas = [delta for delta in differences(content(after), content(subject.object), subject.type)
              if delta.path != _instance_label and not look_up(stated, delta.path, subject.type)[0]]
    return _kept_headless(subject, node, cell.way.manager) + [
        _expected_of(delta, subject, node, cell.way.manager) for delta in deltas]


def _expected_of(delta, subject, node, who):
    is_twin = delta.path == twin_of(node.path)
    is_older_name = delta.path[-1][1] == "serviceAccount" and (is_twin or delta.path == node.path)
    optional = (is_older_name or not is_twin and not _was_stated(subject, node, delta)
                or is_empty_in_custom(delta, subject.object))
    # The dry run takes out all of it; an apply leaves what the server puts there, and only the rest is drift.
    is_structure = delta.path == node.path and isinstance(node.value, dict)
    return Expected(kind_of_drop, "drift", text_of(delta.path), "added", anybody if is_twin else who, delta.after, optional,
                    is_structure or is_in_embedded(subject.type, delta.path))


def _without_twin(object, subject, node):
    """The server makes each of a pod's two account names of the other; Git has to drop both to be rid of them."""
    path = twin_of(node.path)
    if path is None or look_up(subject.stated, path, subject.type)[0] or not look_up(object, path, subject.type)[0]:
        return object
    return without(object, dataclasses.replace(node, path=path))


def _was_stated(subject, node, delta):
    """Whether Git stated it; else it only follows from what Git did state, as policyTypes from egress."""
    was_stated, _ = look_up(stated_of(subject.stated), delta.path, subject.type)
    return was_stated and delta.change != "removed" and related(delta.path, node.path)


# Argo CD's own mark of old, whatever it says: without it Git and the cell are the same to Argo CD.
_instance_label = (("f", "metadata"), ("f", "labels"), ("f", "app.kubernetes.io/instance"))


def _kept_headless(subject, node, who):
    """A Service that is headless stays so through all updates; one that is made of what Git now says is not."""
    spec = subject.stated.get("spec")
    if subject.stated["kind"] != "Service" or text_of(node.path) != "spec" or spec.get("clusterIP") != "None":
        return []
    return [Expected(kind_of_drop, "drift", "spec.clusterIP", "added", who, "None")]


def put_back(cell, case):
    if case.stated is not None:
        cell.state(case.subject.number, case.subject.stated, as_json(case.subject.stated))
