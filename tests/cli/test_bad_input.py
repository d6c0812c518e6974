"""Broken and hostile manifests: a problem for their Application alone, and never a crash, a hang or a leak."""

import os

from case import Case
from fleet import SECRET

CONFIG_MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {k: v}\n"


def nested(depth):
    return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: " + "[" * depth + "]" * depth + "\n"


def alias_bomb():
    lines = ["apiVersion: v1", "kind: ConfigMap", "metadata: {name: x}", "a0: &a0 [x,x,x,x,x,x,x,x,x,x]"]
    lines += [f"a{i}: &a{i} [" + ",".join([f"*a{i - 1}"] * 10) + "]" for i in range(1, 12)]
    return "\n".join(lines) + "\n"


class BrokenManifests(Case):
    def problem_of(self, name, files, **options):
        """The one problem that an Application with those files makes; the rest of the fleet is audited all the same."""
        self.fleet.add_application(name, files, **options)
        report = self.report(code=3)
        self.assertEqual({"cell-a-" + name}, {problem["application"] for problem in report["problems"]})
        self.assertEqual(3, report["summary"]["applications"])
        self.assertEqual(6, report["summary"]["objects"]["equal"])
        return report["problems"][0]

    def test_broken_yaml_is_placed(self):
        broken = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n data: {\n"
        problem = self.problem_of("broken", {"a.yaml": broken})
        self.assertRegex(problem["source"], r"^apps/broken/a\.yaml:\d+$")
        self.assertEqual("render", problem["stage"])

    def test_hostile_manifests_are_refused(self):
        cases = {
            "bomb": alias_bomb(),
            "deep": nested(10_000),
            "blocks": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n  " + "- " * 10_000 + "a\n",
            "binary": b"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n\x00\xff\xfe\x01",
            "long": CONFIG_MAP + "long: " + "x" * 17_000_000 + "\n",
        }
        for name, text in cases.items():
            with self.subTest(name):
                self.problem_of(name, {"a.yaml": text})
                (self.fleet.repo / f"applicationsets/{name}.yaml").unlink()

    def test_paths_and_links_stay_in_the_repo(self):
        self.assertIn("..", self.problem_of("up", {}, path="../../etc")["message"])

    def test_a_link_out_of_the_repo_is_refused(self):
        folder = self.fleet.repo / "apps/link"
        folder.mkdir(parents=True)
        os.symlink("/etc/passwd", folder / "a.yaml")
        self.problem_of("link", {"b.yaml": CONFIG_MAP})

    def test_sources_that_are_not_supported_yet_are_named(self):
        cases = {"chart": {"Chart.yaml": "name: x\nversion: 1.0.0\n"}, "kust": {"kustomization.yaml": "resources: []\n"},
                 "jsonnet": {"a.jsonnet": "{}"}}
        for name, files in cases.items():
            with self.subTest(name):
                self.assertIn("not supported yet", self.problem_of(name, files)["message"])
                (self.fleet.repo / f"applicationsets/{name}.yaml").unlink()

    def test_names_cannot_move_the_cursor(self):
        evil = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "x\\e[2J\\u202e"}\ndata: {"\\e[31m": v}\n'
        self.fleet.add_application("evil", {"a.yaml": evil})
        for format in ("text", "json"):
            run = self.fleet.check("-o", format)
            self.assert_exit(1, run)
            self.assertNotIn("\u202e", run.stdout)

    def test_secrets_are_never_quoted(self):
        secret = f"apiVersion: v1\nkind: Secret\nmetadata: {{name: s}}\nstringData:\n  password: {SECRET}\n"
        cases = {"good": secret, "broken": secret + f" {SECRET}: [{SECRET}\n", "double": secret + f"  password: {SECRET}\n",
                 "odd": secret.replace("stringData", "data"), "wrong": secret.replace("password: ", "- ")}
        for name, text in cases.items():
            with self.subTest(name):
                self.fleet.add_application(name, {"a.yaml": text})
                arguments = ("--repo", self.fleet.repo, *self.fleet.snapshots("cell-a"))
                for command in ("check", "render", "apps"):
                    for format in ("json", *(("text",) if command == "check" else ("yaml", "name"))):
                        run = self.fleet.run(command, "-o", format, "-v", *arguments)
                        self.assertIn(run.returncode, (0, 1, 3), run.stderr)
                        self.assertNotIn(SECRET, run.stdout + run.stderr)
                self.assertNotIn(SECRET, str(self.fleet.run("render", self.fleet.repo / f"apps/{name}")))
                (self.fleet.repo / f"applicationsets/{name}.yaml").unlink()

    def test_an_application_set_that_cannot_be_read_is_a_problem(self):
        self.fleet.write("applicationsets/bad.yaml", "apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\n  x: {\n")
        self.fleet.commit()
        report = self.report(code=3)
        self.assertIn("applicationsets/bad.yaml", report["problems"][0]["source"] + report["problems"][0]["message"])

    def test_the_work_tree_is_audited_with_worktree_alone(self):
        text = (self.fleet.repo / "apps/backend/config.yaml").read_text()
        self.fleet.write("apps/backend/config.yaml", text.replace("info", "debug"))
        self.assert_exit(0, self.fleet.check())
        report = self.report("--worktree", code=1)
        self.assertEqual(["/data/log-level"], [finding["path"] for finding in report["findings"]])
