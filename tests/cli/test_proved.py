"""The commit that a cell runs, on the demo's fleet: cell-b still runs what was before the release of 1.3."""

import subprocess

from case import Case


class Proved(Case):
    def git(self, *arguments, repo=None):
        command = ["git", "-C", repo or self.fleet.repo, "-c", "user.name=Test", "-c", "user.email=test@shop.example"]
        return subprocess.run([*command, *arguments], check=True, capture_output=True, text=True).stdout.strip()

    def proved(self, cell, *arguments, **options):
        """What is proved of a cell's backend, the same in all its findings; nothing where nothing is."""
        findings = self.report(*arguments, code=1, cells=(cell,), **options)["findings"]
        self.assertTrue(findings)
        for finding in findings:
            self.assertEqual(findings[0]["proved"], finding["proved"])
        return findings[0]["proved"]

    def test_what_is_behind(self):
        (proved,) = self.proved("cell-b")
        self.assertEqual({"cell": "cell-b", "application": "cell-b-backend", "match": "exact", "version": "1.2",
                          "commit": self.git("rev-parse", "HEAD~1"), "behind": 1, "edits": [], "reason": None},
                         {key: value for key, value in proved.items() if key != "ageSeconds"})
        self.assertEqual(int(self.git("show", "-s", "--format=%ct", "HEAD")) -
                         int(self.git("show", "-s", "--format=%ct", "HEAD~1")), proved["ageSeconds"])

    def test_what_changed_nothing_of_it_is_not_counted(self):
        self.fleet.write("README.md", "x")
        self.fleet.commit()
        self.assertEqual(1, self.proved("cell-b")[0]["behind"])

    def test_a_directory_that_was_renamed(self):
        old = self.git("rev-parse", "HEAD~1")
        self.git("mv", "apps", "services")
        file = self.fleet.repo / "applicationsets/backend.yaml"
        self.fleet.write("applicationsets/backend.yaml", file.read_text().replace("apps/", "services/"))
        self.fleet.commit()
        (proved,) = self.proved("cell-b")
        self.assertEqual((old, "exact", 2), (proved["commit"], proved["match"], proved["behind"]))

    def test_what_was_edited_by_hand(self):
        (proved,) = self.proved("cell-c")
        self.assertEqual(("edited", 0, self.git("rev-parse", "HEAD")),
                         (proved["match"], proved["behind"], proved["commit"]))
        self.assertEqual(["Deployment backend/backend spec.replicas",
                          "Deployment backend/backend spec.template.spec.containers[name=backend].env[name=DEBUG_ORDERS]"],
                         proved["edits"])

    def test_a_commit_of_another_branch(self):
        new = self.git("rev-parse", "HEAD")
        self.git("branch", "next")
        self.git("reset", "--hard", "--quiet", "HEAD~1")
        (proved,) = self.proved("cell-a")
        self.assertEqual((new, "ahead", None, "1.3"),
                         (proved["commit"], proved["match"], proved["behind"], proved["version"]))

    def test_a_history_that_is_cut_off(self):
        clone = self.fleet.folder / "clone"
        subprocess.run(["git", "clone", "--quiet", "--depth", "1", f"file://{self.fleet.repo}", clone], check=True)
        self.git("remote", "remove", "origin", repo=clone)
        self.fleet.repo = clone
        (proved,) = self.proved("cell-b")
        self.assertEqual(("none", None), (proved["match"], proved["commit"]))
        self.assertIn("shallow clone", proved["reason"])

    def test_nobody_asks(self):
        self.assertEqual([], self.proved("cell-b", "--history", "0"))
        self.assertEqual([], self.proved("cell-b", "--worktree"))

    def test_texts(self):
        text = " ".join(self.fleet.check(cells=("cell-a", "cell-b")).stdout.split())
        self.assertIn(f"cell-b runs {self.git('rev-parse', 'HEAD~1')[:7]} (1.2), 1 commit and 6 days behind", text)
        fingerprint = self.report(code=1, cells=("cell-c",))["findings"][0]["fingerprint"]
        told = self.fleet.run("explain", fingerprint, "--repo", self.fleet.repo, *self.fleet.snapshots("cell-c")).stdout
        self.assertIn("The commit that is live", told)
        self.assertIn("hand-edited on top of", told)
