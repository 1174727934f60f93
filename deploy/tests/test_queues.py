"""Queues against the functions that take from them."""

import sources

import pytest
import template

RESOURCES = template.SOURCE["Resources"]
QUEUES = template.of_type(template.SOURCE, "AWS::SQS::Queue")
DEAD_LETTERS = {
    template.target(queue["Properties"]["RedrivePolicy"]["deadLetterTargetArn"])
    for queue in QUEUES.values()
    if "RedrivePolicy" in queue["Properties"]
}
OF_EVENTS = {"TicksDeadLetters", "MailDeadLetters"}
"""What Lambda itself gives up: no queue is before them."""
DAY = 24 * 3600
TWO_WEEKS = 14 * DAY
SOURCES = {
    f"{function}{name}": (function, event["Properties"])
    for function, properties in template.functions().items()
    for name, event in properties.get("Events", {}).items()
    if event["Type"] == "SQS"
}
each_source = pytest.mark.parametrize("source", SOURCES)


def queue_of(source):
    return RESOURCES[template.target(SOURCES[source][1]["Queue"])]["Properties"]


def timeout(function):
    return template.functions()[function]["Timeout"]


@each_source
def test_a_message_is_out_of_sight_for_six_times_the_functions_time_out(source):
    assert queue_of(source)["VisibilityTimeout"] == 6 * timeout(SOURCES[source][0])


