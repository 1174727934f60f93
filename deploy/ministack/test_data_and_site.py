"""What a deployment does to data and dashboard in MiniStack. The stack is that of test_stack.py, which deletes it."""

import copy
import json
import re

SCHEMA = {"pk": {"S": "META"}, "sk": {"S": "SCHEMA"}}


def table(stack):
    return stack.resources()["StateTable"]


def schema(stack):
    return stack.client("dynamodb").get_item(TableName=table(stack), Key=SCHEMA)["Item"]


def outputs(stack):
    return {each["OutputKey"]: each["OutputValue"] for each in stack.description()["Outputs"]}


def answers(stack):
    """What CloudFormation was told, oldest first: resource, status, state."""
    rows = [item for item in stack.items("StateTable") if item["sk"]["S"].startswith("REQUEST#")]
    rows.sort(key=lambda row: int(row["begunAt"]["N"]))
    return [(row["resource"]["S"], row["status"]["S"], row["state"]["S"]) for row in rows]


def update(stack, body, **values):
    """An update with a template of its own."""
    whole = stack.template
    try:
        stack.template = json.dumps(body)
        return stack.update(**values)
    finally:
        stack.template = whole


def test_making_the_stack_brings_the_data_to_the_release(stack):
    assert schema(stack)["level"]["N"] == "2"
    assert schema(stack)["phase"]["S"] == "steady"
    assert outputs(stack)["DataState"] == "STEADY"
    assert answers(stack) == [
        ("SchemaExpand", "SUCCESS", "EXPANDED"),
        ("SchemaSettle", "SUCCESS", "STEADY"),
        ("SiteContent", "SUCCESS", "PUBLISHED"),
    ]


def test_making_the_stack_shows_the_dashboard(stack):
    s3, bucket = stack.client("s3"), stack.resources()["SiteBucket"]
    index = s3.get_object(Bucket=bucket, Key="index.html")
    page = index["Body"].read().decode()
    main = re.search(r'src="\./(assets/[0-9a-f]{16}/js/main\.js)"', page)[1]
    module = s3.get_object(Bucket=bucket, Key=main)

    assert (index["ContentType"], index["CacheControl"]) == ("text/html; charset=utf-8", "no-cache")
    assert (module["ContentType"], module["CacheControl"]) == ("text/javascript; charset=utf-8", "public, max-age=31536000, immutable")


def test_a_tick_with_nothing_to_do_says_where_the_data_stands(stack):
    answer = stack.client("lambda").invoke(
        FunctionName=stack.resources()["MigrateFunction"], Payload=json.dumps({"action": "tick"})
    )

    assert json.loads(answer["Payload"].read()) == {"level": 2, "phase": "steady"}


def test_an_update_asks_again_and_changes_nothing_that_is_right(stack):
    before = schema(stack)

    assert stack.update(OnOlderRelease="tolerate") == "UPDATE_COMPLETE", stack.failures()

    assert schema(stack)["level"] == before["level"]
    assert [resource for resource, _, _ in answers(stack)[3:]] == ["SchemaExpand", "SchemaSettle"]


def test_an_update_that_fails_late_goes_back_and_the_data_is_as_before(stack):
    broken = copy.deepcopy(json.loads(stack.template))
    token = broken["Resources"]["SiteContent"]["Properties"]["ServiceToken"]
    broken["Resources"]["Broken"] = {
        "Type": "Custom::Nonsense",
        "DependsOn": "SiteContent",
        "Properties": {"ServiceToken": token, "ServiceTimeout": 60},
    }

    assert update(stack, broken, OnOlderRelease="auto") == "UPDATE_ROLLBACK_COMPLETE", stack.failures()

    assert any("knows no resource of the type" in (reason or "") for _, reason in stack.failures())
    assert schema(stack)["level"]["N"] == "2"
    assert schema(stack)["phase"]["S"] == "steady"
    assert {status for _, status, _ in answers(stack)} == {"SUCCESS"}


def test_a_release_that_is_too_old_fails_at_once_and_the_way_back_does_not(stack):
    """Of level 3, the data knows no text by which it could be taken back."""
    dynamo, right = stack.client("dynamodb"), schema(stack)
    newer = right | {name: {"N": "3"} for name in ("level", "writeLevel", "minReader", "minWriter")}
    dynamo.put_item(TableName=table(stack), Item=newer)
    try:
        assert stack.update(OnOlderRelease="auto") == "UPDATE_ROLLBACK_COMPLETE", stack.failures()
        assert schema(stack)["level"]["N"] == "3"
    finally:
        dynamo.put_item(TableName=table(stack), Item=right)
    told = [(status, state) for _, status, state in answers(stack)]
    assert ("FAILED", "FAILED") in told
    assert ("SUCCESS", "DEGRADED") in told
