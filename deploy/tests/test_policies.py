"""What each part may do."""

import fnmatch

import pytest
import sources
import template

EXPANDED = template.expand()
ADOPTING = template.of_type(template.expand("AdoptsTables"), "AWS::IAM::Role")
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
KEYS = "functions/store/src/main/java/dev/rollcall/store/Keys.java"
each_statement = pytest.mark.parametrize("statement", STATEMENTS)


def listed(value):
    return value if isinstance(value, list) else [value]


@pytest.mark.parametrize("statement", STATEMENTS + BUCKET_STATEMENTS)
def test_an_action_that_is_allowed_is_named_in_full(statement):
    for action in listed(statement["Action"]):
        assert "*" not in action or statement["Effect"] == "Deny"
        assert ":" in action


@each_statement
def test_a_resource_is_one_of_the_stacks_own(statement):
    for resource in listed(statement["Resource"]):
        if statement["Action"] == "ses:SendRawEmail":
            sender = {"Fn::If": ["HasSender", {"Ref": "MailFrom"}, {"Ref": "Email"}]}
            assert statement["Condition"] == {"StringEquals": {"ses:FromAddress": sender}}
            assert EXPANDED["Resources"]["NotifyFunction"]["Properties"]["Environment"]["Variables"]["ROLLCALL_MAIL_FROM"] == sender
        elif statement["Action"] == "cloudformation:DescribeStacks":
            assert resource == {"Ref": "AWS::StackId"}
        else:
            name = template.target(resource) if "Fn::GetAtt" in resource else resource["Fn::Sub"].split(".")[0].removeprefix("${")
            assert name in EXPANDED["Resources"]


def test_mail_may_go_by_the_configuration_set_that_its_identity_has_by_default():
    """SES asks for leave for both, and refuses every mail without; the console attaches a set to what it makes."""
    (allowed,) = [
        statement
        for policy in ROLES["NotifyRole"]["Properties"]["Policies"]
        for statement in policy["PolicyDocument"]["Statement"]
        if statement["Action"] == "ses:SendRawEmail"
    ]
    account = "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:"
    assert allowed["Resource"] == [{"Fn::Sub": f"{account}identity/*"}, {"Fn::Sub": f"{account}configuration-set/*"}]


KEPT = {
    "META": sources.text_constant(KEYS, "META"),
    "API keys": sources.text_constant(KEYS, "API_KEY_PREFIX") + "*",
}
"""What no function that serves may write: what the data says of itself, and keys, of which one could make itself another."""


@each_statement
def test_a_statement_allows_or_keeps_what_serving_needs_no_writing_of(statement):
    if statement["Effect"] != "Allow":
        assert statement["Effect"] == "Deny"
        assert statement["Condition"] == {"ForAnyValue:StringLike": {"dynamodb:LeadingKeys": list(KEPT.values())}}


@pytest.mark.parametrize("name", [template.target(each["Role"]) for each in template.functions().values()])
def test_a_function_may_trace_where_it_is_asked_to_and_nowhere_else(name):
    def traces(roles):
        statements = [each for policy in roles[name]["Properties"]["Policies"] for each in policy["PolicyDocument"]["Statement"]]
        return [each for each in statements if "xray" in repr(each["Action"])]

    if name in ROLES:
        assert traces(ROLES) == []
    traced = template.expand(PingMailDomain="ping.example.org", Tracing="Active")
    (allowed,) = traces(template.of_type(traced, "AWS::IAM::Role"))
    assert allowed == {"Effect": "Allow", "Action": ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], "Resource": "*"}
    for function in template.of_type(traced, "AWS::Lambda::Function").values():
        assert function["Properties"]["TracingConfig"] == {"Mode": {"Ref": "Tracing"}}


WRITES = {"dynamodb:BatchWriteItem", "dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:UpdateItem"}
"""Whatever writes items; what a transaction does is asked for by these names too."""


@pytest.mark.parametrize("name", ROLES)
def test_only_migrate_may_write_what_is_kept(name):
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


@pytest.mark.parametrize(
    ("key", "is_kept"),
    [
        ("META", True),
        ("APIKEY#9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", True),
        ("PROJECT#6a1d7c40-3c1e-4c55-9d0b-3f5a1c2b4d6e", False),
        ("CHECK#6a1d7c40-3c1e-4c55-9d0b-3f5a1c2b4d6e", False),
        ("METADATA", False),
    ],
)
def test_what_is_kept_is_that_and_no_more(key, is_kept):
    """As IAM reads StringLike: of capitals, with * for anything."""
    assert any(fnmatch.fnmatchcase(key, pattern) for pattern in KEPT.values()) == is_kept


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
    variables = template.decide(function["Environment"]["Variables"], dict.fromkeys(template.DECIDED, True))
    sends = {template.target(value) for key, value in variables.items() if key.endswith("_QUEUE")}
    if "DestinationConfig" in function.get("EventInvokeConfig", {}):
        sends.add(template.target(function["EventInvokeConfig"]["DestinationConfig"]["OnFailure"]["Destination"]))
    takes = {template.target(event["Properties"]["Queue"]) for event in function.get("Events", {}).values() if event["Type"] == "SQS"}
    assert allowed(function, "sqs:SendMessage") == sends
    assert allowed(function, "sqs:ReceiveMessage") == takes
    assert allowed(function, "sqs:DeleteMessage") == takes


def allowed(function, action):
    """What a function may do `action` to."""
    role = ADOPTING[template.target(function["Role"])]["Properties"]
    return {
        template.target(resource)
        for policy in role["Policies"]
        for statement in policy["PolicyDocument"]["Statement"]
        if statement["Effect"] == "Allow" and action in listed(statement["Action"])
        for resource in listed(statement["Resource"])
    }


WITH_MAIL = template.expand(PingMailDomain="ping.example.org")
SCHEDULES = template.of_type(WITH_MAIL, "AWS::Scheduler::Schedule")


@pytest.mark.parametrize("role", sorted({template.target(each["Properties"]["Target"]["RoleArn"]) for each in SCHEDULES.values()}))
def test_a_schedule_may_call_what_it_is_for_and_send_what_it_could_not_give_away(role):
    targets = [
        each["Properties"]["Target"] for each in SCHEDULES.values() if template.target(each["Properties"]["Target"]["RoleArn"]) == role
    ]
    allowed = {
        (statement["Action"], called(resource))
        for policy in WITH_MAIL["Resources"][role]["Properties"]["Policies"]
        for statement in policy["PolicyDocument"]["Statement"]
        for resource in listed(statement["Resource"])
    }
    assert allowed == {("lambda:InvokeFunction", called(each["Arn"])) for each in targets} | {
        ("sqs:SendMessage", template.target(each["DeadLetterConfig"]["Arn"])) for each in targets
    }


def called(reference):
    """What a reference means, and an alias of a function as FUNCTION:ALIAS."""
    alias = reference.get("Ref", "").split("Alias")
    if len(alias) == 2:
        return ":".join(alias)
    if "Fn::Sub" in reference:
        return reference["Fn::Sub"].replace("${", "").replace(".Arn}", "")
    return template.target(reference)
