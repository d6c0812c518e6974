"""An S3 server on 127.0.0.1 that checks signatures (tests/oracles/s3)."""

import functools
import json
import pathlib
import subprocess

PROJECT = pathlib.Path(__file__).resolve().parents[2]
ACCESS_KEY = "AKIDCELLDRIFT"
BUCKET = "fleet"


@functools.cache
def program():
    """None where there is no Go to build it with."""
    built = subprocess.run([PROJECT / "scripts/oracles"], capture_output=True, text=True, check=True).stdout.strip()
    return pathlib.Path(built) / "s3" if built else None


class S3Server:
    """Serves in a `with`. `objects` maps keys to files."""

    def __init__(self, secret_key, objects):
        self.secret_key = secret_key
        self.objects = objects

    def __enter__(self):
        command = [program(), ACCESS_KEY, self.secret_key, BUCKET]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for key, file in self.objects.items():
            self._process.stdin.write(json.dumps({"key": key, "file": str(file)}) + "\n")
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        self.address = self._process.stdout.readline().strip()
        return self

    def __exit__(self, *_error):
        self._process.communicate()

    def environment(self, **more):
        return {
            "AWS_ENDPOINT_URL_S3": self.address,
            "AWS_REGION": "eu-west-1",
            "AWS_ACCESS_KEY_ID": ACCESS_KEY,
            "AWS_SECRET_ACCESS_KEY": self.secret_key,
            **more,
        }
