"""A stand-in for the Deployment controller and the kubelets of a cell: pods, as far as a reader can see them.

It makes ReplicaSets and Pods for Deployments when it is told to, and sets what a kubelet reports of them. Nothing runs.
"""

import hashlib
import json

core = "/api/v1/namespaces"
apps = "/apis/apps/v1/namespaces"


def digest(text):
    """The digest of an image whose content is that text."""
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


class Registry:
    """What each tag stands for. A tag can be moved, which pods that run already do not notice."""

    def __init__(self):
        self._digests = {}

    def move(self, image, content):
        self._digests[image] = digest(content)

    def image_id(self, image):
        repository = image.rpartition(":")[0]
        return f"{repository}@{self._digests.get(image, digest(image))}"


class Kubelet:
    def __init__(self, api, registry):
        self._api = api
        self._registry = registry

    def run(self, namespace, deployment, replicas=None):
        """All pods of a Deployment, of what it states now; those that were there are gone."""
        self._remove_pods(namespace, deployment)
        object = self._deployment(namespace, deployment)
        self._add_pods(object, object["spec"]["template"], replicas or object["spec"]["replicas"])
        self._report(object, "True", "NewReplicaSetAvailable")

    def stop_half_way(self, namespace, deployment, old_image, new=1, old=1):
        """A rollout whose deadline has passed: `new` pods run what is stated, `old` ones run `old_image` in the first
        container."""
        self._remove_pods(namespace, deployment)
        object = self._deployment(namespace, deployment)
        template = json.loads(json.dumps(object["spec"]["template"]))
        template["spec"]["containers"][0]["image"] = old_image
        self._add_pods(object, template, old)
        self._add_pods(object, object["spec"]["template"], new)
        self._report(object, "False", "ProgressDeadlineExceeded")

    def add_node(self, name, version):
        """A node whose kubelet is of that version."""
        self._api.create("/api/v1/nodes", {"apiVersion": "v1", "kind": "Node", "metadata": {"name": name}})
        unknown = dict.fromkeys(("architecture", "bootID", "containerRuntimeVersion", "kernelVersion", "kubeProxyVersion",
                                 "machineID", "operatingSystem", "osImage", "systemUUID"), "")
        self._api.patch(f"/api/v1/nodes/{name}/status", {"status": {"nodeInfo": {**unknown, "kubeletVersion": version}}})

    def _deployment(self, namespace, name):
        return self._api.read(f"{apps}/{namespace}/deployments/{name}")

    def _remove_pods(self, namespace, deployment):
        for kind, path in (("pods", core), ("replicasets", apps)):
            for item in self._api.read(f"{path}/{namespace}/{kind}")["items"]:
                if item["metadata"].get("labels", {}).get("e2e-deployment") == deployment:
                    self._api.delete(f"{path}/{namespace}/{kind}/{item['metadata']['name']}")

    def _add_pods(self, deployment, template, count):
        replica_set = self._add_replica_set(deployment, template)
        for number in range(count):
            self._add_pod(replica_set, template, number)

    def _add_replica_set(self, deployment, template):
        metadata = deployment["metadata"]
        hash = hashlib.sha256(json.dumps(template, sort_keys=True).encode()).hexdigest()[:10]
        labels = {**template["metadata"]["labels"], "pod-template-hash": hash, "e2e-deployment": metadata["name"]}
        return self._api.create(f"{apps}/{metadata['namespace']}/replicasets", {
            "apiVersion": "apps/v1", "kind": "ReplicaSet",
            "metadata": {"name": f"{metadata['name']}-{hash}", "labels": labels,
                         "ownerReferences": [_owner("apps/v1", "Deployment", metadata)]},
            "spec": {"selector": {"matchLabels": labels},
                     "template": {**template, "metadata": {**template["metadata"], "labels": labels}}}})

    def _add_pod(self, replica_set, template, number):
        metadata = replica_set["metadata"]
        path = f"{core}/{metadata['namespace']}/pods"
        name = f"{metadata['name']}-{number}"
        self._api.create(path, {
            "apiVersion": "v1", "kind": "Pod",
            "metadata": {"name": name, "labels": metadata["labels"],
                         "ownerReferences": [_owner("apps/v1", "ReplicaSet", metadata)]},
            "spec": template["spec"]})
        status = {"phase": "Running", "containerStatuses": self._statuses(template, "containers"),
                  "initContainerStatuses": self._statuses(template, "initContainers")}
        self._api.patch(f"{path}/{name}/status", {"status": status})

    def _statuses(self, template, containers):
        return [{"name": container["name"], "image": container["image"], "ready": True, "restartCount": 0,
                 "imageID": self._registry.image_id(container["image"])}
                for container in template["spec"].get(containers, [])]

    def _report(self, deployment, progressing, reason):
        metadata = deployment["metadata"]
        condition = {"type": "Progressing", "status": progressing, "reason": reason, "message": ""}
        status = {"observedGeneration": metadata["generation"], "conditions": [condition]}
        self._api.patch(f"{apps}/{metadata['namespace']}/deployments/{metadata['name']}/status", {"status": status})


def _owner(version, kind, metadata):
    return {"apiVersion": version, "kind": kind, "name": metadata["name"], "uid": metadata["uid"], "controller": True,
            "blockOwnerDeletion": True}
