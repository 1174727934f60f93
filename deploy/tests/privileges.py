"""What functions may do, what they were seen to do, and how the two differ.

A right is a triple: the function, the action, and what it is done to. That is the logical name of a resource of the stack,
with /index/NAME for an index of a table and /* for the objects of a bucket, or AWS::StackId for the stack itself, or for mail
the parameter that holds its sender.
"""

import json
import re

import template

RECORDING = template.ROOT / "functions/integration/target/aws-calls.json"
COMMAND = "./rollcall test -pl functions/integration -am -Dtest=InProcessTest -Dsurefire.failIfNoSpecifiedTests=false"

STACK = "AWS::StackId"

# What Lambda does in a function's name, which no call of the function shows. Nothing else may be allowed and not be seen.
LOGS = "Lambda writes the function's log with the function's role."
TAKES = "Lambda takes the messages of an event source from their queue with the function's role."
GIVES_UP = "Lambda sends there what the function failed at when nobody waits for an answer."

BY_LAMBDA = {
    (f"{name}Function", action, f"{name}Logs"): LOGS
    for name in ("Ping", "Inbox", "Mail", "Api", "Sweep", "Notify", "Migrate")
    for action in ("logs:CreateLogStream", "logs:PutLogEvents")
} | {
    (function, action, queue): TAKES
    for function, queue in (
        ("InboxFunction", "InboxQueue"),
        ("SweepFunction", "DueQueue"),
        ("NotifyFunction", "FlipsQueue"),
        ("NotifyFunction", "DeliveriesQueue"),
    )
    for action in ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")
    # Notify itself asks how many deliveries wait.
    if (action, queue) != ("sqs:GetQueueAttributes", "DeliveriesQueue")
} | {
    ("MailFunction", "sqs:SendMessage", "MailDeadLetters"): GIVES_UP,
    ("NotifyFunction", "sqs:SendMessage", "TicksDeadLetters"): GIVES_UP,
}


def recording():
    """The calls that the integration suite wrote down."""
    assert RECORDING.exists(), f"{RECORDING.relative_to(template.ROOT)} is missing: run {COMMAND}"
    return json.loads(RECORDING.read_text())


def used(calls, expanded):
    """The rights that calls needed. A call names its resource by the variable that the function knows it by, or by STACK."""
    return {(call["function"], call["action"], _resource(call, expanded)) for call in calls}


def allowed(expanded):
    """The rights that the functions' roles give."""
    roles = template.of_type(expanded, "AWS::IAM::Role")
    return {
        (name, action, target)
        for name, function in template.of_type(expanded, "AWS::Lambda::Function").items()
        for policy in roles[template.target(function["Properties"]["Role"])]["Properties"]["Policies"]
        for statement in policy["PolicyDocument"]["Statement"]
        if statement["Effect"] == "Allow"
        for action in listed(statement["Action"])
        for target in targets(statement)
    }


def missing(calls, expanded):
    """What was done and is not allowed."""
    return sorted(used(calls, expanded) - allowed(expanded))


def unused(calls, expanded):
    """What is allowed and neither done nor Lambda's."""
    return sorted(allowed(expanded) - used(calls, expanded) - BY_LAMBDA.keys())


def _referred(value):
    """What a value refers to; of a choice, what is used where both are given."""
    return value["Fn::If"][1]["Ref"] if "Fn::If" in value else value["Ref"]


def listed(value):
    return value if isinstance(value, list) else [value]


def _resource(call, expanded):
    variable, *part = call["resource"].split("/", 1)
    if variable == STACK:
        return STACK
    function = expanded["Resources"].get(call["function"], {"Properties": {}})["Properties"]
    value = function.get("Environment", {}).get("Variables", {}).get(variable)
    name = _referred(value) if isinstance(value, dict) else f"{variable}, which the template does not set"
    return "/".join([name, *part])


def targets(statement):
    """What a statement is about. Mail goes to anybody's identity, so there it is the sender that counts."""
    sender = statement.get("Condition", {}).get("StringEquals", {}).get("ses:FromAddress")
    if sender:
        return [_referred(sender)]
    return [_name(resource) for resource in listed(statement["Resource"])]


def _name(resource):
    if resource == {"Ref": STACK}:
        return STACK
    if "Fn::GetAtt" in resource:
        return template.target(resource)
    text = re.sub(r"arn:.*:table/\$\{Existing(\w+)}", r"${\1.Arn}", resource["Fn::Sub"])
    found = re.fullmatch(r"\$\{(\w+)\.Arn}(/index/[\w-]+|/\*)?", text)
    assert found, f"{resource} is no resource of the stack"
    return found[1] + (found[2] or "")
