"""Child processes that never outlive the test, however it ends."""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

_libc = ctypes.CDLL(None, use_errno=True)
_PR_SET_PDEATHSIG = 1


def _die_with_parent():
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


class Child:
    """A started program, in a process group of its own, whose output goes to a file.

    Start it from the main thread only: the kernel's parent-death signal is sent when the *thread* that
    forked ends.
    """

    def __init__(self, name, arguments, log, environment=None):
        self.name = name
        self.log = Path(log)
        with open(self.log, "ab") as output:
            self._process = subprocess.Popen(
                [str(argument) for argument in arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=environment,
                process_group=0,
                preexec_fn=_die_with_parent,
            )

    @property
    def running(self):
        return self._process.poll() is None

    def kill(self):
        """Ends the program and what it started, at once, and waits for it."""
        if not self.running:
            return
        try:
            os.killpg(self._process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self._process.wait()

    def last_lines(self, count=30):
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-count:])


class WorkFolder:
    """A temporary folder named after this process, removed at the end.

    A run that was killed outright leaves its folder; the next run removes it, since its process is gone.
    """

    prefix = "celldrift-e2e-"

    def __init__(self, keep=False):
        self._keep = keep
        self._remove_abandoned()
        self.path = Path(tempfile.mkdtemp(prefix=f"{self.prefix}{os.getpid()}-"))

    @classmethod
    def _remove_abandoned(cls):
        for folder in Path(tempfile.gettempdir()).glob(cls.prefix + "*"):
            owner = folder.name.removeprefix(cls.prefix).split("-")[0]
            if owner.isdigit() and not Path("/proc", owner).exists():
                shutil.rmtree(folder, ignore_errors=True)

    def remove(self):
        if self._keep:
            print(f"kept {self.path}", file=sys.stderr)
        else:
            shutil.rmtree(self.path, ignore_errors=True)

    def keep(self):
        self._keep = True


def exit_on_signals():
    """Makes SIGTERM and SIGHUP end the program the orderly way, so that clean-up runs."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda received, _frame: sys.exit(128 + received))
