"""The API server, spoken to directly over connections that are kept: kubectl takes 50 ms where this takes 3."""

import http.client
import json
import ssl
import threading
import urllib.parse

retried = (429, 500, 503, 504)  # a busy server says these of itself, not of the change


class Refused(RuntimeError):
    """The server does not accept this: validation, immutability, a conflict."""

    def __init__(self, status, text):
        super().__init__(f"{status} {text[:600]}")
        self.status = status


class Wire:
    """Any number of threads may use it; each has its own connection."""

    def __init__(self, server, certificate, token):
        address = urllib.parse.urlsplit(server)
        self._address = (address.hostname, address.port)
        self._context = ssl.create_default_context(cafile=str(certificate))
        self._headers = {"Authorization": f"Bearer {token}", "User-Agent": "accuracy", "Accept": "application/json"}
        self._mine = threading.local()
        self._kinds = {}
        self.requests = 0

    def _send(self, method, path, data, headers):
        connection = getattr(self._mine, "connection", None)
        if connection is None:
            connection = http.client.HTTPSConnection(*self._address, timeout=60, context=self._context)
            self._mine.connection = connection
        try:
            connection.request(method, path, data, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (http.client.HTTPException, OSError):
            connection.close()
            self._mine.connection = None
            raise

    def request(self, method, path, body=None, content_type="application/json", **query):
        self.requests += 1
        query = {key: value for key, value in query.items() if value}
        target = f"{path}?{urllib.parse.urlencode(query)}" if query else path
        data = None if body is None else json.dumps(body).encode()
        headers = {**self._headers, "Content-Type": content_type}
        for attempt in range(4):
            try:
                status, answer = self._send(method, target, data, headers)
            except (http.client.HTTPException, OSError):
                if attempt == 3:
                    raise
                continue
            if status not in retried or attempt == 3:
                break
        if status >= 300:
            raise Refused(status, answer.decode(errors="replace"))
        return json.loads(answer)

    def raw(self, path, accept):
        return self._send("GET", path, None, {**self._headers, "Accept": accept})[1]

    # Where an object lives

    def _resource(self, api_version, kind):
        if (api_version, kind) not in self._kinds:
            root = f"/apis/{api_version}" if "/" in api_version else f"/api/{api_version}"
            for found in self.request("GET", root)["resources"]:
                if "/" not in found["name"]:
                    self._kinds[(api_version, found["kind"])] = (root, found["name"], found["namespaced"])
        return self._kinds[(api_version, kind)]

    def serves(self, object):
        try:
            return bool(self._resource(object["apiVersion"], object["kind"]))
        except (Refused, KeyError):
            return False

    def is_namespaced(self, object):
        return self._resource(object["apiVersion"], object["kind"])[2]

    def folder(self, object):
        root, name, namespaced = self._resource(object["apiVersion"], object["kind"])
        place = f"/namespaces/{object['metadata']['namespace']}" if namespaced else ""
        return f"{root}{place}/{name}"

    def path(self, object):
        return f"{self.folder(object)}/{urllib.parse.quote(object['metadata']['name'], safe='')}"

    # What is done with objects

    def get(self, object):
        return self.request("GET", self.path(object))

    def put(self, object, manager, subresource="", dry_run=False):
        path = self.path(object) + (f"/{subresource}" if subresource else "")
        return self.request("PUT", path, object, fieldManager=manager, dryRun="All" if dry_run else "")

    def create(self, object, manager):
        return self.request("POST", self.folder(object), object, fieldManager=manager)

    def merge(self, object, body, manager, subresource="", dry_run=False):
        path = self.path(object) + (f"/{subresource}" if subresource else "")
        return self.request("PATCH", path, body, "application/merge-patch+json", fieldManager=manager,
                            dryRun="All" if dry_run else "")

    def apply(self, object, body, manager, dry_run=False):
        return self.request("PATCH", self.path(object), body, "application/apply-patch+yaml", fieldManager=manager,
                            force="true", dryRun="All" if dry_run else "")

    def delete(self, object):
        return self.request("DELETE", self.path(object), {"gracePeriodSeconds": 0, "propagationPolicy": "Background"})
