"""Changes of Deployments and the like."""

from harness.changes import Case, all_of, commit, edit, kubectl, merge_as, patch
from harness.expect import Any, With, added, missing, modified, removed, skew

web_file = "apps/backend/workloads/web.yaml"
worker_file = "apps/backend/workloads/worker.yaml"
store_file = "apps/backend/workloads/store.yaml"
jobs_file = "apps/backend/workloads/jobs.yaml"
web, worker, store = "Deployment backend/web", "Deployment backend/worker", "StatefulSet backend/store"
report, hpa = "CronJob backend/report", "HorizontalPodAutoscaler backend/worker"
pod = "spec.template.spec"
app = f"{pod}.containers[name=app]"
image = f"{app}.image"
app_image_line = f"{web_file}: image: registry.example.com/web:1.3.0"


def web_pod(**fields):
    return {"spec": {"template": {"spec": fields}}}


def web_app(**fields):
    return web_pod(containers=[{"name": "app", **fields}])


def drifted_image(cell, have, by):
    return modified(web, image, "registry.example.com/web:1.3.0", have, by, app_image_line, cell)


environment = [
    Case(
        "kubectl edit changes an environment variable",
        edit("deployment/web", "s/value: info/value: debug/"),
        [modified(web, f"{app}.env[name=LOG_LEVEL].value", "info", "debug", "kubectl-edit", f"{web_file}: value: info")],
        (web,),
    ),
    Case(
        "kubectl set env adds an environment variable",
        kubectl("set env deployment/web --containers=app DEBUG=1"),
        [added(web, f"{app}.env[name=DEBUG]", {"name": "DEBUG", "value": "1"}, "kubectl-set", f"{web_file}: env:")],
        (web,),
    ),
    Case(
        "kubectl set env removes an environment variable: nobody is recorded",
        kubectl("set env deployment/web --containers=app REGION-"),
        [removed(web, f"{app}.env[name=REGION]", {"name": "REGION", "value": "eu-1"}, f"{web_file}: - name: REGION")],
        (web,),
    ),
    Case(
        "an environment variable gets its value from elsewhere",
        patch("deployment/web", web_app(env=[
            {"name": "REGION", "value": None, "valueFrom": {"fieldRef": {"fieldPath": "metadata.namespace"}}}])),
        [
            removed(web, f"{app}.env[name=REGION].value", "eu-1", f"{web_file}: value: eu-1"),
            added(web, f"{app}.env[name=REGION].valueFrom",
                  {"fieldRef": {"apiVersion": "v1", "fieldPath": "metadata.namespace"}}, "kubectl-patch",
                  f"{web_file}: - name: REGION"),
        ],
        (web,),
    ),
    Case(
        "a CronJob's environment variable, four levels of templates down",
        patch("cronjob/report", {"spec": {"jobTemplate": web_pod(
            containers=[{"name": "report", "env": [{"name": "FORMAT", "value": "html"}]}])}}),
        [modified(report, "spec.jobTemplate.spec.template.spec.containers[name=report].env[name=FORMAT].value",
                  "pdf", "html", "kubectl-patch", f"{jobs_file}: value: pdf")],
        (report,),
    ),
    Case(
        "a value that was changed and changed back",
        all_of(edit("deployment/web", "s/value: info/value: debug/"), edit("deployment/web", "s/value: debug/value: info/")),
        [],
        (web,),
    ),
    Case(
        "two people change one object",
        all_of(edit("deployment/web", "s/value: info/value: debug/"), kubectl("scale deployment/web --replicas=3")),
        [
            modified(web, f"{app}.env[name=LOG_LEVEL].value", "info", "debug", "kubectl-edit",
                     f"{web_file}: value: info"),
            modified(web, "spec.replicas", 2, 3, "kubectl/scale", f"{web_file}: replicas: 2"),
        ],
        (web,),
    ),
]

