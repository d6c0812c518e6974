"""What must be found, worked out from the server's own states before and after, and how a report is held to it."""

import json
from dataclasses import dataclass, field

import owners
from differ import content, differences, is_in_embedded, is_prefix, look_up, stated_of, text_of, type_at

anybody = object()  # who is not foretold


@dataclass(frozen=True)
class Expected:
    kind: str  # of change, for the table
    category: str
    path: str = ""
    change: str | None = None
    who: object = None  # a manager ("kubectl/scale" with its subresource), None for no record, or `anybody`
    have: object = None
    optional: bool = False  # a consequence that the server itself drew of a change
    in_parts: bool = False  # what is below it may be found in its place

    def __str__(self):
        who = "anybody" if self.who is anybody else self.who
        return f"{self.category} {self.change or ''} {self.path} by {who} ({self.kind})"


@dataclass
class Made:
    """One change that was made to a live object."""

    kind: str
    who: str | None
    touched: tuple
    deltas: list
    by_right: bool = False  # by a controller: no drift where Git states nothing
    same_meaning: bool = False
    removes: bool = False


@dataclass
class Case:
    """What was done to one object, and what a report must say of it."""

    name: str
    subject: object
    said: list = field(default_factory=list)  # in words, for people
    expected: list = field(default_factory=list)
    live: dict | None = None  # afterwards
    stated: dict | None = None  # afterwards
    kinds: list = field(default_factory=list)  # of change, each counted
    created: list = field(default_factory=list)
    problem: str = ""  # why it could not be put back


def related(a, b):
    return is_prefix(a, b) or is_prefix(b, a)


def of_live_changes(stated, before, after, type, made):
    """What a report must say after live changes of an object that was as Git wants it."""
    found, stated = [], stated_of(stated)
    for delta in differences(content(before), content(after), type):
        makers = [one for one in made if any(related(own.path, delta.path) for own in one.deltas)]
        twin = twin_of(delta.path)
        intended = [one for one in makers
                    if any(related(path, delta.path) or path == twin for path in one.touched)]
        is_servers = _is_of_servers_items(delta, look_up(stated, delta.path, type)[1], after)
        expected = None if is_servers else _of_delta(delta, stated, type, makers[-1] if makers else None)
        if expected is None or any(one.same_meaning for one in intended) or _is_renewed_authority(delta, makers, after):
            continue
        who = None if _is_order(delta) else expected["who"]
        if who is not None and (len(makers) != 1 or who not in owners.of(after, delta.path)):
            who = anybody
        elif _is_of_another_record(delta, makers, after):
            who = anybody
        kind = (intended or makers)[-1].kind if makers else "?"
        path = text_of(delta.path)
        # What the server puts in place of what was removed follows from that.
        follows = expected["change"] == "added" and all(one.removes for one in intended)
        optional = (not intended or follows or is_servers is None or _is_told_by_twin(delta.path, stated, type)
                    or is_empty_in_custom(delta, after)
                    or (who is None and (path.endswith(_perhaps_servers) or path.startswith("spec.claimRef."))))
        found.append(Expected(kind, "drift", path, expected["change"], who, delta.after, optional,
                              is_in_embedded(type, delta.path)))
    return found


def _is_of_another_record(delta, makers, after):
    """Whether the record of who made it is gone, and that of a later write of the atomic map around it is there."""
    return (delta.change != "removed" and not _is_order(delta) and len(makers) == 1 and makers[0].who is None
            and bool(owners.of(after, delta.path)))


def _is_renewed_authority(delta, makers, after):
    """Whether a controller puts its certificate where Git states another, or none: that is its right."""
    is_hook = after["kind"].endswith("WebhookConfiguration")
    return is_hook and delta.path[-1][1] == "caBundle" and all(one.by_right and one.who for one in makers)


# Taints by which the cluster says how a Node is.
_servers_keys = ("node.kubernetes.io/", "node.cloudprovider.kubernetes.io/")


def _is_of_servers_items(delta, want, after):
    """Whether a change is only of what admission and controllers add to a list, its place included. None where that
    can be said either way: Git states no such list, and somebody now owns all of it."""
    kind = after["kind"]
    has_class = "runtimeClassName" in after.get("spec", {})  # its RuntimeClass may add any toleration
    if kind not in ("Node", "Pod") or not isinstance(delta.before, list) or not isinstance(delta.after, list):
        return False

    def is_servers(item):
        is_known = item in delta.before or has_class if kind == "Pod" else item.get("key", "").startswith(_servers_keys)
        return is_known and item not in (want or ())

    if not any(map(is_servers, delta.before)):
        return False
    before, after = ([item for item in items if not is_servers(item)] for items in (delta.before, delta.after))
    if before != after:
        return False
    return True if want else None


def _is_order(delta):
    """Init containers run in their order, which nobody owns: managedFields knows the items alone."""
    return delta.change == "modified" and delta.path[-1][1] == "initContainers"


# Two names of one field, of which the API server makes each what the other is.
_twins = {"serviceAccount": "serviceAccountName", "serviceAccountName": "serviceAccount"}


