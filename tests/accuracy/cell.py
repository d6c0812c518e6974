"""One cell with every manifest set applied in one way, and the repo that describes it."""

import json
import subprocess

from harness import assets, kubeconfig, rights
from harness.binary import Binary
from harness.cell import Cell, tokens
from harness.kubectl import Kubectl

import sets
from schema import Schemas
from ways import Application, as_applied
from wire import Refused, Wire

# What the sets and their mutations must not be able to do is to change how the server treats the others.
_flags = (
    "--enable-admission-plugins=ServiceAccount",
    "--disable-admission-plugins=ResourceQuota,MutatingAdmissionWebhook,ValidatingAdmissionWebhook,"
    "ValidatingAdmissionPolicy,MutatingAdmissionPolicy",
    "--runtime-config=api/all=true",
    "--service-cluster-ip-range=10.0.0.0/20",
)
_application_set = """\
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {{name: {name}, namespace: argocd}}
spec:
  generators: [{{clusters: {{}}}}]
  template:
    metadata: {{name: '{{{{name}}}}-{name}'}}
    spec: {{
      project: default,
      source: {{repoURL: 'https://git.example.com/accuracy.git', targetRevision: HEAD, path: {path}, directory: {{recurse: true}}}},
      destination: {{server: '{{{{server}}}}', namespace: {namespace}}},
      {more}
    }}
"""


