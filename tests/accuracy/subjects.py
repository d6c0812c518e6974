"""The objects that are changed: what Git states of each, what the cell has, and how to put it back."""

import copy

import expected
import mutators
import people
import records
from differ import content, differences, same, text_of
from expected import Made
from ways import tracking, tracking_id
from wire import Refused

hands = ("kubectl-edit", "kubectl-patch", "kubectl-set", "kubectl-label", "kubectl-annotate", "kubectl-replace", "helm",
         "terraform", "Go-http-client", "my-tool", "node-fetch", "python-requests", "lens")
controllers = ("kube-controller-manager", "cert-manager-cainjector", "gatekeeper-controller-manager", "my-operator",
               "keda-operator", "rollouts-controller")
_scaled = ("Deployment", "StatefulSet", "ReplicaSet", "ReplicationController")
draws = 14  # how often a change that the server refuses, or that changes nothing, is drawn anew


class Subject:
    def __init__(self, number, stated, live, type):
        self.number = number
        self.stated = stated
        self.object = live  # as it was applied; not to be changed
        self.type = type

    @property
    def key(self):
        metadata = self.stated["metadata"]
        group = self.stated["apiVersion"].rpartition("/")[0]
        return group, self.stated["kind"], self.object["metadata"].get("namespace"), metadata["name"]

    def __str__(self):
        _, kind, namespace, name = self.key
        return f"{kind} {namespace}/{name}" if namespace else f"{kind} {name}"


def change_live(cell, subject, rng, case):
    """One to three changes at different places of one object, by different writers."""
    live, made = subject.object, []
    if rng.random() < 0.06:
        live = records.empty(cell.wire, live)
        case.kinds.append(records.emptied_before)
    if rng.random() < 0.08:
        live, one = _apply_by_a_person(cell, subject, live, rng, case)
        made += [one] if one else []
    for _ in range(rng.choice((1, 1, 2, 2, 3)) - len(made)):
        live, one = _one_change(cell.wire, subject, live, made, rng, case)
        made += [one] if one else []
    case.kinds += [one.kind for one in made]
    case.live = _with_records_stripped(cell.wire, live, made, rng, case)
    case.said += [kind for kind in case.kinds if "managedFields" in kind]
    case.expected = expected.of_live_changes(subject.stated, subject.object, case.live, subject.type, made)
    if any(one.kind.startswith("kubectl apply") for one in made):
        case.expected += people.perhaps(subject, case.live)


def _with_records_stripped(wire, live, made, rng, case):
    """Afterwards at times nothing, or less, tells who made the changes."""
    dice = rng.random()
    if dice >= 0.06 or records.emptied_before in case.kinds:
        return live
    stripped = records.empty(wire, live) if dice < 0.03 else records.drop_one(wire, live, rng)
    if stripped is live:
        return live
    case.kinds.append(records.emptied_after if dice < 0.03 else records.one_dropped)
    for one in made:
        one.who = _as_recorded(one.who, stripped) if one.who else None
    return stripped


def _apply_by_a_person(cell, subject, live, rng, case):
    for _ in range(3):
        try:
            one, after = people.apply(cell, subject, rng)
        except Refused:
            case.refused += 1
            continue
        case.said.append(f"{one.who}: {one.kind} with {', '.join(map(text_of, one.touched))}")
        one.who = _as_recorded(one.who, after)
        one.deltas = differences(content(live), content(after), subject.type)
        return after, one
    return live, None


def _one_change(wire, subject, live, made, rng, case):
    for _ in range(draws):
        if subject.object["kind"] in _scaled and rng.random() < 0.1:
            drawn = "scale", None
        else:
            drawn = mutators.draw(live, subject.type, rng)
        if drawn is None:
            continue
        kind, draft = drawn
        touched = draft.touched if draft else ((("f", "spec"), ("f", "replicas")),)
        taken = [path for one in made for path in (*one.touched, *(delta.path for delta in one.deltas))]
        if any(expected.related(path, other) for path in touched for other in taken):
            continue
        try:
            after, one = _write(wire, live, kind, draft, touched, rng)
        except Refused:
            case.refused += 1
            continue
        one.who, one.removes = _as_recorded(one.who, after), "remove" in kind
        one.deltas = differences(content(live), content(after), subject.type)
        reordered = one.same_meaning and not same(content(live), content(after))
        if not reordered and not any(expected.related(path, delta.path) for delta in one.deltas for path in touched):
            live = after  # the server made nothing of it
            continue
        case.said.append(f"{one.who}: {kind} at {', '.join(map(text_of, touched))}")
        return after, one
    return live, None


