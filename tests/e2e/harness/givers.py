"""The base of tests that need objects which give rights: custom resources of operators, of which the tests define the group,
the kind and nothing else."""

import time

from .scene import Scene


class Givers(Scene):
    @classmethod
    def api(cls, cell, user_agent="celldrift-e2e"):
        return cls.world.api(cell, user_agent)

    def with_object(self, cell, folder, body):
        api = self.api(cell)
        api.create(folder, body)
        self.addCleanup(self.remove, api, f"{folder}/{body['metadata']['name']}")

    @staticmethod
    def remove(api, path):
        """Definitions take their time."""
        api.delete(path)
        deadline = time.monotonic() + 30
        while api.get(path).status == 200 and time.monotonic() < deadline:
            time.sleep(0.1)

    def define(self, cell, group, version, kind):
        plural = f"{kind.lower()}s".replace("ys", "ies")
        schema = {"openAPIV3Schema": {"type": "object", "x-kubernetes-preserve-unknown-fields": True}}
        names = {"kind": kind, "plural": plural, "singular": kind.lower()}
        versions = [{"name": version, "served": True, "storage": True, "schema": schema}]
        scope = "Cluster" if kind.startswith("Cluster") else "Namespaced"
        metadata = {"name": f"{plural}.{group}"}
        if group.endswith(".k8s.io"):  # Kubernetes' own, which the server wants approved
            metadata["annotations"] = {"api-approved.kubernetes.io": "unapproved, a test's"}
        body = {"metadata": metadata,
                "spec": {"group": group, "names": names, "scope": scope, "versions": versions}}
        self.with_object(cell, "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", body)
        place = "" if scope == "Cluster" else "/namespaces/backend"
        folder = f"/apis/{group}/{version}{place}/{plural}"
        deadline = time.monotonic() + 30
        while self.api(cell).get(folder).status != 200 and time.monotonic() < deadline:
            time.sleep(0.1)
        return folder

    def give(self, cell, api_version, kind, name, spec):
        group, _, version = api_version.partition("/")
        folder = self.define(cell, group, version, kind)
        body = {"apiVersion": api_version, "kind": kind, "metadata": {"name": name}, "spec": spec}
        self.with_object(cell, folder, body)
        return folder
