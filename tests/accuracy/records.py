"""managedFields that somebody strips: all of it, or what it says of one writer."""

from wire import Refused

emptied_before, emptied_after = "managedFields emptied before a change", "managedFields emptied after a change"
one_dropped = "one writer taken out of managedFields"


def empty(wire, live):
    return _with(wire, live, [{}])


def drop_one(wire, live, rng):
    """The server takes a shorter list as it is, and nothing as no change."""
    entries = live["metadata"].get("managedFields") or []
    if len(entries) < 2:
        return live
    gone = rng.randrange(len(entries))
    return _with(wire, live, [entry for number, entry in enumerate(entries) if number != gone])


def _with(wire, live, entries):
    for attempt in range(5):  # the server's own controllers may write a status in between
        body = wire.get(live)
        body["metadata"]["managedFields"] = entries
        try:
            return wire.put(body, "kubectl-edit")
        except Refused as refused:
            if refused.status != 409 or attempt == 4:
                raise
