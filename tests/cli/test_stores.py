"""Snapshots of web servers and of S3: read from there, written there, and no secret in what is said of it."""

import json
import random
import unittest
import urllib.parse

import s3_server
from case import Case
from fleet import SECRET
from places import ago, changed, demo_snapshot
from recording_server import RecordingServer
from s3_server import S3Server

# As little of a cell as can be recorded: it serves nothing.
DISCOVERY = {"kind": "APIGroupDiscoveryList", "apiVersion": "apidiscovery.k8s.io/v2", "metadata": {}, "items": []}
KUBECONFIG = """\
apiVersion: v1
kind: Config
current-context: cell
clusters: [{{name: cell, cluster: {{server: "{server}"}}}}]
users: [{{name: nobody, user: {{}}}}]
contexts: [{{name: cell, context: {{cluster: cell, user: nobody}}}}]
"""


def api_server():
    def answer(question):
        return 200, json.dumps({"gitVersion": "v1.35.1"} if question.path.startswith("/version") else DISCOVERY)

    return RecordingServer(answer, "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList")


class Stores(Case):
    def cells(self, *arguments, code=0, **options):
        run = self.fleet.run("cells", "-o", "json", *arguments, **options)
        self.assert_exit(code, run)
        return {cell["name"]: cell for cell in json.loads(run.stdout)}, run.stderr

    def snapshot(self, server, *arguments, **options):
        kubeconfig = self.fleet.write("cell.yaml", KUBECONFIG.format(server=server.address), folder=self.fleet.folder)
        return self.fleet.run("snapshot", "--kubeconfig", kubeconfig, "--name", "cell/x", *arguments, **options)


def web(files, token=None):
    """A web server that has these bytes at these paths, and takes more."""

    def answer(question):
        path = urllib.parse.unquote(question.path.partition("?")[0])
        if token and question.authorization != f"Bearer {token}":
            return 401, SECRET
        if question.method == "PUT":
            files[path] = question.raw
            return 201, ""
        return (200, files[path]) if path in files else (404, SECRET)

    return RecordingServer(answer)


