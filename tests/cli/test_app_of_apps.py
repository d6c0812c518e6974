"""Applications that make Applications, several repositories, projects: through the binary."""

import pathlib
import subprocess

from case import Case

APPLICATION = """\
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {{name: {name}{meta}}}
spec:
  project: {project}
  source: {{repoURL: '{repo}', path: {path}, targetRevision: '{revision}'}}
  destination: {{name: {cluster}, namespace: {namespace}}}
"""
SECRETS = """\
apiVersion: v1
kind: Secret
metadata: {name: far, labels: {argocd.argoproj.io/secret-type: cluster}}
stringData: {name: far, server: "https://far.example.com"}
"""
OURS = "https://git.example.com/ours.git"


def application(name, path, repo=OURS, revision="HEAD", cluster="in-cluster", namespace="argocd", project="default", meta=""):
    return APPLICATION.format(name=name, path=path, repo=repo, revision=revision, cluster=cluster, namespace=namespace,
                              project=project, meta=meta)


def config_map(name):
    return f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {name}}}\n"


class Repository:
    """A git repository of its own."""

    def __init__(self, path):
        self.path = pathlib.Path(path)
        self.path.mkdir(parents=True)
        self.git("init", "--quiet", "--initial-branch", "main", ".")

    def git(self, *arguments):
        who = ["-c", "user.name=Test", "-c", "user.email=test@example.com"]
        return subprocess.run(["git", "-C", self.path, *who, *arguments], check=True, capture_output=True, text=True).stdout.strip()

    def commit(self, files, tag=None):
        for name, text in files.items():
            file = self.path / name
            if text is None:
                file.unlink()
            else:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "Change")
        if tag:
            self.git("tag", "--annotate", "--message", tag, tag)

    def url(self):
        return f"file://{self.path}"


class AppOfApps(Case):
    def setUp(self):
        super().setUp()
        self.ours = Repository(self.fleet.folder / "ours")
        self.ours.git("remote", "add", "origin", OURS)
        self.secrets = self.fleet.write("secrets.yaml", SECRETS, folder=self.fleet.folder)

    def run_on(self, command, *arguments):
        return self.fleet.run(command, "--repo", self.ours.path, "--cluster-secrets", self.secrets, *arguments)

    def names(self, code=0):
        run = self.run_on("apps", "-o", "name")
        self.assert_exit(code, run)
        return run.stdout.split(), run.stderr

    def objects(self, code=0, *arguments):
        run = self.run_on("render", "-o", "name", *arguments)
        self.assert_exit(code, run)
        return run.stdout.split("\n")[:-1], run.stderr

    def test_declared_and_rendered_are_one(self):
        self.ours.commit({
            "root.yaml": application("root", "apps"),
            "apps/web.yaml": application("web", "web", namespace="web"),
            "apps/root.yaml": application("self", "apps"),
            "web/cm.yaml": config_map("a"),
        })
        self.assertEqual((["root", "self", "web"], ""), self.names())

    def test_several_repositories_to_any_depth(self):
        second, third = (Repository(self.fleet.folder / name) for name in ("second", "third"))
        self.ours.commit({"root.yaml": application("root", ".", repo=second.url(), revision="^1"), "web/cm.yaml": config_map("a")})
        second.commit({"app.yaml": application("middle", "deep", repo=third.url(), revision="release/*")}, tag="v1.2.0")
        second.commit({"app.yaml": application("wrong", "deep", repo=third.url())}, tag="v2.0.0")
        third.commit({"deep/app.yaml": application("leaf", "web", namespace="web")})
        third.git("branch", "release/*".replace("*", "1"))
        names, said = self.names(code=3)
        self.assertEqual(["middle", "root"], names)
        self.assertIn("no branch, tag or commit 'release/*'", said)
        second.git("checkout", "--quiet", "v1.2.0")
        second.commit({"app.yaml": application("middle", "deep", repo=third.url(), revision="release/1")}, tag="v1.3.0")
        self.assertEqual((["leaf", "middle", "root"], ""), self.names())
        self.assertIn("ConfigMap web/a", self.objects()[0])
        text = self.run_on("apps", "--params").stdout
        self.assertIn("made by middle", text)

    def test_application_sets_that_applications_make(self):
        second = Repository(self.fleet.folder / "second")
        second.commit({"set.yaml": """\
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: set}
spec:
  generators: [{list: {elements: [{part: one}, {part: two}]}}]
  template:
    metadata: {name: 'gen-{{part}}'}
    spec:
      project: default
      source: {repoURL: '%s', path: web}
      destination: {name: far, namespace: '{{part}}'}
""" % OURS})
        self.ours.commit({"root.yaml": application("root", ".", repo=second.url()), "web/cm.yaml": config_map("a")})
        self.assertEqual((["gen-one", "gen-two", "root"], ""), self.names())
        self.assertEqual({"ConfigMap one/a", "ConfigMap two/a", "argoproj.io/ApplicationSet argocd/set"}, set(self.objects()[0]))

    def test_only_for_argo_cds_own_cluster_and_namespaces(self):
        second = Repository(self.fleet.folder / "second")
        second.commit({"app.yaml": application("stranger", "web")})
        self.ours.commit({
            "far.yaml": application("far-root", ".", repo=second.url(), cluster="far"),
            "near.yaml": application("near-root", ".", repo=second.url(), namespace="elsewhere"),
            "web/cm.yaml": config_map("a"),
        })
        names, said = self.names(code=3)
        self.assertEqual(["far-root", "near-root"], sorted(names))
        self.assertIn("is made in namespace elsewhere, where Argo CD does not look", said)

    def test_a_file_that_is_rendered_for_another_cluster_is_no_application_here(self):
        self.ours.commit({
            "root.yaml": application("root", "theirs", cluster="far"),
            "theirs/app.yaml": application("theirs", "web"),
            "web/cm.yaml": config_map("a"),
        })
        self.assertEqual((["root"], ""), self.names())

    def test_circles_end(self):
        self.ours.commit({
            "a/a.yaml": application("a", "b"),
            "b/b.yaml": application("b", "a"),
            "c/c.yaml": application("c", "c"),
        })
        self.assertEqual((["a", "b", "c"], ""), self.names())

    def test_a_template_of_a_chart_is_told_of_once(self):
        self.ours.commit({
            "root.yaml": application("root", "chart"),
            "chart/Chart.yaml": "name: chart\nversion: 1.0.0\n",
            "chart/templates/app.yaml": "{{ if .x }}\n" + application("child", "web") + "{{ end }}\n",
        })
        names, said = self.names(code=3)
        self.assertEqual(["root"], names)
        self.assertEqual(1, said.count("\n"), said)
        self.assertIn("helm", said)

    def test_a_repository_that_cannot_be_reached_is_a_problem_of_its_applications_alone(self):
        self.ours.commit({
            "bad.yaml": application("bad", "x", repo=f"file://{self.fleet.folder}/nowhere", cluster="far"),
            "local.yaml": application("local", "x", repo="/etc", cluster="far"),
            "good.yaml": application("good", "web", cluster="far", namespace="web"),
            "web/cm.yaml": config_map("a"),
        })
        objects, said = self.objects(3)
        self.assertEqual(["ConfigMap web/a"], objects)
        self.assertIn("nowhere", said)
        self.assertIn("/etc is no URL that can be fetched", said)

    def test_overrides_beside_the_manifests(self):
        self.ours.commit({
            "app.yaml": application("web", "web", cluster="far", namespace="web"),
            "web/.argocd-source-web.yaml": "directory: {recurse: true}\n",
            "web/sub/cm.yaml": config_map("deep"),
        })
        self.assertEqual((["ConfigMap web/deep"], ""), self.objects())


