"""The stack's life in MiniStack, from its making to its end. The tests follow each other.

Pings and calls of the API go in by the HTTP API, alerts come out at a listener here; what is between them, MiniStack
carries: it delivers from the queues, delays messages and fires the schedule.
"""

import hashlib
import json
import time

PING_KEY = "k3yk3yk3yk3yk3yk3yk3y0"
API_KEY = "hcw_exampleexampleexampleexample"
PROJECT = "8f6c1f5e-2f0b-4c68-9d57-0d7d2d2c9d10"

MINUTE = 60
DAY = 24 * 60 * 60


def eventually(condition):
    """Waits until `condition` gives something; what the functions tell each other takes its time."""
    deadline = time.monotonic() + 150
    while not (found := condition()):
        assert time.monotonic() < deadline, "it does not come to pass"
        time.sleep(0.5)
    return found


def api(stack, method, path, body=None):
    """Calls the management API."""
    answer = stack.http(method, path, headers={"X-Api-Key": API_KEY}, body=body and json.dumps(body).encode())
    assert answer.status < 300, answer
    return json.loads(answer.body)


def test_every_resource_of_the_template_is_made(stack):
    assert stack.resources().keys() == wanted(stack)


HOLDING = (None, "TellsOfAlarms", "MakesMailIdentity", "ServesSite", "MakesStateTable", "MakesLogTable")
"""The conditions of resources that hold in the stack of these tests."""


def wanted(stack):
    """The resources whose conditions hold."""
    resources = json.loads(stack.template)["Resources"]
    return {name for name, each in resources.items() if each.get("Condition") in HOLDING}


def test_a_project_is_made_by_hand_and_its_channel_by_the_api(stack, listener):
    keep_project(stack)

    made = api(stack, "POST", "/api/rollcall/v1/channels", {"kind": "webhook", "settings": webhook(listener)})

    assert made["kind"] == "webhook"


def keep_project(stack):
    """No deployed function makes projects or keys."""
    hashed = hashlib.sha256(API_KEY.encode()).hexdigest()
    items = [
        {
            "pk": {"S": f"PROJECT#{PROJECT}"},
            "sk": {"S": "ITEM"},
            "rev": {"N": "1"},
            "name": {"S": "Sample"},
            "pingKey": {"S": PING_KEY},
            "badgeKey": {"S": "badge-key"},
            "checkLimit": {"N": "20"},
            "pingLogLimit": {"N": "100"},
        },
        {"pk": {"S": f"PINGKEY#{PING_KEY}"}, "sk": {"S": "LOOKUP"}, "project": {"S": PROJECT}},
        {
            "pk": {"S": f"APIKEY#{hashed}"},
            "sk": {"S": "LOOKUP"},
            "project": {"S": PROJECT},
            "access": {"S": "read_write"},
            "prefix": {"S": API_KEY[:8]},
            "created": {"N": "1767225600000000"},
        },
    ]
    for item in items:
        stack.client("dynamodb").put_item(TableName=stack.resources()["StateTable"], Item=item | {"_v": {"N": "1"}})


def webhook(listener):
    """Settings of a webhook that says here what has happened to which check."""
    return {
        f"{part}_{status}": value
        for status in ("down", "up")
        for part, value in {"method": "POST", "url": listener.url, "body": "$NAME is $STATUS"}.items()
    }


def test_a_ping_makes_its_check_and_is_logged(stack):
    answer = stack.http("POST", f"/ping/{PING_KEY}/nightly-backup?create=1", body=b"copied")

    assert (answer.status, answer.body) == (201, b"Created")
    assert len(check_items(stack)) == 1
    assert [item["signal"]["S"] for item in logged(stack, "P#")] == ["success"]


def check_items(stack):
    return [item for item in stack.items("StateTable") if item["sk"]["S"] == "HOT"]


def logged(stack, start):
    return [item for item in stack.items("LogTable") if item["sk"]["S"].startswith(start)]