class AccuracyCell:
    def __init__(self, folder, binary, way, version="", seed=""):
        self.way = way
        self._seed = seed  # of the sets that are drawn
        self._objects = ()
        self._applications = {}  # of each object, by its identity: one for each set
        self.folder = folder
        self.repo = folder / "repo"
        self._cell = Cell("cell", folder / "cell", version, _flags)
        self._binary = Binary(binary, folder)

    def start(self, with_sets=True):
        self._cell.start()
        self.repo.mkdir()
        self._git("init", "--quiet", "--initial-branch=main")
        self._git("remote", "add", "origin", "https://git.example.com/accuracy.git")
        self._cell.wait()
        rights.grant(self._cell)
        self._readonly = kubeconfig.write(self.folder / "readonly.kubeconfig", [self._cell])
        self.admin = kubeconfig.write(self.folder / "admin.kubeconfig", [self._cell], "admin")
        self.kubectl = Kubectl(self.admin, self.folder)
        self.wire = Wire(self._cell.server, self._cell.certificate, tokens["admin"])
        self.version = self.wire.request("GET", "/version")["gitVersion"]
        self.sets = sets.copy_into(self.repo, self._can_take, self._seed) if with_sets else []

    def _can_take(self, case):
        minor = [int(part) for part in self.version.removeprefix("v").split(".")[:2]]
        since = [int(part) for part in case.get("since", "1.0").split(".")]
        return since <= minor and self.wire.serves(case["stated"])

    def stop(self):
        self._cell.kill()

    def _git(self, *arguments):
        command = ["git", "-C", self.repo, "-c", "user.name=a", "-c", "user.email=a@example.com", *arguments]
        subprocess.run(command, check=True, capture_output=True)

    # Applying

    def apply_sets(self):
        """Applies all sets; returns the objects as Git states them, each once."""
        for object in sets.support:
            self._create(object)
        for definitions in (True, False):
            objects = self._parse(definitions)
            self.apply(objects)
            if definitions:
                self._wait_for_definitions(objects)
                self._create_accounts(objects)
        self.schemas = Schemas(self.wire)
        return self._objects

    def _create(self, object):
        try:
            self.wire.create(object, "setup")
        except Refused as refused:
            if refused.status != 409:
                raise

    def _create_accounts(self, objects):
        """What a controller makes in every namespace, and pods need."""
        for namespace in (one["metadata"]["name"] for one in objects if one["kind"] == "Namespace"):
            self._create({"apiVersion": "v1", "kind": "ServiceAccount",
                          "metadata": {"name": "default", "namespace": namespace}})

    def _parse(self, definitions):
        """kubectl's own reading of the files."""
        found = []
        for one in self.sets:
            names = [f"--filename={path}" for path in sets.files(one, definitions)]
            if not names:
                continue
            kubectl = Kubectl(self._kubeconfig_in(one.namespace), self.folder)
            printed = kubectl.run("cell", "create", "--dry-run=client", "--validate=false", "-o", "json", *names)
            documents = _documents(printed)
            found += documents
            application = Application(application_of(one.name), one.namespace)
            self._applications.update({_identity(object): application for object in documents})
        unique = {_identity(object): object for object in found}
        self._objects = [*self._objects, *unique.values()]
        return list(unique.values())

    def _kubeconfig_in(self, namespace):
        """A namespace of the context is the default of objects that name none; --namespace refuses those that name another."""
        text = self.admin.read_text().replace("    user: cell-user\n", f"    user: cell-user\n    namespace: {namespace}\n")
        path = self.folder / f"{namespace}.kubeconfig"
        path.write_text(text)
        return path

    def application(self, object):
        return self._applications[_identity(object)]

    def as_applied(self, object, application=None):
        """What is sent to the cell for an object that Git has."""
        return as_applied(object, self.way, self.wire.is_namespaced(object), application or self.application(object))

    def apply(self, objects, application=None):
        """The real kubectl apply, in this cell's way."""
        if not objects:
            return
        listed = [self.as_applied(object, application) for object in objects]
        text = json.dumps({"apiVersion": "v1", "kind": "List", "items": listed})
        self.kubectl.run("cell", "apply", "--validate=false", *self.way.arguments, "-f", "-", stdin=text)

    def _wait_for_definitions(self, objects):
        names = [f"crd/{one['metadata']['name']}" for one in objects if one["kind"] == "CustomResourceDefinition"]
        self.kubectl.run("cell", "wait", "--for=condition=established", "--timeout=60s", *names)

    # What other tools need

    @property
    def kubectl_program(self):
        return assets.program("kubectl")

    def openapi_v2(self):
        return self.wire.raw("/openapi/v2", "application/com.github.proto-openapi.spec.v2@v1.0+protobuf")

    # Describing

    def describe_sets(self):
        for one in self.sets:
            self.describe(one.name, f"sets/{one.name}", one.namespace)
        self.commit()

    def describe(self, name, path, namespace, more=None):
        """An ApplicationSet that makes an Application of this cell; `more` of its spec."""
        self.write(f"argocd/{name}.yaml", _application_set.format(
            name=name, path=path, namespace=namespace, more=json.dumps(more or {})[1:-1]))

    def describe_objects(self, objects):
        """One file for each object, in place of the sets' own."""
        for one in self.sets:
            self.describe(one.name, f"objects/{application_of(one.name)}", one.namespace)
        for number, object in enumerate(objects):
            self.state(number, object, as_json(object))
        self.commit()

    def state(self, number, object, text):
        """What Git says of an object."""
        self.write(f"objects/{self.application(object).name}/{number:04}.yaml", text)

    def write(self, file, text):
        path = self.repo / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def commit(self):
        self._git("add", "--all")
        self._git("commit", "--quiet", "--message=State")

    # Looking

    def check(self, *arguments):
        """celldrift with nothing but read permission."""
        return self._binary.check("--repo", self.repo, "--worktree", "--kubeconfig", self._readonly, "--context", "cell",
                                  *arguments, timeout=300)


def application_of(name):
    """What the ApplicationSet of that name makes for the cell."""
    return f"cell-{name}"


def as_json(object):
    """JSON that is YAML as well: YAML knows no surrogate pairs."""
    return json.dumps(object, indent=1, ensure_ascii=False)


def _documents(printed):
    """kubectl prints one object, a List, or several documents one after another."""
    decoder, at, found = json.JSONDecoder(), 0, []
    while at < len(printed.rstrip()):
        one, at = decoder.raw_decode(printed, at)
        found += one["items"] if one["kind"] == "List" else [one]
        while at < len(printed) and printed[at].isspace():
            at += 1
    return found


def _identity(object):
    group = object["apiVersion"].rpartition("/")[0]
    metadata = object["metadata"]
    return group, object["kind"], metadata.get("namespace"), metadata["name"]
