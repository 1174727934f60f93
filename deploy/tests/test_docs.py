"""docs/deploy.md against what it tells of."""

import importlib.util
import re

import pytest
import template

TEXT = (template.ROOT / "docs/deploy.md").read_text()


def cost():
    spec = importlib.util.spec_from_file_location("cost", template.ROOT / "deploy/cost.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", cost().tables())
def test_its_costs_are_those_that_are_computed(name):
    assert cost().tables()[name] in TEXT


def test_it_says_what_pings_by_the_site_cost_besides():
    requests = "cloudfront https requests"
    free = cost().PRICES["prices"][requests]["allowance"]
    assert requests not in cost().million_pings()
    assert f"{cost().usd(requests, 1_000_000):.2f} USD a million beyond the {free // 1_000_000} million" in " ".join(TEXT.split())


def test_its_prices_have_the_date_of_the_price_file():
    assert cost().PRICES["as_of"] in TEXT


@pytest.mark.parametrize("name", template.SOURCE["Parameters"])
def test_it_names_the_parameter(name):
    assert f"`{name}`" in TEXT


@pytest.mark.parametrize("name", template.of_type(template.SOURCE, "AWS::CloudWatch::Alarm"))
def test_it_says_what_to_do_at_the_alarm(name):
    assert re.search(rf"\b{name.removesuffix('Alarm')}\b", TEXT) or name.endswith("DeadLettersAlarm")


def test_the_cost_counts_what_the_template_has():
    """An instance made with the defaults: what has a condition is not made."""
    alarms = [each for each in template.of_type(template.SOURCE, "AWS::CloudWatch::Alarm").values() if "Condition" not in each]
    metrics = sum(
        len([each for each in alarm["Properties"].get("Metrics", []) if "MetricStat" in each]) or 1 for alarm in alarms
    )
    polled = sum(
        event["Type"] == "SQS" for function in template.functions().values() for event in function.get("Events", {}).values()
    )
    assert (cost().ALARM_METRICS, cost().POLLED_QUEUES) == (metrics, polled)
    rates = [each["Properties"]["ScheduleExpression"] for each in template.of_type(template.SOURCE, "AWS::Scheduler::Schedule").values()]
    assert cost().SCHEDULES == rates.count("rate(1 minute)")
    assert set(rates) == {"rate(1 minute)", "rate(1 day)"}
    shards = re.search(r"SHARDS = (\d+);", (template.ROOT / "functions/store/src/main/java/dev/rollcall/store/Keys.java").read_text())
    assert cost().SHARDS == int(shards[1])
    inbox = re.search(r"SHARDS = (\d+);", (template.ROOT / "functions/store/src/main/java/dev/rollcall/store/InboxStore.java").read_text())
    assert cost().INBOX_SHARDS == int(inbox[1])


def constant(path, pattern):
    return int(re.search(pattern, (template.ROOT / path).read_text())[1].replace("_", ""))


def test_the_cost_counts_what_the_code_does():
    pace = "web-static/js/domain/pace.js"
    names = ("ACTING_MS", "IDLE_MS", "HIDDEN_MS")
    assert list(cost().PACES.values()) == [constant(pace, rf"{name} = ([\d_]+)") / 1000 for name in names]
    retention = "functions/core/src/main/java/dev/rollcall/core/check/Retention.java"
    assert cost().ENTRY_DAYS == constant(retention, r"LEAST = Duration\.ofDays\((\d+)\)")


def test_a_list_reads_what_was_measured():
    """By /_local/cost, with names as people give them."""
    assert [cost().list_read_units(checks) for checks in (20, 100, 300)] == [42.5, 204.5, 608.5]


def test_a_tab_that_is_left_open_is_somewhere_all_month():
    lists = cost().lists_a_month()
    ways = [lists[way] for way in cost().PACES]
    assert ways == sorted(ways, reverse=True)
    assert ways[-1] < lists["left open at work"] < ways[0]


def test_an_instance_costs_what_its_parts_cost():
    for column, checks in enumerate(cost().SIZES):
        rows = [line.split("|")[1:-1] for line in cost().instances().splitlines()[2:]]
        figures = {row[0].strip(): float(row[column + 1]) for row in rows}
        together = figures.pop("**together**")
        assert figures.pop("**beyond what is free**") < together
        assert abs(sum(figures.values()) - together) < 0.03
        assert len(figures) == len(cost().hourly(checks))


def test_every_price_is_of_something_that_is_counted():
    counted = {name for part in cost().hourly(1).values() for name in part} | cost().million_slug_pings().keys() | cost().metrics_month().keys()
    assert counted == cost().PRICES["prices"].keys()


def test_the_cost_counts_each_metric_that_functions_write():
    metrics = (template.ROOT / "functions/edge/src/main/java/dev/rollcall/edge/Metrics.java").read_text()
    written = set(re.findall(r'(?:count|write)\(\s*"(\w+)"', metrics))
    assert cost().CUSTOM_METRICS == len(written)
    assert all(f"`{name}`" in TEXT for name in written)


def test_an_idle_month_stays_under_four_dollars():
    """Beyond what an account has free every month."""
    prices = cost().PRICES["prices"]
    rest = sum(
        cost().usd(name, max(0, amount - prices[name].get("allowance", 0))) for name, amount in cost().idle_month().items()
    )
    assert rest < 4


def test_the_events_that_it_invokes_are_there_and_belong_to_their_functions():
    invoked = re.findall(r"sam local invoke (\w+) --event (\S+)", TEXT)
    assert invoked
    for function, event in invoked:
        assert function in template.functions()
        assert (template.ROOT / event).is_file()
        assert event.startswith("events/" + function.removesuffix("Function").lower() + "-")
