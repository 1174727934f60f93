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
TWO_WEEKS = 14 * 24 * 3600
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


@each_source
def test_its_concurrency_is_limited_so_that_it_cannot_crowd_out_pings(source):
    assert "MaximumConcurrency" in SOURCES[source][1]["ScalingConfig"]


def test_every_queue_is_taken_from_or_holds_what_was_given_up():
    taken_from = {template.target(event["Queue"]) for _, event in SOURCES.values()}
    assert QUEUES.keys() == taken_from | DEAD_LETTERS | OF_EVENTS


def test_dead_letters_are_kept_for_two_weeks():
    kept = {QUEUES[name]["Properties"]["MessageRetentionPeriod"] for name in DEAD_LETTERS | OF_EVENTS}
    assert kept == {TWO_WEEKS}


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
