"""The same fleet, and the same changes to it, on the oldest Kubernetes that is covered, beside a cell of the newest."""

from areas import changes_server_side, clean

# cell-b stays on the newest: cells of different minors must not lead to findings about each other.
oldest = {"cell-a": "1.33", "cell-c": "1.33"}


class Clean(clean.Clean):
    versions = oldest


class Changes(changes_server_side.ChangesServerSide):
    versions = oldest
