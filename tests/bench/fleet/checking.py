"""Holds `celldrift check` against what is planted in a fleet."""

import collections
import json
import os
import subprocess
import sys
import tempfile
import time

SHOWN = 20


class Run:
    """A check of the fleet in a folder: its report, and what it took."""

    def __init__(self, binary, folder):
        self.folder = folder
        self.report, self.seconds, self.mib = run(binary, folder)

    def wrong(self):
        """Lines that say what is not as planted: findings, counts of objects, proved commits."""
        planted = json.loads((self.folder / "planted.json").read_text())
        return [line for wrong in (wrong_findings, wrong_counts, wrong_commits) for line in wrong(self.report, planted)]

    def describe(self):
        summary = self.report["summary"]
        return (f"{summary['cells']} cells, {summary['applications']} Applications, "
                f"{sum(summary['objects'].values())} objects, {len(self.report['findings'])} findings: "
                f"{self.seconds:.2f} s, {self.mib:.0f} MiB")


def run(binary, folder):
    """The JSON report, seconds and MiB."""
    command = [binary, "check", "-q", "--repo", folder / "repo", "--snapshot", folder / "snapshots", "-o", "json"]
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    start = time.monotonic()
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
        output.seek(0)
        errors.seek(0)
        code = os.waitstatus_to_exitcode(status)
        if code not in (0, 1):
            sys.exit(f"celldrift ended with {code}: {errors.read().decode()}{output.read(4000).decode()}")
        return json.load(output), seconds, usage.ru_maxrss / 1024


def brief(finding):
    """What of a reported finding is planned."""
    thing = finding["object"]
    return {"rule": finding["rule"], "severity": finding["severity"], "cells": finding["cells"],
            "component": finding["component"], "kind": thing["kind"], "namespace": thing["namespace"],
            "name": thing["name"], "path": finding["pathText"]}


def counted(findings):
    return collections.Counter(json.dumps(each, sort_keys=True) for each in findings)


def listed(title, findings):
    lines = [f"{title} ({sum(findings.values())}):"] if findings else []
    return lines + [f"  {each}" for each in sorted(findings)[:SHOWN]]


def wrong_findings(report, planted):
    found, wanted = counted(map(brief, report["findings"])), counted(planted["findings"])
    return listed("planted and not found", wanted - found) + listed("found and not planted", found - wanted)


def wrong_counts(report, planted):
    lines = [] if report["complete"] else ["the report is incomplete"]
    lines += [f"problem: {json.dumps(each)}" for each in report["problems"][:SHOWN]]
    counts = report["summary"]["objects"]
    return lines + ([] if counts == planted["objects"] else [f"objects {counts}, not {planted['objects']}"])


def wrong_commits(report, planted):
    """What lags runs the first commit, and that is proved."""
    lagging = {(each["service"], cell) for each in planted["planted"] if each["kind"] == "lag" for cell in each["cells"]}
    proved = {(finding["component"], each["cell"]): (each["match"], each["commit"])
              for finding in report["findings"] if finding["category"] == "drift" for each in finding["proved"]}
    wanted = ("exact", planted["commits"][0])
    return [f"{place} is proved to run {proved.get(place)}, not {wanted}" for place in sorted(lagging)
            if proved.get(place) != wanted]
