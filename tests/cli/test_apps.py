"""What `apps` shows: which Applications there are, and what a change does to them."""

import json

from case import Case
from fleet import SECRET

CELLS = ("cell-a", "cell-b")
SET = """\
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {{name: {name}, namespace: argocd}}
spec:
  generators:
  - list:
      elements: [{elements}]
  template:
    metadata: {{name: '{{{{name}}}}-{name}', labels: {{tier: {tier}}}}}
    spec:
      project: shop
      source: {{repoURL: 'https://git.shop.example/platform/manifests.git', targetRevision: {revision}, path: apps/backend}}
      destination: {{name: '{{{{name}}}}', namespace: backend}}
"""


class Apps(Case):
    def apps(self, *arguments, cells=CELLS, **options):
        return self.fleet.run("apps", "--repo", self.fleet.repo, *self.fleet.snapshots(*cells), *arguments, **options)

    def write_set(self, name="edge", cells=("cell-a",), tier="front", revision="main", file=None, folder=None):
        elements = ", ".join(f"{{name: {cell}}}" for cell in cells)
        text = SET.format(name=name, elements=elements, tier=tier, revision=revision)
        return self.fleet.write(file or f"applicationsets/{name}.yaml", text, folder=folder)

    def lines(self, run, code=0):
        self.assert_exit(code, run)
        return run.stdout.splitlines()


class Listing(Apps):
    def test_a_table(self):
        lines = self.lines(self.apps())
        self.assertEqual(["APPLICATION", "CELL", "PROJECT", "PATH", "REVISION", "FROM"], lines[0].split())
        self.assertEqual(
            ["cell-a-backend", "cell-a", "shop", "apps/backend", "main", "clusters", "applicationsets/backend.yaml:9"],
            lines[1].split(),
        )
        self.assertEqual(5, len(lines))

    def test_eighty_columns(self):
        self.write_set("a-service-with-quite-a-long-name", cells=CELLS)
        self.fleet.commit()
        lines = self.lines(self.apps(environment={"COLUMNS": "80"}))
        self.assertLessEqual(max(map(len, lines)), 80)
        for line in lines[1:]:
            self.assertRegex(line, r"…\S*yaml:\d+$")

    def test_nothing_is_cut_for_other_programs(self):
        name = "a-service-with-quite-a-long-name-that-goes-on-and-on"
        self.write_set(name)
        self.fleet.commit()
        run = self.apps()
        self.assertIn(f"cell-a-{name}", run.stdout)
        self.assertNotIn("…", run.stdout)
        file = self.fleet.folder / "table"
        self.assert_exit(0, self.apps("-o", f"table={file}", environment={"COLUMNS": "40"}))
        self.assertEqual(run.stdout, file.read_text())

    def test_names_for_scripts(self):
        self.assertEqual(["cell-a-backend", "cell-a-frontend"], self.lines(self.apps("-o", "name", cells=("cell-a",))))

    def test_json_and_yaml_are_the_objects(self):
        run = self.apps("-o", "json", cells=("cell-a",))
        self.assert_exit(0, run)
        backend = json.loads(run.stdout)[0]
        self.assertEqual("Application", backend["kind"])
        self.assertEqual("https://cell-a.shop.example:6443", backend["spec"]["destination"]["server"])
        run = self.apps("-o", "yaml", cells=("cell-a",))
        self.assertEqual(2, run.stdout.count("\nkind: Application\n"))

    def test_only_some_cells_and_labels(self):
        self.write_set("edge", cells=CELLS)
        self.fleet.commit()
        cases = {
            ("--cell", "cell-b"): ["cell-b-backend", "cell-b-edge", "cell-b-frontend"],
            ("--cell", "*-a", "--cell", "cell-b", "-l", "tier"): ["cell-a-edge", "cell-b-edge"],
            ("-l", "tier=front,!old", "--cell", "cell-a"): ["cell-a-edge"],
            ("-l", "tier in (back)"): [],
        }
        for arguments, expected in cases.items():
            with self.subTest(arguments):
                self.assertEqual(expected, self.lines(self.apps("-o", "name", *arguments)))

    def test_parameters_with_their_origin(self):
        self.write_set("edge")
        self.fleet.commit()
        run = self.apps("--params", "-l", "tier")
        self.assert_exit(0, run)
        self.assertIn("cell-a-edge in cell-a, from applicationsets/edge.yaml:6 (list)", run.stdout)
        self.assertRegex(run.stdout, r'  name +"cell-a" +applicationsets/edge.yaml:7\n')
        run = self.apps("--params", "-o", "json", "-l", "tier")
        [application] = json.loads(run.stdout)
        self.assertEqual("edge", application["applicationSet"])
        self.assertEqual(
            [{"name": "name", "value": "cell-a", "from": "applicationsets/edge.yaml:7"}], application["parameters"]
        )

    def test_flags_are_environment_variables_too(self):
        environment = {"CELLDRIFT_CELL": "cell-b", "CELLDRIFT_OUTPUT": "name"}
        self.assertEqual(["cell-b-backend", "cell-b-frontend"], self.lines(self.apps(environment=environment)))

    def test_a_set_that_cannot_be_expanded_is_unknown(self):
        self.fleet.write("applicationsets/broken.yaml", SET.format(name="x", elements="5", tier="t", revision="main"))
        self.fleet.commit()
        run = self.apps("-o", "name", cells=("cell-a",))
        self.assertEqual(["cell-a-backend", "cell-a-frontend"], self.lines(run, code=3))
        self.assertIn("applicationsets/broken.yaml", run.stderr)
        self.assert_exit(0, self.apps("-o", "name", "--allow-unknown", cells=("cell-a",)))


