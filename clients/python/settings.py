"""What clients/check tells a client: where Rollcall is, and the keys of a project made for this client."""

import json
import os
import urllib.request

site = os.environ["ROLLCALL_SITE"]
api_key = os.environ["ROLLCALL_API_KEY"]
read_key = os.environ["ROLLCALL_READ_KEY"]
ping_key = os.environ["ROLLCALL_PING_KEY"]


def ask(path, body=None):
    """Calls the management API without any client: POST with a body, GET without. JSON, or bytes where it is none."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(site + path, data, {"X-Api-Key": api_key})
    with urllib.request.urlopen(request, timeout=30) as answer:
        content = answer.read()
    return json.loads(content) if "json" in answer.headers["Content-Type"] else content


def pings(uuid):
    """(type, body) of each ping of a check, the oldest first."""
    found = []
    for ping in ask(f"/api/v3/checks/{uuid}/pings/")["pings"]:
        body = ask(f"/api/v3/checks/{uuid}/pings/{ping['n']}/body") if ping["body_url"] else b""
        found.append((ping["type"], body))
    return found[::-1]


def raises(problem, call, *arguments, **named):
    """Asserts that a call fails in just this way."""
    try:
        result = call(*arguments, **named)
    except problem:
        return
    raise AssertionError(f"{problem.__name__} was due, and there came {result}")
