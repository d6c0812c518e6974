"""A mutating admission webhook: a small HTTPS server on 127.0.0.1 with an authority of its own, and its configuration."""

import base64
import http.server
import json
import ssl
import subprocess
import threading
import time
from pathlib import Path

_registration = "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations"


class Webhook:
    """`mutate` gets the object of a request and returns a JSON patch for it."""

    def __init__(self, folder, mutate):
        self._called = threading.Event()

        def mutate_and_tell(object):
            self._called.set()
            return mutate(object)

        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self._make_certificates()
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _handler(mutate_and_tell))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / "webhook.crt", self.folder / "webhook.key")
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def ca_bundle(self):
        return base64.b64encode((self.folder / "ca.crt").read_bytes()).decode()

    def stop(self):
        self._server.shutdown()
        self._server.server_close()

    def register(self, api, name, rules, **more):
        """Makes the configuration: one webhook of that name for `rules`."""
        url = f"https://127.0.0.1:{self._server.server_port}/mutate"
        webhook = {
            "name": name,
            "admissionReviewVersions": ["v1"],
            "sideEffects": "None",
            "clientConfig": {"url": url, "caBundle": self.ca_bundle},
            "rules": rules,
            **more,
        }
        return api.create(_registration, {"metadata": {"name": name}, "webhooks": [webhook]})

    def wait_until_called(self, api):
        """A server takes a moment to learn of a new configuration: tries with a Deployment that is never kept."""
        container = {"name": "probe", "image": "probe"}
        labels = {"app": "probe"}
        template = {"metadata": {"labels": labels}, "spec": {"containers": [container]}}
        body = {"metadata": {"name": "probe"}, "spec": {"selector": {"matchLabels": labels}, "template": template}}
        self._called.clear()
        deadline = time.monotonic() + 30
        while not self._called.is_set():
            if time.monotonic() > deadline:
                raise RuntimeError("the webhook is never called")
            api.create("/apis/apps/v1/namespaces/default/deployments?dryRun=All", body)
            time.sleep(0.1)

    @staticmethod
    def unregister(api, name):
        api.delete(f"{_registration}/{name}")

    def _make_certificates(self):
        new_key = ["-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-days", "2"]
        ca = ["-CA", self.folder / "ca.crt", "-CAkey", self.folder / "ca.key"]
        _openssl("req", "-x509", *new_key, "-subj", "/CN=webhooks", "-keyout", ca[3], "-out", ca[1])
        _openssl("req", "-x509", *new_key, "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
                 "-addext", "basicConstraints=CA:FALSE", "-keyout", self.folder / "webhook.key",
                 "-out", self.folder / "webhook.crt", *ca)


def _openssl(*arguments):
    command = ["openssl", *map(str, arguments)]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def _handler(mutate):
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            review = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            response = {"uid": review["request"]["uid"], "allowed": True}
            patch = mutate(review["request"]["object"])
            if patch:
                response["patchType"] = "JSONPatch"
                response["patch"] = base64.b64encode(json.dumps(patch).encode()).decode()
            body = json.dumps({**review, "request": None, "response": response}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    return Handler