class OneFile(Apps):
    def try_out(self, file, *arguments, **options):
        return self.fleet.run("apps", "--applicationset", file, "--repo", self.fleet.repo, *arguments, **options)

    def test_only_what_the_file_makes(self):
        file = self.write_set("edge", cells=("in-cluster",), folder=self.fleet.folder, file="edge.yaml")
        self.assertEqual(["in-cluster-edge"], self.lines(self.try_out(file, "-o", "name")))
        self.assertEqual(
            ["in-cluster-edge"], self.lines(self.try_out("-", "-o", "name", input=file.read_text()))
        )

    def test_yaml_is_as_generated_with_doubts_on_the_side(self):
        file = self.write_set("edge", cells=("nowhere", "nowhere"), folder=self.fleet.folder, file="edge.yaml")
        run = self.try_out(file, "-o", "yaml")
        self.assert_exit(0, run)
        self.assertEqual(2, run.stdout.count("name: nowhere-edge\n"))
        self.assertIn("warning: nowhere-edge", run.stderr)
        self.assertIn("there are no clusters with this name: nowhere", run.stderr)
        self.assertIn("more than once", run.stderr)
        run = self.try_out(file, "-o", "table")
        self.assert_exit(3, run)

    def test_an_error_of_the_set_prints_nothing(self):
        text = SET.format(name="edge", elements="5", tier="t", revision="main")
        file = self.fleet.write("edge.yaml", text, folder=self.fleet.folder)
        self.assert_refused(self.try_out(file, "-o", "yaml"), "edge.yaml", "generators[0]")

    def test_files_that_have_none(self):
        cases = {
            "no ApplicationSet": ("kind: ConfigMap\napiVersion: v1\n", "no ApplicationSet"),
            "no YAML": ("a: [\n", "file.yaml:"),
            "nothing": ("", "no ApplicationSet"),
        }
        for name, (text, words) in cases.items():
            with self.subTest(name):
                file = self.fleet.write("file.yaml", text, folder=self.fleet.folder)
                self.assert_refused(self.try_out(file), words)
        self.assert_refused(self.try_out("/nonexistent.yaml"), "/nonexistent.yaml")

    def test_a_plain_folder_stands_for_the_repository(self):
        file = self.write_set("edge", cells=("in-cluster",), folder=self.fleet.folder, file="plain/edge.yaml")
        run = self.fleet.run("apps", "--applicationset", file, "--repo", file.parent, "-o", "name")
        self.assertEqual(["in-cluster-edge"], self.lines(run))


