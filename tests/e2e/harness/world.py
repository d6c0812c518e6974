"""The whole scene of a test: cells, a manifests repo that describes them, kubectl and the binary under test."""

import dataclasses
import json
import shutil
from concurrent.futures import ThreadPoolExecutor

from . import assets, kubeconfig, rights
from .binary import Binary, Canaries
from .cell import Cell
from .kubectl import Kubectl
from .repo import Repo

testdata = assets.project / "testdata"
secrets = ["canary-password-7h3k", "canary-user-9q2x", "canary-api-key-4m8w"]

# How a fleet is applied: kubectl's arguments, and so who owns the fields.
client_side = ()
server_side = ("--server-side",)
as_argocd = ("--server-side", "--field-manager=argocd-controller")

# Folder of the repo -> namespace of the Application's destination, in the order to apply them.
applications = {"platform": "default", "apps/backend": "backend", "apps/edge": "edge"}
# Only these cells run the edge: see testdata/e2e/fleet/argocd/edge.yaml.
edge_cells = ("cell-a", "cell-b")


class World:
    def __init__(self, work_folder, binary, cells=("cell-a", "cell-b", "cell-c"), versions=None, fleet="e2e/fleet"):
        """`versions`: cell -> Kubernetes minor, where it is not the newest. `fleet`: the repo's files, in testdata."""
        self.folder = work_folder.path
        self.cells = {name: Cell(name, self.folder / "cells" / name, (versions or {}).get(name, "")) for name in cells}
        self._fleet = testdata / fleet
        canaries = Canaries()
        for secret in secrets:
            canaries.add(secret)
        self.binary = Binary(binary, self.folder, canaries)

    def start(self):
        for cell in self.cells.values():
            cell.start()
        self.repo = Repo(self.folder / "manifests", self._fleet)
        for cell in self.cells.values():
            cell.wait()
            rights.grant(cell)
        everything = list(self.cells.values())
        self.admin = kubeconfig.write(self.folder / "admin.kubeconfig", everything, "admin")
        self.readonly = kubeconfig.write(self.folder / "readonly.kubeconfig", everything)
        self._kubectl = Kubectl(self.admin, self.folder)

    def stop(self):
        for cell in self.cells.values():
            cell.kill()

    def kubectl(self, cell, *arguments, **options):
        return self._kubectl.run(cell, *arguments, **options)

    def api(self, cell, user_agent):
        return self.cells[cell].api(user_agent=user_agent)

    def kubeconfig_with(self, cell, **special):
        """A kubeconfig in which one cell is reached in a special way: see kubeconfig.write."""
        return kubeconfig.write(self.folder / "special.kubeconfig", list(self.cells.values()), special={cell: special})

    # Applying

    def files(self, application):
        """The manifests of an Application, as its source says: no drafts, and no hooks, which live by themselves."""
        found = sorted(path for path in (self.repo.path / application).rglob("*") if path.suffix in _suffixes)
        return [path for path in found if "drafts" not in path.parts and not path.stem.endswith("-hook")]

    def apply(self, cell, mode, only=None):
        """Applies the fleet, or the one file `only` of it, to a cell."""
        for application, namespace in applications.items():
            if application == "apps/edge" and cell not in edge_cells:
                continue
            files = [path for path in self.files(application) if only in (None, self._name(path))]
            if files:
                self._apply_files(cell, namespace, files, mode)

    def _apply_files(self, cell, namespace, files, mode):
        # A definition must be there before its objects: kubectl sorts nothing, and the server takes a moment.
        for file in files:
            if file.name.endswith(".crd.yaml"):
                self.kubectl(cell, "apply", *mode, "-f", file)
                self.kubectl(cell, "wait", "--for=condition=established", "-f", file, "--timeout=30s")
        arguments = [f"--filename={file}" for file in files]
        self.kubectl(cell, "apply", *mode, "--namespace", namespace, *arguments)

    def _name(self, path):
        return str(path.relative_to(self.repo.path))

    def apply_everywhere(self, modes):
        """Applies the fleet to all cells at once; `modes` says how to each."""
        with ThreadPoolExecutor() as pool:
            list(pool.map(lambda cell: self.apply(cell, modes[cell]), self.cells))

    def files_of_objects(self, cell):
        """"Kind namespace/name" -> the file of the repo that has it, as the cell's server sees it."""

        def objects_in(file, namespace):
            listed = self.live(cell, f"--namespace={namespace}", f"--filename={file}")
            return [(_named(object), self._name(file)) for object in listed.get("items", [listed])]

        wanted = [(file, namespace) for folder, namespace in applications.items() for file in self.files(folder)]
        with ThreadPoolExecutor() as pool:
            found = list(pool.map(lambda one: objects_in(*one), wanted))
        return dict(pair for pairs in found for pair in pairs)

    # Looking

    def check(self, *arguments, kubeconfig=None, context="cell-*", **options):
        return self.binary.check(
            "--repo", self.repo.path, "--kubeconfig", kubeconfig or self.readonly, "--context", context,
            *arguments, **options,
        )

    def place(self, finding):
        """An expected finding with its "file: text" turned into "file:line"."""
        source = finding.source and self.repo.place(finding.source)
        return dataclasses.replace(finding, source=source)

    def live(self, cell, *arguments):
        return json.loads(self.kubectl(cell, "get", "-o", "json", *arguments))

    def keep_logs(self, folder):
        """Copies what is worth reading after a failure."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("etcd-*", "*.key"))


def _named(object):
    metadata = object["metadata"]
    place = f"{metadata['namespace']}/" if "namespace" in metadata else ""
    return f"{object['kind']} {place}{metadata['name']}"


_suffixes = (".yaml", ".yml", ".json")
