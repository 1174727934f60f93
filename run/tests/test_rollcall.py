"""The same, with Rollcall at the other end: its address is in ROLLCALL_SITE."""

import json
import os
import urllib.request
import uuid

from shells import WithShell, in_each_shell

SITE = os.environ.get("ROLLCALL_SITE")


class Rollcall(WithShell):
    """The same, with the real service at the other end."""

    def setUp(self):
        super().setUp()
        if not SITE:
            self.skipTest("ROLLCALL_SITE is not set")
        self.project = self.ask("POST", "/_local/projects", {"name": "rollcall-run"})
        self.check = self.ask("POST", "/api/v3/checks/", {"name": "job", "timeout": 3600})

    def ask(self, method, path, body=None):
        key = getattr(self, "project", {}).get("api_key", "")
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(SITE + path, data, {"X-Api-Key": key}, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            content = answer.read()
        return json.loads(content) if "json" in answer.headers["Content-Type"] else content

    def pings(self):
        return self.ask("GET", f"/api/v3/checks/{self.check['uuid']}/pings/")["pings"]

    def body(self, ping):
        return self.ask("GET", f"/api/v3/checks/{self.check['uuid']}/pings/{ping['n']}/body")

    def test_measures_the_run_and_keeps_the_tail(self):
        done = self.run_bare("--check", self.check["ping_url"], "--", "seq", "5000")
        end, start = self.pings()
        self.assertEqual(("success", "start"), (end["type"], start["type"]))
        self.assertEqual(start["rid"], end["rid"])
        self.assertIn("duration", end)
        self.assertEqual(done.stdout[-10_000:], self.body(end))
        status = self.ask("GET", f"/api/v3/checks/{self.check['uuid']}")
        self.assertEqual(("up", False), (status["status"], status["started"]))

    def test_keeps_bytes_as_they_are(self):
        content = bytes(range(256))
        (self.folder / "bytes").write_bytes(content)
        self.run_bare("--check", self.check["ping_url"], "--", "cat", self.folder / "bytes")
        self.assertEqual(content, self.body(self.pings()[0]))

    def test_is_told_of_a_failure(self):
        done = self.run_bare("--check", self.check["ping_url"], "--", "sh", "-c", "echo broken >&2; exit 9")
        self.assertEqual(9, done.returncode)
        end = self.pings()[0]
        self.assertEqual("fail", end["type"])
        self.assertEqual(b"broken\n", self.body(end))
        self.assertEqual("down", self.ask("GET", f"/api/v3/checks/{self.check['uuid']}")["status"])

    def test_makes_the_check_of_a_name(self):
        url = f"{SITE}/ping/{self.project['ping_key']}/nightly?create=1"
        self.assertEqual(0, self.run_bare("--check", url, "--", "true").returncode)
        (check,) = [check for check in self.ask("GET", "/api/v3/checks/")["checks"] if check["slug"] == "nightly"]
        self.assertEqual(("up", 2), (check["status"], check["n_pings"]))

    def test_does_not_know_the_check(self):
        url = f"{SITE}/ping/{uuid.uuid4()}"
        done = self.run_bare("--check", url, "--", "echo", "text")
        self.assertEqual((0, b"text\n"), (done.returncode, done.stdout))
        self.assertIn(b"answered with 404", done.stderr)


load_tests = in_each_shell(Rollcall)
