"""Snapshots as the tests of folders and stores need them: the demo's, and changed ones."""

import datetime
import gzip
import json

from fleet import DEMO


def demo_snapshot(cell):
    return DEMO / f"snapshots/{cell}.snap"


def changed(of, objects=True, **fields):
    """The bytes of a demo snapshot with other fields in its header."""
    lines = gzip.decompress(demo_snapshot(of).read_bytes()).decode().splitlines()
    header = {**json.loads(lines[0]), **({} if objects else {"objects": 0}), **fields}
    text = json.dumps(header, sort_keys=True, separators=(",", ":")) + "\n"
    return gzip.compress((text + "".join(line + "\n" for line in lines[1:] if objects)).encode())


def ago(**length):
    time = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(**length)
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")
