"""No value of a Secret and no credential comes out, wherever a run ends: harness.binary searches all that each run says and
writes, for the texts and for their base64. Here are the runs that would have the most to tell."""

import base64
import gzip
import json
from urllib.parse import quote

from harness.cell import tokens
from harness.proxy import Answer, Fault, Proxy, body, send, status
from harness.scene import Scene

# Kept out by harness.binary like the values of the fleet's own Secrets.
password, url_token, label_value = "canary-hand-3v6t-aaaa", "canary-url-8r1p-bbbb", "canary-applied-5j2n-cccc"


class Secrets(Scene):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for text in (password, url_token, label_value):
            cls.world.binary.canaries.add(text)
        cls.change_secrets()

    @classmethod
    def change_secrets(cls):
        """Values that differ, were added and removed, and a copy of one in kubectl's annotation."""
        patch = {"stringData": {"password": password, "more": password}, "data": {"username": None}}
        cls.world.kubectl("cell-b", "-n", "backend", "patch", "secret/store-credentials", f"--patch={json.dumps(patch)}")
        manifest = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "api-key", "namespace": "backend"},
                    "stringData": {"key": label_value}}
        cls.world.kubectl("cell-c", "apply", "-f", "-", stdin=json.dumps(manifest))
        extra = {**manifest, "metadata": {"name": "leftover", "namespace": "backend",
                                          "labels": {"app.kubernetes.io/instance": "cell-a-backend"}}}
        cls.world.kubectl("cell-a", "apply", "-f", "-", stdin=json.dumps(extra))

    # What is planted where nothing else of the fleet is, in a cell and in Git

    planted = 'canary-p"q/r+s-1k9z'
    forms = {
        "whole": planted,
        "line": f"user: store\npassword: {planted}\n",
        "url": f"postgres://store:{quote(planted, safe='')}@db.backend.svc:5432/store",
        "json": json.dumps({"auth": {"password": planted}}),
        "base64": base64.b64encode(planted.encode()).decode(),
        "argument": f"--password={planted}",
    }

    def plant(self, cell, suffix=""):
        """Copies of a Secret's value in all places that take a text; with a suffix, other texts."""
        texts = {name: text + suffix for name, text in self.forms.items()}
        everything = [
            {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "planted", "namespace": "backend"},
             "stringData": {"password": self.planted}},
            {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "planted", "namespace": "backend",
                                                                   "annotations": texts}, "data": texts},
            {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "planted", "namespace": "backend"},
             "spec": {"schedule": "@daily", "jobTemplate": {"spec": {"template": {"spec": {
                 "restartPolicy": "Never", "containers": [{
                     "name": "job", "image": "job:1.0", "args": list(texts.values()),
                     "env": [{"name": name.upper(), "value": text} for name, text in texts.items()]}]}}}}}},
        ]
        if cell is None:
            return "---\n".join(json.dumps(one) + "\n" for one in everything)
        for one in everything:
            self.world.kubectl(cell, "apply", "-f", "-", stdin=json.dumps(one))

    def test_copies_of_a_value_in_other_objects(self):
        self.world.binary.canaries.add(self.planted)
        before = self.world.repo.head
        self.world.repo.write("apps/backend/planted.yaml", self.plant(None))
        self.world.repo.commit("Plant")
        self.addCleanup(self.world.repo.reset, before)
        for cell in ("cell-a", "cell-b", "cell-c"):
            self.plant(cell)
        run = self.world.check("-v", "--explain")
        self.assertEqual([], [one for one in run.report["findings"] if one["object"]["name"] == "planted"])

        self.plant("cell-b", suffix="\nmore")
        run = self.world.check("-v", "--explain")
        found = [one for one in run.report["findings"] if one["object"]["name"] == "planted"]
        paths = {one["pathText"] for one in found if one["object"]["kind"] == "ConfigMap"}
        self.assertEqual({f"{field}.{name}" for field in ("data", "metadata.annotations") for name in self.forms}, paths)
        for finding in found:
            for form in ("text", "json"):
                where = ("--repo", self.world.repo.path, *self.contexts())
                told = self.world.binary.run("explain", finding["fingerprint"], "-v", "-o", form, *where)
                self.assertEqual(0, told.exit_code, told)
        self.world.binary.run("check", "-o", "decisions", "--repo", self.world.repo.path, *self.contexts())
        for form in ("yaml", "json"):
            self.world.binary.run("render", "-o", form, "--repo", self.world.repo.path, *self.contexts())
        for cell in ("cell-a", "cell-b"):
            where = ("--kubeconfig", self.world.readonly, "--context", cell)
            file = self.world.folder / f"planted-{cell}.snap"
            self.assertEqual(0, self.world.binary.snapshot(file, "-v", *where).exit_code)
        run = self.world.binary.run("check", "-o", "json", "--repo", self.world.repo.path,
                                    "--snapshot", self.world.folder / "planted-cell-a.snap")
        found = [one for one in json.loads(run.stdout)["findings"] if one["object"]["name"] == "planted"]
        self.assertEqual([], found)

    def contexts(self):
        return ("--kubeconfig", self.world.readonly, "--context", "cell-*")

    def test_the_differences_are_found_all_the_same(self):
        run = self.world.check("-v")
        told = {(one["rule"], one["object"]["name"], one["pathText"]) for one in run.report["findings"]}
        self.assertEqual({
            ("drift/modified", "store-credentials", "data.password"),
            ("drift/added", "store-credentials", "data.more"),
            ("drift/removed", "store-credentials", "data.username"),
            ("drift/modified", "api-key", "data.key"),
            ("extra", "leftover", ""),
        }, told)
        for finding in run.report["findings"]:
            for side in ("want", "have"):
                if finding["object"]["name"] != "leftover" and finding[side] is not None:
                    self.assertRegex(finding[side], r"^hmac-sha256:[0-9a-f]{32}$")

    def test_every_command_and_format(self):
        repo = ("--repo", self.world.repo.path)
        commands = {
            "check": ("text", "json"),
            "apps": ("table", "yaml", "json", "name"),
            "render": ("yaml", "json", "name"),
        }
        for command, formats in commands.items():
            for form in formats:
                with self.subTest(f"{command} -o {form}"):
                    run = self.world.binary.run(command, "-v", "-o", form, *repo, *self.contexts())
                    self.assertEqual(1 if command == "check" else 0, run.exit_code, run)
                    self.assertNotEqual("", run.stdout)
        self.assertEqual(0, self.world.binary.run("cells", "-v", *self.contexts()).exit_code)

    def test_snapshots_under_each_kind_of_key(self):
        key = self.world.folder / "fleet.key"
        key.write_text("a key of the fleet, which is long enough\n")
        for arguments in ((), ("--secret-key-file", key)):
            for cell in ("cell-a", "cell-b", "cell-c"):
                file = self.world.folder / f"{cell}.snap"
                where = ("--kubeconfig", self.world.readonly, "--context", cell)
                self.assertEqual(0, self.world.binary.snapshot(file, "-v", *where, *arguments).exit_code)

    def test_a_snapshot_has_no_annotation_that_argocd_masks(self):
        masked, name = "masked-by-argo-cd-2k8v", "example.com/pin"
        self.world.kubectl("cell-a", "-n", "backend", "annotate", "configmap/web-config", f"{name}={masked}")
        self.addCleanup(self.world.kubectl, "cell-a", "-n", "backend", "annotate", "configmap/web-config", f"{name}-")
        settings = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "argocd-cm"},
                    "data": {"resource.sensitive.mask.annotations": name}}
        file = self.world.folder / "argocd-cm.yaml"
        file.write_text(json.dumps(settings))
        where = ("--kubeconfig", self.world.readonly, "--context", "cell-a")
        recorded = self.world.folder / "masked.snap"
        for arguments, is_hidden in (((), False), (("--argocd-cm", file), True)):
            self.assertEqual(0, self.world.binary.snapshot(recorded, *where, *arguments).exit_code)
            self.assertEqual(is_hidden, masked.encode() not in gzip.decompress(recorded.read_bytes()))

    def test_requests_that_are_refused(self):
        for code in (401, 403, 500):
            with self.subTest(code), Proxy(self.world.cells["cell-b"], [Fault("^/", status(code))]) as between:
                config = self.world.kubeconfig_with("cell-b", server=between.address)
                self.assertEqual(1, self.world.check("-v", "--timeout", "5s", kubeconfig=config).exit_code)

    def test_an_answer_that_is_broken_inside_a_secret(self):
        broken = b'{"kind":"SecretList","apiVersion":"v1","items":[{"data":{"password":"' + password.encode() + b'"'
        with Proxy(self.world.cells["cell-b"], [Fault("/secrets", body(broken))]) as between:
            config = self.world.kubeconfig_with("cell-b", server=between.address)
            run = self.world.check("-v", "--timeout", "8s", kubeconfig=config)
        self.assertFalse(run.report["complete"])
        self.assertIn("Secret", " ".join(self.problems_of(run, "cell-b")))

    def test_a_server_that_repeats_the_token_in_its_error(self):
        text = json.dumps({"kind": "Status", "status": "Failure", "code": 403,
                           "message": f"token {tokens['readonly']} is not welcome"}).encode()

        def repeat(handler, _answer):
            send(handler, Answer(403, [("Content-Type", "application/json")], text))

        with Proxy(self.world.cells["cell-b"], [Fault("/deployments", repeat)]) as between:
            config = self.world.kubeconfig_with("cell-b", server=between.address)
            self.assertFalse(self.world.check("-v", kubeconfig=config).report["complete"])

    def test_files_that_cannot_be_read_as_what_they_should_be(self):
        broken = self.world.folder / "broken.kubeconfig"
        text = self.world.readonly.read_text()
        for name, spoilt in {
            "yaml": text + "  users: [\n",
            "type": text.replace(f"token: {tokens['readonly']}", f"token: [{tokens['readonly']}]"),
            "certificate": text.replace("certificate-authority-data: ", "certificate-authority-data: '!'"),
        }.items():
            with self.subTest(name):
                broken.write_text(spoilt)
                run = self.world.check("-v", kubeconfig=broken)
                self.assertIn(run.exit_code, (2, 3), run)

    def test_credentials_in_the_address_of_the_repo(self):
        url = f"https://fleet:{url_token}@127.0.0.1:1/fleet/manifests.git"
        run = self.world.binary.run("check", "-v", "--repo", url, *self.contexts())
        self.assertEqual(2, run.exit_code, run)
        self.assertIn("127.0.0.1", run.stderr)
