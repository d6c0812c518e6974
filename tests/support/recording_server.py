"""An HTTP server on 127.0.0.1 that tests give answers to, and that keeps what it was asked."""

import http.server
import threading
from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    method: str
    path: str
    headers: dict
    body: str
    raw: bytes

    @property
    def authorization(self):
        return self.headers.get("Authorization")


class RecordingServer:
    """`answer` makes the status and the text, or bytes, for each Question. In a `with` it serves."""

    def __init__(self, answer, content_type="application/json"):
        self.asked = asked = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                question = Question(self.command, self.path, dict(self.headers), raw.decode(errors="replace"), raw)
                asked.append(question)
                status, text = answer(question)
                data = text if isinstance(text, bytes) else text.encode()
                try:
                    self.send_response(status)
                    self.send_header("Content-Type", content_type)
                    self.send_header("Content-Length", str(len(data)))
                    self.end_headers()
                    self.wfile.write(data)
                except OSError:
                    pass  # it had enough

            do_POST = do_PUT = do_GET

            def log_message(self, *_arguments):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_error):
        self._server.shutdown()
        self._server.server_close()

    @property
    def authorizations(self):
        return {question.authorization for question in self.asked}
