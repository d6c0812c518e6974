"""Live objects, as an API server (1.35.1) has them after Argo CD applied what Git states: with defaults, uids, owners and
status. The shapes are those of testdata/demo/snapshots."""

import copy
import hashlib

from ownership import entry, fields_of

ARGO = "argocd-controller"
CONTROLLERS = "kube-controller-manager"


def stamp(seconds):
    """A time of the day before the snapshots are taken."""
    return f"2026-11-20T{seconds // 3600 % 24:02}:{seconds // 60 % 60:02}:{seconds % 60:02}Z"


class Server:
    """What the API server of one cell gives to objects. Servers of one seed give the same."""

    def __init__(self, seed, tracking):
        self.seed = seed
        self.tracking = tracking  # whether Argo CD marks what it applies
        self.version = 1000

    def _drawn(self, text):
        return hashlib.blake2b(f"{self.seed}/{text}".encode(), digest_size=16).hexdigest()

    def identify(self, metadata, kind):
        drawn = self._drawn(f"{kind}/{metadata.get('namespace')}/{metadata['name']}")
        self.version += 7
        metadata["uid"] = f"{drawn[:8]}-{drawn[8:12]}-4{drawn[13:16]}-a{drawn[17:20]}-{drawn[20:]}"
        metadata["resourceVersion"] = str(self.version)
        metadata["creationTimestamp"] = self.time_of(kind, metadata["name"])

    def time_of(self, kind, name):
        return stamp(int(self._drawn(f"time/{kind}/{name}")[:8], 16) % 80000)

    def number(self, text, least, most):
        return least + int(self._drawn(text)[:8], 16) % (most - least + 1)

    def address(self, name):
        return f"10.{self.number(name + '/a', 96, 111)}.{self.number(name + '/b', 0, 255)}.{self.number(name, 1, 254)}"

    def apply(self, stated, namespace, application):
        """The live object, applied server-side."""
        marked = copy.deepcopy(stated)
        if self.tracking:
            group = stated["apiVersion"].rpartition("/")[0]
            mark = f"{application}:{group}/{stated['kind']}:{namespace}/{stated['metadata']['name']}"
            marked["metadata"].setdefault("annotations", {})["argocd.argoproj.io/tracking-id"] = mark
        live = copy.deepcopy(marked)
        metadata = live["metadata"]
        metadata["namespace"] = namespace
        self.identify(metadata, stated["kind"])
        time = metadata["creationTimestamp"]
        metadata["managedFields"] = [entry(stated["apiVersion"], ARGO, "Apply", fields_of(marked), time)]
        filling = FILLINGS.get(stated["kind"])
        if filling:
            filling(live, self)
        return live

    def bare(self, kind, name, namespace=None, api_version="v1", **parts):
        """An object that no Git has."""
        metadata = {"name": name}
        if namespace:
            metadata["namespace"] = namespace
        self.identify(metadata, kind)
        return {"apiVersion": api_version, "kind": kind, "metadata": metadata, **parts}


def fill_container(each):
    each.setdefault("imagePullPolicy", "IfNotPresent")
    each.setdefault("resources", {})
    each["terminationMessagePath"] = "/dev/termination-log"
    each["terminationMessagePolicy"] = "File"
    for port in each["ports"]:
        port["protocol"] = "TCP"
    for variable in each.get("env", []):
        if "valueFrom" in variable:
            variable["valueFrom"]["fieldRef"]["apiVersion"] = "v1"
    for probe in ("readinessProbe", "livenessProbe"):
        if probe in each:
            each[probe].update(failureThreshold=3, periodSeconds=10, successThreshold=1, timeoutSeconds=1)
            each[probe]["httpGet"]["scheme"] = "HTTP"


def condition(kind, reason, message, time):
    return {"lastTransitionTime": time, "lastUpdateTime": time, "message": message, "reason": reason, "status": "True",
            "type": kind}


def fill_deployment(live, server):
    name, metadata, spec = live["metadata"]["name"], live["metadata"], live["spec"]
    metadata["generation"] = 1
    metadata.setdefault("annotations", {})["deployment.kubernetes.io/revision"] = "1"
    spec.setdefault("replicas", server.number(name + "/replicas", 2, 12))
    spec["progressDeadlineSeconds"] = 600
    spec["revisionHistoryLimit"] = 10
    spec["strategy"] = {"rollingUpdate": {"maxSurge": "25%", "maxUnavailable": "25%"}, "type": "RollingUpdate"}
    pod = spec["template"]["spec"]
    for each in pod["containers"]:
        fill_container(each)
    for volume in pod["volumes"]:
        volume["configMap"]["defaultMode"] = 420
    pod.update(dnsPolicy="ClusterFirst", restartPolicy="Always", schedulerName="default-scheduler", securityContext={},
               serviceAccount=pod["serviceAccountName"], terminationGracePeriodSeconds=30)
    time, replicas = metadata["creationTimestamp"], spec["replicas"]
    live["status"] = {
        "availableReplicas": replicas, "observedGeneration": 1, "readyReplicas": replicas, "replicas": replicas,
        "updatedReplicas": replicas,
        "conditions": [condition("Available", "MinimumReplicasAvailable", "Deployment has minimum availability.", time),
                       condition("Progressing", "NewReplicaSetAvailable",
                                 f'ReplicaSet "{name}-{server.number(name, 10**8, 10**9)}" has successfully progressed.',
                                 time)]}
    annotation = {"f:metadata": {"f:annotations": {"f:deployment.kubernetes.io/revision": {}}}}
    parts = ("lastTransitionTime", "lastUpdateTime", "message", "reason", "status", "type")
    conditions = {".": {}, **{f'k:{{"type":"{kind}"}}': {".": {}, **{"f:" + part: {} for part in parts}}
                              for kind in ("Available", "Progressing")}}
    status = {"f:" + field: {} for field in live["status"] if field != "conditions"}
    metadata["managedFields"].append(
        entry("apps/v1", CONTROLLERS, "Update", {**annotation, "f:status": {**status, "f:conditions": conditions}}, time,
              "status"))


def fill_service(live, server):
    address = server.address(live["metadata"]["name"])
    live["spec"].update(clusterIP=address, clusterIPs=[address], internalTrafficPolicy="Cluster", ipFamilies=["IPv4"],
                        ipFamilyPolicy="SingleStack", sessionAffinity="None", type="ClusterIP")
    for port in live["spec"]["ports"]:
        port["protocol"] = "TCP"
    live["status"] = {"loadBalancer": {}}


def fill_policy(live, server):
    live["metadata"]["generation"] = 1
    for rule in live["spec"]["ingress"]:
        for port in rule["ports"]:
            port["protocol"] = "TCP"


def fill_status(**status):
    def fill(live, server):
        live["metadata"]["generation"] = 1
        live["status"] = copy.deepcopy(status)

    return fill


FILLINGS = {
    "Deployment": fill_deployment,
    "Service": fill_service,
    "NetworkPolicy": fill_policy,
    "PodDisruptionBudget": fill_status(currentHealthy=2, desiredHealthy=1, disruptionsAllowed=1, expectedPods=2),
    "Ingress": fill_status(loadBalancer={}),
    "HorizontalPodAutoscaler": fill_status(currentReplicas=2, desiredReplicas=2, currentMetrics=None),
}
