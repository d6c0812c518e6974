"""`celldrift gate` on the cells of the demo: cell-a is as Git wants it, cell-b behind, cell-c edited by hand."""

import json
import subprocess
import sys

from case import Case
from fleet import PROJECT

ALL = ("cell-a", "cell-b", "cell-c")
DEPLOYMENT = "apps/backend/deployment.yaml"
WAVES = "waves: [{name: canary, cells: cell-a, soak: 10m}, {name: rest, cells: 'cell-*'}]\n"


class GateCase(Case):
    def git(self, *arguments):
        return subprocess.run(["git", "-C", self.fleet.repo, *arguments], check=True, capture_output=True, text=True).stdout

    def propose(self, **replacements):
        """A branch `next` on which texts of the backend's Deployment are others."""
        self.git("checkout", "--quiet", "-b", "next")
        path = self.fleet.repo / DEPLOYMENT
        text = path.read_text()
        for old, new in replacements.get("texts", {"backend:1.3": "backend:1.4"}).items():
            self.assertIn(old, text)
            text = text.replace(old, new)
        path.write_text(text)
        for name, content in replacements.get("files", {}).items():
            self.fleet.write(name, content)
        self.fleet.commit()
        self.git("checkout", "--quiet", "main")

    def gate(self, *arguments, cells=("cell-a",), code=0, revision="next"):
        flags = ("--revision", revision) if revision else ()
        run = self.fleet.run("gate", "--repo", self.fleet.repo, *self.fleet.snapshots(*cells), *flags, *arguments)
        self.assert_exit(code, run)
        return run

    def document(self, *arguments, **options):
        return json.loads(self.gate("-o", "json", *arguments, **options).stdout)

    def reasons(self, document, action="block"):
        return {(one["reason"], tuple(one["cells"])) for one in document["reasons"] if one["action"] == action}


