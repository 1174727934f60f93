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


@pytest.mark.parametrize("name", SCHEDULES)
def test_a_call_that_cannot_be_given_away_is_kept(name):
    assert template.target(SCHEDULES[name]["Properties"]["Target"]["DeadLetterConfig"]["Arn"]) == "TicksDeadLetters"


def test_a_tick_is_not_tried_again_when_the_next_one_comes():
    target = SCHEDULES["SweepSchedule"]["Properties"]["Target"]
    assert target["RetryPolicy"]["MaximumEventAgeInSeconds"] == 60
    assert FUNCTIONS["SweepFunction"]["EventInvokeConfig"] == {"MaximumEventAgeInSeconds": 60, "MaximumRetryAttempts": 0}


DAILY = {name: each["Properties"]["Target"] for name, each in SCHEDULES.items() if each["Properties"]["ScheduleExpression"] == "rate(1 day)"}
"""What keeps functions from being put to sleep."""


def test_each_version_with_snapstart_is_called_daily_since_lambda_gives_up_one_that_is_idle_for_two_weeks():
    with_snapstart = {f"{name}.Alias" for name, function in FUNCTIONS.items() if "SnapStart" in function}
    assert {each["Arn"]["Ref"] for each in DAILY.values() if "Ref" in each["Arn"]} == with_snapstart


def test_each_function_is_called_daily_that_the_world_calls_and_no_queue_or_tick():
    called = {template.target(each["Properties"]["Target"]["Arn"]) for each in SCHEDULES.values()}
    assert called == {name for name, function in FUNCTIONS.items() if "Events" not in function} | {"SweepFunction"}


@pytest.mark.parametrize("name", DAILY)
def test_the_daily_call_is_the_sample_event_that_is_known_to_change_nothing(name):
    sample = f"events/{name.removesuffix('Schedule').replace('Awake', '-awake').lower()}.json"
    assert json.loads(DAILY[name]["Input"]) == json.loads(sources.source(sample))


@pytest.mark.parametrize("name", template.of_type(SOURCE, "AWS::Scheduler::Schedule"))
def test_a_schedule_is_made_when_its_role_is_known_to_all_of_aws(name):
    """Scheduler refuses one that it may not assume yet; settling waits for versions that take minutes."""
    assert SOURCE["Resources"][name]["DependsOn"] == "SchemaSettle"
    assert {"PingFunctionAliaslive", "ApiFunctionAliaslive"} <= set(SOURCE["Resources"]["SchemaSettle"]["DependsOn"])


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if name != "MigrateFunction"])
def test_a_function_is_made_when_its_role_is_known_to_lambda(name):
    """The one whose role is as new as itself waits for its rights, dev.rollcall.migrate.deploy.Rights."""
    assert SOURCE["Resources"][name]["DependsOn"] == "SchemaExpand"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_has_a_failure_path(name):
    """Who waits for an answer gets an error; what nobody waits for is kept, or done by the next tick. An alarm tells of both."""
    function = FUNCTIONS[name]
    events = function.get("Events", {}).values()
    assert alarm_on("Errors", name)["Period"] == 60
    if name == "MigrateFunction":
        # Its requests carry addresses at which anybody could answer for it: they go to no queue.
        assert "EventInvokeConfig" not in function
        return
    queues = [template.target(event["Properties"]["Queue"]) for event in events if event["Type"] == "SQS"]
    assert all("RedrivePolicy" in SOURCE["Resources"][queue]["Properties"] for queue in queues)
    if "AutoPublishAlias" in function:
        assert alarm_on("5xx", "HttpApi")
    elif len(queues) < len(events) or not events:
        on_failure = function["EventInvokeConfig"]["DestinationConfig"]["OnFailure"]
        assert template.target(on_failure["Destination"]).endswith("DeadLetters")


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


