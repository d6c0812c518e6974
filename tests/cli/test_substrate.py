"""What cells stand on: snapshots of the demo's cells with something under them that the others do not have."""

import gzip
import json

from case import Case
from fleet import DEMO, PROJECT

ALL = ("cell-a", "cell-b", "cell-c")
CHOSEN = "storageclass.kubernetes.io/is-default-class"


def storage_class(name, default=False, **parameters):
    return {"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "provisioner": "disks.shop.example",
            "metadata": {"name": name, "annotations": {CHOSEN: str(default).lower()}}, "parameters": parameters}


def quota(cpu):
    return {"apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "team", "namespace": "backend"},
            "spec": {"hard": {"cpu": cpu}}}


def webhook(name, ca):
    return {"apiVersion": "admissionregistration.k8s.io/v1", "kind": "MutatingWebhookConfiguration",
            "metadata": {"name": name}, "webhooks": [{
                "name": f"{name}.shop.example", "admissionReviewVersions": ["v1"], "sideEffects": "None",
                "clientConfig": {"url": "https://127.0.0.1:1/", "caBundle": ca},
                "rules": [{"apiGroups": ["apps"], "apiVersions": ["v1"], "resources": ["deployments"],
                           "operations": ["CREATE"], "scope": "*"}],
                "matchPolicy": "Equivalent", "namespaceSelector": {}, "objectSelector": {},
                "reinvocationPolicy": "Never", "timeoutSeconds": 10, "failurePolicy": "Fail"}]}


def key(object):
    group, _, version = object["apiVersion"].rpartition("/")
    return group, object["kind"], object["metadata"].get("namespace", ""), object["metadata"]["name"]


