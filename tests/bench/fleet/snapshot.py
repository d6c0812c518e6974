"""Snapshots, as `celldrift snapshot` writes them (docs/snapshots.md)."""

import base64
import gzip
import hashlib
import hmac
import json
import pathlib
import struct
import zlib

from live import Server

DEMO = pathlib.Path(__file__).resolve().parents[3] / "testdata/demo/snapshots/cell-a.snap"
SERVED = {("autoscaling", "HorizontalPodAutoscaler"): ["v2"]}


def recorded():
    """The header and the objects of a real API server, less those of the demo."""
    lines = gzip.decompress(DEMO.read_bytes()).decode().splitlines()
    objects = [json.loads(line) for line in lines[1:]]
    return json.loads(lines[0]), [each for each in objects if not is_of_demo(each["metadata"])]


def is_of_demo(metadata):
    return {"backend", "frontend"} & {metadata["name"], metadata.get("namespace")}


class SecretKey:
    def __init__(self, seed):
        self.bytes = hashlib.sha256(f"key/{seed}".encode()).digest()
        self.id = hmac.digest(self.bytes, b"celldrift secret key id", "sha256")[:8].hex()

    def hashed(self, text):
        return "hmac-sha256:" + hmac.digest(self.bytes, text.encode(), "sha256")[:16].hex()


class CellServer(Server):
    def __init__(self, seed, tracking):
        super().__init__(seed, tracking)
        self.key = SecretKey(seed)

    def hashed(self, text):
        return self.key.hashed(text)


def key_of(live):
    group = live["apiVersion"].rpartition("/")[0]
    return group, live["kind"], live["metadata"].get("namespace", ""), live["metadata"]["name"]


def version_of(live):
    return live["apiVersion"].rpartition("/")[2]


def line(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def header_of(recorded_header, objects, cell, labels, key):
    """The recorded header, with what is this cell's own."""
    served = {(each["group"], each["kind"]): ["v1"] for each in recorded_header["coverage"]}
    served.update({key_of(live)[:2]: [version_of(live)] for live in objects})
    served.update(SERVED)
    return {**recorded_header, "schema": "celldrift.snapshot/v3", "cell": cell, "labels": labels,
            "server": f"https://{cell}.example.com:6443", "objects": len(objects), "time": "2026-11-25T06:00:00Z",
            "secretKey": base64.b64encode(key.bytes).decode(), "secretKeyId": key.id, "failedGroups": {}, "types": [],
            "served": [{"group": group, "kind": kind, "versions": versions}
                       for (group, kind), versions in sorted(served.items())]}


def member(text):
    """A gzip member that tells its own length."""
    packer = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS, 9)
    packed = packer.compress(text) + packer.flush()
    length = 20 + len(packed) + 8
    return (struct.pack("<4sLBBH2sHL", b"\x1f\x8b\x08\x04", 0, 0, 255, 8, b"CD", 4, length) + packed
            + struct.pack("<LL", zlib.crc32(text), len(text)))


def may_begin_run(live):
    return zlib.crc32("/".join(key_of(live)).encode()) % 64 == 0


def runs(objects):
    """Their texts, cut as src/observe/texts_of_runs.cpp does it."""
    run = b""
    for live in objects:
        text = line(live).encode() + b"\n"
        if run and (len(run) >= 256 << 10 and may_begin_run(live) or len(run) + len(text) > 1 << 20):
            yield run
            run = b""
        run += text
    yield run


def write(path, header, objects):
    path.write_bytes(b"".join(map(member, [line(header).encode() + b"\n", *runs(objects)])))