class Projects(Case):
    PROJECT = """\
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: {name: shop, namespace: argocd}
spec:
  sourceRepos: ['https://git.example.com/*']
  destinations: [{name: far, namespace: 'web*'}]
  namespaceResourceBlacklist: [{group: '', kind: Secret}]
"""

    def setUp(self):
        super().setUp()
        self.ours = Repository(self.fleet.folder / "ours")
        self.ours.git("remote", "add", "origin", OURS)
        self.secrets = self.fleet.write("secrets.yaml", SECRETS, folder=self.fleet.folder)

    def render(self, code, **options):
        options = {"cluster": "far", "namespace": "web", "project": "shop", **options}
        self.ours.commit({"project.yaml": self.PROJECT, "app.yaml": application("web", "web", **options)})
        run = self.fleet.run("render", "-o", "name", "--repo", self.ours.path, "--cluster-secrets", self.secrets)
        self.assert_exit(code, run)
        return run.stdout.split("\n")[:-1], run.stderr

    def test_what_a_project_permits_is_rendered(self):
        self.ours.commit({"web/cm.yaml": config_map("a")})
        self.assertEqual((["ConfigMap web/a"], ""), self.render(0))

    def test_what_a_project_refuses_is_a_problem_and_not_rendered(self):
        self.ours.commit({"web/cm.yaml": config_map("a")})
        objects, said = self.render(3, namespace="api")
        self.assertEqual([], objects)
        self.assertIn("application destination server 'far' and namespace 'api' do not match any of the allowed destinations "
                      "in project 'shop'", said)
        objects, said = self.render(3, project="gone")
        self.assertEqual([], objects)
        self.assertIn("Application referencing project gone which does not exist", said)

    def test_objects_that_a_project_refuses(self):
        self.ours.commit({
            "web/cm.yaml": config_map("a"),
            "web/secret.yaml": "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n",
            "web/role.yaml": "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\n",
        })
        objects, said = self.render(3)
        self.assertEqual([], objects)
        self.assertIn("resource :Secret is not permitted in project shop, and 1 more objects are refused", said)
