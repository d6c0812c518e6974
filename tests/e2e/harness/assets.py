"""Where the real kube-apiserver, etcd and kubectl are."""

import functools
import subprocess
from pathlib import Path

project = Path(__file__).resolve().parents[3]


@functools.cache
def folder(version=""):
    """The folder of a Kubernetes minor ("1.33"), by default the newest; scripts/envtest gets or builds it."""
    command = [project / "scripts/envtest", *([version] if version else [])]
    printed = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    return Path(printed.stdout.strip())


def program(name, version=""):
    return folder(version) / name
