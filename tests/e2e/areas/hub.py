"""Cells, and what generators ask of Argo CD's namespace, read live from the cluster that Argo CD runs in."""

import base64
import json
import socket
import threading

from harness.cell import free_ports, tokens
from harness.kubeconfig import write
from harness.scene import Scene
from recording_server import RecordingServer

cluster_label = {"argocd.argoproj.io/secret-type": "cluster"}
namespaces = "/api/v1/namespaces"

application_set = """\
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {{name: {name}, namespace: argocd}}
spec:
  generators:
  - {generator}
  template:
    metadata: {{name: '{{{{name}}}}-{name}'}}
    spec:
      project: default
      source: {{repoURL: 'https://git.example.com/m.git', path: apps/backend, targetRevision: HEAD}}
      destination: {{server: '{{{{server}}}}', namespace: backend}}
"""


class Hub(Scene):
    cells = ("hub", "cell-a")
    applied = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hub = cls.world.cells["hub"].api()
        cls.hub.create(namespaces, {"metadata": {"name": "argocd"}})
        for secret in ("basic-password-1f0c", "plugin-token-6b1d"):
            cls.world.binary.canaries.add(secret)

    def setUp(self):
        self.cell = self.world.cells["cell-a"]

    def tearDown(self):
        for kind in ("secrets", "configmaps"):
            for item in self.hub.read(f"{namespaces}/argocd/{kind}")["items"]:
                if item["metadata"]["name"] != "kube-root-ca.crt":
                    self.hub.delete(f"{namespaces}/argocd/{kind}/{item['metadata']['name']}")

    # Writing

    def tls(self, **more):
        return {"caData": base64.b64encode(self.cell.certificate.read_bytes()).decode(), **more}

    def add_cluster(self, name, config, server=None, labels=None, namespace="argocd"):
        data = {"name": name, "server": server or self.cell.server, "config": json.dumps(config)}
        metadata = {"name": f"cluster-{name}", "labels": {**cluster_label, **(labels or {})}}
        self.hub.create(f"{namespaces}/{namespace}/secrets", {"metadata": metadata, "stringData": data})

    def add_config_map(self, name, data):
        self.hub.create(f"{namespaces}/argocd/configmaps", {"metadata": {"name": name}, "data": data})

    def write_file(self, name, text, mode=0o644):
        path = self.world.folder / name
        path.write_text(text)
        path.chmod(mode)
        return path

    # Running

    def run_hub(self, command, *arguments, user="admin", special=None, **options):
        kubeconfig = write(self.world.folder / "hub.kubeconfig", [self.world.cells["hub"]], user, special)
        return self.world.binary.run(
            command, "--kubeconfig", kubeconfig, "--hub-context", "hub", *arguments, **options
        )

    def cells_of_hub(self, *arguments, **options):
        run = self.run_hub("cells", "-o", "json", "--timeout", "20s", *arguments, **options)
        return {cell["name"]: cell for cell in json.loads(run.stdout)}, run

    def apps(self, generator, *arguments, name="backend", **options):
        file = self.write_file("set.yaml", application_set.format(name=name, generator=generator))
        return self.run_hub("apps", "--applicationset", file, *arguments, **options)

    # Cells

    def test_every_way_to_sign_in(self):
        plugin = self.write_file(
            "plugin",
            '#!/bin/sh\n[ "$1" = --for ] && [ "$TOKEN" ] && printf \'{"kind":"ExecCredential",'
            '"apiVersion":"client.authentication.k8s.io/v1beta1","status":{"token":"%s"}}\' "$TOKEN"\n',
            0o755,
        )
        exec_config = {
            "command": str(plugin),
            "args": ["--for"],
            "env": {"TOKEN": tokens["admin"]},
            "apiVersion": "client.authentication.k8s.io/v1beta1",
        }
        certificate = {
            name: base64.b64encode((self.cell.folder / f"client.{end}").read_bytes()).decode()
            for name, end in (("certData", "crt"), ("keyData", "key"))
        }
        token = tokens["admin"]
        with Tunnel() as tunnel:
            ways = {
                "token": {"bearerToken": token, "tlsClientConfig": self.tls()},
                "insecure": {"bearerToken": token, "tlsClientConfig": {"insecure": True}},
                "server-name": {"bearerToken": token, "tlsClientConfig": self.tls(serverName="kubernetes")},
                "certificate": {"tlsClientConfig": self.tls(**certificate)},
                "exec": {"execProviderConfig": exec_config, "tlsClientConfig": self.tls()},
                "exec-first": {
                    "execProviderConfig": exec_config, "bearerToken": "wrong", "tlsClientConfig": self.tls()
                },
                "proxy": {"bearerToken": token, "tlsClientConfig": self.tls(), "proxyUrl": tunnel.address},
                "plain": {"bearerToken": token, "tlsClientConfig": self.tls(), "disableCompression": True},
            }
            refused = {
                "basic": ({"username": "admin", "password": "basic-password-1f0c"}, "anonymous"),
                "nobody": ({"bearerToken": tokens["nobody"]}, "forbidden"),
                "no-authority": ({"bearerToken": token, "tlsClientConfig": {}}, "certificate"),
                "other-name": ({"bearerToken": token, "tlsClientConfig": self.tls(serverName="other")}, "other"),
                "no-plugin": ({"execProviderConfig": {**exec_config, "command": "celldrift-no-such-plugin",
                                                      "installHint": "get it from us"}}, "get it from us"),
                "aws": ({"awsAuthConfig": {"clusterName": "prod"}}, "AWS_REGION"),
            }
            for name, config in ways.items():
                self.add_cluster(name, config)
            for name, (config, _words) in refused.items():
                self.add_cluster(name, {"tlsClientConfig": self.tls(), **config})
            cells, run = self.cells_of_hub()
        self.assertEqual(set(ways) | set(refused) | {"in-cluster"}, set(cells), run)
        for name in [*ways, "in-cluster"]:
            with self.subTest(name):
                self.assertTrue(cells[name]["reachable"], cells[name])
                self.assertEqual("v1.35.1", cells[name]["kubernetesVersion"])
        for name, (_config, words) in refused.items():
            with self.subTest(name):
                self.assertFalse(cells[name]["reachable"] and name != "nobody", cells[name])
                if not cells[name]["reachable"]:
                    self.assertIn(words, cells[name]["reason"])
        self.assertGreater(tunnel.connections, 0)
        self.assertEqual(3, run.exit_code)
        self.assertIn("insecure are not verified", run.stderr)

    def test_labels_select_and_the_implicit_entry_is_there(self):
        for name in ("a", "b"):
            self.add_cluster(name, {"tlsClientConfig": self.tls()}, labels={"tier": name})
        run = self.apps("clusters: {}", "-o", "name")
        self.assertEqual("a-backend\nb-backend\nin-cluster-backend\n", "".join(sorted(run.stdout.splitlines(True))), run)
        run = self.apps("clusters: {selector: {matchLabels: {tier: b}}}", "-o", "name")
        self.assertEqual("b-backend\n", run.stdout, run)

    def test_the_hub_itself_can_be_disabled(self):
        self.add_config_map("argocd-cm", {"cluster.inClusterEnabled": "false"})
        run = self.apps("clusters: {}", "-o", "table")
        self.assertEqual(3, run.exit_code, run)
        self.assertIn("is disabled", run.stderr)
        run = self.apps("clusters: {}", "-o", "yaml")  # the generator makes it all the same, as in Argo CD
        self.assertEqual(0, run.exit_code, run)
        self.assertIn("in-cluster-backend", run.stdout)
        self.assertIn("is disabled", run.stderr)

    def test_another_namespace(self):
        self.hub.create(namespaces, {"metadata": {"name": "gitops"}})
        self.add_cluster("there", {"tlsClientConfig": self.tls()}, namespace="gitops")
        cells, run = self.cells_of_hub("--argocd-namespace", "gitops")
        self.assertEqual({"there", "in-cluster"}, set(cells), run)

    def test_the_cells_of_the_hub_are_checked(self):
        token = {"bearerToken": tokens["readonly"], "tlsClientConfig": self.tls()}
        for name in ("cell-a", "cell-b"):
            self.add_cluster(name, token)
        report = self.world.folder / "hub-report.json"
        run = self.run_hub("check", "--repo", self.world.repo.path, "-o", f"json={report}", user="readonly")
        self.assertEqual(1, run.exit_code, run)
        findings = json.loads(report.read_text())["findings"]
        missing = {(cell, one["object"]["name"]) for one in findings for cell in one["cells"]
                   if one["category"] == "missing"}
        for cell in ("cell-a", "cell-b", "in-cluster"):
            self.assertIn((cell, "web"), missing)

    def test_what_the_hub_ignores_is_honoured(self):
        rule = "jsonPointers: [/spec/none]\n"
        self.add_config_map("argocd-cm", {"resource.customizations.ignoreDifferences.example.com_Thing": rule})
        self.add_cluster("cell-a", {"bearerToken": tokens["readonly"], "tlsClientConfig": self.tls()})
        report = self.world.folder / "hub-ignored.json"
        run = self.run_hub("check", "--repo", self.world.repo.path, "-o", f"json={report}", user="readonly")
        messages = " ".join(problem["message"] for problem in json.loads(report.read_text())["problems"])
        self.assertIn("ignoreDifferences.example.com_Thing is about no object", messages, run)

    # A hub that does not answer

    def test_a_hub_that_cannot_be_read_is_no_empty_fleet(self):
        [port] = free_ports(1)
        cases = {
            "unreachable": ({"special": {"hub": {"server": f"https://127.0.0.1:{port}"}}}, ("hub", "secrets")),
            "forbidden": ({"user": "nobody"}, ("forbidden", "list secrets in namespace argocd")),
            "unknown": ({"special": {"hub": {"token": "no-such-token"}}}, ("401", "secrets")),
        }
        for name, (options, words) in cases.items():
            for command in ("cells", "check", "render", "apps"):
                with self.subTest(f"{name}: {command}"):
                    repo = () if command == "cells" else ("--repo", self.world.repo.path)
                    time = () if command == "render" else ("--timeout", "3s")
                    run = self.run_hub(command, *repo, *time, **options)
                    self.assertEqual(2, run.exit_code, run)
                    self.assertEqual("", run.stdout)
                    self.assertEqual(1, run.stderr.count("\n"), run)
                    for word in words:
                        self.assertIn(word, run.stderr)

    def test_offline_asks_no_hub(self):
        run = self.run_hub("apps", "--repo", self.world.repo.path, "--offline")
        self.assertEqual(2, run.exit_code, run)
        self.assertIn("--offline", run.stderr)

    # Objects of Argo CD's namespace

    def test_cluster_decisions_come_from_the_hub(self):
        group = "cluster.open-cluster-management.io"
        self.define(group, "v1beta1", "PlacementDecision", "placementdecisions")
        self.add_config_map(
            "placement",
            {"apiVersion": f"{group}/v1beta1", "kind": "placementdecisions", "statusListKey": "decisions",
             "matchKey": "clusterName"},
        )
        for name in ("a", "b"):
            self.add_cluster(name, {"tlsClientConfig": self.tls()})
        path = f"/apis/{group}/v1beta1/namespaces/argocd/placementdecisions"
        for name, clusters in (("two", ["b", "nobody"]), ("one", ["a"])):
            self.hub.create(path, {
                "apiVersion": f"{group}/v1beta1", "kind": "PlacementDecision",
                "metadata": {"name": name, "labels": {"placement": "all"}},
                "status": {"decisions": [{"clusterName": cluster, "reason": "fit"} for cluster in clusters]},
            })
        generator = "clusterDecisionResource: {configMapRef: placement, labelSelector: {matchLabels: {placement: all}}}"
        run = self.apps(generator, "-o", "yaml")
        self.assertEqual(0, run.exit_code, run)
        names = [line for line in run.stdout.splitlines() if line.startswith("  name: ")]
        self.assertEqual(["  name: a-backend", "  name: b-backend"], names, run)

    def test_app_projects_of_the_hub_are_held_against_applications(self):
        self.define("argoproj.io", "v1alpha1", "AppProject", "appprojects")
        path = "/apis/argoproj.io/v1alpha1/namespaces/argocd/appprojects"
        self.hub.create(path, {
            "apiVersion": "argoproj.io/v1alpha1", "kind": "AppProject", "metadata": {"name": "default"},
            "spec": {"sourceRepos": ["*"], "destinations": [{"server": "*", "namespace": "elsewhere"}]},
        })
        self.add_cluster("cell-a", {"tlsClientConfig": self.tls()})
        run = self.run_hub("apps", "--repo", self.world.repo.path, "--cell", "cell-a", "-o", "name")
        self.assertEqual(3, run.exit_code, run)
        self.assertIn("do not match any of the allowed destinations in project 'default'", run.stderr)
        self.hub.replace(f"{path}/default", {**self.hub.read(f"{path}/default"), "spec": {
            "sourceRepos": ["*"], "destinations": [{"server": "*", "namespace": "*"}],
            "clusterResourceWhitelist": [{"group": "*", "kind": "*"}],
        }})
        run = self.run_hub("apps", "--repo", self.world.repo.path, "--cell", "cell-a", "-o", "name")
        self.assertNotIn("allowed destinations", run.stderr)

    def test_a_plugin_is_where_the_hub_says_and_its_answers_can_be_recorded(self):
        with plugin_that_gives([{"name": "from-plugin", "server": "https://kubernetes.default.svc"}]) as plugin:
            self.add_config_map("plugin", {"baseUrl": plugin.address, "token": "$plugin-secret:token"})
            generator = "plugin: {configMapRef: {name: plugin}, input: {parameters: {ring: canary}}}"
            recorded = self.world.folder / "recorded.yaml"
            environment = {"CELLDRIFT_PLUGIN_TOKEN": "plugin-token-6b1d", "CELLDRIFT_PLUGIN_URL": plugin.address}
            run = self.apps(generator, "-o", "yaml", "--record", recorded, environment=environment)
            self.assertEqual(0, run.exit_code, run)
            self.assertIn("name: from-plugin-backend\n", run.stdout)
            [asked] = plugin.asked
            self.assertEqual("Bearer plugin-token-6b1d", asked.authorization)
            self.assertEqual({"parameters": {"ring": "canary"}}, json.loads(asked.body)["input"])
        self.assertNotIn("plugin-token", recorded.read_text())
        self.assertIn("kind: ConfigMap", recorded.read_text())
        file = self.world.folder / "set.yaml"
        again = self.world.binary.run(
            "apps", "--applicationset", file, "--offline", "--generator-inputs", recorded, "-o", "yaml"
        )
        self.assertEqual((0, run.stdout), (again.exit_code, again.stdout), again)
        alone = self.world.binary.run("apps", "--applicationset", file, "--offline", "-o", "yaml")
        self.assertEqual((2, ""), (alone.exit_code, alone.stdout), alone)

    def define(self, group, version, kind, plural):
        schema = {"type": "object", "x-kubernetes-preserve-unknown-fields": True}
        self.hub.create("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", {
            "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
            "metadata": {"name": f"{plural}.{group}"},
            "spec": {
                "group": group, "scope": "Namespaced",
                "names": {"kind": kind, "plural": plural, "singular": kind.lower(), "listKind": f"{kind}List"},
                "versions": [{"name": version, "served": True, "storage": True,
                              "schema": {"openAPIV3Schema": schema}}],
            },
        })
        self.world.kubectl("hub", "wait", "--for=condition=established", f"crd/{plural}.{group}", "--timeout=30s")


def plugin_that_gives(parameters):
    """A generator plugin that always gives the same parameters."""

    def answer(question):
        status = 200 if (question.method, question.path) == ("POST", "/api/v1/getparams.execute") else 404
        return status, json.dumps({"output": {"parameters": parameters}})

    return RecordingServer(answer)


class Tunnel:
    """An HTTP proxy that only knows CONNECT."""

    def __init__(self):
        self.connections = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self):
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_error):
        self._listener.close()

    def _accept(self):
        while True:
            try:
                client, _address = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    @staticmethod
    def _serve(client):
        head = b""
        while b"\r\n\r\n" not in head:
            head += client.recv(4096)
        host, port = head.split()[1].decode().rsplit(":", 1)
        with client, socket.create_connection((host, int(port))) as server:
            client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=_copy, args=(server, client), daemon=True)
            back.start()
            _copy(client, server)
            back.join()


def _copy(source, target):
    try:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass
