"""A cell: a real kube-apiserver with its etcd on 127.0.0.1."""

import os
import socket
import ssl
import subprocess
import time
from pathlib import Path

from . import assets
from .api import Api
from .processes import Child

start_timeout = 90  # seconds; about 4 on an idle machine

# Who may do what. "readonly", "no-secrets" and "no-webhooks" get their rights from rights.py.
tokens = {
    "admin": "admin-token-5c1f0e7a",
    "readonly": "readonly-token-91b7d3c2",
    "no-secrets": "no-secrets-token-2ad84e60",
    "no-webhooks": "no-webhooks-token-6bd01c9f",
    "nobody": "nobody-token-7f3309be",
}

# No controller makes the default ServiceAccount that this plugin demands of pods.
no_service_accounts = ("--disable-admission-plugins=ServiceAccount",)


def free_ports(count):
    """Distinct ports that nobody listens on. Somebody may take one before we do: starting is retried."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


class Cell:
    def __init__(self, name, folder, version="", flags=no_service_accounts):
        """`flags` are more flags of the API server."""
        self.name = name
        self._flags = flags
        self.version = version  # of Kubernetes: a minor, as "1.33"; the newest where nothing is said
        self.folder = Path(folder)
        self.folder.mkdir(parents=True)
        self._children = []
        self._attempts = 0

    @property
    def server(self):
        return f"https://127.0.0.1:{self.port}"

    @property
    def certificate(self):
        return self.folder / "certificates/apiserver.crt"

    def start(self):
        """Starts both programs and returns at once; see wait()."""
        self._attempts += 1
        self.port, self._client_port, self._peer_port = free_ports(3)
        self._started = time.monotonic()
        self._write_identity()
        self._children = [self._start_etcd(), self._start_api_server()]

    def _write_identity(self):
        groups = {"admin": "system:masters"}
        rows = [f'{token},{user},{user},"{groups.get(user, user)}"\n' for user, token in tokens.items()]
        (self.folder / "tokens.csv").write_text("".join(rows))
        self._key = self.folder / "service-account.key"
        if not self._key.exists():
            command = ["openssl", "genrsa", "-out", str(self._key), "2048"]
            subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
            self._write_client_certificate()

    def _write_client_certificate(self):
        """An authority for clients, and the certificate of an administrator signed by it."""
        ca = ["-CA", self.folder / "client-ca.crt", "-CAkey", self.folder / "client-ca.key"]
        self._openssl("req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-days", "2",
                      "-subj", "/CN=clients", "-keyout", ca[3], "-out", ca[1])
        self._openssl("req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-days", "2",
                      "-subj", "/O=system:masters/CN=admin", "-addext", "extendedKeyUsage=clientAuth",
                      "-keyout", self.folder / "client.key", "-out", self.folder / "client.crt", *ca)

    @staticmethod
    def _openssl(*arguments):
        command = ["openssl", *map(str, arguments)]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)

    def _start_etcd(self):
        client, peer = (f"http://127.0.0.1:{port}" for port in (self._client_port, self._peer_port))
        arguments = [
            assets.program("etcd"),
            f"--data-dir={self.folder}/etcd-{self._attempts}",
            f"--listen-client-urls={client}",
            f"--advertise-client-urls={client}",
            f"--listen-peer-urls={peer}",
            f"--initial-advertise-peer-urls={peer}",
            f"--initial-cluster=default={peer}",
            "--unsafe-no-fsync",
            "--log-level=warn",
        ]
        return Child("etcd", arguments, self.folder / "etcd.log", self._environment())

    def _start_api_server(self):
        arguments = [
            assets.program("kube-apiserver", self.version),
            f"--etcd-servers=http://127.0.0.1:{self._client_port}",
            f"--secure-port={self.port}",
            "--bind-address=127.0.0.1",
            "--advertise-address=127.0.0.1",
            f"--cert-dir={self.folder}/certificates",
            f"--token-auth-file={self.folder}/tokens.csv",
            f"--client-ca-file={self.folder}/client-ca.crt",
            "--authorization-mode=RBAC",
            "--service-cluster-ip-range=10.96.0.0/16",
            "--service-account-issuer=https://kubernetes.default.svc",
            f"--service-account-key-file={self._key}",
            f"--service-account-signing-key-file={self._key}",
            "--endpoint-reconciler-type=none",
            "--allow-privileged=true",
            "--profiling=false",
            "--v=0",
            *self._flags,
        ]
        return Child("kube-apiserver", arguments, self.folder / "kube-apiserver.log", self._environment())

    @staticmethod
    def _environment():
        return {**os.environ, "GOGC": "50", "GOMAXPROCS": "2"}

    def wait(self):
        """Returns when the server is ready. A port that was taken meanwhile costs a new try."""
        while not self._ready():
            stopped = [child for child in self._children if not child.running]
            if stopped and self._attempts < 3:
                self.kill()
                self.start()
            elif stopped or time.monotonic() - self._started > start_timeout:
                logs = "\n".join(child.last_lines() for child in stopped or self._children)
                raise RuntimeError(f"{self.name} did not start:\n{logs}")
            time.sleep(0.1)

    def _ready(self):
        try:
            return self.api().get("/readyz", accept="text/plain").status == 200
        except (OSError, ssl.SSLError):
            return False

    def api(self, user="admin", user_agent="celldrift-e2e"):
        return Api(self.server, self.certificate, tokens[user], user_agent)

    def kill(self):
        for child in self._children:
            child.kill()

    @property
    def resident_megabytes(self):
        pages = 0
        for child in self._children:
            pages += int(Path(f"/proc/{child._process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") // 2**20