class Against(Apps):
    def setUp(self):
        super().setUp()
        self.write_set("edge", cells=CELLS)
        self.write_set("old", cells=("cell-a",))
        self.fleet.commit()

    def change(self):
        self.write_set("edge", cells=CELLS, revision="v2", tier="back")
        (self.fleet.repo / "applicationsets/old.yaml").unlink()
        self.write_set("new", cells=("cell-b",))
        self.fleet.commit()

    def test_what_a_change_adds_removes_and_changes(self):
        self.change()
        run = self.apps("--against", "HEAD~1")
        self.assert_exit(0, run)
        self.assertIn("  - cell-a-old  (applicationsets/old.yaml:6 (list))\n", run.stdout)
        self.assertIn("  + cell-b-new  (applicationsets/new.yaml:6 (list))\n", run.stdout)
        self.assertIn('      metadata.labels.tier: "front" -> "back"  (applicationsets/edge.yaml:9)\n', run.stdout)
        self.assertIn('spec.source.targetRevision: "main" -> "v2"  (applicationsets/edge.yaml:12)\n', run.stdout)
        self.assertIn("1 added, 1 removed, 2 changed, 4 unchanged: HEAD (", run.stdout)
        self.assertEqual(1, run.stdout.count("\ncell-b\n"), "by cell")

    def test_json(self):
        self.change()
        run = self.apps("--against", "HEAD~1", "-o", "json")
        self.assert_exit(0, run)
        report = json.loads(run.stdout)
        self.assertEqual("celldrift.apps-changes/v1", report["schema"])
        self.assertTrue(report["complete"])
        self.assertEqual({"added": 1, "removed": 1, "changed": 2, "unknown": 0, "unchanged": 4}, report["summary"])
        [edge] = [change for change in report["changes"] if change["name"] == "cell-a-edge"]
        self.assertEqual("changed", edge["change"])
        self.assertEqual("cell-a", edge["cellAfter"])
        [field] = [field for field in edge["fields"] if field["path"] == "spec.source.targetRevision"]
        self.assertEqual("main", field["before"]["value"])
        self.assertEqual({"value": "v2", "from": "applicationsets/edge.yaml:12"}, field["after"])

    def test_exit_code_as_git_diff_has_it(self):
        self.change()
        self.assert_exit(1, self.apps("--against", "HEAD~1", "--exit-code"))
        self.assert_exit(0, self.apps("--against", "HEAD", "--exit-code"))

    def test_the_work_tree(self):
        self.write_set("edge", cells=CELLS, revision="v3")
        run = self.apps("--against", "HEAD", "--worktree")
        self.assertIn("2 changed", run.stdout)
        self.assertIn("the work tree against HEAD", run.stdout)
        self.assertIn("0 changed", self.apps("--against", "HEAD").stdout)

    def test_an_application_that_moves_to_another_cell_is_changed(self):
        self.write_set("old", cells=("cell-b",))
        (self.fleet.repo / "applicationsets/old.yaml").write_text(
            (self.fleet.repo / "applicationsets/old.yaml").read_text().replace("'{{name}}-old'", "cell-a-old")
        )
        self.fleet.commit()
        for cell in ((), ("--cell", "cell-a"), ("--cell", "cell-b")):
            run = self.apps("--against", "HEAD~1", *cell)
            self.assertIn("0 added, 0 removed, 1 changed", run.stdout)
            self.assertIn("cell: cell-a -> cell-b", run.stdout)

    def test_what_cannot_be_expanded_is_unknown_and_never_removed(self):
        self.fleet.write(
            "applicationsets/edge.yaml", SET.format(name="edge", elements="5", tier="t", revision="main")
        )
        self.fleet.commit()
        run = self.apps("--against", "HEAD~1", "--exit-code")
        self.assert_exit(3, run)
        self.assertIn("0 added, 0 removed, 0 changed, 2 unknown, 5 unchanged", run.stdout)
        self.assertIn("  ? cell-a-edge", run.stdout)
        report = json.loads(self.apps("--against", "HEAD~1", "-o", "json").stdout)
        self.assertFalse(report["complete"])
        self.assertIn("applicationset edge", report["changes"][0]["reason"])

    def test_the_configuration_file_can_name_the_hub(self):
        config = self.fleet.write("celldrift.yaml", "hubContext: dead\n", folder=self.fleet.folder)
        hub = ("--config", config, "--kubeconfig", self.fleet.kubeconfig, "--timeout", "3s")
        run = self.fleet.run("apps", "--repo", self.fleet.repo, *hub)
        self.assert_refused(run, "context dead", "secrets of namespace argocd")
        run = self.apps("-o", "name", *hub)  # with cells of its own, the hub is asked for projects alone
        self.assertEqual(7, len(self.lines(run, code=3)))
        self.assertIn("AppProjects, whose restrictions are not looked at", run.stderr)

    def test_wrong_uses(self):
        cases = {
            "an unknown revision": (("--against", "v9"), ("v9",)),
            "with names": (("--against", "HEAD", "-o", "name"), ("-o name", "json")),
            "with parameters": (("--against", "HEAD", "--params"), ("--params",)),
            "with a file": (("--against", "HEAD", "--applicationset", "x"), ("--applicationset",)),
            "a wrong selector": (("-l", "a b"), ("-l", "a b")),
            "inputs that are not there": (("--generator-inputs", "/nonexistent"), ("/nonexistent",)),
            "an unknown hub": (("--hub-context", "nope", "--kubeconfig", self.fleet.kubeconfig), ("nope", "dead")),
            "a hub that is dead": (
                ("--hub-context", "dead", "--kubeconfig", self.fleet.kubeconfig, "--timeout", "3s"),
                ("dead", "secrets"),
            ),
        }
        for name, (arguments, words) in cases.items():
            with self.subTest(name):
                cells = () if "hub" in name else self.fleet.snapshots("cell-a")
                self.assert_refused(self.fleet.run("apps", "--repo", self.fleet.repo, *cells, *arguments), *words)


