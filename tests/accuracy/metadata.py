"""Changes of metadata: labels, annotations, finalizers, owners."""

import copy
import uuid

import values
from tree import Draft

_metadata = ("f", "metadata")


def _map(name):
    def mutate(object, nodes, rng):
        at = (_metadata, ("f", name))
        mine = [node for node in nodes if node.path[:-1] == at]
        changed = copy.deepcopy(object)
        held = changed["metadata"][name] = changed["metadata"].get(name) or {}
        if mine and rng.random() < 0.6:
            key = rng.choice(mine).path[-1][1]
            if rng.random() < 0.5:
                del held[key]
            else:
                held[key] = values.word(rng)
        else:
            key = rng.choice(("team", "example.com/owner", "note", "tier.example.com/level"))
            held[key] = values.word(rng)
        return Draft(changed, ((*at, ("f", key)),))

    return mutate


def finalizers(object, nodes, rng):
    changed = copy.deepcopy(object)
    held = changed["metadata"]["finalizers"] = changed["metadata"].get("finalizers") or []
    mine = [one for one in held if "example.com" in one]
    if mine and rng.random() < 0.5:
        one = rng.choice(mine)
        held.remove(one)
    else:
        one = f"{values.word(rng)}.example.com/hold"
        held.append(one)
    return Draft(changed, ((_metadata, ("f", "finalizers"), ("v", one)),))


_owners = (("apps/v1", "Deployment"), ("v1", "ConfigMap"), ("batch/v1", "CronJob"), ("accuracy.example.com/v1", "Machine"))


def owners(object, nodes, rng):
    changed = copy.deepcopy(object)
    held = changed["metadata"]["ownerReferences"] = changed["metadata"].get("ownerReferences") or []
    if held and rng.random() < 0.6:
        one = rng.choice(held)
        if rng.random() < 0.5:
            held.remove(one)
        else:
            one["blockOwnerDeletion"] = not one.get("blockOwnerDeletion")
    else:
        api, kind = rng.choice(_owners)
        one = {"apiVersion": api, "kind": kind, "name": values.word(rng),
               "uid": str(uuid.UUID(int=rng.getrandbits(128), version=4))}
        held.append(one)
    return Draft(changed, ((_metadata, ("f", "ownerReferences"), ("k", (("uid", one["uid"]),))),))


mutators = {
    "labels": (2, _map("labels")),
    "annotations": (2, _map("annotations")),
    "finalizers": (1, finalizers),
    "ownerReferences": (1, owners),
}
