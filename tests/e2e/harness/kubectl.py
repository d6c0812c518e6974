"""The real kubectl."""

import os
import subprocess

from . import assets


class KubectlError(RuntimeError):
    pass


class Kubectl:
    def __init__(self, kubeconfig, folder):
        self._kubeconfig = kubeconfig
        self._folder = folder

    def run(self, context, *arguments, stdin=None, editor=None):
        """Runs kubectl against a context and returns its output. `editor` is the shell command of `kubectl edit`,
        which gets the file's name as its last word."""
        command = [assets.program("kubectl"), f"--context={context}", *arguments]
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self._folder),
            "KUBECONFIG": str(self._kubeconfig),
            "KUBECACHEDIR": str(self._folder / "kubectl-cache"),
        }
        if editor:
            environment["KUBE_EDITOR"] = editor
        done = subprocess.run(command, input=stdin, capture_output=True, text=True, env=environment, timeout=120)
        if done.returncode != 0:
            raise KubectlError(f"kubectl {' '.join(map(str, arguments))}: {done.stderr.strip()}")
        return done.stdout