class Substrate(Case):
    def snapshot(self, cell, objects=(), change=lambda header: None):
        """A copy of the demo's snapshot of a cell, with more objects."""
        lines = gzip.decompress((DEMO / f"snapshots/{cell}.snap").read_bytes()).splitlines()
        header, kept = json.loads(lines[0]), [json.loads(line) for line in lines[1:]]
        kept = sorted(kept + list(objects), key=key)
        header["objects"] = len(kept)
        change(header)
        text = "".join(json.dumps(one, sort_keys=True) + "\n" for one in [header, *kept])
        path = self.fleet.folder / f"{cell}.snap"
        path.write_bytes(gzip.compress(text.encode()))
        return path

    def arguments(self, **objects):
        """`cell_b=[…]` has these objects beside those of the demo."""
        arguments = []
        for cell in ALL:
            arguments += ["--snapshot", self.snapshot(cell, objects.get(cell.replace("-", "_"), ()))]
        return arguments

    def check(self, arguments, *more):
        run = self.fleet.run("check", "--repo", self.fleet.repo, *arguments, "-o", "json", *more)
        self.assertIn(run.returncode, (0, 1), run.stderr)
        report = json.loads(run.stdout)
        return report, [one for one in report["findings"] if one["rule"] == "parity/substrate"]

    def test_cells_that_stand_on_the_same(self):
        same = [storage_class("fast", default=True, type="gp3"), quota("4"), webhook("inject", "YWE=")]
        report, found = self.check(self.arguments(cell_a=same, cell_b=same, cell_c=[*same[:2], webhook("inject", "YmI=")]))
        self.assertEqual([], found)
        self.assertEqual([], [one for one in report["problems"] if "compared" in one["message"]])

    def test_what_one_cell_has_alone(self):
        _, found = self.check(self.arguments(cell_b=[webhook("inject", "YWE=")]))
        self.assertEqual([("MutatingWebhookConfiguration", ["cell-b"])],
                         [(one["object"]["kind"], one["cells"]) for one in found])
        self.assertEqual(("warning", "parity", "(cluster)", None),
                         tuple(found[0][name] for name in ("severity", "category", "component", "application")))
        self.assertEqual([(None, ["cell-a", "cell-c"]), ("there", ["cell-b"])],
                         [(one["value"], one["cells"]) for one in found[0]["values"]])

    def test_what_is_another_in_one_cell(self):
        _, found = self.check(self.arguments(
            cell_a=[storage_class("fast", type="gp3"), quota("4")],
            cell_b=[storage_class("fast", type="gp2"), quota("4")],
            cell_c=[storage_class("fast", type="gp3"), quota("2")]))
        self.assertEqual({("StorageClass", "parameters.type", ("cell-b",)), ("ResourceQuota", "spec.hard.cpu", ("cell-c",))},
                         {(one["object"]["kind"], one["pathText"], tuple(one["cells"])) for one in found})

    def test_the_default_class(self):
        gp2 = [storage_class("gp2", default=True), storage_class("gp3")]
        gp3 = [storage_class("gp2"), storage_class("gp3", default=True)]
        _, found = self.check(self.arguments(cell_a=gp3, cell_b=gp2, cell_c=gp3))
        self.assertEqual(["the default StorageClass differs: gp3 in cell-a, cell-c, gp2 in cell-b; out of line: cell-b; "
                          "it counts for whatever names no class"], [one["message"] for one in found])

    def test_what_git_has_is_left_to_drift(self):
        name = storage_class("fast", type="gp3")
        self.fleet.add_application("storage", {"class.yaml": json.dumps(name)})
        report, found = self.check(self.arguments(cell_a=[name], cell_b=[storage_class("fast", type="gp2")], cell_c=[name]))
        self.assertEqual([], found)
        about = [one for one in report["findings"] if one["object"]["kind"] == "StorageClass"]
        self.assertEqual([("drift", ["cell-b"])], [(one["category"], one["cells"]) for one in about])

    def test_what_could_not_be_read_is_said_and_not_compared(self):
        def unread(header):
            for kind in header["coverage"]:
                if kind["kind"] == "StorageClass":
                    kind.update(state="unknown", reason="storageclasses is forbidden")

        cells = [argument for cell in ALL for argument in
                 ("--snapshot", self.snapshot(cell, *([(), unread] if cell == "cell-b" else [[storage_class("fast")]])))]
        report, found = self.check(cells)
        self.assertEqual([], found)
        said = [one for one in report["problems"] if "not compared with other cells" in one["message"]]
        self.assertEqual([("cell-b", False)], [(one["cell"], one["unknown"]) for one in said], report["problems"])
        self.assertIn("StorageClass (storageclasses is forbidden)", said[0]["message"])
        self.assertTrue(report["complete"])

    def test_apis(self):
        def serve(header, *more):
            """As snapshots have it since version 2; these are older."""
            header["schema"] = "celldrift.snapshot/v2"
            header["served"] = [{"group": one["group"], "kind": one["kind"], "versions": ["v1"]} for one in header["scopes"]]
            header["served"] += more
            header.update(failedGroups={}, types=[])

        issuer = {"group": "cert-manager.io", "kind": "Issuer", "versions": ["v1"]}
        cells = [argument for cell in ALL for argument in
                 ("--snapshot", self.snapshot(cell, (), lambda header: serve(header, *[issuer] * (cell == "cell-b"))))]
        _, found = self.check(cells)
        self.assertEqual(["APIs of cert-manager.io differ: nothing in cell-a, cell-c, Issuer v1 in cell-b; "
                          "out of line: cell-b; Git uses none of them"], [one["message"] for one in found])

    def test_two_cells_side_by_side(self):
        arguments = self.arguments(cell_b=[storage_class("fast")])

        def differences(*more):
            run = self.fleet.run("diff", "cell-a", "cell-b", "--repo", self.fleet.repo, *arguments, "-o", "json", *more)
            self.assertEqual(1, run.returncode, run.stderr)
            return [one for one in json.loads(run.stdout)["differences"] if one["component"] == "(cluster)"]

        self.assertEqual([("undeclared", None, "there")],
                         [(one["nature"], one["left"], one["right"]) for one in differences()])
        self.assertEqual([], differences("--component", "backend"))

    def test_rules_and_waivers_are_about_it_too(self):
        rules = self.fleet.write("rules.yaml", "waivers:\n- {name: disks, match: {rule: parity/substrate, kind: StorageClass}, "
                                               "reason: being tried out}\n", folder=self.fleet.folder)
        report, found = self.check(self.arguments(cell_b=[storage_class("fast")]), "--rules", rules)
        self.assertEqual([], found)
        self.assertEqual(["parity/substrate"], [one["rule"] for one in report["waived"]])

    def test_the_docs_show_it(self):
        """docs/parity.md has what this prints."""
        arguments = self.arguments(
            cell_a=[storage_class("gp2"), storage_class("gp3", default=True), quota("4")],
            cell_b=[storage_class("gp2", default=True), storage_class("gp3"), quota("4"), webhook("inject", "YWE=")],
            cell_c=[storage_class("gp2"), storage_class("gp3", default=True), quota("2")])
        run = self.fleet.run("check", "--repo", self.fleet.repo, *arguments, environment={"COLUMNS": "80"})
        section = run.stdout[run.stdout.index("Parity: "):].split("\n\n")[0]
        self.assertIn(section, (PROJECT / "docs/parity.md").read_text())
