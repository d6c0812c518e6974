"""What a targetRevision comes to in a repository: testdata/revisions/*.txt, and random ones.

A file describes a repository (commits are numbered from 0, each the child of the one before) and asks:

    commits <count>
    head <ref>
    ref <name> <commit>             a branch, a lightweight tag, any ref
    tag <name> <commit>             an annotated tag
    ask<TAB>revision<TAB>tagPrefix<TAB>answer

An answer is a commit's number, several of them where Argo CD answers now this, now that, "as written" for an id that it
hands on, or "error". {0} and {0:8} in a revision stand for the id of commit 0 and its first 8 digits, {t1} for the tag
object of the first annotated tag.
"""
import os
import random
import re
import subprocess
import tempfile

ENVIRONMENT = {**os.environ, "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.com",
               "GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "ada@example.com",
               "GIT_AUTHOR_DATE": "1700000000 +0000", "GIT_COMMITTER_DATE": "1700000000 +0000"}
TRIES = 24  # of one question: the order in which Argo CD looks through refs is not defined


def git(folder, *arguments):
    return subprocess.run(["git", "-C", folder, *arguments], env=ENVIRONMENT, check=True, capture_output=True,
                          text=True).stdout.strip()


class Repository:
    def __init__(self, folder, lines):
        self.folder, self.commits, self.tags = folder, [], []
        git(folder, "init", "-q", "--bare", "-b", "main", ".")
        tree = git(folder, "mktree")
        for line in lines:
            words = line.split()
            if words[0] == "commits":
                for i in range(int(words[1])):
                    parent = ["-p", self.commits[-1]] if self.commits else []
                    self.commits.append(git(folder, "commit-tree", tree, "-m", "c%d" % i, *parent))
            elif words[0] == "head":
                git(folder, "symbolic-ref", "HEAD", words[1])
            elif words[0] == "ref":
                git(folder, "update-ref", words[1], self.commits[int(words[2])])
            elif words[0] == "tag":
                name = words[1].removeprefix("refs/tags/")
                git(folder, "tag", "-a", "-m", "note", name, self.commits[int(words[2])])
                self.tags.append(git(folder, "rev-parse", words[1]))

    def filled(self, revision):
        def ident(match):
            source = self.tags if match[1] else self.commits
            text = source[int(match[2]) - (1 if match[1] else 0)]
            return text[:int(match[3])] if match[3] else text
        return re.sub(r"\{(t?)(\d+)(?::(\d+))?\}", ident, revision)

    def answer(self, oracle, revision, prefix):
        question = {"url": "file://" + self.folder, "revision": self.filled(revision), "tagPrefix": prefix}
        found = set()
        for _ in range(TRIES):
            answer = oracle.ask(question).get("revision", "error")
            if answer in self.commits and answer != question["revision"]:
                answer = str(self.commits.index(answer))
            elif answer != "error":
                answer = "as written"
            found.add(answer)
        return " ".join(sorted(found)) if len(found) > 1 else found.pop()


def record(oracle, lines):
    with tempfile.TemporaryDirectory() as folder:
        repository = Repository(folder, [line for line in lines if line and line[0] in "chrt"])
        out = []
        for line in lines:
            if line.startswith("ask\t"):
                _, revision, prefix = line.split("\t")[:3]
                line = "\t".join(["ask", revision, prefix, repository.answer(oracle, revision, prefix)])
            out.append(line)
        return out


def random_case(rng):
    """A repository with names that get into each other's way."""
    numbers = ["1", "1.2", "1.2.3", "v1.2.3", "v1.2", "2.0.0-rc.1", "v2.0.0-rc.1", "2.0.0", "1.10.0", "01.2.3", "1.2.3+a",
               "1.2.3+b", "1.0.0-01", "2024.01.01", "1.x", "x", "v1.*", "main", "dev", "a/b", "1.2.3.4", "abcdef1", "1234567",
               "app-1.2.3", "app-2.0.0", "app-v1.3.0", "app-x", "HEAD", "heads/main"]
    lines = ["commits 6", "head refs/heads/main", "ref refs/heads/main 5"]
    for name in rng.sample(numbers, rng.randint(2, 12)):
        if re.search(r"[*]", name):
            continue
        kinds = rng.sample(["refs/heads/", "refs/tags/", "refs/remotes/", "refs/x/", "refs/pull/"], rng.choice([1, 1, 1, 2]))
        for kind in kinds:
            if (kind, name) in (("refs/heads/", "main"), ("refs/heads/", "HEAD")):
                continue
            word = "tag" if kind == "refs/tags/" and rng.random() < 0.4 else "ref"
            lines.append("%s %s%s %d" % (word, kind, name, rng.randrange(6)))
    asked = numbers + ["", "HEAD", "*", ">=1.0.0", ">= 1.0.0-0", "^1", "~1.2", "1.2.x", "1.x", ">1 <2", "<0.1", "X", "1.2 - 2",
                       "=1.2.3", "!=1.2.3", "||", "~2.0.0-0", "refs/heads/main", "refs/tags/1.2.3", "refs/pull/dev", "pull/dev",
                       "x/dev", "tags/1.2.3", "heads/dev", "origin/main", "{0}", "{3:8}", "{3:7}", "{3:6}", "deadbeef", "DEADBEEF1"]
    for revision in rng.sample(asked, 10):
        lines.append("ask\t%s\t%s" % (revision, rng.choice(["", "", "", "app-", "v", "1"])))
    return lines
