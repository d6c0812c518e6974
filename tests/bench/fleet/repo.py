"""The manifests repo: a folder for each service, those that differ by cell under the cell's, and three ApplicationSets."""

import json
import os
import re
import shutil
import subprocess

from services import manifests

SET = """\
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {{name: {name}, namespace: argocd}}
spec:
  goTemplate: true
  goTemplateOptions: [missingkey=error]
  generators:
    - matrix:
        generators:
          - clusters: {selector}
          - git:
              repoURL: https://git.example.com/platform/manifests.git
              revision: HEAD
              directories: [{{path: '{path}'}}]
  template:
    metadata: {{name: '{{{{.name}}}}-{{{{.path.basename}}}}'}}
    spec:
      project: default
      source:
        repoURL: https://git.example.com/platform/manifests.git
        targetRevision: HEAD
        path: '{{{{.path.path}}}}'
      destination: {{server: '{{{{.server}}}}', namespace: '{{{{.path.basename}}}}'}}
"""
SETS = {
    "services": ("{}", "services/*"),
    "services-of-cells": ("{}", "cells/{{.name}}/*"),
    "edge": ("{selector: {matchLabels: {tier: edge}}}", "edge/*"),
}
PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9./-]*")
WORDS = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}


def scalar(value):
    is_plain = isinstance(value, str) and PLAIN.fullmatch(value) and value.lower() not in WORDS
    return value if is_plain else json.dumps(value)


def yaml(value, indent=0):
    """Block YAML, as people write it."""
    pad = "  " * indent
    if isinstance(value, dict):
        for key, each in value.items():
            yield from entry(f"{pad}{scalar(key)}:", each, indent + 1)
    else:
        for each in value:
            first, *rest = yaml(each, indent + 1) if isinstance(each, (dict, list)) else [pad + "  " + scalar(each)]
            yield f"{pad}- {first.lstrip()}"
            yield from rest


def entry(lead, value, indent):
    if isinstance(value, str) and "\n" in value:
        yield lead + " |"
        yield from ("  " * indent + line for line in value.splitlines())
    elif isinstance(value, (dict, list)) and value:
        yield lead
        yield from yaml(value, indent)
    else:
        yield f"{lead} {scalar(value)}"


class Repo:
    def __init__(self, folder):
        self.folder = folder
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self.git("init", "--quiet", "--initial-branch=main", ".")

    def git(self, *arguments, **variables):
        environment = {**os.environ, **variables, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
        done = subprocess.run(["git", "-C", self.folder, *arguments], env=environment, check=True, capture_output=True)
        return done.stdout.decode().strip()

    def write(self, folder, service, version, cell=""):
        path = self.folder / folder
        path.mkdir(parents=True, exist_ok=True)
        for name, stated in manifests(service, version, cell).items():
            (path / f"{name}.yaml").write_text("\n".join([*yaml(stated), ""]))

    def write_sets(self):
        (self.folder / "applicationsets").mkdir()
        for name, (selector, path) in SETS.items():
            text = SET.format(name=name, selector=selector, path=path)
            (self.folder / f"applicationsets/{name}.yaml").write_text(text)

    def commit(self, message, date):
        who = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER")
               for what, value in (("NAME", "Ada Marsh"), ("EMAIL", "ada@example.com"), ("DATE", date))}
        self.git("add", "--all")
        self.git("commit", "--quiet", "--no-gpg-sign", "--message", message, **who)
        return self.git("rev-parse", "HEAD")


def folder_of(service):
    return f"{'edge' if service.is_edge else 'services'}/{service.name}"


def make_repo(folder, plan, services, cells):
    """Two commits; the ids of both."""
    repo = Repo(folder)
    repo.write_sets()
    for service in services:
        if service.is_of_cells:
            for cell in cells:
                repo.write(f"cells/{cell}/{service.name}", service, plan.wanted_version(service, cell), cell)
        else:
            repo.write(folder_of(service), service, service.version(-1 if plan.released(service) else 0))
    first = repo.commit("Stamp the services out to every cell", "2026-11-02T09:00:00+00:00")
    for service in filter(plan.released, services):
        repo.write(folder_of(service), service, service.version())
    (repo.folder / "README.md").write_text("What every cell runs.\n")
    return first, repo.commit("Release", "2026-11-09T09:00:00+00:00")