def _as_recorded(who, live):
    """The server records nobody where managedFields were emptied, or never had an entry."""
    manager, _, subresource = who.partition("/")
    for entry in live["metadata"].get("managedFields") or ():
        if entry.get("manager") == manager and entry.get("subresource", "") == subresource:
            return who
    return None


def _write(wire, live, kind, draft, touched, rng):
    if draft is None:
        replicas = (live["spec"].get("replicas") or 0) + rng.choice((1, 2, 3))
        who = rng.choice(("kubectl", "kubectl", "my-tool"))
        wire.merge(live, {"spec": {"replicas": replicas}}, who, "scale")
        return wire.get(live), Made(kind, f"{who}/scale", touched, [])
    if rng.random() < 0.12:
        who = rng.choice(controllers)
        return wire.put(draft.object, who), Made(f"{kind}, by a controller", who, touched, [], by_right=True,
                                                 same_meaning=draft.same_meaning)
    who = rng.choice(hands)
    return wire.put(draft.object, who), Made(kind, who, touched, [], same_meaning=draft.same_meaning)


def delete(cell, subject, case):
    cell.wire.delete(subject.object)
    case.said.append("deleted")
    case.kinds = ["a whole object deleted"]
    case.expected = [expected.Expected(case.kinds[0], "missing")]


def is_deletable(subject):
    """Whether it is gone at once when it is deleted: there are no controllers here that would serve finalizers."""
    kinds = ("Namespace", "CustomResourceDefinition", "APIService", "PersistentVolume", "PersistentVolumeClaim")
    return subject.key[1] not in kinds and not subject.object["metadata"].get("finalizers")


def is_excluded(subject):
    """Kinds that Argo CD leaves out where nobody desires them."""
    return subject.key[1] in ("Event", "Endpoints", "EndpointSlice", "Lease", "CertificateSigningRequest")


def add_extra(cell, subject, rng, case):
    """A copy with another name that is marked as the Application's own."""
    body = content(copy.deepcopy(subject.object))
    name = f"extra-{rng.randrange(10**6)}"
    body["metadata"] = {key: value for key, value in body["metadata"].items() if key in ("namespace", "labels")}
    body["metadata"]["name"] = name
    application = cell.application(subject.stated)
    if cell.way.tracked:
        body["metadata"]["annotations"] = {tracking: tracking_id(body, cell.wire.is_namespaced(body), application)}
    else:
        body["metadata"]["labels"] = {**body["metadata"].get("labels", {}), "app.kubernetes.io/instance": application.name}
    who = rng.choice(hands)
    cell.wire.create(body, who)
    case.created.append(body)
    case.said.append(f"{who}: creates {name}")
    case.kinds = ["a whole object created"]
    group, kind, namespace, _ = subject.key
    case.extra = {(group, kind, namespace, name): [expected.Expected(case.kinds[0], "extra", who=who)]}


def put_back(cell, case):
    """Makes the cell's object what it was, managedFields included; False where that takes applying it anew."""
    for body in case.created:
        cell.wire.delete(body)
    if case.live is None:
        return "a whole object deleted" not in case.kinds
    body = copy.deepcopy(case.subject.object)
    try:
        for _ in range(2):  # the first writer of what changes is whoever puts it back; the second changes nothing
            case.live = _overwrite(cell.wire, body)
    except Refused as refused:
        case.problem = str(refused)
        return _delete_for_good(cell, case)
    managers = [one["metadata"].get("managedFields") for one in (case.live, body)]
    if managers[0] != managers[1] or not same(content(case.live), content(body)):
        case.problem = "the server made something else of it"
        return _delete_for_good(cell, case)
    case.subject.object = case.live  # whose resourceVersion is what the server now accepts
    return True


def _overwrite(wire, body):
    """The API server's own controllers write to some objects at any time."""
    for attempt in range(4):
        body["metadata"]["resourceVersion"] = wire.get(body)["metadata"]["resourceVersion"]
        try:
            return wire.put(body, "put-back")
        except Refused as refused:
            if refused.status != 409 or attempt == 3:
                raise
    return None


def _delete_for_good(cell, case):
    if is_deletable(case.subject):
        if case.live["metadata"].get("finalizers"):
            cell.wire.merge(case.live, {"metadata": {"finalizers": None}}, "put-back")
        cell.wire.delete(case.subject.object)
    return False
