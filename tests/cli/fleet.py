"""A manifests repo and cells to run celldrift against, in a temporary folder."""

import os
import pathlib
import shutil
import subprocess
import tempfile

PROJECT = pathlib.Path(__file__).resolve().parents[2]
DEMO = PROJECT / "testdata/demo"
SECRET = "hunter2-canary-5d1e"  # must never come out
UNREACHABLE = """\
apiVersion: v1
kind: Config
current-context: dead
clusters: [{name: dead, cluster: {server: "https://127.0.0.1:1", insecure-skip-tls-verify: false}}]
users: [{name: nobody, user: {token: hunter2-canary-5d1e}}]
contexts: [{name: dead, context: {cluster: dead, user: nobody}}]
"""
APPLICATION_SET = """\
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {{name: {name}, namespace: argocd}}
spec:
  generators: [{{clusters: {{}}}}]
  template:
    metadata: {{name: '{{{{name}}}}-{name}'}}
    spec:
      project: shop
      source:
        repoURL: https://git.shop.example/platform/manifests.git
        targetRevision: HEAD
        path: {path}
      destination: {{server: '{{{{server}}}}', namespace: backend}}
"""


class Fleet:
    """The demo's repo, to which tests add, and its snapshots."""

    def __init__(self, binary):
        self.binary = binary
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="celldrift-cli-"))
        self.repo = self.folder / "repo"
        subprocess.run([DEMO / "pack", "--work-tree", self.repo], check=True)
        self.kubeconfig = self.write("kubeconfig", UNREACHABLE, folder=self.folder)

    def remove(self):
        shutil.rmtree(self.folder)

    def write(self, name, text, folder=None):
        path = (folder or self.repo) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def add_application(self, name, files, path=None):
        """An ApplicationSet for every cell, and the files of its folder."""
        path = path or f"apps/{name}"
        self.write(f"applicationsets/{name}.yaml", APPLICATION_SET.format(name=name, path=path))
        for file, text in files.items():
            self.write(f"{path}/{file}", text)
        self.commit()

    def commit(self):
        who = ["-c", "user.name=Test", "-c", "user.email=test@shop.example"]
        subprocess.run(["git", "-C", self.repo, "add", "--all"], check=True)
        subprocess.run(["git", "-C", self.repo, *who, "commit", "--quiet", "--message", "Change"], check=True)

    def run(self, *arguments, environment=None, cwd=None, **options):
        env = {"PATH": os.environ["PATH"], "HOME": str(self.folder), **(environment or {})}
        command = [self.binary, *map(str, arguments)]
        return subprocess.run(
            command, capture_output=True, text=True, errors="replace", env=env, cwd=cwd or self.folder, timeout=120,
            **options,
        )

    def snapshots(self, *cells):
        return [argument for cell in cells for argument in ("--snapshot", DEMO / f"snapshots/{cell}.snap")]

    def check(self, *arguments, cells=("cell-a",), **options):
        """`check` at the demo's time line: the release of 1.3 is the newest commit but those of the test."""
        return self.run("check", "--repo", self.repo, *self.snapshots(*cells), *arguments, **options)
