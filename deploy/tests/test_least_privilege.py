"""The policies against what the functions do: nothing is missing, and nothing is left over."""

import copy

import privileges
import pytest
import template

EXPANDED = template.expand("AdoptsTables", PingMailDomain="ping.example.org")
FUNCTIONS = sorted(template.of_type(EXPANDED, "AWS::Lambda::Function").keys())
each_function = pytest.mark.parametrize("function", FUNCTIONS)


@pytest.fixture(scope="module")
def calls():
    return privileges.recording()


def of(function, rights):
    return [right[1:] for right in rights if right[0] == function]


@each_function
def test_a_function_was_seen_at_work(function, calls):
    assert [call for call in calls if call["function"] == function]


def test_whoever_was_seen_is_a_function_of_the_template(calls):
    assert {call["function"] for call in calls} <= set(FUNCTIONS)


@each_function
def test_a_function_may_do_what_it_does(function, calls):
    assert of(function, privileges.missing(calls, EXPANDED)) == []


@each_function
def test_a_function_does_what_it_may(function, calls):
    assert of(function, privileges.unused(calls, EXPANDED)) == []


def test_what_is_left_to_lambda_is_allowed_and_not_done_by_the_function(calls):
    assert privileges.BY_LAMBDA.keys() <= privileges.allowed(EXPANDED)
    assert not privileges.BY_LAMBDA.keys() & privileges.used(calls, EXPANDED)


# The comparison itself, by policies that are wrong in one place more than those of the template.


def added(finding, calls, wrong):
    """What a comparison finds in a wrong template and not in the real one."""
    return set(finding(calls, wrong)) - set(finding(calls, EXPANDED))


def changed(change):
    """The template with each statement of a function's policies as `change(function, statement)` leaves it."""
    wrong = copy.deepcopy(EXPANDED)
    roles = template.of_type(wrong, "AWS::IAM::Role")
    for name, function in template.of_type(wrong, "AWS::Lambda::Function").items():
        for policy in roles[template.target(function["Properties"]["Role"])]["Properties"]["Policies"]:
            document = policy["PolicyDocument"]
            document["Statement"] = [each for one in document["Statement"] for each in change(name, copy.deepcopy(one))]
    return wrong


def without(right):
    """The statement in as many as it has actions and resources, and without that one right."""
    function, action, target = right

    def change(name, statement):
        if name != function:
            return [statement]
        parts = [
            statement | {"Action": one, "Resource": resource}
            for one in privileges.listed(statement["Action"])
            for resource in privileges.listed(statement["Resource"])
        ]
        return [each for each in parts if (name, each["Action"], privileges.targets(each)[0]) != (function, action, target)]

    return changed(change)


def test_every_right_that_is_taken_away_is_missed_where_it_is_used(calls):
    for right in privileges.allowed(EXPANDED):
        used = {right} & privileges.used(calls, EXPANDED)
        assert added(privileges.missing, calls, without(right)) == used
        assert right not in privileges.allowed(without(right))


@each_function
def test_a_right_that_is_too_much_is_found(function, calls):
    def widened(name, statement):
        extra = {"Effect": "Allow", "Action": "dynamodb:DeleteTable", "Resource": {"Fn::GetAtt": ["StateTable", "Arn"]}}
        return [statement, extra] if name == function else [statement]

    assert added(privileges.unused, calls, changed(widened)) == {(function, "dynamodb:DeleteTable", "StateTable")}


def test_a_known_right_to_one_more_resource_is_found(calls):
    def widened(name, statement):
        if name == "PingFunction" and statement["Action"] == "sqs:SendMessage":
            statement["Resource"].append({"Fn::GetAtt": ["DeliveriesQueue", "Arn"]})
        return [statement]

    assert added(privileges.unused, calls, changed(widened)) == {("PingFunction", "sqs:SendMessage", "DeliveriesQueue")}


def test_mail_from_another_sender_is_missed(calls):
    def changes(name, statement):
        if statement["Action"] == "ses:SendRawEmail":
            statement["Condition"]["StringEquals"]["ses:FromAddress"] = {"Ref": "AlarmMail"}
        return [statement]

    wrong = changed(changes)
    assert added(privileges.missing, calls, wrong) == {("NotifyFunction", "ses:SendRawEmail", "MailFrom")}
    assert added(privileges.unused, calls, wrong) == {("NotifyFunction", "ses:SendRawEmail", "AlarmMail")}


def test_a_variable_that_means_another_resource_is_missed(calls):
    wrong = copy.deepcopy(EXPANDED)
    variables = wrong["Resources"]["SweepFunction"]["Properties"]["Environment"]["Variables"]
    variables["ROLLCALL_FLIPS_QUEUE"] = {"Ref": "DeliveriesQueue"}
    assert added(privileges.missing, calls, wrong) == {("SweepFunction", "sqs:SendMessage", "DeliveriesQueue")}


def test_a_call_that_the_recording_does_not_know_is_missed(calls):
    unknown = {"function": "ApiFunction", "action": "DynamoDb:ExportTable", "resource": "unknown"}
    missing = [right[:2] for right in privileges.missing([*calls, unknown], EXPANDED)]
    assert ("ApiFunction", "DynamoDb:ExportTable") in missing


def test_without_a_recording_it_says_how_to_make_one(monkeypatch, tmp_path):
    monkeypatch.setattr(template, "ROOT", tmp_path)
    monkeypatch.setattr(privileges, "RECORDING", tmp_path / "aws-calls.json")
    with pytest.raises(AssertionError, match="./rollcall test"):
        privileges.recording()