def test_a_run_that_does_not_end_is_told_a_minute_after_its_start(stack, listener):
    """By the ping's own message, which waits in its queue until the run is late."""
    check = api(stack, "POST", "/api/v3/checks/", {"name": "Run", "timeout": DAY, "grace": MINUTE, "channels": "*"})
    started = time.time()
    assert stack.http("GET", ping_path(check) + "/start").status == 200

    told = eventually(lambda: listener.told("Run is down"))

    assert told.at - started >= MINUTE - 1


def ping_path(check):
    return "/ping/" + check["ping_url"].rpartition("/")[2]


def test_a_job_that_falls_silent_is_found_by_the_schedules_own_tick(stack, listener):
    """Its last ping is set back by a day, in which nobody looked: nothing but a tick can find it."""
    check = api(stack, "POST", "/api/v3/checks/", {"name": "Job", "timeout": DAY, "grace": MINUTE, "channels": "*"})
    assert stack.http("GET", ping_path(check)).status == 200
    age(stack, check, DAY + MINUTE)

    eventually(lambda: listener.told("Job is down"))

    assert api(stack, "GET", "/api/v3/checks/" + ping_path(check).removeprefix("/ping/"))["status"] == "down"


def age(stack, check, seconds):
    """Sets the last ping of a check back, and the moment at which the sweep wants to see it."""
    stack.client("dynamodb").update_item(
        TableName=stack.resources()["StateTable"],
        Key={"pk": {"S": "CHECK#" + ping_path(check).removeprefix("/ping/")}, "sk": {"S": "HOT"}},
        UpdateExpression="SET #last = #last - :age, #due = #due - :age, #rev = #rev + :one",
        ExpressionAttributeNames={"#last": "last", "#due": "due", "#rev": "rev"},
        ExpressionAttributeValues={":age": {"N": str(seconds * 1_000_000)}, ":one": {"N": "1"}},
    )


def test_what_was_told_is_in_the_log_and_nothing_waits_to_be_told(stack):
    eventually(lambda: not any(item.get("untold", {}).get("M") for item in check_items(stack)))

    assert len(logged(stack, "N#")) >= 2


def test_a_mail_that_came_back_disables_its_channel_by_the_stacks_own_topic(stack):
    """What SES says is said here: mail in MiniStack always arrives."""
    settings = {"value": "nobody@example.org", "down": True, "up": True}
    channel = api(stack, "POST", "/api/rollcall/v1/channels", {"kind": "email", "settings": settings})
    tags = {"ses:configuration-set": [stack.resources()["SenderSet"]], "channel": [channel["id"]]}
    bounce = {"bounceType": "Permanent", "bounceSubType": "General", "bouncedRecipients": [{"status": "5.1.1"}]}
    event = {"eventType": "Bounce", "bounce": bounce, "mail": {"destination": ["nobody@example.org"], "tags": tags}}

    stack.client("sns").publish(TopicArn=stack.resources()["Returns"], Message=json.dumps(event))

    eventually(lambda: shown(stack, channel["id"])["disabled"])
    assert shown(stack, channel["id"])["last_error"] == "mail came back: nobody takes it there (5.1.1)"


def shown(stack, channel):
    return next(each for each in api(stack, "GET", "/api/rollcall/v1/channels")["channels"] if each["id"] == channel)


def test_an_update_reaches_the_functions_behind_the_http_api(stack, listener):
    status = stack.update(PingBodyLimit="5")

    assert status == "UPDATE_COMPLETE", stack.failures()
    configuration = stack.client("lambda").get_function_configuration(FunctionName=stack.resources()["PingFunction"])
    assert configuration["Environment"]["Variables"]["ROLLCALL_PING_BODY_LIMIT"] == "5"
    check = next(each for each in api(stack, "GET", "/api/v3/checks/")["checks"] if each["name"] == "Job")
    assert stack.http("POST", ping_path(check), body=b"copied").headers["ping-body-limit"] == "5"
    eventually(lambda: listener.told("Job is up"))


def test_the_tables_outlive_the_stack(stack):
    tables = {stack.resources()[name] for name in ("StateTable", "LogTable")}

    assert stack.delete() == "DELETE_COMPLETE", stack.failures()
    assert tables <= set(stack.client("dynamodb").list_tables()["TableNames"])
