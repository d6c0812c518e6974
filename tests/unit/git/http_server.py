"""Serves bare repositories over HTTP on 127.0.0.1, by git's own http-backend.

usage: http_server.py ROOT LOG [--password USER:SECRET] [--redirect URL] [--hang] [--trickle]

Prints its port. Each request becomes a line of LOG: method, path, the decoded Authorization.
"""

import argparse
import base64
import http.server
import os
import subprocess
import sys
import time


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.answer(b"")

    def do_POST(self):
        self.answer(self.body())

    def log_message(self, *_):
        pass

    def body(self):
        if self.headers.get("Transfer-Encoding", "") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        parts = []
        while size := int(self.rfile.readline(), 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def answer(self, body):
        header = self.headers.get("Authorization", "")
        given = base64.b64decode(header[6:]).decode() if header.startswith("Basic ") else ""
        with open(options.log, "a") as log:
            log.write(f"{self.command} {self.path} {given}\n")
        if options.hang:
            time.sleep(30)
        if options.trickle:
            self.trickle()
        elif options.redirect:
            self.reply(302, {"Location": options.redirect + self.path})
        elif options.password and given != options.password:
            self.reply(401, {"WWW-Authenticate": 'Basic realm="git"'})
        else:
            self.run_backend(body)

    def trickle(self):
        self.send_response(200)
        self.send_header("Content-Type", "application/x-git-upload-pack-advertisement")
        self.end_headers()
        self.wfile.write(b"001e# service=git-upload-pack\n0000fff0")
        while True:
            self.wfile.write(b"0")
            time.sleep(0.2)

    def reply(self, status, headers, content=b""):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def run_backend(self, body):
        path, _, query = self.path.partition("?")
        environment = {
            **os.environ,
            "GIT_PROJECT_ROOT": options.root,
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
        }
        output = subprocess.run(
            ["git", "http-backend"],
            input=body,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            check=False,
        ).stdout
        head, _, content = output.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        self.reply(int(headers.pop("Status", "200").split()[0]), headers, content)


parser = argparse.ArgumentParser()
parser.add_argument("root")
parser.add_argument("log")
parser.add_argument("--password")
parser.add_argument("--redirect")
parser.add_argument("--hang", action="store_true")
parser.add_argument("--trickle", action="store_true")
options = parser.parse_args()
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
print(server.server_port, flush=True)
server.serve_forever()
