"""Faults between celldrift and a real API server.

Proxy speaks TLS with the server's own certificate, passes requests on and spoils some answers. Relay passes bytes
on, so that HTTP/2 goes all the way, and breaks connections.
"""

import gzip
import http.client
import http.server
import re
import socket
import ssl
import struct
import threading
import time
from dataclasses import dataclass
from typing import Callable


@dataclass
class Answer:
    status: int
    headers: list
    body: bytes

    def without_header(self, name):
        return [(key, value) for key, value in self.headers if key.lower() != name]


@dataclass
class Fault:
    """What is done to requests whose path matches: `act(handler, answer)` answers in the server's place."""

    path: str
    act: Callable
    times: float = float("inf")
    hits: int = 0

    def claims(self, path):
        if self.hits >= self.times or not re.search(self.path, path):
            return False
        self.hits += 1
        return True


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        owner = self.server.owner
        path = owner.rewrite(self.path)
        owner.requests.append((self.command, self.path))
        answer = owner.forward(self.command, path, self.headers)
        fault = owner.next_fault(path)
        (fault.act if fault else send)(self, answer)

    do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_GET

    def log_message(self, *_arguments):
        pass


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *_arguments):
        pass  # clients that hang up, which is what faults make them do


class Proxy:
    def __init__(self, cell, faults=(), rewrite=lambda path: path):
        self._cell = cell
        self._faults = list(faults)
        self._lock = threading.Lock()
        self.rewrite = rewrite
        self.requests = []
        self._upstream_tls = ssl.create_default_context(cafile=str(cell.certificate))
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.owner = self
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(cell.certificate, cell.certificate.with_suffix(".key"))
        self._server.socket = tls.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)

    @property
    def address(self):
        return f"https://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_error):
        self._server.shutdown()
        self._server.server_close()

    def next_fault(self, path):
        with self._lock:
            return next((fault for fault in self._faults if fault.claims(path)), None)

    def forward(self, method, path, headers):
        connection = http.client.HTTPSConnection("127.0.0.1", self._cell.port, context=self._upstream_tls, timeout=30)
        passed = {key: value for key, value in headers.items() if key.lower() not in ("host", "connection")}
        connection.request(method, path, headers=passed)
        response = connection.getresponse()
        hop_by_hop = ("connection", "transfer-encoding", "content-length", "keep-alive")
        kept = [(key, value) for key, value in response.getheaders() if key.lower() not in hop_by_hop]
        answer = Answer(response.status, kept, response.read())
        connection.close()
        return answer


# Acts: what a Fault does in place of sending the server's answer.


def send(handler, answer):
    handler.send_response(answer.status)
    for key, value in answer.headers:
        handler.send_header(key, value)
    handler.send_header("Content-Length", str(len(answer.body)))
    handler.end_headers()
    handler.wfile.write(answer.body)


def status(code, **headers):
    """Another status, with a body that no Kubernetes server would send."""
    named = [(key.replace("_", "-"), value) for key, value in headers.items()]
    return lambda handler, _answer: send(handler, Answer(code, named, b"upstream is not well\n"))


def body(data, content_type="application/json"):
    """Success, with another body."""
    return lambda handler, _answer: send(handler, Answer(200, [("Content-Type", content_type)], data))


def reset(handler, _answer):
    """The connection ends with a TCP reset before the answer."""
    _reset(handler.connection)


def truncate(handler, answer):
    """Half of the body that the header promises, then the end of the connection."""
    handler.send_response(answer.status)
    for key, value in answer.headers:
        handler.send_header(key, value)
    handler.send_header("Content-Length", str(len(answer.body)))
    handler.end_headers()
    handler.wfile.write(answer.body[: len(answer.body) // 2])
    handler.wfile.flush()
    handler.close_connection = True


def cut(handler, answer):
    """Half of the body, told to be all of it: only the JSON shows that something is missing."""
    headers = answer.without_header("content-encoding")
    data = answer.body if headers == answer.headers else gzip.decompress(answer.body)
    send(handler, Answer(answer.status, headers, data[: len(data) // 2]))


def slow(seconds):
    """The body comes in ten parts over that time."""

    def act(handler, answer):
        handler.send_response(answer.status)
        for key, value in answer.headers:
            handler.send_header(key, value)
        handler.send_header("Content-Length", str(len(answer.body)))
        handler.end_headers()
        step = max(1, len(answer.body) // 10)
        for start in range(0, len(answer.body), step):
            handler.wfile.write(answer.body[start : start + step])
            handler.wfile.flush()
            time.sleep(seconds / 10)

    return act


def hang(handler, _answer):
    """No answer at all, until the other side gives up."""
    handler.connection.settimeout(60)
    handler.rfile.read(1)


def _reset(connection):
    raw = socket.socket(fileno=connection.detach())
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    raw.close()


class Relay:
    """Passes TCP bytes on to a cell. `break_after` bytes from the server, a connection is reset, or, with
    `stall`, silent for ever; that happens to the first `times` connections."""

    def __init__(self, cell, break_after, times=float("inf"), stall=False):
        self._cell = cell
        self._break_after = break_after
        self._times = times
        self._stall = stall
        self.connections = 0
        self._listener = socket.create_server(("127.0.0.1", 0))

    @property
    def address(self):
        return f"https://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self):
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_error):
        self._listener.close()

    def _accept(self):
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            server = socket.create_connection(("127.0.0.1", self._cell.port))
            limit = self._break_after if self.connections <= self._times else float("inf")
            threading.Thread(target=self._up, args=(client, server), daemon=True).start()
            threading.Thread(target=self._down, args=(server, client, limit), daemon=True).start()

    @staticmethod
    def _up(client, server):
        try:
            while data := client.recv(65536):
                server.sendall(data)
            server.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def _down(self, server, client, limit):
        passed = 0
        try:
            while data := server.recv(65536):
                passed += len(data)
                if passed > limit:
                    self._end(server, client)
                    return
                client.sendall(data)
            client.close()
        except OSError:
            pass

    def _end(self, server, client):
        server.close()
        if not self._stall:
            _reset(client)