class Web(Stores):
    def fleet_of_three(self):
        files = {f"/c/cell-{cell}.snap": demo_snapshot(f"cell-{cell}").read_bytes() for cell in "abc"}
        return {**files, "/c/index.json": json.dumps([name.removeprefix("/c/") for name in files])}

    def test_a_folder_a_file_and_both_as_the_fleet(self):
        with web(self.fleet_of_three()) as server:
            cells, _ = self.cells("--snapshot", f"{server.address}/c/?sig={SECRET}")
            self.assertEqual(["cell-a", "cell-b", "cell-c"], sorted(cells))
            self.assertEqual(f"snapshot {server.address}/c/cell-a.snap", cells["cell-a"]["from"])
            cells, _ = self.cells("--snapshot", f"{server.address}/c/cell-b.snap")
            self.assertEqual(["cell-b"], sorted(cells))
            remote = self.fleet.check("-o", "json", "--snapshot", f"{server.address}/c/", cells=())
        local = self.fleet.check("-o", "json", cells=("cell-a", "cell-b", "cell-c"))
        self.assertEqual(json.loads(local.stdout), json.loads(remote.stdout))

    def test_the_token_opens_it_and_is_never_shown(self):
        with web(self.fleet_of_three(), token=SECRET) as server:
            place = ("--snapshot", f"{server.address}/c/", "-v")
            self.cells(*place, environment={"CELLDRIFT_SNAPSHOT_TOKEN": SECRET})
            run = self.fleet.run("cells", *place)
            self.assert_refused(run, "401", "CELLDRIFT_SNAPSHOT_TOKEN")
            # A repo's file sends no token to a host of its choice.
            config = self.fleet.write("celldrift.yaml", f"snapshots: ['{server.address}/c/']\n", self.fleet.folder)
            asked = len(server.asked)
            run = self.fleet.run("cells", "--config", config, environment={"CELLDRIFT_SNAPSHOT_TOKEN": SECRET})
            self.assert_refused(run, "CELLDRIFT_SNAPSHOT_TOKEN_HOST")
            self.assertEqual({None}, {question.authorization for question in server.asked[asked:]})
            host = server.address.removeprefix("http://")
            both = {"CELLDRIFT_SNAPSHOT_TOKEN": SECRET, "CELLDRIFT_SNAPSHOT_TOKEN_HOST": host}
            self.cells("--config", config, environment=both)

    def test_what_cannot_be_fetched_hides_no_other(self):
        files = self.fleet_of_three()
        del files["/c/cell-b.snap"]
        files["/c/cell-c.snap"] = b"garbage"
        with web(files) as server:
            cells, told = self.cells("--snapshot", f"{server.address}/c/", code=3)
            self.assertEqual(["cell-a"], list(cells))
            self.assertIn(f"{server.address}/c/cell-b.snap: 404 not found", told)
            self.assertIn("cell-c.snap", told)
            config = self.fleet.write(
                "celldrift.yaml",
                f"cells: [{{name: cell-a, snapshot: '{server.address}/c/cell-a.snap'}},"
                f" {{name: cell-b, snapshot: '{server.address}/c/cell-b.snap'}},"
                f" {{name: cell-d, snapshot: '{server.address}/c/'}}]\n",
                self.fleet.folder,
            )
            cells, _ = self.cells("--config", config, code=3)
            self.assertTrue(cells["cell-a"]["reachable"])
            self.assertIn("404", cells["cell-b"]["reason"])
            self.assertIn("no snapshot of it", cells["cell-d"]["reason"])

    def test_nobody_there(self):
        run = self.fleet.run("cells", "--snapshot", f"http://127.0.0.1:1/c/?sig={SECRET}", "--timeout", "2s")
        self.assert_refused(run, "127.0.0.1:1")
        run = self.fleet.run("cells", "--snapshot", f"https://user:{SECRET}@127.0.0.1/c/")
        self.assert_refused(run, "user or password")

    def test_a_snapshot_is_put_there(self):
        files = {}
        with web(files, token=SECRET) as server, api_server() as cell:
            environment = {"CELLDRIFT_SNAPSHOT_TOKEN": SECRET}
            run = self.snapshot(cell, "-o", f"{server.address}/c/?sig={SECRET}", environment=environment)
            self.assert_exit(0, run)
            self.assertIn(f"in {server.address}/c/cell%2Fx.snap", run.stderr)
            self.assertEqual(["/c/cell%2Fx.snap"], list(files))
            run = self.snapshot(cell, "-o", f"{server.address}/c/")
            self.assert_exit(2, run)
            self.assertIn("401", run.stderr)
            run = self.snapshot(cell, "-o", str(self.fleet.folder) + "/")
            self.assert_exit(0, run)
        written = self.fleet.folder / "cell%2Fx.snap"
        cells, _ = self.cells("--snapshot", written)
        self.assertEqual(["cell/x"], list(cells))


