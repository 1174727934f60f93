"""What each part may do."""

import pytest
import template

EXPANDED = template.expand()
ROLES = template.of_type(EXPANDED, "AWS::IAM::Role")
STATEMENTS = [
    pytest.param(statement, id=f"{name}-{number}")
    for name, role in ROLES.items()
    for policy in role["Properties"]["Policies"]
    for number, statement in enumerate(policy["PolicyDocument"]["Statement"])
]
BUCKET_STATEMENTS = [
    pytest.param(statement, id=f"{name}-{number}")
    for name, policy in template.of_type(EXPANDED, "AWS::S3::BucketPolicy").items()
    for number, statement in enumerate(policy["Properties"]["PolicyDocument"]["Statement"])
]
each_statement = pytest.mark.parametrize("statement", STATEMENTS)


def listed(value):
    return value if isinstance(value, list) else [value]


@pytest.mark.parametrize("statement", STATEMENTS + BUCKET_STATEMENTS)
def test_an_action_is_named_in_full(statement):
    for action in listed(statement["Action"]):
        assert "*" not in action
        assert ":" in action


@each_statement
def test_a_resource_is_one_of_the_stacks_own(statement):
    for resource in listed(statement["Resource"]):
        if statement["Action"] == "ses:SendRawEmail":
            assert statement["Condition"] == {"StringEquals": {"ses:FromAddress": {"Ref": "MailFrom"}}}
        elif statement["Action"] == "cloudformation:DescribeStacks":
            assert resource == {"Ref": "AWS::StackId"}
        else:
            name = template.target(resource) if "Fn::GetAtt" in resource else resource["Fn::Sub"].split(".")[0].removeprefix("${")
            assert name in EXPANDED["Resources"]


@each_statement
def test_a_statement_allows_or_keeps_what_the_data_says_of_itself(statement):
    if statement["Effect"] != "Allow":
        assert statement["Effect"] == "Deny"
        assert statement["Condition"] == {"ForAnyValue:StringEquals": {"dynamodb:LeadingKeys": ["META"]}}


WRITES = {"dynamodb:BatchWriteItem", "dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:UpdateItem"}
"""Whatever writes items; what a transaction does is asked for by these names too."""


@pytest.mark.parametrize("name", ROLES)
def test_only_migrate_may_write_what_the_data_says_of_itself(name):
    statements = [
        statement
        for policy in ROLES[name]["Properties"]["Policies"]
        for statement in policy["PolicyDocument"]["Statement"]
        if {"Fn::GetAtt": ["StateTable", "Arn"]} in listed(statement["Resource"])
    ]
    writes = {action for each in statements if each["Effect"] == "Allow" for action in listed(each["Action"])} & WRITES
    denied = {action for each in statements if each["Effect"] == "Deny" for action in listed(each["Action"])}
    assert not any("PartiQL" in action for each in statements for action in listed(each["Action"]))
    assert denied == (set() if name == "MigrateRole" or not writes else WRITES)


@pytest.mark.parametrize("name", ROLES)
def test_a_role_has_its_own_policies_and_none_of_awss(name):
    assert "ManagedPolicyArns" not in ROLES[name]["Properties"]


def test_each_function_has_a_role_of_its_own():
    functions = template.of_type(EXPANDED, "AWS::Lambda::Function").values()
    roles = [template.target(function["Properties"]["Role"]) for function in functions]
    assert len(set(roles)) == len(roles)


@pytest.mark.parametrize("name", template.functions())
def test_a_function_may_use_the_queues_that_it_is_told_of_and_no_other(name):
    """It sends to the queues of its variables, and takes from those of its events."""
    function = template.functions()[name]
    variables = function["Environment"]["Variables"]
    sends = {template.target(value) for key, value in variables.items() if key.endswith("_QUEUE")}
    if "EventInvokeConfig" in function:
        sends.add(template.target(function["EventInvokeConfig"]["DestinationConfig"]["OnFailure"]["Destination"]))
    takes = {template.target(event["Properties"]["Queue"]) for event in function.get("Events", {}).values()}
    assert allowed(function, "sqs:SendMessage") == sends
    assert allowed(function, "sqs:ReceiveMessage") == takes
    assert allowed(function, "sqs:DeleteMessage") == takes


def allowed(function, action):
    """What a function may do `action` to."""
    role = ROLES[template.target(function["Role"])]["Properties"]
    return {
        template.target(resource)
        for policy in role["Policies"]
        for statement in policy["PolicyDocument"]["Statement"]
        if statement["Effect"] == "Allow" and action in listed(statement["Action"])
        for resource in listed(statement["Resource"])
    }


def test_the_schedule_may_call_what_it_is_for_and_send_what_it_could_not_give_away():
    schedule = EXPANDED["Resources"]["SweepSchedule"]["Properties"]["Target"]
    role = ROLES[template.target(schedule["RoleArn"])]["Properties"]
    allowed = {
        (statement["Action"], template.target(statement["Resource"]))
        for policy in role["Policies"]
        for statement in policy["PolicyDocument"]["Statement"]
    }
    dead_letters = schedule["DeadLetterConfig"]["Arn"]
    assert allowed == {("lambda:InvokeFunction", template.target(schedule["Arn"])), ("sqs:SendMessage", template.target(dead_letters))}
