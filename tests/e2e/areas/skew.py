"""What pods really run: tags that moved, rollouts that stopped, nodes of other versions."""

import json

from harness.cell import tokens
from harness.kubelet import Kubelet, Registry, digest
from harness.scene import Scene

image = "registry.example.com/web:1.3.0"


class Skew(Scene):
    cells = ("cell-a", "cell-b")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry()
        cls.kubelets = {cell: Kubelet(cls.world.api(cell, "kubelet"), cls.registry) for cell in cls.cells}

    def setUp(self):
        self.registry.move(image, "the first build")
        for kubelet in self.kubelets.values():
            kubelet.run("backend", "web")

    def skew(self, *arguments, kubeconfig=None):
        run = self.world.binary.run(
            "skew", "--repo", self.world.repo.path, "--kubeconfig", kubeconfig or self.world.readonly,
            "--context", "cell-*", *arguments)
        return run

    def rules(self, run):
        return [(one["rule"], one["severity"], one["cells"]) for one in run.report["findings"]]

    def test_1_pods_of_one_image_are_in_step(self):
        self.assert_clean(self.world.check())
        run = self.skew("--all", "-o", "json")
        self.assertEqual(0, run.exit_code, run)
        rows = {(row["component"], row["what"]): row for row in json.loads(run.stdout)["rows"]}
        row = rows["backend", f"digest of {image} in container app"]
        self.assertEqual([{"value": digest("the first build"), "cells": ["cell-a", "cell-b"]}], row["values"])
        self.assertTrue(row["inStep"])

    def test_2_a_tag_that_moved_is_found(self):
        self.registry.move(image, "the second build")
        self.kubelets["cell-b"].run("backend", "web")
        run = self.world.check()
        self.assertEqual([("skew/digest", "warning")], [rule[:2] for rule in self.rules(run)], run)
        values = {group["value"]: group["cells"] for group in run.report["findings"][0]["values"]}
        self.assertEqual({digest("the first build"): ["cell-a"], digest("the second build"): ["cell-b"]}, values)
        self.assertEqual(1, self.skew().exit_code)

    def test_3_a_rollout_that_stopped_is_found(self):
        self.kubelets["cell-b"].stop_half_way("backend", "web", "registry.example.com/web:1.2.0")
        run = self.world.check()
        self.assertEqual([("skew/rollout", "error", ["cell-b"])], self.rules(run), run)
        self.assertIn("1 of 2 pods run registry.example.com/web:1.3.0, 1 run registry.example.com/web:1.2.0; its progress "
                      "deadline is exceeded", run.report["findings"][0]["message"])

    def test_4_a_snapshot_tells_the_same(self):
        self.kubelets["cell-b"].stop_half_way("backend", "web", "registry.example.com/web:1.2.0")
        flags = []
        for cell in self.cells:
            file = self.world.folder / f"{cell}.snap"
            recorded = self.world.binary.snapshot(file, "--kubeconfig", self.world.readonly, "--context", cell)
            self.assertEqual(0, recorded.exit_code, recorded)
            flags += ["--snapshot", file]
        run = self.world.binary.check("--repo", self.world.repo.path, *flags)
        self.assertEqual(self.rules(self.world.check()), self.rules(run), run)

    def test_5_what_may_not_be_read_is_told_as_such(self):
        special = self.world.kubeconfig_with("cell-b", token=tokens["no-secrets"])
        run = self.skew("--all", "-o", "json", kubeconfig=special)
        self.assertEqual(0, run.exit_code, run)
        unread = {cell["name"]: cell["unread"] for cell in json.loads(run.stdout)["cells"]}
        self.assertEqual({"cell-a": [], "cell-b": ["node"]}, unread)

    def test_6_nodes_of_another_version_are_found(self):
        for cell, version in (("cell-a", "v1.35.1"), ("cell-b", "v1.34.2")):
            self.kubelets[cell].add_node("node-1", version)
        run = self.world.check()
        self.assertEqual([("skew/node", "warning")], [rule[:2] for rule in self.rules(run)], run)
        self.assertIn("one minor behind", run.report["findings"][0]["message"])