def minutes_to(alarm):
    """How long something has to go on before it rings; CloudWatch itself takes up to a minute more."""
    return alarm["Period"] * alarm.get("DatapointsToAlarm", alarm["EvaluationPeriods"]) / 60


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_that_fails_is_an_alarm_within_three_minutes(name):
    alarm = alarm_on("Errors", name)
    assert alarm["Threshold"] == 1
    assert minutes_to(alarm) <= 2
    assert alarm.get("EvaluationPeriods") <= 3


def test_a_function_that_is_throttled_is_an_alarm_whichever_it_is():
    alarm = ALARMS["ThrottlesAlarm"]["Properties"]
    metrics = [each["Fn::If"][1] if "Fn::If" in each else each for each in alarm["Metrics"]]
    measured = [each["MetricStat"] for each in metrics if "MetricStat" in each]
    assert {template.target(each["Metric"]["Dimensions"][0]["Value"]) for each in measured} == set(FUNCTIONS)
    assert {(each["Metric"]["MetricName"], each["Stat"], each["Period"]) for each in measured} == {("Throttles", "Sum", 60)}
    # Where a function measures nothing, what the others measure counts all the same.
    assert [each["Expression"] for each in metrics if "Expression" in each] == ["SUM(FILL(METRICS(), 0))"]
    assert (alarm["Threshold"], alarm["EvaluationPeriods"]) == (1, 1)


@pytest.mark.parametrize(("queue", "seconds"), [("FlipsQueue", 120), ("DueQueue", 300), ("InboxQueue", 300)])
def test_messages_that_nobody_takes_are_an_alarm_within_minutes(queue, seconds):
    alarm = alarm_on("ApproximateAgeOfOldestMessage", queue)
    assert (alarm["Statistic"], alarm["Threshold"], minutes_to(alarm)) == ("Maximum", seconds, 1)


def test_messages_that_wait_for_their_time_are_no_alarm():
    horizon = sources.constant("functions/edge/src/main/java/dev/rollcall/edge/queue/Hints.java", r"HORIZON = Duration.ofSeconds\((\d+)\)")
    assert alarm_on("ApproximateAgeOfOldestMessage", "DueQueue")["Threshold"] >= 2 * horizon


METRICS = sources.source("functions/edge/src/main/java/dev/rollcall/edge/Metrics.java")
LOG = sources.source("functions/edge/src/main/java/dev/rollcall/edge/FunctionLog.java")
OURS = set(re.findall(r'(?:count|write)\(\s*"(\w+)"', METRICS))


DASHBOARD = SOURCE["Resources"]["Dashboard"]["Properties"]["DashboardBody"]["Fn::Sub"][0]
SHOWN = re.findall(r'\["Rollcall", "(\w+)", "FunctionName", "\$\{(\w+)}", \{"(?:stat": "(\w+)", ")?label', DASHBOARD)


def test_each_metric_that_functions_write_is_an_alarm_or_a_graph_and_no_other_is_waited_for():
    alarmed = {each["Properties"]["MetricName"] for each in ALARMS.values() if each["Properties"].get("Namespace") == "Rollcall"}
    graphs = {metric for metric, _, _ in SHOWN}
    assert alarmed | graphs == OURS
    outcomes = {"PingTaken", "PingKept", "PingRefused", "Flips", "Delivered", "DeliveryFailed", "DeliveryRefused", "GaveUp"}
    assert graphs == outcomes | {"FirstTry", "DrainAge"}
    assert [stat for metric, _, stat in SHOWN if metric == "FirstTry"] == ["p50", "p99"]


def test_a_graph_shows_what_its_function_writes():
    for metric, function, _ in SHOWN:
        called = "drained(" if metric == "DrainAge" else f"{metric[0].lower()}{metric[1:]}("
        modules = sources.built_on(template.module(FUNCTIONS[function]))
        assert any(called in path.read_text() for each in modules for path in (each / "src/main/java").rglob("*.java")), metric


