"""A manifests repo: a real git repo, made in a temporary folder from a folder of files."""

import os
import shutil
import subprocess

# The same author and dates each time, so that commit ids are the same each time.
_identity = {
    "GIT_AUTHOR_NAME": "Fleet Team",
    "GIT_AUTHOR_EMAIL": "fleet@example.com",
    "GIT_COMMITTER_NAME": "Fleet Team",
    "GIT_COMMITTER_EMAIL": "fleet@example.com",
    "GIT_AUTHOR_DATE": "2026-03-02T09:00:00Z",
    "GIT_COMMITTER_DATE": "2026-03-02T09:00:00Z",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1",
}


class Repo:
    def __init__(self, path, files, url="https://git.example.com/fleet/manifests.git"):
        self.path = path
        shutil.copytree(files, path)
        self._git("init", "--quiet", "--initial-branch=main")
        self._git("remote", "add", "origin", url)
        self.commit("Describe the fleet")

    def _git(self, *arguments, time=None):
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.path), **_identity}
        if time:
            environment.update(GIT_AUTHOR_DATE=time, GIT_COMMITTER_DATE=time)
        command = ["git", "-C", str(self.path), *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout

    def commit(self, message, time=None):
        """Commits everything; `time` as "2026-03-03T09:00:00Z", where it is not that of all commits."""
        self._git("add", "--all")
        self._git("commit", "--quiet", f"--message={message}", time=time)
        return self.head

    @property
    def head(self):
        return self._git("rev-parse", "HEAD").strip()

    def reset(self, commit):
        self._git("reset", "--quiet", "--hard", commit)

    def read(self, file):
        return (self.path / file).read_text()

    def write(self, file, text):
        (self.path / file).parent.mkdir(parents=True, exist_ok=True)
        (self.path / file).write_text(text)

    def replace(self, file, old, new):
        """Replaces the one occurrence of `old` in a file; it need not be committed."""
        text = self.read(file)
        if text.count(old) != 1:
            raise ValueError(f"{file} has {old!r} {text.count(old)} times")
        self.write(file, text.replace(old, new))

    def place(self, where):
        """"file: text" -> "file:line" of the one line that, blanks stripped, is `text`; a "#2" after the file's
        name means the second such line."""
        file, _, text = where.partition(": ")
        file, _, nth = file.partition("#")
        lines = self.read(file).splitlines()
        found = [number for number, line in enumerate(lines, 1) if line.strip() == text]
        if not found or (len(found) > 1 and not nth):
            raise ValueError(f"{file} has the line {text!r} {len(found)} times")
        return f"{file}:{found[int(nth or 1) - 1]}"
