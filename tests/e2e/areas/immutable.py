"""rules/immutable.yaml against a real API server: what the gate says cannot be changed, the server refuses in a dry run,
and what the gate lets through it takes. Each case is an object that is live, and a change of it."""

import copy
import json

from harness.scene import Scene
from harness.world import as_argocd

_labels = {"app": "fixed"}
_pod = {"metadata": {"labels": _labels}, "spec": {"containers": [{"name": "app", "image": "example.com/app:1"}]}}
_job_pod = {"spec": {"restartPolicy": "Never", "containers": [{"name": "app", "image": "example.com/app:1"}]}}
_template = {"template": {"spec": {"containers": [{"name": "app", "image": "example.com/app:2"}]}}}
_claim = {"accessModes": ["ReadWriteOnce"], "storageClassName": "grows", "volumeName": "volume",
          "resources": {"requests": {"storage": "2Gi"}}}

_workload = {"selector": {"matchLabels": _labels}, "template": _pod}
_set = {**_workload, "serviceName": "fixed", "replicas": 1,
        "volumeClaimTemplates": [{"metadata": {"name": "data"}, "spec": {
            "accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}}]}
_job = {"template": _job_pod, "completions": 1, "parallelism": 1}
_other_labels = {"spec": {"selector": {"matchLabels": {"app": "other"}},
                          "template": {"metadata": {"labels": {"app": "other"}}}}}
_role = {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view"}
_schema = {"type": "object", "x-kubernetes-preserve-unknown-fields": True}
_disk = {"type": "object", "properties": {
    "spec": {"type": "object",
             "x-kubernetes-validations": [{"rule": "self.zone == oldSelf.zone", "message": "the zone stays"}],
             "properties": {"zone": {"type": "string"},
                            "size": {"type": "integer"},
                            "kind": {"type": "string", "x-kubernetes-validations": [{"rule": "self == oldSelf"}]}}}}}


def crd(group, kind, plural, schema, scope="Namespaced"):
    return {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
            "metadata": {"name": f"{plural}.{group}"},
            "spec": {"group": group, "scope": scope,
                     "names": {"kind": kind, "plural": plural, "singular": kind.lower(), "listKind": kind + "List"},
                     "versions": [{"name": "v1", "served": True, "storage": True,
                                   "schema": {"openAPIV3Schema": schema}}]}}


def of(api_version, kind, **fields):
    return {"apiVersion": api_version, "kind": kind, **fields}


def spec(api_version, kind, fields):
    return of(api_version, kind, spec=fields)


def pod(**more):
    return of("v1", "Pod", spec={**_pod["spec"], **more})


def _tolerates(key, **more):
    return {"key": key, "operator": "Exists", "effect": "NoExecute", **more}


def _gate(name):
    return {"name": f"example.com/{name}"}


def _zones(*names):
    """Nodes that are in all of them."""
    return {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [
        {"matchExpressions": [{"key": "zone", "operator": "In", "values": [name]} for name in names]}]}}}


_disk_object = spec("fixed.example.com/v1", "Disk", {"zone": "a", "size": 1, "kind": "ssd"})
# Whether the change is refused, the object, the change (a merge patch), and what is live beside the object (its status).
cases = {
    "deployment-selector": (True, spec("apps/v1", "Deployment", _workload), _other_labels),
    "deployment-image": (False, spec("apps/v1", "Deployment", _workload), {"spec": _template}),
    "deployment-strategy": (False, spec("apps/v1", "Deployment", _workload), {"spec": {"strategy": {"rollingUpdate": {"maxSurge": 3}}}}),
    "replicaset-selector": (True, spec("apps/v1", "ReplicaSet", _workload), _other_labels),
    "daemonset-selector": (True, spec("apps/v1", "DaemonSet", _workload), _other_labels),
    "daemonset-image": (False, spec("apps/v1", "DaemonSet", _workload), {"spec": _template}),
    "set-service": (True, spec("apps/v1", "StatefulSet", _set), {"spec": {"serviceName": "other"}}),
    "set-selector": (True, spec("apps/v1", "StatefulSet", _set), _other_labels),
    "set-policy": (True, spec("apps/v1", "StatefulSet", _set), {"spec": {"podManagementPolicy": "Parallel"}}),
    "set-claims": (True, spec("apps/v1", "StatefulSet", _set), {"spec": {"volumeClaimTemplates": [
        {"metadata": {"name": "data"},
         "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "2Gi"}}}}]}}),
    "set-replicas": (False, spec("apps/v1", "StatefulSet", _set), {"spec": {"replicas": 2}}),
    "set-image": (False, spec("apps/v1", "StatefulSet", _set), {"spec": _template}),
    "set-history": (False, spec("apps/v1", "StatefulSet", _set), {"spec": {"revisionHistoryLimit": 3}}),
    "set-ready": (False, spec("apps/v1", "StatefulSet", _set), {"spec": {"minReadySeconds": 3}}),
    "set-ordinals": (False, spec("apps/v1", "StatefulSet", _set), {"spec": {"ordinals": {"start": 3}}}),
    "set-retention": (False, spec("apps/v1", "StatefulSet", _set),
                      {"spec": {"persistentVolumeClaimRetentionPolicy": {"whenDeleted": "Delete"}}}),
    "set-strategy": (False, spec("apps/v1", "StatefulSet", _set), {"spec": {"updateStrategy": {"rollingUpdate": {"partition": 1}}}}),
    "job-image": (True, spec("batch/v1", "Job", _job), {"spec": {"template": {"spec": {
        "containers": [{"name": "app", "image": "example.com/app:2"}]}}}}),
    "job-suspended-image": (True, spec("batch/v1", "Job", {**_job, "suspend": True}), {"spec": {"template": {"spec": {
        "containers": [{"name": "app", "image": "example.com/app:2"}]}}}}),
    "job-suspended-selector": (False, spec("batch/v1", "Job", {**_job, "suspend": True}),
                               {"spec": {"template": {"spec": {"nodeSelector": {"zone": "a"}}}}}),
    "job-node-selector": (True, spec("batch/v1", "Job", _job),
                          {"spec": {"template": {"spec": {"nodeSelector": {"zone": "a"}}}}}),
    "job-completions": (True, spec("batch/v1", "Job", _job), {"spec": {"completions": 2}}),
    "job-parallelism": (False, spec("batch/v1", "Job", _job), {"spec": {"parallelism": 2}}),
    "job-backoff": (False, spec("batch/v1", "Job", _job), {"spec": {"backoffLimit": 2}}),
    "job-suspend": (False, spec("batch/v1", "Job", _job), {"spec": {"suspend": True}}),
    "job-mode": (True, spec("batch/v1", "Job", _job), {"spec": {"completionMode": "Indexed"}}),
    "job-managed-by": (True, spec("batch/v1", "Job", {**_job, "managedBy": "example.com/a"}),
                       {"spec": {"managedBy": "example.com/b"}}),
    "job-ttl": (False, spec("batch/v1", "Job", _job), {"spec": {"ttlSecondsAfterFinished": 60}}),
    "cronjob-template": (False, spec("batch/v1", "CronJob", {"schedule": "0 0 * * *", "jobTemplate": {
        "spec": {"template": _job_pod}}}), {"spec": {"jobTemplate": {"spec": {"completions": 2}}}}),
    "pod-image": (False, of("v1", "Pod", spec=_pod["spec"]), {"spec": _template["template"]["spec"]}),
    "pod-node-selector": (True, of("v1", "Pod", spec=_pod["spec"]), {"spec": {"nodeSelector": {"zone": "a"}}}),
    "pod-tolerations": (False, of("v1", "Pod", spec=_pod["spec"]),
                        {"spec": {"tolerations": [{"key": "a", "operator": "Exists"}]}}),
    "pod-tolerations-lost": (True, pod(tolerations=[_tolerates("a"), _tolerates("b")]), {"spec": {"tolerations": [_tolerates("b")]}}),
    "pod-tolerations-more": (False, pod(tolerations=[_tolerates("a")]),
                             {"spec": {"tolerations": [_tolerates("b"), _tolerates("a", tolerationSeconds=5)]}}),
    "pod-tolerates-all": (True, pod(), {"spec": {"tolerations": [{"operator": "Exists"}]}}),
    "pod-deadline": (False, pod(), {"spec": {"activeDeadlineSeconds": 9}}),
    "pod-deadline-sooner": (False, pod(activeDeadlineSeconds=9), {"spec": {"activeDeadlineSeconds": 5}}),
    "pod-deadline-later": (True, pod(activeDeadlineSeconds=5), {"spec": {"activeDeadlineSeconds": 9}}),
    "pod-deadline-none": (True, pod(activeDeadlineSeconds=5), {"spec": {"activeDeadlineSeconds": None}}),
    "pod-grace": (True, pod(), {"spec": {"terminationGracePeriodSeconds": 5}}),
    "pod-gate-more": (True, pod(schedulingGates=[_gate("a")]), {"spec": {"schedulingGates": [_gate("a"), _gate("b")]}}),
    "pod-gate-less": (False, pod(schedulingGates=[_gate("a")]), {"spec": {"schedulingGates": None}}),
    "pod-gated-selector": (False, pod(schedulingGates=[_gate("a")]), {"spec": {"nodeSelector": {"zone": "a"}}}),
    "pod-gated-selector-other": (True, pod(schedulingGates=[_gate("a")], nodeSelector={"zone": "a"}),
                                 {"spec": {"nodeSelector": {"zone": "b"}}}),
    "pod-gated-affinity": (False, pod(schedulingGates=[_gate("a")], affinity=_zones("a")), {"spec": {"affinity": _zones("a", "b")}}),
    "pod-gated-affinity-other": (True, pod(schedulingGates=[_gate("a")], affinity=_zones("a")), {"spec": {"affinity": _zones("b")}}),
    "pod-affinity": (True, pod(), {"spec": {"affinity": _zones("a")}}),
    "pod-armor": (True, pod(), {"metadata": {"annotations": {"container.apparmor.security.beta.kubernetes.io/app": "unconfined"}}}),
    "revision-data": (True, of("apps/v1", "ControllerRevision", revision=1, data={"a": "1"}), {"data": {"a": "2"}}),
    "config-fixed": (True, of("v1", "ConfigMap", immutable=True, data={"a": "1"}), {"data": {"a": "2"}}),
    "config-fixed-more": (True, of("v1", "ConfigMap", immutable=True, data={"a": "1"}), {"data": {"b": "2"}}),
    "config-fixed-label": (False, of("v1", "ConfigMap", immutable=True, data={"a": "1"}),
                           {"metadata": {"labels": {"a": "b"}}}),
    "config-released": (True, of("v1", "ConfigMap", immutable=True, data={"a": "1"}), {"immutable": False}),
    "config-free": (False, of("v1", "ConfigMap", data={"a": "1"}), {"data": {"a": "2"}}),
    "config-closes": (False, of("v1", "ConfigMap", data={"a": "1"}), {"immutable": True}),
    "secret-fixed": (True, of("v1", "Secret", immutable=True, data={"a": "MQ=="}), {"data": {"a": "Mg=="}}),
    "secret-free": (False, of("v1", "Secret", data={"a": "MQ=="}), {"data": {"a": "Mg=="}}),
    "secret-type": (True, of("v1", "Secret", type="example.com/a", data={"a": "MQ=="}), {"type": "example.com/b"}),
    "service-ip": (True, spec("v1", "Service", {"clusterIP": "10.96.7.1", "ports": [{"port": 80}]}),
                   {"spec": {"clusterIP": "10.96.7.2"}}),
    "service-headless": (True, spec("v1", "Service", {"clusterIP": "None", "selector": _labels, "ports": [{"port": 80}]}),
                         {"spec": {"clusterIP": "10.96.7.3"}}),
    "service-no-ip": (False, spec("v1", "Service", {"clusterIP": "None", "selector": _labels, "ports": [{"port": 80}]}),
                      {"spec": {"clusterIP": None, "ports": [{"port": 81}]}}),
    "service-ports": (False, spec("v1", "Service", {"ports": [{"port": 80}]}), {"spec": {"ports": [{"port": 81}]}}),
    "service-type": (False, spec("v1", "Service", {"type": "ClusterIP", "ports": [{"port": 80}]}),
                     {"spec": {"type": "NodePort"}}),
    "service-lb-class": (True, spec("v1", "Service", {"type": "LoadBalancer", "loadBalancerClass": "example.com/a",
                                                      "ports": [{"port": 80}]}),
                         {"spec": {"loadBalancerClass": "example.com/b"}}),
    "ingress-host": (False, spec("networking.k8s.io/v1", "Ingress", {"defaultBackend": {
        "service": {"name": "a", "port": {"number": 80}}}}),
        {"spec": {"defaultBackend": {"service": {"name": "b"}}, "ingressClassName": "b"}}),
    "ingress-class": (True, spec("networking.k8s.io/v1", "IngressClass", {"controller": "example.com/a"}),
                      {"spec": {"controller": "example.com/b"}}),
    "network-policy": (False, spec("networking.k8s.io/v1", "NetworkPolicy", {"podSelector": {"matchLabels": _labels}}),
                       {"spec": {"podSelector": {"matchLabels": {"app": "b"}}}}),
    "slice-type": (True, of("discovery.k8s.io/v1", "EndpointSlice", addressType="FQDN", endpoints=[
        {"addresses": ["a.example.com"]}]), {"addressType": "IPv4", "endpoints": [{"addresses": ["10.1.2.3"]}]}),
    "claim-grows": (False, spec("v1", "PersistentVolumeClaim", _claim),
                    {"spec": {"resources": {"requests": {"storage": "3Gi"}}}}),
    "claim-shrinks": (True, spec("v1", "PersistentVolumeClaim", _claim),
                      {"spec": {"resources": {"requests": {"storage": "1Gi"}}}}),
    "claim-unbound": (True, spec("v1", "PersistentVolumeClaim", _claim),
                      {"spec": {"resources": {"requests": {"storage": "3Gi"}}}}),
    "claim-class": (True, spec("v1", "PersistentVolumeClaim", _claim), {"spec": {"storageClassName": "other"}}),
    "claim-modes": (True, spec("v1", "PersistentVolumeClaim", _claim), {"spec": {"accessModes": ["ReadWriteMany"]}}),
    "volume-path": (True, spec("v1", "PersistentVolume", {"capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteOnce"],
                                                          "hostPath": {"path": "/a"}}),
                    {"spec": {"hostPath": {"path": "/b"}}}),
    "volume-reclaim": (False, spec("v1", "PersistentVolume", {"capacity": {"storage": "1Gi"},
                                                              "accessModes": ["ReadWriteOnce"],
                                                              "hostPath": {"path": "/a"}}),
                       {"spec": {"persistentVolumeReclaimPolicy": "Delete"}}),
    "volume-capacity": (False, spec("v1", "PersistentVolume", {"capacity": {"storage": "1Gi"},
                                                               "accessModes": ["ReadWriteOnce"],
                                                               "hostPath": {"path": "/a"}}),
                        {"spec": {"capacity": {"storage": "2Gi"}}}),
    "class-provisioner": (True, of("storage.k8s.io/v1", "StorageClass", provisioner="example.com/a"),
                          {"provisioner": "example.com/b"}),
    "class-parameters": (True, of("storage.k8s.io/v1", "StorageClass", provisioner="example.com/a",
                                  parameters={"a": "1"}), {"parameters": {"a": "2"}}),
    "class-reclaim": (True, of("storage.k8s.io/v1", "StorageClass", provisioner="example.com/a"),
                      {"reclaimPolicy": "Retain"}),
    "class-binding": (True, of("storage.k8s.io/v1", "StorageClass", provisioner="example.com/a"),
                      {"volumeBindingMode": "WaitForFirstConsumer"}),
    "class-expansion": (False, of("storage.k8s.io/v1", "StorageClass", provisioner="example.com/a"),
                        {"allowVolumeExpansion": True}),
    "class-options": (False, of("storage.k8s.io/v1", "StorageClass", provisioner="example.com/a"),
                      {"mountOptions": ["ro"]}),
    "attributes-driver": (True, of("storage.k8s.io/v1", "VolumeAttributesClass", driverName="a.example.com",
                                   parameters={"a": "1"}), {"parameters": {"a": "2"}}),
    "csi-attach": (True, spec("storage.k8s.io/v1", "CSIDriver", {"attachRequired": True}),
                   {"spec": {"attachRequired": False}}),
    "csi-modes": (True, spec("storage.k8s.io/v1", "CSIDriver", {"volumeLifecycleModes": ["Persistent"]}),
                  {"spec": {"volumeLifecycleModes": ["Ephemeral"]}}),
    "csi-capacity": (False, spec("storage.k8s.io/v1", "CSIDriver", {"storageCapacity": False}),
                     {"spec": {"storageCapacity": True}}),
    "csi-group": (False, spec("storage.k8s.io/v1", "CSIDriver", {"fsGroupPolicy": "None"}),
                  {"spec": {"fsGroupPolicy": "File"}}),
    "binding-role": (True, of("rbac.authorization.k8s.io/v1", "RoleBinding", roleRef=_role, subjects=[]),
                     {"roleRef": {"name": "edit"}}),
    "binding-subjects": (False, of("rbac.authorization.k8s.io/v1", "RoleBinding", roleRef=_role, subjects=[]),
                         {"subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": "a"}]}),
    "cluster-binding-role": (True, of("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", roleRef=_role, subjects=[]),
                             {"roleRef": {"name": "edit"}}),
    "priority-value": (True, of("scheduling.k8s.io/v1", "PriorityClass", value=1), {"value": 2}),
    "priority-preemption": (True, of("scheduling.k8s.io/v1", "PriorityClass", value=1), {"preemptionPolicy": "Never"}),
    "priority-text": (False, of("scheduling.k8s.io/v1", "PriorityClass", value=1), {"description": "a"}),
    "runtime-handler": (True, of("node.k8s.io/v1", "RuntimeClass", handler="a"), {"handler": "b"}),
    "budget-selector": (False, spec("policy/v1", "PodDisruptionBudget", {"minAvailable": 1,
                                                                        "selector": {"matchLabels": _labels}}),
                        {"spec": {"selector": {"matchLabels": {"app": "b"}}}}),
    "claim-of-devices": (True, spec("resource.k8s.io/v1", "ResourceClaim", {"devices": {"requests": [
        {"name": "a", "exactly": {"deviceClassName": "a.example.com"}}]}}),
        {"spec": {"devices": {"requests": [{"name": "b", "exactly": {"deviceClassName": "a.example.com"}}]}}}),
    "things.scope.example.com": (True, crd("scope.example.com", "Thing", "things", _schema), {"spec": {"scope": "Cluster"}}),
    "things.kind.example.com": (True, crd("kind.example.com", "Thing", "things", _schema),
                                {"spec": {"names": {"kind": "Other", "listKind": "OtherList"}}}),
    "things.short.example.com": (False, crd("short.example.com", "Thing", "things", _schema),
                                 {"spec": {"names": {"shortNames": ["th"]}}}),
    # The server says nothing, and leaves it as it is.
    "request-groups": (False, spec("certificates.k8s.io/v1", "CertificateSigningRequest", {
        "signerName": "example.com/a", "usages": ["client auth"], "request": None}), {"spec": {"usages": ["server auth"]}}),
    "disk-zone": (True, _disk_object, {"spec": {"zone": "b"}}),
    "disk-kind": (True, _disk_object, {"spec": {"kind": "hdd"}}),
    "disk-size": (False, _disk_object, {"spec": {"size": 2}}),
}
_application_set = """\
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: fixed, namespace: argocd}
spec:
  generators: [{clusters: {}}]
  template:
    metadata: {name: '{{name}}-fixed'}
    spec:
      project: default
      source: {repoURL: 'https://git.example.com/fleet/manifests.git', targetRevision: HEAD, path: apps/fixed}
      destination: {server: '{{server}}', namespace: default}
"""
# Objects that are live but whose status only controllers would write.
statuses = {name: {"phase": "Bound", "capacity": {"storage": "2Gi"}, "accessModes": ["ReadWriteOnce"]}
            for name in ("claim-grows", "claim-shrinks", "claim-class", "claim-modes")}


def merged(value, patch):
    """A JSON merge patch, applied."""
    if not isinstance(patch, dict) or not isinstance(value, dict):
        return copy.deepcopy(patch)
    result = copy.deepcopy(value)
    for key, change in patch.items():
        result[key] = merged(result.get(key), change)
    return {key: item for key, item in result.items() if item is not None or key == "request"}


class Immutable(Scene):
    cells = ("cell-a",)
    applied = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.write(lambda name: cases[name][1])
        cls.world.repo.write("argocd/fixed.yaml", _application_set)
        for set_ in ("backend", "edge", "platform"):
            (cls.world.repo.path / f"argocd/{set_}.yaml").unlink()
        cls.base = cls.world.repo.commit("Objects as they are")
        definition, grows = cls.world.folder / "disk.json", cls.world.folder / "grows.json"
        definition.write_text(json.dumps(crd("fixed.example.com", "Disk", "disks", _disk)))
        cls.world.kubectl("cell-a", "apply", "-f", definition)
        grows.write_text(json.dumps(of("storage.k8s.io/v1", "StorageClass", metadata={"name": "grows"},
                                       provisioner="example.com/a", allowVolumeExpansion=True)))
        cls.world.kubectl("cell-a", "apply", "-f", grows)
        cls.world.kubectl("cell-a", "wait", "--for=condition=established", "crd/disks.fixed.example.com")
        cls.world.kubectl("cell-a", "apply", *as_argocd, "--namespace=default", "-f", cls.world.repo.path / "apps/fixed")
        for name, status in statuses.items():
            cls.world.kubectl("cell-a", "patch", "persistentvolumeclaim", name, "--subresource=status", "--type=merge",
                              "--patch", json.dumps({"status": status}))
        cls.write(lambda name: merged(cases[name][1], cases[name][2]))
        cls.target = cls.world.repo.commit("Objects as they are to be")

    @classmethod
    def write(cls, object_of):
        for name in cases:
            object = copy.deepcopy(object_of(name))
            object["metadata"] = {**object.get("metadata", {}), "name": name}
            if name == "request-groups":
                object["spec"]["request"] = cls.request()
            cls.world.repo.write(f"apps/fixed/{name}.json", json.dumps(object, indent=1))

    @classmethod
    def request(cls):
        """A certificate request, in base64: one for all revisions."""
        import base64
        import subprocess

        file = cls.world.folder / "request.pem"
        if not file.exists():
            command = ["openssl", "req", "-new", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-subj",
                       "/CN=fixed", "-keyout", cls.world.folder / "request.key", "-out", file]
            subprocess.run(list(map(str, command)), check=True, stderr=subprocess.DEVNULL)
        return base64.b64encode(file.read_bytes()).decode()

    def test_the_table_says_what_the_server_says(self):
        run = self.world.binary.run(
            "gate", "--repo", self.world.repo.path, "--kubeconfig", self.world.admin, "--context", "cell-a",
            "--base", self.base, "--revision", self.target, "--server-dry-run", "-o", "json")
        self.assertEqual(1, run.exit_code, run)
        report = json.loads(run.stdout)
        told = {reason: {one["object"]["name"] for one in report["reasons"] if one["reason"] == reason}
                for reason in ("immutable", "refused")}
        expected = {name for name, (fixed, *_) in cases.items() if fixed}
        self.assertEqual(expected, told["refused"], "the server says otherwise than the test: " + "\n".join(
            one["message"] for one in report["reasons"]
            if one["object"] and one["object"]["name"] in expected ^ told["refused"]))
        self.assertEqual(told["refused"], told["immutable"], "the table says otherwise than the server")
        self.assertEqual({"immutable", "refused"}, {one["reason"] for one in report["reasons"]})
        changed = {one["object"]["name"] for one in report["changes"][0]["objects"]}
        self.assertEqual(set(cases), changed, "every case changes something")