@each_source
def test_only_failed_messages_of_a_batch_go_back(source):
    assert SOURCES[source][1]["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


@each_source
def test_what_is_given_up_goes_to_a_dead_letter_queue(source):
    assert template.target(queue_of(source)["RedrivePolicy"]["deadLetterTargetArn"]) in QUEUES


def most_at_once(source, parameters=template.SOURCE["Parameters"]):
    """How many executions a queue takes at most, by default."""
    limit = SOURCES[source][1]["ScalingConfig"]["MaximumConcurrency"]
    return int(parameters[limit["Ref"]]["Default"]) if isinstance(limit, dict) else limit


NEW_ACCOUNT = 10
"""The executions that AWS gives a new account, for all functions together."""


def minute_ticks():
    schedules = template.of_type(template.SOURCE, "AWS::Scheduler::Schedule").values()
    return sum(each["Properties"]["ScheduleExpression"] == "rate(1 minute)" for each in schedules)


def test_all_queues_and_ticks_together_take_no_more_than_a_new_account_has():
    """Each alone is no matter: in a mass outage all of them are full at once."""
    queues = sum(most_at_once(source) for source in SOURCES)
    assert queues <= 8
    assert queues + minute_ticks() <= NEW_ACCOUNT


def test_what_is_left_for_pings_and_the_api_in_a_new_account_is_said_before_anything_else():
    queues = sum(most_at_once(source) for source in SOURCES)
    left = NEW_ACCOUNT - queues - minute_ticks()
    first = sources.source("docs/deploy.md").split("\n## ")[1]
    assert f"the queues take {queues} of them at most and the minute ticks {minute_ticks()}" in " ".join(first.split())
    assert left == 0 and "Pings have none guaranteed" in first


@each_source
def test_lambda_can_limit_its_concurrency_as_it_is_set(source):
    """From 2 to 1000."""
    assert 2 <= most_at_once(source) <= 1000


def test_what_keeps_up_with_many_checks_can_be_given_more():
    given = {SOURCES[source][1]["ScalingConfig"]["MaximumConcurrency"]["Ref"] for source in SOURCES if source != "InboxFunctionInbox"}
    assert given == {"DueConcurrency", "FlipsConcurrency", "DeliveryConcurrency"}


def test_every_queue_is_taken_from_or_holds_what_was_given_up():
    taken_from = {template.target(event["Queue"]) for _, event in SOURCES.values()}
    assert QUEUES.keys() == taken_from | DEAD_LETTERS | OF_EVENTS


HINTS = {"FlipsDeadLetters", "DueDeadLetters", "TicksDeadLetters"}
"""Of what is in the tables as well. The others hold what is nowhere else."""


def test_dead_letters_are_kept_for_two_weeks_but_hints_for_a_day_so_that_their_alarm_can_ring_again():
    kept = {name: QUEUES[name]["Properties"]["MessageRetentionPeriod"] for name in DEAD_LETTERS | OF_EVENTS}
    assert kept == {name: DAY if name in HINTS else TWO_WEEKS for name in kept}


@pytest.mark.parametrize("name", [name for name, queue in QUEUES.items() if "RedrivePolicy" in queue["Properties"]])
def test_a_message_is_received_often_enough_to_outlive_throttling(name):
    """AWS advises five times at least: a message that was received for a function that could not start counts."""
    assert QUEUES[name]["Properties"]["RedrivePolicy"]["maxReceiveCount"] >= 5


def sends():
    """To which queues each function sends, where mail is taken as well."""
    roles = template.of_type(template.SOURCE, "AWS::IAM::Role")
    return {
        name: {
            template.target(resource)
            for policy in roles[template.target(function["Role"])]["Properties"]["Policies"]
            for each in policy["PolicyDocument"]["Statement"]
            if (statement := template.decide(each, {"TakesMail": True, "Traces": True}))["Effect"] == "Allow"
            and "sqs:SendMessage" in listed(statement["Action"])
            for resource in listed(statement["Resource"])
        }
        for name, function in template.functions().items()
    }


def listed(value):
    return value if isinstance(value, list) else [value]


def reached(function, edges):
    """The functions that a message of this one may lead to, through whichever others."""
    found, new = set(), {function}
    while new:
        new = {taker for each in new for taker in edges[each]} - found
        found |= new
    return found


def test_a_function_whose_messages_come_back_to_it_is_not_stopped_for_that_and_no_other_may_run_in_circles():
    """Lambda follows messages through queues, and stops a function at about the sixteenth turn unless it may."""
    takers = {template.target(event["Queue"]): function for function, event in SOURCES.values()}
    edges = {name: {takers[queue] for queue in queues if queue in takers} for name, queues in sends().items()}
    in_circles = {name for name in edges if name in reached(name, edges)}
    assert {"NotifyFunction", "SweepFunction", "InboxFunction"} <= in_circles
    allowed = {name for name, function in template.functions().items() if function.get("RecursiveLoop") == "Allow"}
    assert allowed == in_circles


def test_lambda_is_told_which_functions_may_run_in_circles(expanded):
    functions = template.of_type(expanded, "AWS::Lambda::Function")
    told = {name for name, function in functions.items() if function["Properties"].get("RecursiveLoop") == "Allow"}
    assert told == {name for name, function in template.functions().items() if "RecursiveLoop" in function}


@each_source
def test_its_queues_name_ends_as_the_code_calls_it(source):
    """notify takes from two queues, and tells them apart by that."""
    logical_name = template.target(SOURCES[source][1]["Queue"])
    called = logical_name.removesuffix("Queue").lower()
    assert queue_of(source)["QueueName"]["Fn::Sub"].endswith(f"-{called}")


def test_every_queue_is_encrypted():
    assert all(queue["Properties"]["SqsManagedSseEnabled"] for queue in QUEUES.values())


def test_a_waiting_ping_is_tried_a_thousand_times_and_still_kept_for_a_week_after_the_last():
    inbox = QUEUES["InboxQueue"]["Properties"]
    tries = inbox["RedrivePolicy"]["maxReceiveCount"]
    assert tries == 1000
    assert tries * inbox["VisibilityTimeout"] < inbox["MessageRetentionPeriod"] - TWO_WEEKS / 2


DRAIN = "functions/ping/src/main/java/dev/rollcall/ping/Drain.java"


def test_a_drain_ends_within_its_functions_time_out_and_its_lease_does_not():
    longest, lease = (sources.constant(DRAIN, rf"{name} = Duration\.ofSeconds\((\d+)\)") for name in ("LONGEST", "LEASE"))
    assert longest + 15 < timeout("InboxFunction") < lease


NOTIFY = "functions/notify/src/main/java/dev/rollcall/notify"


def test_a_delivery_can_come_more_often_than_its_back_off_needs():
    waits = sources.source(f"{NOTIFY}/Backoff.java").split("WAITS =")[1].split(";")[0].count("Duration.of")
    tries = waits + 1
    # For each of its tries it may step back once for others, and as often again for flips before it.
    assert QUEUES["DeliveriesQueue"]["Properties"]["RedrivePolicy"]["maxReceiveCount"] > 4 * tries


def test_a_batch_of_slow_deliveries_to_one_channel_ends_within_the_functions_time_out():
    longest = sources.constant(f"{NOTIFY}/WebCourier.java", r"USUAL =\s*new Limits\([^;]*ofSeconds\((\d+)\)\)")
    enough = sources.constant(f"{NOTIFY}/Visit.java", r"LONG_ENOUGH = Duration\.ofSeconds\((\d+)\)")
    claim = sources.constant(f"{NOTIFY}/Deliveries.java", r"CLAIM = Duration\.ofSeconds\((\d+)\)")
    assert longest < claim
    assert enough + longest < timeout("NotifyFunction")