SECRET_SET = f"""\
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {{name: db, namespace: argocd}}
spec:
  goTemplate: true
  generators:
  - list:
      elements:
      - name: cell-a
        dbPassword: {SECRET}
  template:
    metadata: {{name: '{{{{.name}}}}-db'}}
    spec:
      project: shop
      source:
        repoURL: 'https://me:{SECRET}@git.shop.example/platform/manifests.git'
        targetRevision: main
        path: apps/backend
        helm:
          parameters: [{{name: auth.rootPassword, value: {SECRET}}}, {{name: size, value: '3'}}]
          valuesObject: {{auth: {{password: {SECRET}}}, title: '{{{{.dbPassword}}}}', note: from-the-repo-secret}}
      destination: {{name: '{{{{.name}}}}', namespace: backend}}
"""


class Secrets(Apps):
    """assert_exit looks for SECRET in all that is written."""

    def setUp(self):
        super().setUp()
        self.fleet.write("applicationsets/db.yaml", SECRET_SET)
        self.fleet.write("secret.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n"
                                        "stringData: {token: from-the-repo-secret}\n")
        self.fleet.commit()

    def test_no_form_shows_them(self):
        forms = (("-o", "yaml"), ("-o", "json"), ("--params",), ("--params", "-o", "json"),
                 ("--applicationset", self.fleet.repo / "applicationsets/db.yaml", "-o", "yaml"))
        for form in forms:
            with self.subTest(form):
                run = self.apps(*form, "--cell", "cell-a")
                self.assert_exit(0, run)
                self.assertIn("(secret value)", run.stdout)
                self.assertNotIn("from-the-repo-secret", run.stdout)

    def test_the_rest_stays_as_it_is(self):
        run = self.apps("-o", "json", "-l", "!tier", "--cell", "cell-a")
        self.assert_exit(0, run)
        database = next(one for one in json.loads(run.stdout) if one["metadata"]["name"] == "cell-a-db")
        source = database["spec"]["source"]
        self.assertEqual("https://me:(secret value)@git.shop.example/platform/manifests.git", source["repoURL"])
        self.assertEqual([{"name": "auth.rootPassword", "value": "(secret value)"}, {"name": "size", "value": "3"}],
                         source["helm"]["parameters"])
        self.assertEqual({"password": "(secret value)"}, source["helm"]["valuesObject"]["auth"])

    def test_they_are_shown_to_who_asks(self):
        run = self.apps("-o", "yaml", "--show-secrets")
        self.assertEqual(0, run.returncode, run.stderr)
        self.assertIn(SECRET, run.stdout)

    def test_a_changed_one_is_a_change(self):
        text = SECRET_SET.replace(f"rootPassword, value: {SECRET}", "rootPassword, value: another-one")
        self.fleet.write("applicationsets/db.yaml", text)
        self.fleet.commit()
        run = self.apps("--against", "HEAD~1")
        self.assert_exit(0, run)
        self.assertIn('"(secret value)" -> "(secret value)"', run.stdout)
        self.assertNotIn("another-one", run.stdout)
        self.assertIn("1 changed", run.stdout)
