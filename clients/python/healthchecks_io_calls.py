"""All calls of healthchecks-io, synchronous and not, in each version of the API."""

import asyncio
import uuid

from healthchecks_io import AsyncClient, CheckCreate, CheckTrap, CheckUpdate, Client
from healthchecks_io.client.exceptions import (
    BadAPIRequestError,
    CheckNotFoundError,
    HCAPIAuthError,
    NonUniqueSlugError,
)
from settings import api_key, ask, ping_key, pings, raises, read_key, site

UNKNOWN = str(uuid.uuid4())


def addresses(version, key=api_key):
    return {
        "api_key": key,
        "ping_key": ping_key,
        "api_url": f"{site}/api/",
        "ping_url": f"{site}/ping/",
        "api_version": version,
    }


def manage(client, version):
    tag = f"v{version}"
    made = client.create_check(
        CheckCreate(name=f"Backup {tag}", tags=f"nightly {tag}", desc="all disks", timeout=7200, grace=600, channels="*")
    )
    assert (made.name, made.tags, made.desc) == (f"Backup {tag}", f"nightly {tag}", "all disks"), made
    assert (made.timeout, made.grace, made.status, made.n_pings) == (7200, 600, "new", 0), made
    (channel,) = client.get_integrations()
    assert (channel.kind, channel.name, channel.id) == ("email", "Operations", made.channels), channel

    again = client.create_check(CheckCreate(name=f"Backup {tag}", tags=f"nightly {tag}", grace=900, unique=["name"]))
    assert (again.uuid, again.grace) == (made.uuid, 900), again
    cron = client.create_check(
        CheckCreate(name=f"Cron {tag}", tags=tag, schedule="15 5 * * *", tz="Europe/Riga", methods="POST", manual_resume=True)
    )
    assert (cron.timeout, cron.methods, cron.manual_resume) == (None, "POST", True), cron

    assert {check.uuid for check in client.get_checks(tags=[tag])} == {made.uuid, cron.uuid}
    assert [check.uuid for check in client.get_checks(tags=["nightly", tag])] == [made.uuid]
    assert {made.uuid, cron.uuid} <= {check.uuid for check in client.get_checks()}
    assert client.get_check(made.uuid) == again

    changed = client.update_check(made.uuid, CheckUpdate(name=f"Copies {tag}", grace=1200))
    assert (changed.name, changed.grace, changed.desc) == (f"Copies {tag}", 1200, ""), changed
    assert client.pause_check(made.uuid).status == "paused"
    assert client.success_ping(made.uuid) == (True, "OK")
    assert client.get_check(made.uuid).status == "up"

    for state in ("svg", "svg3", "json_url", "json3_url", "shields", "shields3"):
        assert getattr(client.get_badges()["*"], state).startswith(f"{site}/badge/")
    assert tag in client.get_badges()

    assert client.delete_check(cron.uuid).uuid == cron.uuid
    raises(CheckNotFoundError, client.get_check, cron.uuid)
    raises(CheckNotFoundError, client.delete_check, UNKNOWN)
    raises(BadAPIRequestError, client.create_check, CheckCreate(timeout=59))
    return made.uuid


def ping(client, check):
    assert client.start_ping(uuid=check, data="begins") == (True, "OK")
    assert client.success_ping(uuid=check, data="went well") == (True, "OK")
    assert client.fail_ping(uuid=check, data="went wrong") == (True, "OK")
    assert client.get_check(check).status == "down"
    assert client.exit_code_ping(0, uuid=check, data="zero") == (True, "OK")
    assert client.exit_code_ping(3, uuid=check, data="three") == (True, "OK")
    assert pings(check)[1:] == [
        ("start", b"begins"),
        ("success", b"went well"),
        ("fail", b"went wrong"),
        ("success", b"zero"),
        ("fail", b"three"),
    ], pings(check)
    listed = client.get_check_pings(check)
    assert [each.number_of_pings for each in listed] == [6, 5, 4, 3, 2, 1], listed
    assert (listed[0].method, listed[0].scheme, listed[0].user_agent[:18]) == ("POST", "http", "py-healthchecks.io")
    assert listed[3].type == "success" and 0 <= listed[3].duration < 60, listed[3]
    raises(CheckNotFoundError, client.success_ping, uuid=UNKNOWN)
    raises(BadAPIRequestError, client.exit_code_ping, 256, uuid=check)


def ping_by_name(client):
    check = ask("/api/v3/checks/", {"name": "Named", "slug": "named"})["uuid"]
    assert client.start_ping(slug="named") == (True, "OK")
    assert client.exit_code_ping(0, slug="named") == (True, "OK")
    with CheckTrap(client, slug="named") as trap:
        trap.add_log("line one")
        trap.add_log("line two")
    try:
        with CheckTrap(client, uuid=check):
            raise ValueError("not so")
    except ValueError:
        pass
    kinds = [kind for kind, _ in pings(check)]
    assert kinds == ["start", "success", "start", "success", "start", "fail"], kinds
    assert pings(check)[3][1] == b"line one\nline two"
    assert pings(check)[5][1].startswith(b"not so\n")
    raises(CheckNotFoundError, client.success_ping, slug="no-such-name")
    ask("/api/v3/checks/", {"name": "Twin", "slug": "named"})
    raises(NonUniqueSlugError, client.success_ping, slug="named")


def look_at_flips(client, check, version):
    """The client takes the object that the API answers with, at Healthchecks too, for a list, and cannot read it."""
    raises(TypeError, client.get_check_flips, check)
    raises(TypeError, client.get_check_flips, check, seconds=3600, start=0, end=4_000_000_000)
    flips = ask(f"/api/v{version}/checks/{check}/flips/?seconds=3600")["flips"]
    assert {flip["up"] for flip in flips} == {0, 1}, flips


def only_read(client, check):
    key = next(each.unique_key for each in client.get_checks() if each.name == check.name)
    assert client.get_check(key).uuid is None
    assert client.get_check(key).n_pings == check.n_pings
    raises(HCAPIAuthError, client.create_check, CheckCreate(name="x"))
    raises(HCAPIAuthError, client.get_check_pings, check.uuid)


class Waiting:
    """The asynchronous client with its calls waited for, so that it is put through the same."""

    def __init__(self, client, loop):
        self.client, self.loop = client, loop

    def __getattr__(self, name):
        return lambda *arguments, **named: self.loop.run_until_complete(getattr(self.client, name)(*arguments, **named))


def all_calls(client, version):
    check = manage(client, version)
    ping(client, check)
    look_at_flips(client, check, version)
    client.delete_check(check)


def main():
    for version in (1, 2, 3):
        with Client(**addresses(version)) as client:
            all_calls(client, version)
        with asyncio.Runner() as runner:
            all_calls(Waiting(AsyncClient(**addresses(version)), runner.get_loop()), version)
        with Client(**addresses(version, "no such key")) as stranger:
            raises(HCAPIAuthError, stranger.get_checks)
    with Client(**addresses(3)) as client:
        ping_by_name(client)
        made = client.create_check(CheckCreate(name="For all to see"))
        with Client(**addresses(3, read_key)) as reader:
            only_read(reader, made)


main()
