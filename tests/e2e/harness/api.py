"""A small client of the Kubernetes API: for writers that kubectl cannot play (controllers, other tools)."""

import http.client
import json
import ssl
import urllib.parse
from dataclasses import dataclass


@dataclass
class Answer:
    status: int
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)


class ApiError(RuntimeError):
    pass


class Api:
    """One user of one API server, known to it by its User-Agent: the API server names a writer without a
    fieldManager by the User-Agent up to the first "/"."""

    def __init__(self, server, certificate, token, user_agent):
        address = urllib.parse.urlsplit(server)
        context = ssl.create_default_context(cafile=str(certificate))
        self._connection = http.client.HTTPSConnection(address.hostname, address.port, timeout=30, context=context)
        self._headers = {"Authorization": f"Bearer {token}", "User-Agent": user_agent}

    def request(self, method, path, body=None, content_type="application/json", accept="application/json"):
        headers = {**self._headers, "Accept": accept, "Content-Type": content_type}
        data = None if body is None else json.dumps(body).encode()
        try:
            self._connection.request(method, path, data, headers)
            response = self._connection.getresponse()
            return Answer(response.status, response.read())
        finally:
            self._connection.close()  # the next request opens it again

    def _checked(self, method, path, body=None, **options):
        answer = self.request(method, path, body, **options)
        if answer.status >= 300:
            raise ApiError(f"{method} {path}: {answer.status} {answer.body.decode(errors='replace')}")
        return answer.json

    def get(self, path, accept="application/json"):
        return self.request("GET", path, accept=accept)

    def read(self, path):
        return self._checked("GET", path)

    def create(self, path, body):
        return self._checked("POST", path, body)

    def replace(self, path, body):
        return self._checked("PUT", path, body)

    def delete(self, path):
        return self._checked("DELETE", path, {"gracePeriodSeconds": 0, "propagationPolicy": "Background"})

    def patch(self, path, body):
        """A merge patch, or a JSON patch where the body is a list."""
        form = "json-patch" if isinstance(body, list) else "merge-patch"
        return self._checked("PATCH", path, body, content_type=f"application/{form}+json")

    def apply(self, path, body, manager, force=True):
        query = urllib.parse.urlencode({"fieldManager": manager, "force": str(force).lower()})
        return self._checked("PATCH", f"{path}?{query}", body, content_type="application/apply-patch+yaml")
