"""Parameters that cannot work, alone or together, are refused before anything is made."""

import re

import pytest
import sources
import template

PARAMETERS = template.SOURCE["Parameters"]
RULES = template.SOURCE["Rules"]
NUMBERS = {
    name: tuple(map(int, found.groups()))
    for name, parameter in PARAMETERS.items()
    if (found := re.search(r"from (\d+) to (\d+)$", parameter.get("ConstraintDescription", "")))
}
"""The parameters that are whole numbers, and their bounds."""


def allows(name, value):
    """Whether CloudFormation takes a value of a parameter that has a pattern."""
    parameter = PARAMETERS[name]
    return len(value) <= parameter.get("MaxLength", 4096) and bool(re.fullmatch(parameter["AllowedPattern"], value))


def test_a_number_is_of_no_type_that_takes_fractions():
    """A Number may be 1.5: it would fail in the middle of a deployment, or when the function starts."""
    of_numbers = {name for name, parameter in PARAMETERS.items() if parameter["Type"] == "Number"}
    assert all("AllowedValues" in PARAMETERS[name] for name in of_numbers)


def test_numbers_are_what_they_are_thought_to_be():
    concurrency = {"DueConcurrency", "FlipsConcurrency", "DeliveryConcurrency", "ReservedPings"}
    assert {"PingBodyLimit", "AuthFailuresPerMinute", "MetricsKeyRevision"} | concurrency == NUMBERS.keys()


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_is_taken_within_its_bounds_only(name):
    least, most = NUMBERS[name]
    for value in range(max(0, least - 12), min(most + 12, 101_000)):
        assert allows(name, str(value)) == (least <= value <= most), value
    assert allows(name, str(most)) and not allows(name, str(most + 1)) and not allows(name, str(10 * most))


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("value", ["", "2.5", "2.0", "1e2", "-3", "+3", " 3", "3 ", "003", "0x3", "three", "٣"])
def test_a_number_is_a_whole_one_in_plain_digits(name, value):
    assert not allows(name, value)


@pytest.mark.parametrize(
    ("name", "constant"),
    [("PingBodyLimit", "PING_BODY_LIMIT_MOST"), ("AuthFailuresPerMinute", "AUTH_FAILURES_PER_MINUTE_MOST")],
)
def test_the_most_is_what_the_code_takes(name, constant):
    settings = "functions/edge/src/main/java/dev/rollcall/edge/Settings.java"
    assert NUMBERS[name][1] == sources.constant(settings, rf"{constant} = ([\d_]+);")


URLS = ("PingEndpoint", "HeartbeatUrl")


@pytest.mark.parametrize("name", URLS)
@pytest.mark.parametrize(
    "value",
    [
        "https://",
        "https://-watch.example.org",
        "https://watch-.example.org",
        "https://watch..example.org",
        "https://.example.org",
        "https://10.0.0.256",
        "https://10.0.0",
        "https://watch.example.org:0",
        "https://watch.example.org:65536",
        "https://watch.example.org:",
        "https://watch_1.example.org",
        "ftp://watch.example.org",
        "https://watch.example.org/%zz",
        "https://watch.example.org/a b",
    ],
)
def test_a_url_that_java_does_not_take_is_refused(name, value):
    """A function that is given one does not start, and then nobody watches."""
    assert not allows(name, value)


@pytest.mark.parametrize("name", URLS)
@pytest.mark.parametrize(
    "value", ["http://10.0.0.255:65535/p", "https://localhost", "https://watch-1.example.org:8080", "https://xn--bcher-kva.example/"]
)
def test_a_url_with_any_good_host_is_taken(name, value):
    assert allows(name, value)


@pytest.mark.parametrize("value", ["https://watch.example.org/a%20b?c=%C3%A4", "https://watch.example.org?rid=1"])
def test_a_heartbeat_may_have_escapes_and_a_query(value):
    assert allows("HeartbeatUrl", value)


@pytest.mark.parametrize("name", ["Email", "MailFrom", "AlarmMail"])
@pytest.mark.parametrize(
    ("value", "taken"),
    [
        (".ann@example.org", False),
        ("ann.@example.org", False),
        ("ann..lee@example.org", False),
        ("ann@-example.org", False),
        ("ann@example-.org", False),
        ("ann@example..org", False),
        ("ann@example.o", False),
        ("ann@example.org,bob@example.org", False),
        ("a" * 250 + "@example.org", False),
        ("ann@bücher.example", False),
        ("ann.lee+alerts@xn--bcher-kva.xn--p1ai", True),
        ("a@b.co", True),
    ],
)
def test_an_address_is_one_that_mail_can_be_sent_to(name, value, taken):
    assert allows(name, value) == taken


