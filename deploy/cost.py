"""What an instance costs, from measured units and the prices of prices.json: python3 deploy/cost.py

It prints the tables of docs/deploy.md. Standard library only.
"""

import json
from pathlib import Path

PRICES = json.loads((Path(__file__).parent / "prices.json").read_text())

MINUTES = 730 * 60
"""A month as AWS counts it."""

MEMORY_GB = 0.5

# Of an idle instance, each minute.
SCHEDULES = 2
"""The sweep and the migrate function."""
REGISTER_MINUTES = 10
"""dev.rollcall.migrate.engine.Migrator.REGISTER: how often a release says that it is there."""
TICK_SECONDS = 0.05
"""Assumed: a warm sweep with nothing due. Eight queries go out at once."""
SHARDS = 8
"""dev.rollcall.store.Keys.SHARDS: one query each, eventually consistent, half a read unit where nothing is found."""

INBOX_SHARDS = 4
"""dev.rollcall.store.InboxStore.SHARDS: one query each, strongly consistent, a read unit where nothing is found."""
SCHEMA_READS = 1
"""What the data says of its own shape: one strongly consistent read a tick."""
MIGRATE_TICK_SECONDS = 0.02
"""Assumed: a warm migrate function that reads one item, strongly consistent, and finds nothing under way."""

POLLED_QUEUES = 4
POLLERS = 5
LONG_POLLS = 3
"""Lambda waits on a queue with five pollers, each asking for 20 s at a time, whether or not anything comes."""

ALARM_METRICS = 31
CUSTOM_METRICS = 13
"""What functions write, in a month in which each is written every hour: dev.rollcall.edge.Metrics."""
KEY_CACHE_MINUTES = 5
"""DynamoDB asks KMS for a table's key at most that often for each role that uses the table."""

# Of a ping.
PING_SECONDS = 0.015
"""Assumed: two DynamoDB calls one after the other and a millisecond of CPU."""
PING_LOG_BYTES = 410
"""A line of the log that is a metric, too: MetricsTest, and what CloudWatch adds."""
PING_WRITE_UNITS = 2.0
"""Measured: functions/ping, PingCostTest."""
SLUG_READ_UNITS = 2.0
SLUG_SECONDS = 0.008
"""By ping key and slug, two reads more, of the units measured by bench/ping. Assumed: 4 ms each."""

# Of what is stored.
ENTRY_BYTES = 350
"""Of a ping without a body: its attributes by their names, and the 100 bytes that DynamoDB adds to each item."""
ENTRY_DAYS = 30
"""dev.rollcall.core.check.Retention keeps entries no shorter."""
CHECK_BYTES = 3000
"""Assumed: a check's four items in the state table, and their places in its indexes."""

# Of a tab of the dashboard.
PACES = {"somebody acts": 3, "seen, and nobody acts": 15, "hidden": 58}
"""web-static/js/domain/pace.js: seconds from one list of the checks to the next."""
WORKDAYS, ACTING_HOURS, SEEN_HOURS = 22, 1, 7
"""Assumed: how a tab that is left open is used. The rest of the time it is hidden."""
LIST_SECONDS, LIST_SECONDS_A_CHECK = 0.03, 0.00024
"""Assumed: five calls one after the other, and the CPU of bench/api at the share of a CPU that 512 MB have."""
SIZES = (20, 100, 300)
"""Checks of the instances that are compared."""

# Of a deadline that passes without an alert, because the job has pinged.
MOVE_WRITE_UNITS = 3.0
"""Measured: an update that moves `due` in its index."""
LOOKS = 2.5
"""A deadline is within the 150 s of two or three ticks a minute apart, and each sends a message for it."""
LOOK_REQUESTS = 3
"""Sent, received, deleted, each alone: an instance with more to do does up to ten at once."""
LOOK_SECONDS = 0.01
"""Assumed: one read, and for the first of them one write."""


def idle_month():
    return {
        "scheduler invocations": MINUTES * SCHEDULES,
        "lambda requests": MINUTES * SCHEDULES,
        "lambda arm GB-seconds": MINUTES * (TICK_SECONDS + MIGRATE_TICK_SECONDS) * MEMORY_GB,
        "dynamodb read units": MINUTES * (SHARDS * 0.5 + INBOX_SHARDS + SCHEMA_READS + 1),
        "dynamodb write units": MINUTES / REGISTER_MINUTES,
        "sqs requests": MINUTES * POLLED_QUEUES * POLLERS * LONG_POLLS,
        "cloudwatch alarm metrics": ALARM_METRICS,
        "cloudwatch dashboards": 1,
        "kms requests": MINUTES * SCHEDULES / KEY_CACHE_MINUTES,
    }


def million_pings():
    """By API Gateway's own address, or a name for it. By the site's, each is a request to CloudFront as well."""
    pings = 1_000_000
    return {
        "http api requests": pings,
        "lambda requests": pings,
        "lambda arm GB-seconds": pings * PING_SECONDS * MEMORY_GB,
        "dynamodb write units": pings * PING_WRITE_UNITS,
        "cloudwatch logs MB": pings * PING_LOG_BYTES / 1_000_000,
    }


def million_deadlines():
    deadlines = 1_000_000
    looks = deadlines * LOOKS
    return {
        "sqs requests": looks * LOOK_REQUESTS,
        "lambda requests": looks,
        "lambda arm GB-seconds": looks * LOOK_SECONDS * MEMORY_GB,
        "dynamodb read units": looks,
        "dynamodb write units": deadlines * MOVE_WRITE_UNITS,
    }


