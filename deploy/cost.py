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

ALARM_METRICS = 30
CUSTOM_METRICS = 12
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


def tables():
    return {
        "idle": table(idle_month(), allowance=True),
        "pings": table(million_pings(), allowance=False),
        "metrics": table(metrics_month(), allowance=True),
        "deadlines": table(million_deadlines(), allowance=False),
    }


if __name__ == "__main__":
    print(f"Prices of {PRICES['region']}, {PRICES['as_of']}.")
    print("\nAn idle month\n\n" + tables()["idle"])
    print("\nA million pings\n\n" + tables()["pings"])
    print("\nMetrics of a month in which everything happens in every hour\n\n" + tables()["metrics"])
    print("\nA million deadlines that pass quietly\n\n" + tables()["deadlines"])
