"""Asks the oracle: Argo CD's own code, built from main.go beside this file."""
import json
import pathlib
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
TESTDATA = HERE.parent.parent.parent / "testdata"


def version():
    for line in (HERE / "go.mod").read_text().splitlines():
        if line.strip().startswith("github.com/argoproj/argo-cd/v3 "):
            return "argo-cd " + line.split()[1]
    raise SystemExit("go.mod names no argo-cd")


def build(folder):
    path = pathlib.Path(folder) / "oracle"
    subprocess.run(["go", "build", "-o", path, "."], cwd=HERE, check=True)
    return path


class Oracle:
    """One process of it, asked line by line."""

    def __init__(self, program, kind):
        self.process = subprocess.Popen([program, kind], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, question):
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())
