"""Where the real kube-apiserver, etcd and kubectl are."""

import functools
import os
import subprocess
from pathlib import Path

project = Path(__file__).resolve().parents[3]
_programs = ("kube-apiserver", "etcd", "kubectl")


@functools.cache
def folder():
    """KUBEBUILDER_ASSETS where it holds all three; else what scripts/envtest gets or builds."""
    given = os.environ.get("KUBEBUILDER_ASSETS", "")
    if given and all(os.access(Path(given, program), os.X_OK) for program in _programs):
        return Path(given)
    printed = subprocess.run([project / "scripts/envtest"], stdout=subprocess.PIPE, check=True, text=True)
    return Path(printed.stdout.strip())


def program(name):
    return folder() / name