def twin_of(path):
    kind, step = path[-1]
    return (*path[:-1], (kind, _twins[step])) if step in _twins and kind == "f" else None


def _is_told_by_twin(path, stated, type):
    """One difference of the two is enough: that of the one that Git states, else that of serviceAccountName."""
    twin = twin_of(path)
    if twin is None:
        return False
    is_stated, is_twin_stated = (look_up(stated, one, type)[0] for one in (path, twin))
    return is_twin_stated if is_twin_stated != is_stated else path[-1][1] == "serviceAccount"


# Where there is no record of who, these may be of the server's making: an imagePullPolicy (an image volume's pullPolicy) that
# was the default of the image before, policyTypes that were those of the rules before, what a cloud's controller says of a Node, a volume's
# binding, the certificate authority of a webhook, and the labels that a Job gets of its own name and uid.
_perhaps_servers = (".imagePullPolicy", ".image.pullPolicy", ".timeAdded", ".caBundle", "spec.providerID", "spec.podCIDR", "spec.podCIDRs", "spec.taints", ".nodePort", "spec.policyTypes",
                    "spec.claimRef",
                    *(f"metadata.labels{text}" for text in (".controller-uid", ".job-name",
                      '["batch.kubernetes.io/controller-uid"]', '["batch.kubernetes.io/job-name"]')))


def _is_in_stated_leaf(path, stated, type):
    """Whether Git states the atomic map that a path is in: then it states that nothing else is in it."""
    for length, (kind, step) in enumerate(path[:-1], 1):
        type = type.field(step) if kind == "f" else type.item()
        if type.is_atomic_map and look_up(stated, path[:length])[0]:
            return True
    return False


def is_empty_in_custom(delta, object):
    """A custom resource may keep false, 0 or {}, or lose it when its operator writes it: it is the same."""
    group = object["apiVersion"].rpartition("/")[0]
    is_custom = group.endswith("example.com")
    is_without_value = delta.change != "modified" or delta.before is None or delta.after is None
    return is_custom and is_without_value and not delta.before and not delta.after


# Git's 0 asks the cell to choose, and its controllers may.
_allotted = ("nodePort", "healthCheckNodePort")


def _of_delta(delta, stated, type, maker):
    """How a delta counts, given what Git states; None where it does not count."""
    who = maker.who if maker else anybody
    is_stated, want = look_up(stated, delta.path, type)
    by_right = maker and maker.by_right and maker.who
    if is_stated and (want is not None or type_at(type, delta.path).is_nullable):
        if delta.change == "removed":
            return {"change": "removed", "who": None}
        if by_right and not want and delta.path[-1][1] in _allotted:
            return None
        # A 0 or [] that the server does not keep is there in Git all the same: what it gets instead is another value.
        return {"change": "modified" if want else "modified or added", "who": who}
    if delta.change == "removed":
        return None
    if by_right and not _is_in_stated_leaf(delta.path, stated, type):
        return None
    return {"change": "added", "who": who}


# Reports


def who_of(finding):
    by = finding.get("changedBy")
    if by is None:
        return None
    return by["manager"] + (f"/{by['subresource']}" if by.get("subresource") else "")


def key_of_finding(finding):
    object = finding["object"]
    return object["apiVersion"].rpartition("/")[0], object["kind"], object.get("namespace") or None, object["name"]


def hold(case, findings):
    """(found, missed, false, wrong) of one object: expected ones found and missed, findings that are none, and right
    findings with a wrong writer or value."""
    left, found, missed, wrong = list(findings), [], [], []
    for one in case.expected:
        matches = [finding for finding in left if _is(finding, one)][:1] or [
            finding for finding in left if one.in_parts and _is_below(finding, one)]
        left = [finding for finding in left if finding not in matches]
        if one.optional:
            continue
        (found if matches else missed).append(one)
        wrong += [f"{one}: {text}" for match in matches for text in _mistakes(match, one, case)]
    return found, missed, left, wrong


def _is(finding, one):
    return (finding["category"] == one.category and (finding.get("pathText") or "") == one.path
            and (finding.get("change") or "") in (one.change or "").split(" or "))


def _is_below(finding, one):
    return (finding["category"] == one.category and (finding.get("pathText") or "").startswith((f"{one.path}.", f"{one.path}["))
            and finding.get("change") == one.change)


def _mistakes(finding, one, case):
    if one.who is not anybody and who_of(finding) != one.who:
        yield f"it is put down to {who_of(finding)}"
    is_secret = case.subject.object["kind"] == "Secret"
    is_whole = (finding.get("pathText") or "") == one.path
    if one.change not in (None, "removed") and is_whole and not is_secret and finding.get("have") != one.have:
        yield f"have is {json.dumps(finding.get('have'))[:200]}, and the cell has {json.dumps(one.have)[:200]}"


def in_words(finding):
    object = finding["object"]
    name = f"{object['kind']} {object.get('namespace') or ''}/{object['name']}"
    return (f"{name}: {finding['category']} {finding.get('change') or ''} {finding.get('pathText')} by {who_of(finding)}"
            f" want {json.dumps(finding.get('want'))[:120]} have {json.dumps(finding.get('have'))[:120]}")
