"""The binary under test. Every run is searched for secrets, whatever the test is about."""

import base64
import gzip
import json
import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from .cell import tokens


class SecretLeak(AssertionError):
    pass


class Canaries:
    """Texts that must never come out: plain, percent-encoded, JSON-escaped, and in base64 however it is aligned."""

    def __init__(self):
        self._needles = {}
        for token in tokens.values():
            self.add(token)

    def add(self, secret):
        raw = secret.encode()
        for form in (secret, quote(secret, safe=""), json.dumps(secret)[1:-1]):
            self._needles[form.encode()] = secret
        for shift in range(3):
            encoded = base64.b64encode(b"\0" * shift + raw).decode()
            # The first and last groups depend on the neighbours; what is between them does not.
            first = 0 if shift == 0 else 4
            self._needles[encoded[first : len(encoded) - 4].encode()] = secret

    def search(self, where, data):
        for needle, secret in self._needles.items():
            if needle in data:
                at = data.index(needle)
                context = data[max(0, at - 60) : at].decode(errors="replace")
                raise SecretLeak(f"{where} has {secret!r} (as {needle.decode()!r}) after {context!r}")


@dataclass
class Run:
    exit_code: int
    stdout: str
    stderr: str
    report: dict = field(default_factory=dict)

    def __str__(self):
        return f"exit code {self.exit_code}\n--- stdout\n{self.stdout}--- stderr\n{self.stderr}"


class Binary:
    def __init__(self, path, folder, canaries=None):
        self.path = Path(path)
        self.canaries = canaries or Canaries()
        self._folder = folder
        self.count = 0

    def run(self, *arguments, timeout=60, environment=None):
        """Runs it and searches what it says and every file that it wrote into the test's `out` folder."""
        self.count += 1
        command = [str(self.path), *map(str, arguments)]
        env = {"PATH": os.environ["PATH"], "HOME": str(self._folder), "LANG": "C.UTF-8", **(environment or {})}
        done = subprocess.run(
            command, capture_output=True, text=True, env=env, cwd=self._folder, timeout=timeout, errors="replace"
        )
        self.canaries.search("stdout", done.stdout.encode())
        self.canaries.search("stderr", done.stderr.encode())
        return Run(done.returncode, done.stdout, done.stderr)

    def check(self, *arguments, **options):
        """`check` with text on stdout and the report as JSON in a file."""
        file = self._folder / f"report-{self.count}.json"
        run = self.run("check", "-o", "text", "-o", f"json={file}", *arguments, **options)
        if file.exists():
            data = file.read_bytes()
            self.canaries.search("the JSON report", data)
            run.report = json.loads(data)
            file.unlink()
        return run

    def snapshot(self, file, *arguments, **options):
        run = self.run("snapshot", "-o", file, *arguments, **options)
        if Path(file).exists():
            data = Path(file).read_bytes()
            self.canaries.search("the snapshot", data)
            self.canaries.search("the unpacked snapshot", gzip.decompress(data))
        return run
