"""A monitor for tests: it records the pings that it takes, and answers, refuses or hangs as a test says."""

import http.server
import threading
import urllib.parse
import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class Ping:
    signal: str  # what follows the check in the path
    rid: str | None
    body: bytes
    query: str


class Monitor:
    """Listens on a free port until closed. `url` is the ping URL of its one check, with a secret in it."""

    def __init__(self):
        self.secret = str(uuid.uuid4())
        self.pings = []
        self.limit = "10000"  # None names no limit
        self.statuses = []  # of the next answers; then 200
        self.held = set()  # signals that get no answer until `release`
        self._changed = threading.Condition()
        monitor = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                monitor._take(self)

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/ping/{self.secret}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self):
        self.release()
        self._server.shutdown()
        self._server.server_close()

    def await_pings(self, count):
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.pings) >= count, 60), f"only {self.signals}"

    def release(self, *signals):
        """Answers these signals that were held, or all."""
        with self._changed:
            self.held = self.held.difference(signals) if signals else set()
            self._changed.notify_all()

    @property
    def signals(self):
        return [ping.signal for ping in self.pings]

    @property
    def last(self):
        return self.pings[-1]

    def _take(self, request):
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        parts = urllib.parse.urlsplit(request.path)
        signal = parts.path.removeprefix(f"/ping/{self.secret}").removeprefix("/")
        rid = urllib.parse.parse_qs(parts.query).get("rid", [None])[-1]
        with self._changed:
            self.pings.append(Ping(signal, rid, body, parts.query))
            status = self.statuses.pop(0) if self.statuses else 200
            self._changed.notify_all()
            self._changed.wait_for(lambda: signal not in self.held)
        try:
            request.send_response(status)
            if self.limit is not None:
                request.send_header("Ping-Body-Limit", self.limit)
            request.end_headers()
            request.wfile.write(b"OK")
        except OSError:
            pass  # whoever asked has given up
