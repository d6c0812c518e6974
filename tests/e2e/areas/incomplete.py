"""What could not be looked at is unknown, never clean, and the rest is reported all the same."""

from harness.cell import tokens
from harness.expect import difference, missing, not_served, modified
from harness.scene import Scene

label_file = "apps/backend/workloads/web.yaml"


class Incomplete(Scene):
    def as_user(self, user, cell="cell-b"):
        return self.world.kubeconfig_with(cell, token=tokens[user])

    def cell_of(self, run, name):
        return next(cell for cell in run.report["cells"] if cell["name"] == name)

    def assert_unknown(self, run, cell, *words):
        """Nothing found, the run is incomplete because of one cell, and a problem says so and why."""
        self.assertEqual(3, run.exit_code, run)
        self.assertFalse(run.report["complete"])
        self.assertEqual("incomplete", run.report["verdict"])
        self.assertEqual([], run.report["findings"])
        told = " ".join(self.problems_of(run, cell)).lower()
        for word in words:
            self.assertIn(word.lower(), told, run)
        for other in {"cell-a", "cell-b", "cell-c"} - {cell}:
            self.assertEqual([], self.problems_of(run, other))
            self.assertEqual("complete", self.cell_of(run, other)["coverage"])
        self.assertNotIn("No differences", run.stdout)
        self.assertIn(cell, run.stdout + run.stderr)

    def with_drift_in_cell_a(self):
        """While it lasts, somebody has changed a label in cell-a; gives the one finding of that."""
        self.world.kubectl("cell-a", "-n", "backend", "label", "deployment/web", "team=search", "--overwrite")
        self.addCleanup(
            self.world.kubectl, "cell-a", "-n", "backend", "label", "--field-manager=argocd-controller",
            "deployment/web", "team=payments", "--overwrite",
        )
        return self.world.place(modified(
            "Deployment backend/web", "metadata.labels.team", "payments", "search", "kubectl-label",
            f"{label_file}: team: payments", cell="cell-a",
        ))

    def assert_drift_beside_unknown(self, run, finding):
        self.assertEqual(1, run.exit_code, run)
        self.assertFalse(run.report["complete"])
        self.assertEqual("drifted", run.report["verdict"])
        report = {**run.report, "problems": []}
        self.assertEqual("", difference([finding], report))

    def test_a_user_who_may_read_nothing(self):
        run = self.world.check(kubeconfig=self.as_user("nobody"))
        self.assert_unknown(run, "cell-b", "forbidden")
        self.assertEqual("unknown", self.cell_of(run, "cell-b")["coverage"])
        self.assertTrue(self.cell_of(run, "cell-b")["reachable"])
        self.assertGreater(run.report["summary"]["objects"]["unknown"], 40)

    def test_a_user_who_may_read_nothing_and_drift_elsewhere(self):
        finding = self.with_drift_in_cell_a()
        run = self.world.check(kubeconfig=self.as_user("nobody"))
        self.assert_drift_beside_unknown(run, finding)

    def test_unknown_can_be_allowed(self):
        run = self.world.check("--allow-unknown", kubeconfig=self.as_user("nobody"))
        self.assertEqual(0, run.exit_code, run)
        self.assertEqual("incomplete", run.report["verdict"])
        self.assertFalse(run.report["complete"])

    def test_a_user_who_may_not_read_secrets(self):
        run = self.world.check(kubeconfig=self.as_user("no-secrets"))
        self.assert_unknown(run, "cell-b", "secret", "forbidden")
        self.assertEqual("partial", self.cell_of(run, "cell-b")["coverage"])
        self.assertEqual(2, run.report["summary"]["objects"]["unknown"])

    def test_a_token_that_the_server_does_not_know(self):
        run = self.world.check(kubeconfig=self.world.kubeconfig_with("cell-b", token="no-such-token-0b7d"))
        self.assert_unknown(run, "cell-b", "401")
        self.assertNotIn("no-such-token-0b7d", run.stdout + run.stderr)

    def test_a_server_that_proves_to_be_another(self):
        other = self.world.cells["cell-a"].certificate.read_bytes()
        run = self.world.check(kubeconfig=self.world.kubeconfig_with("cell-b", certificate=other))
        self.assert_unknown(run, "cell-b", "certificate")
        self.assertFalse(self.cell_of(run, "cell-b")["reachable"])

    def test_a_kind_that_one_cell_does_not_serve(self):
        """Without the definition there can be no objects of it: they are missing, and it is said why."""
        self.world.kubectl("cell-c", "delete", "crd", "widgets.example.com", "--timeout=30s")
        self.addCleanup(self.world.apply, "cell-c", ("--server-side", "--field-manager=argocd-controller"))
        run = self.world.check()
        expected = [
            missing("CustomResourceDefinition widgets.example.com",
                    "platform/20-widgets.crd.yaml: apiVersion: apiextensions.k8s.io/v1", cell="cell-c"),
            not_served("Widget backend/gear", "apps/backend/config/widget.yaml: apiVersion: example.com/v1", cell="cell-c"),
        ]
        self.assertEqual("", difference(map(self.world.place, expected), run.report))
        self.assertEqual(1, run.exit_code, run)
        self.assertTrue(run.report["complete"])

    def in_git(self, file, text):
        head = self.world.repo.head
        self.addCleanup(self.world.repo.reset, head)
        self.world.repo.write(file, text)
        self.world.repo.commit("Change the fleet")

    def test_a_broken_manifest_spoils_its_application_alone(self):
        finding = self.with_drift_in_cell_a()
        self.in_git("apps/edge/broken.yaml", "apiVersion: v1\nkind: ConfigMap\n  metadata: [\n")
        run = self.world.check()
        self.assert_drift_beside_unknown(run, finding)
        spoiled = {problem["application"] for problem in run.report["problems"]}
        self.assertEqual({"cell-a-edge", "cell-b-edge"}, spoiled)
        for problem in run.report["problems"]:
            self.assertRegex(problem["source"] + problem["message"], r"apps/edge/broken\.yaml:[23]")

    def test_a_source_that_is_not_supported(self):
        self.in_git("apps/edge/Chart.yaml", "apiVersion: v2\nname: edge\nversion: 1.0.0\n")
        run = self.world.check()
        self.assertEqual(3, run.exit_code, run)
        self.assertEqual([], run.report["findings"])
        told = {(problem["application"], "helm" in problem["message"].lower()) for problem in run.report["problems"]}
        self.assertEqual({("cell-a-edge", True), ("cell-b-edge", True)}, told)

    def test_a_destination_that_is_no_cell(self):
        self.world.repo.replace("argocd/edge.yaml", "- cell: cell-b", "- cell: cell-z")
        self.addCleanup(self.world.repo.reset, self.world.repo.head)
        self.world.repo.commit("Move the edge")
        run = self.world.check()
        self.assertEqual(3, run.exit_code, run)
        self.assertIn("cell-z", " ".join(problem["message"] for problem in run.report["problems"]))

    def test_z_a_cell_that_is_down(self):
        finding = self.with_drift_in_cell_a()
        self.world.cells["cell-b"].kill()
        run = self.world.check("--timeout", "10s")
        self.assert_drift_beside_unknown(run, finding)
        self.assertFalse(self.cell_of(run, "cell-b")["reachable"])
        self.assertNotEqual([], self.problems_of(run, "cell-b"))
        self.doCleanups()
        self.assert_unknown(self.world.check("--timeout", "10s"), "cell-b", "127.0.0.1")