replicas = [
    Case(
        "kubectl scale",
        kubectl("scale deployment/web --replicas=5"),
        [modified(web, "spec.replicas", 2, 5, "kubectl/scale", f"{web_file}: replicas: 2")],
        (web,),
    ),
    Case(
        "kubectl scale of a StatefulSet to nothing",
        kubectl("scale statefulset/store --replicas=0"),
        # To the API server a scale of 0 states nothing, so nobody owns what it leaves.
        [modified(store, "spec.replicas", 3, 0, None, f"{store_file}: replicas: 3")],
        (store,),
    ),
    Case(
        "an autoscaler scales what Git states the replicas of",
        merge_as("kube-controller-manager/v1.35.1", web, {"spec": {"replicas": 4}}, "scale"),
        [modified(web, "spec.replicas", 2, 4, "kube-controller-manager/scale", f"{web_file}: replicas: 2")],
        (web,),
    ),
    Case(
        "an autoscaler scales what Git leaves to it",
        merge_as("kube-controller-manager/v1.35.1", worker, {"spec": {"replicas": 6}}, "scale"),
        [],
        (worker,),
    ),
    Case(
        "a person scales what Git leaves to the autoscaler",
        kubectl("scale deployment/worker --replicas=6"),
        [],  # in the autoscaler's bounds: it lets be what it wants itself, and corrects the rest
        (worker,),
    ),
    Case(
        "a person scales beyond the autoscaler's bounds",
        kubectl("scale deployment/worker --replicas=9"),
        # What nobody owned before, nobody owns after a scale.
        [added(worker, "spec.replicas", 9, None, f"{worker_file}#1: spec:")],
        (worker,),
        client_side=[added(worker, "spec.replicas", 9, "kubectl/scale", f"{worker_file}#1: spec:")],
    ),
    Case(
        "an autoscaler's own limit is raised",
        patch("hpa/worker", {"spec": {"maxReplicas": 50}}),
        [modified(hpa, "spec.maxReplicas", 8, 50, "kubectl-patch", f"{worker_file}: maxReplicas: 8")],
        (hpa,),
    ),
    Case(
        "an autoscaler aims elsewhere: its metrics are one value",
        patch("hpa/worker", [{"op": "replace", "path": "/spec/metrics/0/resource/target/averageUtilization", "value": 99}]),
        [modified(hpa, "spec.metrics",
                  [{"type": "Resource",
                    "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 70}}}],
                  [{"type": "Resource",
                    "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 99}}}],
                  "kubectl-patch", f"{worker_file}: metrics:")],
        (hpa,),
    ),
]

images = [
    Case(
        "another image in one cell: drift, and the cells are out of step",
        kubectl("set image deployment/web app=registry.example.com/web:1.2.0"),
        [
            drifted_image("cell-b", "registry.example.com/web:1.2.0", "kubectl-set"),
            skew(web, image, (
                ("registry.example.com/web:1.3.0", ("cell-a", "cell-c")),
                ("registry.example.com/web:1.2.0", ("cell-b",)),
            ), app_image_line),
        ],
        (web,),
    ),
    Case(
        "another image in all cells: drift, but no skew",
        kubectl("set image deployment/web app=registry.example.com/web:1.4.0"),
        [drifted_image(cell, "registry.example.com/web:1.4.0", "kubectl-set") for cell in ("cell-a", "cell-b", "cell-c")],
        (web,),
        cells=("cell-a", "cell-b", "cell-c"),
    ),
    Case(
        "a label says another version in one cell",
        kubectl("label deployment/web app.kubernetes.io/version=1.2.0 --overwrite"),
        [
            modified(web, 'metadata.labels["app.kubernetes.io/version"]', "1.3.0", "1.2.0", "kubectl-label",
                     f'{web_file}: app.kubernetes.io/version: "1.3.0"'),
            skew(web, 'metadata.labels["app.kubernetes.io/version"]', (
                ("1.3.0", ("cell-a", "cell-c")),
                ("1.2.0", ("cell-b",)),
            ), f'{web_file}: app.kubernetes.io/version: "1.3.0"', rule="skew/version"),
        ],
        (web,),
    ),
]

containers = [
    Case(
        "a container is added",
        patch("deployment/web", web_pod(containers=[{"name": "shell", "image": "registry.example.com/tools:7"}])),
        [added(web, f"{pod}.containers[name=shell]", With(name="shell", image="registry.example.com/tools:7"),
               "kubectl-patch", f"{web_file}: containers:")],
        (web,),
    ),
    Case(
        "a container is removed",
        patch("deployment/web", web_pod(containers=[{"name": "sidecar", "$patch": "delete"}])),
        [removed(web, f"{pod}.containers[name=sidecar]", {"name": "sidecar", "image": "registry.example.com/proxy:2.8"},
                 f"{web_file}: - name: sidecar")],
        (web,),
    ),
    Case(
        "containers change places: their order means nothing",
        patch("deployment/web", web_pod(**{"$setElementOrder/containers": [{"name": "sidecar"}, {"name": "app"}]})),
        [],
        (web,),
    ),
    Case(
        "arguments change places: their order means something",
        patch("deployment/web", web_app(args=["--workers", "4", "--listen", ":8080"])),
        [modified(web, f"{app}.args", ["--listen", ":8080", "--workers", "4"],
                  ["--workers", "4", "--listen", ":8080"], "kubectl-patch",
                  f'{web_file}: args: [--listen, ":8080", --workers, "4"]')],
        (web,),
    ),
    Case(
        "a probe is changed",
        patch("deployment/web", web_app(readinessProbe={"periodSeconds": 15})),
        [modified(web, f"{app}.readinessProbe.periodSeconds", 5, 15, "kubectl-patch", f"{web_file}: periodSeconds: 5")],
        (web,),
    ),
    Case(
        "a field of a probe that Git leaves at its default is changed",
        patch("deployment/web", web_app(readinessProbe={"failureThreshold": 30})),
        [added(web, f"{app}.readinessProbe.failureThreshold", 30, "kubectl-patch", f"{web_file}: readinessProbe:")],
        (web,),
    ),
    Case(
        "a probe is added",
        patch("deployment/web", web_app(livenessProbe={"tcpSocket": {"port": 8080}})),
        [added(web, f"{app}.livenessProbe", With(tcpSocket={"port": 8080}), "kubectl-patch", f"{web_file}: - name: app")],
        (web,),
    ),
    Case(
        "a container gets one more port",
        patch("deployment/web", web_app(ports=[{"containerPort": 6060, "name": "debug"}])),
        [added(web, f"{app}.ports[containerPort=6060,protocol=TCP]",
               {"containerPort": 6060, "name": "debug", "protocol": "TCP"}, "kubectl-patch", f"{web_file}: ports:")],
        (web,),
    ),
    Case(
        "a port is renamed",
        patch("deployment/web", web_app(ports=[{"containerPort": 9090, "name": "prom"}])),
        [modified(web, f"{app}.ports[containerPort=9090,protocol=TCP].name", "metrics", "prom", "kubectl-patch",
                  f"{web_file}: - name: metrics")],
        (web,),
    ),
    Case(
        "a limit is raised",
        kubectl("set resources deployment/web --containers=app --limits=memory=3Gi"),
        [modified(web, f"{app}.resources.limits.memory", "2Gi", "3Gi", "kubectl-set", f"{web_file}: memory: 2Gi")],
        (web,),
    ),
    Case(
        "a quantity is written another way",
        kubectl("set resources deployment/web --containers=app --limits=memory=2048Mi,cpu=2 --requests=cpu=500m"),
        [],
        (web,),
    ),
    Case(
        "a pull policy that Git leaves at its default is changed",
        patch("deployment/web", web_app(imagePullPolicy="Always")),
        [added(web, f"{app}.imagePullPolicy", "Always", "kubectl-patch", f"{web_file}: - name: app")],
        (web,),
    ),
    Case(
        "a right is given to a container",
        patch("deployment/worker", web_pod(containers=[
            {"name": "worker", "securityContext": {"capabilities": {"add": ["NET_ADMIN"]}}}])),
        [added(worker, f"{pod}.containers[name=worker].securityContext.capabilities.add", ["NET_ADMIN"], "kubectl-patch",
               f"{worker_file}: capabilities:")],
        (worker,),
    ),
    Case(
        "an init container runs something else",
        patch("deployment/web", web_pod(initContainers=[{"name": "wait-for-store", "command": ["true"]}])),
        [modified(web, f"{pod}.initContainers[name=wait-for-store].command",
                  ["sh", "-c", "until nslookup store; do sleep 1; done"], ["true"], "kubectl-patch",
                  f'{web_file}: command: [sh, -c, "until nslookup store; do sleep 1; done"]')],
        (web,),
    ),
]

pods = [
    Case(
        "a volume and its mount are added",
        patch("deployment/web", web_pod(
            volumes=[{"name": "extra", "emptyDir": {}}],
            containers=[{"name": "app", "volumeMounts": [{"name": "extra", "mountPath": "/extra"}]}])),
        [
            added(web, f"{pod}.volumes[name=extra]", {"name": "extra", "emptyDir": {}}, "kubectl-patch",
                  f"{web_file}: volumes:"),
            added(web, f"{app}.volumeMounts[mountPath=/extra]", {"name": "extra", "mountPath": "/extra"},
                  "kubectl-patch", f"{web_file}: volumeMounts:"),
        ],
        (web,),
    ),
    Case(
        "a pod is let into its node",
        patch("deployment/web", web_pod(hostNetwork=True, hostPID=True)),
        [
            added(web, f"{pod}.hostNetwork", True, "kubectl-patch", f"{web_file}#2: spec:"),
            added(web, f"{pod}.hostPID", True, "kubectl-patch", f"{web_file}#2: spec:"),
        ],
        (web,),
    ),
    Case(
        "a container is made privileged",
        patch("deployment/worker", web_pod(containers=[{"name": "worker", "securityContext": {"privileged": True}}])),
        [added(worker, f"{pod}.containers[name=worker].securityContext.privileged", True, "kubectl-patch",
               f"{worker_file}: securityContext:")],
        (worker,),
    ),
    Case(
        "a volume comes from elsewhere",
        patch("deployment/web", web_pod(volumes=[{"name": "config", "configMap": {"name": "other-config"}}])),
        [modified(web, f"{pod}.volumes[name=config].configMap.name", "web-config", "other-config", "kubectl-patch",
                  f"{web_file}: name: web-config")],
        (web,),
    ),
    Case(
        "tolerations are one value",
        patch("deployment/web", web_pod(tolerations=[{"operator": "Exists"}])),
        [modified(web, f"{pod}.tolerations",
                  [{"key": "dedicated", "operator": "Equal", "value": "backend", "effect": "NoSchedule"}],
                  [{"operator": "Exists"}], "kubectl-patch", f"{web_file}: tolerations:")],
        (web,),
    ),
    Case(
        "a node selector gets one more label",
        patch("deployment/web", web_pod(nodeSelector={"zone": "b"})),
        [added(web, f"{pod}.nodeSelector.zone", "b", "kubectl-patch", f"{web_file}: nodeSelector:")],
        (web,),
    ),
    Case(
        "another service account: the server writes it to two fields",
        kubectl("set serviceaccount deployment/web other"),
        [modified(web, f"{pod}.serviceAccountName", "web", "other", "kubectl-set", f"{web_file}: serviceAccountName: web")],
        (web,),
    ),
    Case(
        "a field of a struct that the server makes by itself",
        patch("deployment/web", web_pod(securityContext={"runAsUser": 1000})),
        [added(web, f"{pod}.securityContext.runAsUser", 1000, "kubectl-patch", f"{web_file}#2: spec:")],
        (web,),
    ),
    Case(
        "affinity is added",
        patch("deployment/web", web_pod(affinity={"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {
            "nodeSelectorTerms": [{"matchExpressions": [{"key": "zone", "operator": "Exists"}]}]}}})),
        [added(web, f"{pod}.affinity", With(nodeAffinity=Any()), "kubectl-patch", f"{web_file}#2: spec:")],
        (web,),
    ),
    Case(
        "kubectl rollout restart",
        kubectl("rollout restart deployment/web"),
        [added(web, 'spec.template.metadata.annotations["kubectl.kubernetes.io/restartedAt"]', Any(), "kubectl-rollout",
               f"{web_file}#2: annotations:")],
        (web,),
    ),
    Case(
        "kubectl rollout pause",
        kubectl("rollout pause deployment/web"),
        [added(web, "spec.paused", True, "kubectl-rollout", f"{web_file}#1: spec:")],
        (web,),
    ),
    Case(
        "another strategy, where Git leaves it at its default",
        patch("deployment/web", {"spec": {"strategy": {"type": "Recreate", "rollingUpdate": None}}}),
        [added(web, "spec.strategy.type", "Recreate", "kubectl-patch", f"{web_file}#1: spec:")],
        (web,),
    ),
    Case(
        "a percentage in place of a number",
        patch("deployment/worker", {"spec": {"strategy": {"rollingUpdate": {"maxUnavailable": "50%"}}}}),
        [modified(worker, "spec.strategy.rollingUpdate.maxUnavailable", 0, "50%", "kubectl-patch",
                  f"{worker_file}: maxUnavailable: 0")],
        (worker,),
    ),
    Case(
        "a CronJob is suspended",
        patch("cronjob/report", {"spec": {"suspend": True}}),
        [added(report, "spec.suspend", True, "kubectl-patch", f"{jobs_file}#3: spec:")],
        (report,),
    ),
    Case(
        "a Deployment is deleted",
        kubectl("delete deployment/web --wait=false"),
        [missing(web, f"{web_file}: apiVersion: apps/v1")],
        (web,),
    ),
]

cases = environment + replicas + images + containers + pods
