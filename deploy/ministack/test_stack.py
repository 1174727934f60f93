"""The stack's life in MiniStack, from its making to its end. The tests follow each other."""

import json
import time

from conftest import ROOT

PING_KEY = "k3yk3yk3yk3yk3yk3yk3y0"
PROJECT = "8f6c1f5e-2f0b-4c68-9d57-0d7d2d2c9d10"


def event(name):
    return json.loads((ROOT / "events" / name).read_text())


def ping(path, query=""):
    """The sample ping, sent elsewhere."""
    sample = event("ping-success.json")
    sample["rawPath"] = sample["requestContext"]["http"]["path"] = path
    sample["rawQueryString"] = query
    return sample


def eventually(condition):
    """Waits until `condition` holds; what the functions tell each other takes its time."""
    deadline = time.monotonic() + 90
    while not condition():
        assert time.monotonic() < deadline, "it does not come to pass"
        time.sleep(0.5)


def with_key(items, start):
    return [item for item in items if item["sk"]["S"].startswith(start)]


def test_every_resource_of_the_template_is_made(stack):
    assert stack.resources().keys() == wanted(stack)


def wanted(stack):
    """The resources whose conditions hold."""
    resources = json.loads(stack.template)["Resources"]
    return {name for name, each in resources.items() if each.get("Condition") in (None, "HasAlarmMail", "MakesMailIdentity")}


def test_a_ping_makes_its_check_and_is_logged(stack):
    project = {
        "pk": {"S": f"PROJECT#{PROJECT}"},
        "sk": {"S": "ITEM"},
        "_v": {"N": "1"},
        "name": {"S": "Sample"},
        "pingKey": {"S": PING_KEY},
        "badgeKey": {"S": "badge-key"},
        "checkLimit": {"N": "20"},
        "pingLogLimit": {"N": "100"},
    }
    pointer = {"pk": {"S": f"PINGKEY#{PING_KEY}"}, "sk": {"S": "LOOKUP"}, "_v": {"N": "1"}, "project": {"S": PROJECT}}
    for item in (project, pointer):
        stack.client("dynamodb").put_item(TableName=stack.resources()["StateTable"], Item=item)

    answer = stack.invoke("PingFunction", ping(f"/ping/{PING_KEY}/nightly-backup", "create=1"))

    assert answer["statusCode"] == 201
    assert len(with_key(stack.items("StateTable"), "HOT")) == 1
    assert len(with_key(stack.items("LogTable"), "P#")) == 1


def test_a_tick_is_swept(stack):
    assert stack.invoke("SweepFunction", event("sweep-tick.json")) == {"batchItemFailures": []}


def test_a_failure_is_told_by_way_of_its_queue(stack):
    stack.invoke("PingFunction", ping(f"/ping/{PING_KEY}/nightly-backup/fail"))

    eventually(lambda: not untold(stack))
    assert with_key(stack.items("LogTable"), "F#")


def untold(stack):
    """The flips that a check waits to see told."""
    (check,) = with_key(stack.items("StateTable"), "HOT")
    return check.get("untold", {}).get("M", {})


def test_a_parameter_reaches_the_functions_by_an_update(stack):
    status = stack.update(PingBodyLimit="5000")

    assert status == "UPDATE_COMPLETE", stack.failures()
    function = stack.client("lambda").get_function_configuration(FunctionName=stack.resources()["PingFunction"])
    assert function["Environment"]["Variables"]["ROLLCALL_PING_BODY_LIMIT"] == "5000"


def test_the_tables_outlive_the_stack(stack):
    tables = {stack.resources()[name] for name in ("StateTable", "LogTable")}

    assert stack.delete() == "DELETE_COMPLETE", stack.failures()
    assert tables <= set(stack.client("dynamodb").list_tables()["TableNames"])
