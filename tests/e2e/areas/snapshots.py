"""A snapshot stands for its cell: the same findings, Secrets included, and none of their values."""

import s3_server
from harness.scene import Scene
from harness.world import secrets
from s3_server import S3Server


class Snapshots(Scene):
    def record(self, *arguments, cells=("cell-a", "cell-b", "cell-c")):
        """Records cells; returns the flags that name them in `check`."""
        flags = []
        for cell in cells:
            file = self.world.folder / f"{cell}.snap"
            run = self.world.binary.snapshot(file, "--kubeconfig", self.world.readonly, "--context", cell, *arguments)
            self.assertEqual(0, run.exit_code, run)
            flags += ["--snapshot", file]
        return flags

    def check_snapshots(self, *arguments, **options):
        return self.world.binary.check("--repo", self.world.repo.path, *arguments, **options)

    def test_1_of_a_clean_fleet_is_clean(self):
        self.assert_clean(self.check_snapshots(*self.record()))

    def test_2_findings_are_those_of_the_live_cells(self):
        self.world.kubectl("cell-b", "-n", "backend", "set", "image", "deployment/web", "app=registry.example.com/web:1.2.0")
        self.world.kubectl("cell-c", "-n", "backend", "label", "service/web", "team=web")
        self.world.kubectl("cell-c", "-n", "backend", "patch", "secret/store-credentials", '-p={"stringData":{"password":"other"}}')
        self.world.kubectl("cell-a", "-n", "backend", "delete", "service/web")
        live = self.world.check()
        recorded = self.check_snapshots(*self.record())
        self.assertEqual(1, live.exit_code, live)
        self.assertEqual(1, recorded.exit_code, recorded)
        self.assertEqual(5, len(live.report["findings"]), live)
        self.assertEqual(self.told(live), self.told(recorded))

    def test_3_a_fleet_key_is_needed_again(self):
        key = self.world.folder / "fleet.key"
        key.write_text("a key that is long enough for anybody")
        flags = self.record("--secret-key-file", key)
        known = self.check_snapshots(*flags, "--secret-key-file", key)
        unknown = self.check_snapshots(*flags)
        self.assertTrue(known.report["complete"], known)
        self.assertFalse(unknown.report["complete"], unknown)
        self.assertIn("--secret-key-file", self.problems_of(unknown, "cell-a")[0])

    def test_4_nothing_secret_is_in_them(self):
        self.assertTrue(secrets)  # Binary.snapshot has searched each file, packed and unpacked, for every one of them
        data = (self.world.folder / "cell-a.snap").read_bytes()
        self.assertEqual(b"\x1f\x8b", data[:2])

    def test_5_by_way_of_a_bucket_they_say_the_same(self):
        if s3_server.program() is None:
            self.skipTest("there is no Go to build an S3 server with")
        local = self.check_snapshots(*self.record())
        secret_key = "s3-key-that-nobody-may-see"
        self.world.binary.canaries.add(secret_key)
        with S3Server(secret_key, {}) as server:
            for cell in ("cell-a", "cell-b", "cell-c"):
                where = ("--kubeconfig", self.world.readonly, "--context", cell)
                run = self.world.binary.snapshot("s3://fleet/e2e", *where, environment=server.environment())
                self.assertEqual(0, run.exit_code, run)
            place = ("--snapshot", "s3://fleet/e2e", "--max-age", "10m")
            remote = self.check_snapshots(*place, environment=server.environment())
        self.assertEqual(self.told(local), self.told(remote))
        self.assertTrue(remote.report["complete"], remote)

    @staticmethod
    def told(run):
        """What does not depend on the key that a run hashed Secret values with."""
        keys = ("fingerprint", "rule", "severity", "cells", "application", "object", "path", "change", "source", "changedBy")
        return [{key: finding[key] for key in keys} for finding in run.report["findings"]]