def test_alarms_on_metrics_that_functions_write():
    alarms = [each["Properties"] for each in ALARMS.values() if each["Properties"].get("Namespace") == "Rollcall"]
    assert {each["MetricName"] for each in alarms} == {"MonitoringDegraded", "FirstTry", "GaveUp", "MailRefused", "MailReturned"}
    for alarm in alarms:
        assert alarm["Namespace"] == re.search(r'NAMESPACE = "(\w+)"', METRICS)[1]
        assert [each["Name"] for each in alarm["Dimensions"]] == re.findall(r' FUNCTION = "(\w+)"', LOG)
        assert minutes_to(alarm) == 1


def test_what_the_sweep_and_notify_write_is_looked_for_where_they_write_it():
    writers = {"MonitoringDegraded": "SweepFunction", "FirstTry": "NotifyFunction", "GaveUp": "NotifyFunction"} | dict.fromkeys(("MailRefused", "MailReturned"), "NotifyFunction")
    for metric, function in writers.items():
        module = template.module(FUNCTIONS[function]) / "src/main/java"
        called = f"{metric[0].lower()}{metric[1:]}("
        assert any(called in path.read_text() for path in module.rglob("*.java")), metric
        assert alarm_on(metric, function)


def test_a_first_try_that_comes_two_minutes_late_is_an_alarm():
    assert re.search(r'write\("FirstTry", "Milliseconds"', METRICS)
    alarm = alarm_on("FirstTry", "NotifyFunction")
    assert (alarm["Statistic"], alarm["Threshold"]) == ("Maximum", 120_000)


def test_what_ends_a_delivery_or_a_mail_is_an_alarm_each_time():
    for metric, function in (("GaveUp", "NotifyFunction"), ("MailRefused", "NotifyFunction"), ("MailReturned", "NotifyFunction"), ("MonitoringDegraded", "SweepFunction")):
        alarm = alarm_on(metric, function)
        assert (alarm["Statistic"], alarm["Threshold"]) == ("Sum", 1)


@pytest.mark.parametrize(("name", "metric", "review"), [("Bounces", "BounceRate", 0.05), ("Complaints", "ComplaintRate", 0.001)])
def test_mail_that_costs_the_account_its_good_name_is_an_alarm_before_aws_pauses_it(name, metric, review):
    alarm = ALARMS[f"{name}Alarm"]["Properties"]
    assert (alarm["Namespace"], alarm["MetricName"]) == ("AWS/SES", f"Reputation.{metric}")
    # Of the account: SES publishes it without dimensions.
    assert "Dimensions" not in alarm
    assert (alarm["Statistic"], alarm["Threshold"], alarm["ComparisonOperator"]) == ("Maximum", review, "GreaterThanOrEqualToThreshold")
    # An hour without mail makes nothing good.
    assert alarm["TreatMissingData"] == "ignore"


def test_pings_that_keep_waiting_are_an_alarm():
    assert watched(ALARMS["InboxDepthAlarm"]) == {"InboxQueue"}


@pytest.mark.parametrize("name", ALARMS)
def test_an_alarm_tells_when_it_begins_and_when_it_ends_and_says_what_it_means(name):
    properties = ALARMS[name]["Properties"]
    assert properties["AlarmActions"] == properties["OKActions"] == [{"Ref": "Alarms"}]
    assert properties["AlarmDescription"].endswith(".")


def test_the_dashboard_is_json_and_shows_every_alarm():
    body, values = SOURCE["Resources"]["Dashboard"]["Properties"]["DashboardBody"]["Fn::Sub"]
    condition, shown_then, otherwise = values["MailAlarm"]["Fn::If"]
    assert (condition, otherwise) == ("TakesMail", "")
    body = body.replace("${MailAlarm}", shown_then["Fn::Sub"])
    shown = json.loads(body)["widgets"][0]["properties"]["alarms"]
    assert sorted(shown) == sorted(f"${{{name}.Arn}}" for name in ALARMS)