@pytest.mark.parametrize("name", ["DomainName", "PingMailDomain"])
def test_a_domain_may_be_an_international_one(name):
    assert allows(name, "ping.xn--e1afmkfd.xn--p1ai")
    assert not allows(name, "ping.xn--p1ai-")


@pytest.mark.parametrize("region", ["eu-central-1", "us-east-2"])
def test_a_certificate_of_another_region_is_refused_with_the_region_that_it_has_to_be_of(region):
    parameter = PARAMETERS["CertificateArn"]
    arn = f"arn:aws:acm:{region}:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef"
    assert not allows("CertificateArn", arn)
    assert allows("CertificateArn", arn.replace(region, "us-east-1"))
    assert "us-east-1" in parameter["ConstraintDescription"]


@pytest.mark.parametrize("name", ["AllowLossyRollback", "FinaliseThrough"])
def test_a_migration_is_counted_from_one(name):
    assert [allows(name, each) for each in ("", "0001", "0000", "1", "00012")] == [True, True, False, False, False]


# Combinations.


def holds(rule, values):
    """What CloudFormation makes of a condition or an assertion of a rule."""
    match rule:
        case {"Fn::Not": [one]}:
            return not holds(one, values)
        case {"Fn::And": several}:
            return all(holds(each, values) for each in several)
        case {"Fn::Or": several}:
            return any(holds(each, values) for each in several)
        case {"Fn::Equals": [one, other]}:
            return text(one, values) == text(other, values)
    raise AssertionError(f"{rule} is nothing that this test knows")


def text(value, values):
    return values[value["Ref"]] if isinstance(value, dict) else value


def refusals(**given):
    """What CloudFormation answers to these parameters: the rules that are broken, and what each says."""
    values = {name: str(parameter.get("Default", "ann@example.org")) for name, parameter in PARAMETERS.items()} | given
    assert values.keys() == PARAMETERS.keys()
    return {
        name: assertion["AssertDescription"]
        for name, rule in RULES.items()
        if holds(rule.get("RuleCondition", {"Fn::Equals": ["", ""]}), values)
        for assertion in rule["Assertions"]
        if not holds(assertion["Assert"], values)
    }


CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef"
BROKEN = {
    "OwnDomain": {"DomainName": "rollcall.example.org"},
    "CertificateWithoutDomain": {"CertificateArn": CERTIFICATE},
    "DomainWithoutSite": {"Site": "none", "DomainName": "rollcall.example.org", "CertificateArn": CERTIFICATE},
    "RuleSetWithoutMail": {"PingMailRuleSet": "default-rule-set"},
    "LogWithoutState": {"ExistingLogTable": "rollcall-log"},
    "OneTableForBoth": {"ExistingStateTable": "rollcall-state", "ExistingLogTable": "rollcall-state"},
    "LossWithoutWayBack": {"AllowLossyRollback": "0007", "OnOlderRelease": "tolerate"},
}
"""For each rule parameters that break it, and no other."""


@pytest.mark.parametrize("name", RULES)
def test_a_rule_refuses_what_it_is_for_and_says_which_parameters_and_what_to_do(name):
    refused = refusals(**BROKEN[name])
    assert refused.keys() == {name}
    assert all(parameter in refused[name] for parameter in BROKEN[name])
    assert re.fullmatch(r"[A-Z].*[.:] .*, or .*\.", refused[name])


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"DomainName": "rollcall.example.org", "CertificateArn": CERTIFICATE},
        {"Site": "none"},
        {"ExistingStateTable": "rollcall-state"},
        {"ExistingStateTable": "rollcall-state", "ExistingLogTable": "rollcall-log"},
        {"PingMailDomain": "ping.example.org"},
        {"PingMailDomain": "ping.example.org", "PingMailRuleSet": "default-rule-set"},
        {"AllowLossyRollback": "0007"},
        {"OnOlderRelease": "refuse"},
        {"FinaliseThrough": "0005", "OnOlderRelease": "tolerate"},
    ],
)
def test_what_goes_together_is_taken(given):
    assert refusals(**given) == {}