@unittest.skipIf(s3_server.program() is None, "there is no Go to build an S3 server with")
class Bucket(Stores):
    def serve(self, objects):
        server = S3Server(SECRET, objects)
        self.addCleanup(server.__exit__)
        return server.__enter__()

    def objects(self, count=3):
        return {f"cells/cell-{cell}.snap": demo_snapshot(f"cell-{cell}") for cell in "abc"[:count]}

    def test_a_bucket_is_a_fleet(self):
        newer = self.fleet.write("newer", changed("cell-a", time=ago(minutes=1)), folder=self.fleet.folder)
        other = self.fleet.write("other", "x", folder=self.fleet.folder)
        server = self.serve({**self.objects(), "cells/x/newer.snap": newer, "cells/notes.txt": other,
                             "cells-of-others/cell-z.snap": other})
        cells, _ = self.cells("--snapshot", "s3://fleet/cells", "-v", environment=server.environment())
        self.assertEqual(["cell-a", "cell-b", "cell-c"], sorted(cells))
        self.assertEqual("snapshot s3://fleet/cells/x/newer.snap", cells["cell-a"]["from"])
        cells, _ = self.cells("--snapshot", "s3://fleet/cells/cell-b.snap", environment=server.environment())
        self.assertEqual(["cell-b"], sorted(cells))
        config = self.fleet.write(
            "celldrift.yaml", "snapshots: ['s3://fleet/cells']\ncells: [{name: cell-z}]\n", self.fleet.folder
        )
        cells, _ = self.cells("--config", config, code=3, environment=server.environment())
        self.assertEqual("there is no snapshot of it in s3://fleet/cells", cells["cell-z"]["reason"])

    def test_profiles_and_endpoints_of_the_shared_files(self):
        server = self.serve(self.objects(1))
        self.fleet.write(".aws/config", f"[profile fleet]\nregion = eu-west-1\nendpoint_url = {server.address}\n",
                         self.fleet.folder)
        keys = f"[fleet]\naws_access_key_id = {s3_server.ACCESS_KEY}\naws_secret_access_key = {SECRET}\n"
        self.fleet.write(".aws/credentials", keys, self.fleet.folder)
        cells, _ = self.cells("--snapshot", "s3://fleet", environment={"AWS_PROFILE": "fleet"})
        self.assertEqual(["cell-a"], list(cells))

    def test_wrong_keys_are_refused_and_not_shown(self):
        server = self.serve(self.objects(1))
        for change, code in (
            ({"AWS_SECRET_ACCESS_KEY": f"{SECRET}-wrong"}, "SignatureDoesNotMatch"),
            ({"AWS_ACCESS_KEY_ID": "AKIDWRONG"}, "403"),
            ({"AWS_ACCESS_KEY_ID": ""}, "AWS_ACCESS_KEY_ID"),
            ({"AWS_REGION": ""}, "AWS_REGION"),
        ):
            for place in ("s3://fleet/cells", "s3://fleet/cells/cell-a.snap"):
                with self.subTest(change=change, place=place):
                    run = self.fleet.run("cells", "--snapshot", place, "-v", environment=server.environment(**change))
                    self.assert_refused(run, code)
        run = self.fleet.run("cells", "--snapshot", "s3://no-such-bucket", environment=server.environment())
        self.assert_refused(run, "NoSuchBucket")

    def test_any_key_is_listed_signed_and_fetched(self):
        seed = random.randrange(1 << 32)
        draw = random.Random(seed)
        letters = "aZ09-._~ !\"#$%&'()*+,:;<=>?@[]^`{|}äß日"
        names = {"".join(draw.choices(letters, k=draw.randint(1, 20))) for _ in range(60)}
        keys = [f"k/{name.strip('. ') or 'x'}/{name}x.snap" for name in sorted(names)]
        keys = [key for key in keys if not {".", ".."} & set(key.split("/"))]
        files = {
            key: self.fleet.write(f"files/{i}", changed("cell-a", objects=False, cell=f"c{i}"), self.fleet.folder)
            for i, key in enumerate(keys)
        }
        server = self.serve(files)
        run = self.fleet.run("cells", "-o", "name", "--snapshot", "s3://fleet/k", environment=server.environment())
        told = f"seed {seed}\n{run.stderr}"
        self.assertEqual({f"c{i}" for i in range(len(keys))}, set(run.stdout.split()), told)

    def test_a_long_list_has_pages(self):
        empty = self.fleet.write("empty", "", self.fleet.folder)
        noise = {f"cells/{i:05}.txt": empty for i in range(2300)}
        server = self.serve({**noise, **self.objects()})
        cells, _ = self.cells("--snapshot", "s3://fleet/cells", environment=server.environment())
        self.assertEqual(["cell-a", "cell-b", "cell-c"], sorted(cells))

    def test_a_snapshot_is_put_there(self):
        server = self.serve({})
        with api_server() as cell:
            run = self.snapshot(cell, "-o", "s3://fleet/cells", environment=server.environment())
            self.assert_exit(0, run)
            self.assertIn("in s3://fleet/cells/cell%2Fx.snap", run.stderr)
            wrong = server.environment(AWS_SECRET_ACCESS_KEY=f"{SECRET}-wrong")
            run = self.snapshot(cell, "-o", "s3://fleet/cells/", environment=wrong)
            self.assert_exit(2, run)
            self.assertIn("cannot write the snapshot s3://fleet/cells/cell%2Fx.snap", run.stderr)
        cells, _ = self.cells("--snapshot", "s3://fleet/cells", environment=server.environment())
        self.assertEqual("v1.35.1", cells["cell/x"]["kubernetesVersion"])
        self.assertEqual("snapshot s3://fleet/cells/cell%2Fx.snap", cells["cell/x"]["from"])
        self.assertLess(cells["cell/x"]["snapshotAgeSeconds"], 60)


