"""healthchecks-decorator around functions that end well and badly, with its settings as arguments and as variables."""

import os

from healthchecks_decorator import healthcheck
from settings import ask, pings, raises, site

check = ask("/api/v3/checks/", {"name": "Decorated", "slug": "decorated"})["uuid"]


@healthcheck(url=f"{site}/ping/{check}", send_start=True, send_diagnostics=True)
def copies():
    return {"files": 512}


@healthcheck(url=f"{site}/ping/{check}")
def breaks():
    raise ValueError("not so")


assert copies() == {"files": 512}
raises(ValueError, breaks)
os.environ.update(HEALTHCHECK_URL=f"{site}/ping/{os.environ['ROLLCALL_PING_KEY']}/decorated", HEALTHCHECK_SEND_START="1")


@healthcheck
def follows_the_variables():
    return 7


assert follows_the_variables() == 7
assert pings(check) == [
    ("start", b""),
    ("success", b"files=512"),
    ("fail", b""),
    ("start", b""),
    ("success", b""),
], pings(check)
