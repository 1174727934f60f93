"""What keeps time, and what tells when it does not."""

import sources
import json
import re

import pytest
import template

SOURCE = template.SOURCE
ALARMS = template.of_type(SOURCE, "AWS::CloudWatch::Alarm")
SCHEDULES = template.of_type(SOURCE, "AWS::Scheduler::Schedule")
FUNCTIONS = template.functions()
RATE = re.compile(r"rate\((?:1 (minute|hour|day)|([2-9]|[1-9]\d+) (minute|hour|day)s)\)")


def watched(alarm):
    """The logical names of what an alarm measures."""
    properties = alarm["Properties"]
    metrics = [each["MetricStat"]["Metric"] for each in properties.get("Metrics", []) if "MetricStat" in each] or [properties]
    return {template.target(dimension["Value"]) for metric in metrics for dimension in metric["Dimensions"]}


def alarm_on(metric, resource):
    (found,) = [
        alarm["Properties"]
        for alarm in ALARMS.values()
        if alarm["Properties"].get("MetricName") == metric and watched(alarm) == {resource}
    ]
    return found


@pytest.mark.parametrize("name", SCHEDULES)
def test_a_schedule_is_a_rate_that_scheduler_understands(name):
    assert RATE.fullmatch(SCHEDULES[name]["Properties"]["ScheduleExpression"])


def test_a_sweep_looks_further_ahead_than_two_ticks_can_be_apart():
    horizon = sources.constant("functions/edge/src/main/java/dev/rollcall/edge/queue/Hints.java", r"HORIZON = Duration.ofSeconds\((\d+)\)")
    assert SCHEDULES["SweepSchedule"]["Properties"]["ScheduleExpression"] == "rate(1 minute)"
    assert horizon >= 2 * 60


def test_a_sweep_ends_before_the_next_tick():
    assert FUNCTIONS["SweepFunction"]["Timeout"] < 60


def test_a_minute_goes_on_with_the_data():
    properties = SCHEDULES["MigrateSchedule"]["Properties"]
    assert properties["ScheduleExpression"] == "rate(1 minute)"
    assert json.loads(properties["Target"]["Input"]) == {"action": "tick"}
    assert template.target(properties["Target"]["Arn"]) == "MigrateFunction"
    assert template.target(properties["Target"]["DeadLetterConfig"]["Arn"]) == "TicksDeadLetters"


def test_a_tick_is_retried_until_the_next_one_and_then_kept():
    target = SCHEDULES["SweepSchedule"]["Properties"]["Target"]
    assert target["RetryPolicy"]["MaximumEventAgeInSeconds"] == 60
    assert template.target(target["DeadLetterConfig"]["Arn"]) == "TicksDeadLetters"
    assert FUNCTIONS["SweepFunction"]["EventInvokeConfig"]["MaximumEventAgeInSeconds"] == 60


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_has_a_failure_path(name):
    """Who waits for an answer gets an error, and an alarm tells; what nobody waits for is kept, or done by the next tick."""
    function = FUNCTIONS[name]
    events = function.get("Events", {}).values()
    if name == "MigrateFunction":
        # Its requests carry addresses at which anybody could answer for it: they go to no queue.
        assert "EventInvokeConfig" not in function
        assert alarm_on("Errors", name)["Period"] == 60
        return
    if events:
        queues = [SOURCE["Resources"][template.target(event["Properties"]["Queue"])] for event in events]
        assert all("RedrivePolicy" in queue["Properties"] for queue in queues)
    elif "AutoPublishAlias" in function:
        assert alarm_on("5xx", "HttpApi")
    else:
        on_failure = function["EventInvokeConfig"]["DestinationConfig"]["OnFailure"]
        assert template.target(on_failure["Destination"]).endswith("DeadLetters")
    if any(template.target(each["Properties"]["Target"]["Arn"]) == name for each in SCHEDULES.values()):
        on_failure = function["EventInvokeConfig"]["DestinationConfig"]["OnFailure"]
        assert template.target(on_failure["Destination"]) == "TicksDeadLetters"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_logs_to_a_group_of_its_own_that_forgets(name):
    group = template.target(FUNCTIONS[name]["LoggingConfig"]["LogGroup"])
    users = [each for each, other in FUNCTIONS.items() if template.target(other["LoggingConfig"]["LogGroup"]) == group]
    assert users == [name]
    assert SOURCE["Resources"][group]["Properties"]["RetentionInDays"] == {"Ref": "LogRetentionDays"}


def test_five_minutes_without_a_sweep_are_an_alarm_even_where_nothing_is_measured():
    alarm = alarm_on("Invocations", "SweepFunction")
    assert alarm["TreatMissingData"] == "breaching"
    assert alarm["Period"] * alarm["EvaluationPeriods"] == 5 * 60
    assert (alarm["ComparisonOperator"], alarm["Threshold"]) == ("LessThanThreshold", 1)


@pytest.mark.parametrize("queue", [name for name in template.of_type(SOURCE, "AWS::SQS::Queue") if name.endswith("DeadLetters")])
def test_a_dead_letter_is_an_alarm(queue):
    assert alarm_on("ApproximateNumberOfMessagesVisible", queue)["Threshold"] == 1


def test_a_failed_ping_is_an_alarm():
    assert alarm_on("Errors", "PingFunction")["Threshold"] == 1


def test_data_that_cannot_be_read_is_an_alarm_by_the_metric_that_the_sweep_writes():
    text = sources.source("functions/sweep/src/main/java/dev/rollcall/sweep/Degraded.java")
    alarm = alarm_on(re.search(r'METRIC = "(\w+)"', text)[1], "SweepFunction")
    assert alarm["Namespace"] == re.search(r'NAMESPACE = "(\w+)"', text)[1]
    assert [each["Name"] for each in alarm["Dimensions"]] == re.findall(r'FUNCTION = "(\w+)"', text)
    assert alarm["Threshold"] == 1


def test_pings_that_keep_waiting_are_an_alarm():
    assert watched(ALARMS["InboxDepthAlarm"]) == {"InboxQueue"}


@pytest.mark.parametrize("name", ALARMS)
def test_an_alarm_tells_when_it_begins_and_when_it_ends_and_says_what_it_means(name):
    properties = ALARMS[name]["Properties"]
    assert properties["AlarmActions"] == properties["OKActions"] == [{"Ref": "Alarms"}]
    assert properties["AlarmDescription"].endswith(".")


def test_the_dashboard_is_json_and_shows_every_alarm():
    body, values = SOURCE["Resources"]["Dashboard"]["Properties"]["DashboardBody"]["Fn::Sub"]
    for name, value in values.items():
        condition, shown_then, otherwise = value["Fn::If"]
        assert (condition, otherwise) == ("TakesMail", "")
        body = body.replace(f"${{{name}}}", shown_then["Fn::Sub"])
    shown = json.loads(body)["widgets"][0]["properties"]["alarms"]
    assert sorted(shown) == sorted(f"${{{name}.Arn}}" for name in ALARMS)
