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
    assert {"PingBodyLimit", "AuthFailuresPerMinute", "MetricsKeyRevision", "OriginKeyRevision", "PingRate", "ApiRate"} | concurrency == NUMBERS.keys()


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


@pytest.mark.parametrize("name", ["DomainName", "PingDomainName", "PingMailDomain"])
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


@pytest.mark.parametrize(
    ("given", "elsewhere"),
    [
        ({}, False),
        ({"PingDomainName": "ping.example.org", "PingCertificateArn": "arn:aws:acm:eu-central-1:1:certificate/a"}, False),
        ({"PingDomainName": "ping.example.org", "PingCertificateArn": "arn:aws:acm:us-east-1:1:certificate/a"}, True),
        ({"PingDomainName": "ping.example.org", "PingCertificateArn": "arn:aws:acm:eu-central-2:1:certificate/a"}, True),
    ],
)
def test_a_certificate_of_pings_that_is_of_another_region_is_never_asked_for_but_told_where_to_be_made(given, elsewhere):
    values = defaults() | {"AWS::Region": "eu-central-1"} | given
    assert holds({"Condition": "PingCertificateIsElsewhere"}, values) == elsewhere
    condition, then, otherwise = ping_domain()["CertificateArn"]["Fn::If"]
    assert condition == "PingCertificateIsElsewhere" and otherwise == {"Ref": "PingCertificateArn"}
    assert "PingCertificateArn" in then["Fn::Sub"] and "make it in ${AWS::Region}" in then["Fn::Sub"]


def ping_domain():
    (configuration,) = template.SOURCE["Resources"]["PingDomain"]["Properties"]["DomainNameConfigurations"]
    return configuration


@pytest.mark.parametrize("region", ["eu-central-1", "us-gov-west-1", "cn-north-1"])
def test_a_certificate_of_pings_may_be_of_any_region_that_a_stack_may_be_in(region):
    assert allows("PingCertificateArn", f"arn:aws:acm:{region}:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef")
    assert not allows("PingCertificateArn", f"arn:aws:iam:{region}:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef")


PING_ENDPOINT = template.functions()["ApiFunction"]["Environment"]["Variables"]["ROLLCALL_PING_ENDPOINT"]
GATEWAY = "https://${HttpApi}.execute-api.${AWS::Region}.${AWS::URLSuffix}/ping"


@pytest.mark.parametrize(
    ("given", "endpoint"),
    [
        ({}, {"Fn::Sub": GATEWAY}),
        ({"PingDomainName": "ping.example.org"}, {"Fn::Sub": "https://${PingDomainName}/ping"}),
        ({"PingEndpoint": "site"}, ""),
        ({"PingEndpoint": ""}, ""),
        ({"PingEndpoint": "https://jobs.example.org"}, {"Ref": "PingEndpoint"}),
    ],
)
def test_pings_go_to_api_gateway_where_nothing_else_is_asked_and_to_the_site_where_a_stack_of_0_1_0_has_nothing(given, endpoint):
    """What an update does not name keeps its value, and there that is the empty default of 0.1.0."""
    assert chosen(PING_ENDPOINT, defaults() | given) == endpoint
    assert template.functions()["NotifyFunction"]["Environment"]["Variables"]["ROLLCALL_PING_ENDPOINT"] == PING_ENDPOINT


@pytest.mark.parametrize(
    ("given", "advised"),
    [({}, True), ({"PingDomainName": "ping.example.org"}, False), ({"PingEndpoint": "site"}, False), ({"PingEndpoint": ""}, False)],
)
def test_a_name_is_advised_before_the_first_job_where_ping_urls_would_be_gone_with_the_stack(given, advised):
    output = template.SOURCE["Outputs"]["NamePings"]
    assert holds({"Condition": output["Condition"]}, defaults() | given) == advised
    assert "PingDomainName" in output["Value"] and "PingCertificateArn" in output["Value"]


def chosen(value, values):
    """What comes of nested decisions."""
    while isinstance(value, dict) and "Fn::If" in value:
        condition, then, otherwise = value["Fn::If"]
        value = then if holds({"Condition": condition}, values) else otherwise
    return value


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
        case {"Condition": name}:
            return holds(template.SOURCE["Conditions"][name], values)
    raise AssertionError(f"{rule} is nothing that this test knows")


def text(value, values):
    match value:
        case {"Ref": name}:
            return values[name]
        case {"Fn::Sub": str(made)}:
            return re.sub(r"\$\{([\w:]+)}", lambda found: values[found[1]], made)
        case {"Fn::Select": [number, {"Fn::Split": [at, of]}]}:
            return text(of, values).split(at)[int(number)]
    return value


def defaults():
    return {name: str(parameter.get("Default", "ann@example.org")) for name, parameter in PARAMETERS.items()}


def refusals(**given):
    """What CloudFormation answers to these parameters: the rules that are broken, and what each says."""
    values = defaults() | given
    assert values.keys() == PARAMETERS.keys()
    return {
        name: assertion["AssertDescription"]
        for name, rule in RULES.items()
        if holds(rule.get("RuleCondition", {"Fn::Equals": ["", ""]}), values)
        for assertion in rule["Assertions"]
        if not holds(assertion["Assert"], values)
    }


CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef"
WEB_ACL = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/my-acl/01234567-89ab-cdef-0123-456789abcdef"
PING_CERTIFICATE = CERTIFICATE.replace("us-east-1", "eu-central-1")
BROKEN = {
    "OwnDomain": {"DomainName": "rollcall.example.org"},
    "CertificateWithoutDomain": {"CertificateArn": CERTIFICATE},
    "DomainWithoutSite": {"Site": "none", "DomainName": "rollcall.example.org", "CertificateArn": CERTIFICATE},
    "WebAclWithoutSite": {"Site": "none", "WebAclArn": WEB_ACL},
    "PingDomain": {"PingDomainName": "ping.example.org"},
    "PingCertificateWithoutDomain": {"PingCertificateArn": PING_CERTIFICATE},
    "PingDomainOfNoUse": {"PingDomainName": "ping.example.org", "PingCertificateArn": PING_CERTIFICATE, "PingEndpoint": "site"},
    "PingDomainOfTheSite": {
        "PingDomainName": "rollcall.example.org",
        "PingCertificateArn": PING_CERTIFICATE,
        "DomainName": "rollcall.example.org",
        "CertificateArn": CERTIFICATE,
    },
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
    assert all(parameter in refused[name] for parameter in BROKEN[name] if not parameter.endswith("CertificateArn") or len(BROKEN[name]) == 1)
    assert re.fullmatch(r"[A-Z].*[.:] .*, or .*\.", refused[name])


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"DomainName": "rollcall.example.org", "CertificateArn": CERTIFICATE},
        {"Site": "none"},
        {"ExistingStateTable": "rollcall-state"},
        {"ExistingStateTable": "rollcall-state", "ExistingLogTable": "rollcall-log"},
        {"PingDomainName": "ping.example.org", "PingCertificateArn": PING_CERTIFICATE},
        {"PingEndpoint": "site"},
        {"PingEndpoint": ""},
        {"PingMailDomain": "ping.example.org"},
        {"PingMailDomain": "ping.example.org", "PingMailRuleSet": "default-rule-set"},
        {"AllowLossyRollback": "0007"},
        {"OnOlderRelease": "refuse"},
        {"FinaliseThrough": "0005", "OnOlderRelease": "tolerate"},
    ],
)
def test_what_goes_together_is_taken(given):
    assert refusals(**given) == {}
