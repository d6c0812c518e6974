"""Custom resources are compared by the types that the cell's own schema gives them."""

import json

from harness import assets
from harness.scene import Scene
from harness.world import as_argocd, client_side

definition = "platform/25-gadgets.crd.yaml"
file = "apps/backend/custom/gadget.yaml"
gadget = """\
apiVersion: example.com/v1
kind: Gadget
metadata:
  name: full
spec:
  ports:
    - port: 80
    - port: 53
      protocol: UDP
  tags: [b, a]
  order: [b, a]
  selector: {app: web}
  labels: {tier: web}
  size: 25%
  memory: 1Gi
  cpu: 1500m
  maybe: null
  maybeobj: {}
  notnull: ""
  raw: {anything: {at: [all]}}
  partly: {known: {a: b}, more: 1}
  template:
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: inner}
    data: {a: b}
  when: "2020-01-01T00:00:00Z"
  day: "2020-01-01"
  every: 90m
  blob: aGVsbG8=
  ratio: 2.0
  count: 3
  empty: {}
  mapdef: {one: {}}
  depth:
    level: 7
"""
name = "Gadget backend/full"


class CustomResources(Scene):
    cells = ("cell-a", "cell-b")
    modes = {"cell-a": client_side, "cell-b": as_argocd}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        text = (assets.project / "testdata/openapi/widgets.crd.yaml").read_text()
        for old, new in (("Widget", "Gadget"), ("widget", "gadget")):
            text = text.replace(old, new)
        # Both versions with the whole schema.
        whole = text[text.index("    schema:"):text.index("  - name: v1beta1")]
        text = text[:text.rindex("    schema:")] + whole
        cls.world.repo.write(definition, text)
        cls.world.repo.write(file, gadget)
        cls.world.repo.commit("Add gadgets")
        for cell in cls.cells:
            cls.world.apply(cell, cls.modes[cell], definition)
            cls.world.apply(cell, cls.modes[cell], file)

    def patch(self, spec, cell="cell-b"):
        self.world.kubectl(cell, "-n", "backend", "patch", "gadget/full", "--type=merge", "-p", json.dumps({"spec": spec}))

    def restore(self, cell="cell-b"):
        self.world.kubectl(cell, "-n", "backend", "delete", "gadget/full")
        self.world.apply(cell, self.modes[cell], file)

    def findings(self, *arguments):
        run = self.world.check(*arguments)
        return [one for one in run.report["findings"] if one["object"]["kind"] == "Gadget"]

    def test_1_nothing_is_found_after_apply(self):
        self.assert_clean(self.world.check())

    def test_2_other_words_for_the_same_are_no_drift(self):
        self.patch({"memory": "1024Mi", "cpu": "1.5", "when": "2020-01-01T01:00:00+01:00", "every": "1h30m", "ratio": 2,
                    "tags": ["a", "b"]})
        self.assertEqual([], self.findings())
        self.restore()

    def test_3_changes_are_found_where_they_are(self):
        changes = [
            ({"depth": {"level": 8}}, "modified", "spec.depth.level"),
            ({"depth": {"inner": {"true": False}}}, "added", "spec.depth.inner.true"),
            ({"tags": ["b", "a", "c"]}, "added", "spec.tags[c]"),
            ({"tags": ["b"]}, "removed", "spec.tags[a]"),
            ({"order": ["a", "b"]}, "modified", "spec.order"),
            ({"ports": [{"port": 80, "protocol": "TCP", "name": "web"}, {"port": 53, "protocol": "UDP"}]}, "added",
             "spec.ports[port=80,protocol=TCP].name"),
            ({"ports": [{"port": 80, "protocol": "TCP"}]}, "removed", "spec.ports[port=53,protocol=UDP]"),
            ({"selector": {"app": "web", "more": "x"}}, "added", "spec.selector.more"),
            ({"size": "26%"}, "modified", "spec.size"),
            ({"memory": "2Gi"}, "modified", "spec.memory"),
            ({"mode": "slow"}, "added", "spec.mode"),
            ({"raw": {"anything": {"at": ["none"]}}}, "modified", "spec.raw.anything.at"),
            ({"template": {"data": {"a": "c"}}}, "modified", "spec.template.data.a"),
            ({"mapdef": {"one": {"x": "other"}}}, "added", "spec.mapdef.one.x"),
            ({"notnulldef": "other"}, "added", "spec.notnulldef"),
            ({"count": 4}, "modified", "spec.count"),
        ]
        for spec, change, path in changes:
            with self.subTest(path=path, change=change):
                self.patch(spec)
                found = [(one["change"], one["pathText"]) for one in self.findings()]
                self.restore()
                self.assertEqual(1, len(found), found)
                self.assertEqual(path, found[0][1].replace('"', ""))
                self.assertEqual(change, found[0][0])

    def test_4_a_snapshot_says_the_same(self):
        self.patch({"memory": "1024Mi", "count": 5})
        recorded = self.world.folder / "cell-b.snap"
        self.world.binary.snapshot(recorded, "--kubeconfig", self.world.readonly, "--context", "cell-b")
        run = self.world.binary.check("--repo", self.world.repo.path, "--snapshot", recorded)
        found = [(one["change"], one["pathText"]) for one in run.report["findings"] if one["object"]["kind"] == "Gadget"]
        self.restore()
        self.assertEqual([("modified", "spec.count")], found)

    def test_5_an_object_is_read_at_the_version_that_git_states(self):
        self.world.repo.replace(file, "example.com/v1", "example.com/v1beta1")
        self.world.repo.commit("State gadgets at their former version")
        self.assertEqual([], self.findings())

    def test_6_a_version_that_is_not_served_is_a_finding(self):
        self.world.repo.replace(file, "example.com/v1beta1", "example.com/v1alpha1")
        self.world.repo.commit("State gadgets at a version that is gone")
        found = self.findings()
        self.assertEqual([("api/not-served", ["cell-a"]), ("api/not-served", ["cell-b"])],
                         [(one["rule"], one["cells"]) for one in found])