class Gate(GateCase):
    def test_a_cell_in_step_lets_it_go(self):
        self.propose()
        document = self.document()
        self.assertEqual("celldrift.gate/v1", document["schema"])
        self.assertEqual(("go", True, [], ["cell-a"]),
                         (document["verdict"], document["complete"], document["reasons"], document["cells"]))
        (change,) = document["changes"]
        self.assertEqual(("backend", "in-step"), (change["component"], change["standing"]))
        (object,) = change["objects"]
        self.assertEqual(("changed", "Deployment"), (object["effect"], object["object"]["kind"]))
        (field,) = object["fields"]
        self.assertEqual(("changes", "spec.template.spec.containers[name=backend].image"),
                         (field["effect"], field["pathText"]))
        self.assertEqual(("registry.shop.example/backend:1.3", "registry.shop.example/backend:1.4"),
                         (field["from"], field["to"]))
        self.assertEqual(DEPLOYMENT, field["source"]["file"])

    def test_text_begins_with_the_verdict(self):
        self.propose()
        self.assertTrue(self.gate().stdout.startswith("GO\n"))
        text = self.gate(cells=ALL, code=1).stdout
        self.assertTrue(text.startswith("NO GO: "), text)
        self.assertLess(max(map(len, text.splitlines())), 101)
        self.assertEqual(1, self.gate("-q", cells=ALL, code=1).stdout.count("\n"))

    def test_cells_that_are_not_in_step_do_not(self):
        self.propose()
        document = self.document(cells=ALL, code=1)
        self.assertEqual({("drift", ("cell-b",)), ("drift", ("cell-c",))}, self.reasons(document))
        self.assertEqual({("reverts", ("cell-c",))}, self.reasons(document, "warn"))
        standing = {one["cell"]: one["standing"] for one in document["changes"]}
        self.assertEqual({"cell-a": "in-step", "cell-b": "drifted", "cell-c": "drifted"}, standing)
        effects = {(one["cell"], field["pathText"]): field["effect"]
                   for one in document["changes"] for object in one["objects"] for field in object["fields"]}
        self.assertEqual("reverts", effects["cell-c", "spec.replicas"])
        self.assertEqual("survives", effects["cell-c", "spec.template.spec.containers[name=backend].env[name=DEBUG_ORDERS]"])

    def test_only_some_cells(self):
        self.propose()
        self.assertEqual(["cell-a"], self.document("--cells", "cell-a", cells=ALL)["cells"])
        run = self.fleet.run("gate", "--repo", self.fleet.repo, *self.fleet.snapshots(*ALL), "--revision", "next",
                             "--cells", "cell-x")
        self.assert_refused(run, "--cells", "cell-x", "cell-a, cell-b, cell-c")

    def test_what_blocks_is_chosen(self):
        self.propose()
        document = self.document("--policy", "block=immutable,api", "ignore=reverts", cells=ALL)
        self.assertEqual("go", document["verdict"])
        self.assertEqual({("drift", ("cell-b",)), ("drift", ("cell-c",))}, self.reasons(document, "warn"))
        run = self.fleet.run("gate", "--repo", self.fleet.repo, *self.fleet.snapshots(*ALL), "--revision", "next",
                             "--policy", "block=driift")
        self.assert_refused(run, "driift", "immutable")

    def test_a_field_that_cannot_be_changed(self):
        self.propose(texts={"app.kubernetes.io/name: backend\n  template": "app.kubernetes.io/name: other\n  template",
                            "app.kubernetes.io/name: backend\n    spec": "app.kubernetes.io/name: other\n    spec"})
        document = self.document(code=1)
        self.assertEqual({("immutable", ("cell-a",))}, self.reasons(document))
        self.assertIn("spec.selector", document["reasons"][0]["message"])

    def test_a_namespace_that_is_not_there(self):
        self.propose(files={
            "apps/backend/other.yaml":
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: other, namespace: elsewhere}\n"})
        document = self.document(code=1)
        self.assertEqual({("namespace", ("cell-a",))}, self.reasons(document))

    def test_what_git_wants_already_is_no_deploy(self):
        run = self.fleet.run("gate", "--repo", self.fleet.repo, *self.fleet.snapshots("cell-a"), "--revision", "main")
        self.assert_refused(run, "--base", "already")
        run = self.fleet.run("gate", "--repo", self.fleet.repo, *self.fleet.snapshots("cell-a"))
        self.assert_refused(run, "--revision")

    def test_a_cell_that_has_it_already(self):
        document = self.document("--base", "main~1", revision="main")
        self.assertEqual("go", document["verdict"])
        self.assertEqual(["arrived"], [one["standing"] for one in document["changes"]])
        document = self.document("--base", "main~1", cells=("cell-a", "cell-b"), revision="main")
        self.assertEqual(["arrived", "in-step"], [one["standing"] for one in document["changes"]])

    def test_the_work_tree_before_it_is_committed(self):
        path = self.fleet.repo / DEPLOYMENT
        path.write_text(path.read_text().replace("replicas: 3", "replicas: 4"))
        document = self.document("--worktree", revision="")
        self.assertTrue(document["target"]["worktree"])
        self.assertEqual(["spec.replicas"], [field["pathText"] for one in document["changes"]
                                             for object in one["objects"] for field in object["fields"]])

    def test_an_application_that_is_pinned_does_not_follow(self):
        self.git("tag", "v1.3")
        path = self.fleet.repo / "applicationsets/backend.yaml"
        path.write_text(path.read_text().replace("targetRevision: main", "targetRevision: v1.3"))
        self.fleet.commit()
        self.propose()
        document = self.document()
        self.assertEqual(("go", []), (document["verdict"], document["changes"]))

    def test_a_wave_waits_for_the_earlier_ones(self):
        self.fleet.write("celldrift.yaml", WAVES)
        self.fleet.commit()
        self.propose()
        document = self.document("--wave", "rest", cells=ALL, code=1)
        self.assertEqual(["cell-b", "cell-c"], document["cells"])
        self.assertIn(("wave", ("cell-a",)), self.reasons(document))
        (wave,) = document["waves"]
        self.assertEqual(("canary", 600, "behind"), (wave["name"], wave["soakSeconds"], wave["cells"][0]["state"]))
        self.assertEqual(document, self.document("--wave", "2", cells=ALL, code=1))
        self.assertEqual("go", self.document("--wave", "canary", cells=ALL)["verdict"])
        run = self.fleet.run("gate", "--repo", self.fleet.repo, *self.fleet.snapshots(*ALL), "--revision", "next",
                             "--wave", "3")
        self.assert_refused(run, "--wave 3", "canary, rest")

    def test_skew_after_it_is_held_against_the_budgets(self):
        self.fleet.write("celldrift.yaml", "budgets: [{name: one-minor, atMost: {minor: 1}}]\n")
        self.fleet.commit()
        self.propose(texts={"backend:1.3": "backend:1.5"})
        document = self.document("--cells", "cell-a", cells=ALL, code=1)
        self.assertEqual({"skew"}, {reason for reason, _ in self.reasons(document)})
        self.assertIn("one-minor", document["reasons"][0]["message"])

    def test_a_cell_that_does_not_answer(self):
        self.propose()
        arguments = ("--kubeconfig", self.fleet.kubeconfig, "--context", "dead", "--timeout", "5s")
        document = self.document(*arguments, cells=(), code=3)
        self.assertEqual(("unknown", False), (document["verdict"], document["complete"]))
        self.assertEqual({"unknown"}, {reason for reason, _ in self.reasons(document)})
        self.assertEqual("go", self.document(*arguments, "--allow-unknown", cells=())["verdict"])

    def test_something_that_cannot_be_rendered(self):
        self.propose(files={"apps/backend/broken.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: [\n"})
        self.assertEqual({"unknown"}, {one["reason"] for one in self.document(code=3)["reasons"]})
        document = self.document("--base", "next", revision="main", code=3)
        self.assertEqual("unknown", document["verdict"])

    def test_a_health_script_of_argocd_cm_is_not_run(self):
        self.fleet.write("celldrift.yaml", WAVES)
        self.fleet.commit()
        self.propose()
        head = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: argocd-cm, namespace: argocd}\ndata:\n"
        for script, reason in (("return {status = 'Healthy'}", "wave"), ("return {status = obj.data.health}", "unknown")):
            settings = self.fleet.write(
                "argocd-cm.yaml", head + f'  resource.customizations.health.ConfigMap: "{script}"\n', folder=self.fleet.folder)
            document = self.document("--wave", "rest", "--argocd-cm", settings, cells=ALL, code=1)
            self.assertIn((reason, ("cell-a",)), self.reasons(document))

    def test_the_schema_says_what_is_written(self):
        try:
            import jsonschema
        except ImportError:
            self.skipTest("jsonschema is not installed")
        schema = json.loads((PROJECT / "docs/gate-v1.schema.json").read_text())
        self.fleet.write("celldrift.yaml", WAVES)
        self.fleet.commit()
        self.propose(files={"apps/backend/other.yaml":
                            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: other, namespace: elsewhere}\n"})
        for arguments in ((), ("--wave", "rest")):
            jsonschema.validate(self.document(*arguments, cells=ALL, code=1), schema,
                                cls=jsonschema.Draft202012Validator)

    def test_equal_input_gives_equal_bytes(self):
        self.propose()
        self.assertEqual(self.gate(cells=ALL, code=1).stdout, self.gate(cells=reversed(ALL), code=1).stdout)

    def test_the_docs_show_it(self):
        self.propose()
        run = self.fleet.run("gate", "--repo", self.fleet.repo, *self.fleet.snapshots(*ALL), "--revision", "next",
                             environment={"COLUMNS": "100"})
        self.assertIn(run.stdout.split("\n\n", 1)[1], (PROJECT / "docs/gate.md").read_text())


class OfUrl(GateCase):
    """The same where the repository is on a server: both revisions come with one fetch."""

    def setUp(self):
        super().setUp()
        self.log = self.fleet.write("log", "", folder=self.fleet.folder)
        self.served = self.fleet.folder / "served"
        self.served.mkdir()
        script = PROJECT / "tests/unit/git/http_server.py"
        server = subprocess.Popen([sys.executable, script, self.served, self.log], stdout=subprocess.PIPE, text=True)
        self.addCleanup(lambda: (server.kill(), server.wait(), server.stdout.close()))
        self.address = f"http://127.0.0.1:{int(server.stdout.readline())}"

    def name_source(self, repository, **more):
        """Has all Applications be of a repository on the server."""
        for file in (self.fleet.repo / "applicationsets").iterdir():
            text = file.read_text().replace("https://git.shop.example/platform/manifests.git", f"{self.address}/{repository}")
            file.write_text(text.replace("targetRevision: HEAD", f"targetRevision: {more.get('revision', 'HEAD')}"))
        self.fleet.commit()

    def publish(self, repository):
        self.git("clone", "--quiet", "--bare", self.fleet.repo, self.served / repository)

    def asked(self, repository):
        return self.log.read_text().count(f"GET /{repository}/info/refs")

    def gate_of_url(self, *arguments):
        run = self.fleet.run("gate", "--repo", f"{self.address}/repo.git", *self.fleet.snapshots("cell-a"), "--base", "main",
                             "--revision", "next", "-o", "json", *arguments)
        self.assert_exit(0, run)
        return json.loads(run.stdout)

    def images(self, document):
        return [(field["from"], field["to"]) for change in document["changes"] for object in change["objects"]
                for field in object["fields"]]

    RELEASE = [("registry.shop.example/backend:1.3", "registry.shop.example/backend:1.4")]

    def test_it_is_fetched_once_for_both_revisions(self):
        self.name_source("repo.git")
        self.propose()
        self.publish("repo.git")
        self.assertEqual(self.RELEASE, self.images(self.gate_of_url()))
        self.assertEqual(1, self.asked("repo.git"), self.log.read_text())
        # What is in the cache is asked for, and not downloaded again.
        downloads = self.log.read_text().count("POST ")
        self.gate_of_url()
        self.assertEqual(downloads, self.log.read_text().count("POST "))

    def test_a_branch_that_applications_name_comes_with_it(self):
        self.name_source("repo.git", revision="main")
        self.propose()
        self.publish("repo.git")
        self.assertEqual(self.RELEASE, self.images(self.gate_of_url()))
        self.assertEqual(1, self.asked("repo.git"), self.log.read_text())

    def test_another_repository_is_fetched_once_for_both(self):
        self.name_source("other.git")
        self.publish("other.git")
        self.propose(files={"applicationsets/backend.yaml": (self.fleet.repo / "applicationsets/backend.yaml").read_text() + "# next\n"})
        self.publish("repo.git")
        self.assertEqual([], self.images(self.gate_of_url()))
        self.assertEqual((1, 1), (self.asked("repo.git"), self.asked("other.git")), self.log.read_text())

    def test_a_revision_that_is_not_there_is_said(self):
        self.name_source("repo.git")
        self.publish("repo.git")
        run = self.fleet.run("gate", "--repo", f"{self.address}/repo.git", *self.fleet.snapshots("cell-a"), "--revision", "nxet")
        self.assert_refused(run, "nxet")
