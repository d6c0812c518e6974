"""A throw-away kube-apiserver with etcd on 127.0.0.1, and a client for it. Standard library only."""

import http.client
import json
import pathlib
import secrets
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

PROJECT = pathlib.Path(__file__).resolve().parents[2]


def assets(version=""):
    """The folder that has etcd and kube-apiserver of a Kubernetes minor ("1.33"), by default the newest."""
    command = [PROJECT / "scripts" / "envtest", *([version] if version else [])]
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return pathlib.Path(printed.stdout.strip())


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [s.getsockname()[1] for s in sockets]
    for s in sockets:
        s.close()
    return ports


class ApiServer:
    """Use as a context manager. All APIs are served, and the admission plugins are the default ones."""

    def __init__(self, *flags, version=""):
        self.flags = flags
        self.binaries = assets(version)
        self.processes = []
        self.token = secrets.token_hex(16)

    def __enter__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="celldrift-schema-"))
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes):
            process.terminate()
        for process in reversed(self.processes):
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _start(self):
        etcd, peer, self.port = free_ports(3)
        etcd_url = f"http://127.0.0.1:{etcd}"
        self._run("etcd", self.binaries / "etcd", f"--data-dir={self.folder}/etcd", "--unsafe-no-fsync",
                  f"--listen-client-urls={etcd_url}", f"--advertise-client-urls={etcd_url}",
                  f"--listen-peer-urls=http://127.0.0.1:{peer}", "--log-level=error")
        key = self.folder / "service-account.key"
        subprocess.run(["openssl", "genrsa", "-out", key, "2048"], check=True, stderr=subprocess.DEVNULL)
        tokens = self.folder / "tokens.csv"
        tokens.write_text(f"{self.token},recorder,recorder,system:masters\n")
        self._run("kube-apiserver", self.binaries / "kube-apiserver", f"--etcd-servers={etcd_url}",
                  "--bind-address=127.0.0.1", f"--secure-port={self.port}", f"--cert-dir={self.folder}/certs",
                  f"--token-auth-file={tokens}", "--authorization-mode=RBAC", "--runtime-config=api/all=true",
                  "--service-account-issuer=https://kubernetes.default.svc",
                  f"--service-account-key-file={key}", f"--service-account-signing-key-file={key}",
                  "--service-cluster-ip-range=10.0.0.0/24", "--allow-privileged=true", "--v=1", *self.flags)
        self._wait()

    def _run(self, name, *command):
        with open(self.folder / f"{name}.log", "wb") as log:
            self.processes.append(subprocess.Popen(command, stdout=log, stderr=log))

    def _wait(self):
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            for process in self.processes:
                if process.poll() is not None:
                    raise SystemExit(f"{process.args[0]} ended:\n{self.log(process)}")
            try:
                if self.text("/readyz") == "ok":
                    return
            except (OSError, ApiError):
                pass
            time.sleep(0.3)
        raise SystemExit("kube-apiserver was not ready within two minutes")

    def log(self, process):
        name = pathlib.Path(process.args[0]).name
        return (self.folder / f"{name}.log").read_text(errors="replace")[-4000:]

    def _context(self):
        # The certificate is made by the server itself, in a folder that only this user can read.
        return ssl.create_default_context(cafile=self.folder / "certs" / "apiserver.crt")

    def request(self, method, path, body=None, content_type="application/json"):
        data = None if body is None else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": content_type,
                   "User-Agent": "kubectl/recorded"}
        request = urllib.request.Request(f"https://127.0.0.1:{self.port}{path}", data, headers, method=method)
        try:
            with urllib.request.urlopen(request, context=self._context(), timeout=60) as response:
                return response.read().decode()
        except urllib.error.HTTPError as error:
            raise ApiError(f"{method} {path}: {error.code}: {error.read().decode()[:2000]}") from None
        except http.client.HTTPException as error:  # a handler that panicked: it hangs up
            raise ApiError(f"{method} {path}: {error!r}") from None

    def text(self, path):
        return self.request("GET", path)

    def json(self, path):
        return json.loads(self.text(path))

    def version(self):
        return self.json("/version")["gitVersion"]


class ApiError(Exception):
    pass
