"""The Healthchecks hook of borgmatic, called as borgmatic calls it: start, log, end and failure, with the logs of the run."""

import logging
import os

from borgmatic.hooks.monitoring import healthchecks
from borgmatic.hooks.monitoring.monitor import State
from settings import ask, pings, site

# As borgmatic's own start does: the hook's handler comes beside one for the console.
console = logging.StreamHandler()
console.setLevel(logging.WARNING)
logging.getLogger().addHandler(console)
logging.getLogger().setLevel(logging.INFO)


def backup(url, end, **more):
    hook = {"ping_url": url, "send_logs": True, "ping_body_limit": 10_000, **more}
    healthchecks.initialize_monitor(hook, {}, "test.yaml", logging.INFO, dry_run=False)
    healthchecks.ping_monitor(hook, {}, "test.yaml", State.START, logging.INFO, dry_run=False)
    logging.getLogger("borgmatic").info("copied %s files", 512)
    healthchecks.ping_monitor(hook, {}, "test.yaml", State.LOG, logging.INFO, dry_run=False)
    for number in range(1000):
        logging.getLogger("borgmatic").info("copied directory number %s", number)
    healthchecks.ping_monitor(hook, {}, "test.yaml", end, logging.INFO, dry_run=False)
    healthchecks.destroy_monitor(hook, {}, logging.INFO, dry_run=False)


def kinds(check):
    return [kind for kind, _ in pings(check)]


check = ask("/api/v3/checks/", {"name": "borgmatic"})["uuid"]
backup(f"{site}/ping/{check}", State.FINISH)
assert kinds(check) == ["start", "log", "success"], kinds(check)
backup(f"{site}/ping/{check}", State.FAIL)
assert kinds(check)[3:] == ["start", "log", "fail"], kinds(check)
bodies = [body for _, body in pings(check)]
assert b"copied 512 files" in bodies[1], bodies[1]
assert bodies[5].endswith(b"copied directory number 999\n") or b"number 999" in bodies[5], bodies[5][-100:]
assert max(map(len, bodies)) <= 10_000

backup(f"{site}/ping/{os.environ['ROLLCALL_PING_KEY']}/borgmatic-made", State.FINISH, create_slug=True)
(made,) = [each for each in ask("/api/v3/checks/")["checks"] if each["slug"] == "borgmatic-made"]
assert (kinds(made["uuid"]), made["status"]) == (["start", "log", "success"], "up"), made