def list_read_units(checks):
    """Measured by /_local/cost: two items a check, its key and its project, and the index, 173 bytes a check."""
    return 2 * checks + 2 + 0.5 * -(-checks * 173 // 4096)


def lists_of(checks, lists):
    """What so many lists of so many checks use. A tab asks by the site."""
    return {
        "cloudfront https requests": lists,
        "http api requests": lists,
        "lambda requests": lists,
        "lambda arm GB-seconds": lists * (LIST_SECONDS + LIST_SECONDS_A_CHECK * checks) * MEMORY_GB,
        "dynamodb read units": lists * list_read_units(checks),
    }


def lists_a_month():
    """How often a tab asks: of one that is one way for the whole month, and of one that is left open at work."""
    always = {way: MINUTES * 60 / pace for way, pace in PACES.items()}
    hours = dict(zip(PACES, (WORKDAYS * ACTING_HOURS, WORKDAYS * SEEN_HOURS)))
    hours["hidden"] = MINUTES / 60 - sum(hours.values())
    return always | {"left open at work": sum(hours[way] * 3600 / pace for way, pace in PACES.items())}


def million_slug_pings():
    """What they use more than a million by uuid."""
    pings = 1_000_000
    return {
        "lambda arm GB-seconds": pings * SLUG_SECONDS * MEMORY_GB,
        "dynamodb read units": pings * SLUG_READ_UNITS,
    }


def stored(pings_a_month, checks):
    return {
        "dynamodb storage GB": (pings_a_month * ENTRY_DAYS / 30.4 * ENTRY_BYTES + checks * CHECK_BYTES) / 1e9,
        "dynamodb recovery GB": checks * CHECK_BYTES / 1e9,
    }


def hourly(checks):
    """An instance whose checks are pinged once an hour each, and due as often, with one tab left open at work."""
    pings = checks * MINUTES / 60
    return {
        "idle": idle_month(),
        "pings": of(million_pings(), pings),
        "deadlines that pass quietly": of(million_deadlines(), pings),
        "what is stored, and its recovery": stored(pings, checks),
        "a tab left open at work": lists_of(checks, lists_a_month()["left open at work"]),
    }


def of(million, amount):
    return {name: each * amount / 1_000_000 for name, each in million.items()}


def metrics_month():
    """The most that an instance's own metrics come to."""
    return {"cloudwatch metrics": CUSTOM_METRICS}


def usd(name, amount):
    price = PRICES["prices"][name]
    return amount * price["usd"] / price["per"]


def table(usage, allowance):
    """A Markdown table. With `allowance`, a third column without what is free every month."""
    head = "| of | amount | USD |" + (" beyond what is free |" if allowance else "")
    lines = [head, "|---|---:|---:|" + ("---:|" if allowance else "")]
    total = beyond = 0.0
    for name, amount in usage.items():
        full = usd(name, amount)
        rest = usd(name, max(0, amount - PRICES["prices"][name].get("allowance", 0)))
        total += full
        beyond += rest
        lines.append(f"| {name} | {amount:,.0f} | {full:.2f} |" + (f" {rest:.2f} |" if allowance else ""))
    lines.append(f"| **together** | | **{total:.2f}** |" + (f" **{beyond:.2f}** |" if allowance else ""))
    return "\n".join(lines)


def total(usage):
    return sum(usd(name, amount) for name, amount in usage.items())


def comparison(head, rows):
    """A Markdown table of what each row costs for each of SIZES."""
    lines = [f"| {head} | " + " | ".join(f"{checks} checks" for checks in SIZES) + " |", "|---|" + "---:|" * len(SIZES)]
    lines += [f"| {name} | " + " | ".join(f"{each:.2f}" for each in costs) + " |" for name, costs in rows.items()]
    return "\n".join(lines)


def tabs():
    rows = {
        f"{way}: {lists:,.0f} lists": [total(lists_of(checks, lists)) for checks in SIZES]
        for way, lists in lists_a_month().items()
    }
    return comparison("USD a month for a tab that is", rows)


def instances():
    usages = [hourly(checks) for checks in SIZES]
    rows = {name: [total(usage[name]) for usage in usages] for name in usages[0]}
    together = []
    for usage in usages:
        amounts = {}
        for part in usage.values():
            for name, amount in part.items():
                amounts[name] = amounts.get(name, 0) + amount
        together.append({name: max(0, amount - PRICES["prices"][name].get("allowance", 0)) for name, amount in amounts.items()})
    rows["**together**"] = [sum(total(part) for part in usage.values()) for usage in usages]
    rows["**beyond what is free**"] = [total(each) for each in together]
    return comparison("USD a month", rows)


def tables():
    return {
        "instances": instances(),
        "tabs": tabs(),
        "slugs": table(million_slug_pings(), allowance=False),
        "idle": table(idle_month(), allowance=True),
        "pings": table(million_pings(), allowance=False),
        "metrics": table(metrics_month(), allowance=True),
        "deadlines": table(million_deadlines(), allowance=False),
    }


if __name__ == "__main__":
    print(f"Prices of {PRICES['region']}, {PRICES['as_of']}.")
    print("\nAn idle month\n\n" + tables()["idle"])
    print("\nAn instance, pinged once an hour by each check\n\n" + tables()["instances"])
    print("\nAn open tab of the dashboard\n\n" + tables()["tabs"])
    print("\nA million pings\n\n" + tables()["pings"])
    print("\nA million pings by slug, more\n\n" + tables()["slugs"])
    print("\nMetrics of a month in which everything happens in every hour\n\n" + tables()["metrics"])
    print("\nA million deadlines that pass quietly\n\n" + tables()["deadlines"])
