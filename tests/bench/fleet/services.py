"""What Git states: services, each a handful of plain objects in a namespace of its own."""

import base64
import dataclasses

WORDS = ("billing", "cart", "catalog", "checkout", "gateway", "ledger", "mailer", "orders", "payments", "profile",
         "pricing", "quotes", "ratings", "search", "sessions", "shipping", "stock", "tickets", "users", "vouchers")


@dataclasses.dataclass(frozen=True)
class Service:
    """One service of the fleet. What it has follows from its number, so that any two runs agree."""

    number: int
    alike: bool = False  # Git is to have nothing that differs by cell

    @property
    def name(self):
        return f"{WORDS[self.number % len(WORDS)]}-{self.number:03}"

    @property
    def is_of_cells(self):
        """Whether Git has a folder of it for each cell: its host name is another one in each."""
        return self.number % 10 == 7 and not self.alike

    @property
    def is_edge(self):
        """Whether only cells with the label tier=edge are to run it."""
        return self.number % 50 == 9

    @property
    def is_scaled(self):
        """Whether an autoscaler decides its replicas."""
        return self.number % 5 == 0

    @property
    def has_secret(self):
        return self.number % 10 == 3

    def version(self, step=0):
        """The version that Git wants; `step` -1 is the one before, 1 the next."""
        return f"1.{self.number % 7 + 4 + step}.0"


def labels(service, version):
    return {"app.kubernetes.io/name": service.name, "app.kubernetes.io/version": version}


def selector(service):
    return {"app.kubernetes.io/name": service.name}


def container(service, version, cell):
    name = service.name
    environment = [
        {"name": "LOG_LEVEL", "value": "info"},
        {"name": "PORT", "value": "8080"},
        {"name": "POD_NAME", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}},
        {"name": "UPSTREAM", "value": f"http://{WORDS[(service.number + 1) % len(WORDS)]}.internal.svc"},
    ]
    if service.is_of_cells:
        environment.append({"name": "CELL", "value": cell})
    return {
        "name": "app",
        "image": f"registry.example.com/{name}:{version}",
        "ports": [{"name": "http", "containerPort": 8080}, {"name": "metrics", "containerPort": 9090}],
        "env": environment,
        "resources": {"requests": {"cpu": "250m", "memory": "256Mi"}, "limits": {"memory": "256Mi"}},
        "readinessProbe": {"httpGet": {"path": "/ready", "port": "http"}},
        "livenessProbe": {"httpGet": {"path": "/live", "port": "http"}, "initialDelaySeconds": 20},
        "volumeMounts": [{"name": "config", "mountPath": "/etc/app"}],
    }


def deployment(service, version, cell):
    containers = [container(service, version, cell)]
    if service.number % 3 == 0:
        containers.append({"name": "proxy", "image": "registry.example.com/proxy:4.2",
                           "ports": [{"name": "admin", "containerPort": 15000}]})
    spec = {
        "selector": {"matchLabels": selector(service)},
        "template": {
            "metadata": {"labels": selector(service)},
            "spec": {"serviceAccountName": service.name, "containers": containers,
                     "volumes": [{"name": "config", "configMap": {"name": service.name}}]},
        },
    }
    if not service.is_scaled:
        spec["replicas"] = 2 + service.number % 4
    return stated("apps/v1", "Deployment", service.name, spec=spec, labels=labels(service, version))


def config_map(service):
    limits = f"requests:\n  per-minute: {600 + service.number}\ncache:\n  megabytes: 256\n"
    return stated("v1", "ConfigMap", service.name, data={
        "limits.yaml": limits,
        "log-level": "info",
        "features": "search=on,coupons=off,beta=off",
        "upstreams": "orders=http://orders.internal.svc\nusers=http://users.internal.svc\n",
    })


def ingress(service, cell):
    backend = {"service": {"name": service.name, "port": {"name": "http"}}}
    path = {"path": "/", "pathType": "Prefix", "backend": backend}
    return stated("networking.k8s.io/v1", "Ingress", service.name, spec={
        "ingressClassName": "public",
        "rules": [{"host": f"{service.name}.{cell}.example.com", "http": {"paths": [path]}}],
    })


def autoscaler(service):
    target = {"apiVersion": "apps/v1", "kind": "Deployment", "name": service.name}
    utilization = {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 70}}
    return stated("autoscaling/v2", "HorizontalPodAutoscaler", service.name, spec={
        "scaleTargetRef": target, "minReplicas": 2, "maxReplicas": 12,
        "metrics": [{"type": "Resource", "resource": utilization}],
    })


def stated(api_version, kind, name, labels=None, **parts):
    metadata = {"name": name}
    if labels:
        metadata["labels"] = labels
    return {"apiVersion": api_version, "kind": kind, "metadata": metadata, **parts}


def encoded(service):
    return base64.b64encode(f"not-so-secret-{service.number:03}".encode()).decode()


def manifests(service, version, cell=""):
    """File name -> object. `cell` counts only for a service that is_of_cells."""
    port = {"name": "http", "port": 80, "targetPort": "http"}
    peer = {"namespaceSelector": {"matchLabels": {"mesh": "inside"}}}
    files = {
        "account": stated("v1", "ServiceAccount", service.name),
        "config": config_map(service),
        "service": stated("v1", "Service", service.name, spec={"selector": selector(service), "ports": [port]}),
        "deployment": deployment(service, version, cell),
        "policy": stated("networking.k8s.io/v1", "NetworkPolicy", service.name, spec={
            "podSelector": {"matchLabels": selector(service)}, "policyTypes": ["Ingress"],
            "ingress": [{"from": [peer], "ports": [{"port": 8080}]}]}),
        "budget": stated("policy/v1", "PodDisruptionBudget", service.name, spec={
            "minAvailable": 1, "selector": {"matchLabels": selector(service)}}),
    }
    if service.is_of_cells:
        files["ingress"] = ingress(service, cell)
    if service.is_scaled:
        files["autoscaler"] = autoscaler(service)
    if service.has_secret:
        files["secret"] = stated("v1", "Secret", service.name, type="Opaque", data={"password": encoded(service)})
    return files
