"""Parameters, tables, addresses: what linting does not see."""

import json
import re

import pytest
import sources
import template

SOURCE = template.SOURCE
PARAMETERS = SOURCE["Parameters"]
TABLES = template.of_type(SOURCE, "AWS::DynamoDB::Table")
each_parameter = pytest.mark.parametrize("name", PARAMETERS)


@each_parameter
def test_a_parameter_says_what_it_is(name):
    assert PARAMETERS[name]["Description"].endswith(".")


@each_parameter
def test_a_parameter_refuses_what_cannot_work(name):
    parameter = PARAMETERS[name]
    bounded = "MinValue" in parameter and "MaxValue" in parameter
    assert bounded or "AllowedValues" in parameter or "AllowedPattern" in parameter
    if "AllowedPattern" in parameter or bounded:
        assert parameter["ConstraintDescription"].startswith("must be ")


@pytest.mark.parametrize("name", [each for each in PARAMETERS if each != "Email"])
def test_a_parameter_has_a_default_that_it_allows(name):
    parameter = PARAMETERS[name]
    default = parameter["Default"]
    if "AllowedValues" in parameter:
        assert default in parameter["AllowedValues"]
    elif "AllowedPattern" in parameter:
        assert re.fullmatch(parameter["AllowedPattern"], default)
    else:
        assert parameter["MinValue"] <= default <= parameter["MaxValue"]


@each_parameter
def test_a_parameter_is_used(name):
    used = {key: value for key, value in SOURCE.items() if key not in ("Parameters", "Metadata")}
    assert re.search(rf"'Ref': '{name}'|\$\{{{name}}}", repr(used))


def test_parameters_are_asked_for_in_groups_none_left_out():
    groups = SOURCE["Metadata"]["AWS::CloudFormation::Interface"]["ParameterGroups"]
    assert sorted(name for group in groups for name in group["Parameters"]) == sorted(PARAMETERS)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Email", ""),
        ("Email", "none"),
        ("Email", "ann@localhost"),
        ("MailFrom", "none"),
        ("MailFrom", "alerts"),
        ("MailFrom", "Alerts <alerts@example.org>"),
        ("AlarmMail", "nobody@localhost"),
        ("AlarmMail", "nobody"),
        ("HeartbeatUrl", "watch.example.org/ping/1"),
        ("HeartbeatUrl", "https://ann:secret@watch.example.org/"),
        ("HeartbeatUrl", "https://watch.example.org/a b"),
        ("HeartbeatUrl", "https://watch.example.org/#there"),
        ("DomainName", "https://rollcall.example.org"),
        ("DomainName", "Rollcall.example.org"),
        ("CertificateArn", "arn:aws:acm:eu-central-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef"),
        ("PingEndpoint", "ping.example.org"),
        ("PingEndpoint", "cloudfront"),
        ("WebAclArn", "arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/mine/01234567-89ab-cdef-0123-456789abcdef"),
        ("WebAclArn", "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/mine/01234567-89ab-cdef-0123-456789abcdef"),
        ("OriginKey", "short"),
        ("PingDomainName", "https://ping.example.org"),
        ("PingCertificateArn", "arn:aws:acm:eu-central-1:123456789012:certificate/mine"),
        ("PingEndpoint", "https://ping.example.org/?a=b"),
        ("MetricsKey", "short"),
        ("MetricsKey", "sixteen letters and spaces"),
        ("ExistingStateTable", "no table"),
        ("ExistingLogTable", "arn:aws:dynamodb:eu-central-1:123456789012:table/rollcall-log"),
        ("PingMailDomain", "ping@example.org"),
        ("PingMailDomain", "Ping.example.org"),
        ("PingMailRuleSet", "default rule set"),
        ("PingMailRuleSet", "rules-"),
    ],
)
def test_it_refuses(name, value):
    assert not re.fullmatch(PARAMETERS[name]["AllowedPattern"], value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Email", "ann.lee@example.co.uk"),
        ("MailFrom", "alerts+eu@rollcall.example.org"),
        ("AlarmMail", "none"),
        ("AlarmMail", "operators@example.org"),
        ("HeartbeatUrl", "https://hc-ping.com/6a1d7c40-3c1e-4c55-9d0b-3f5a1c2b4d6e"),
        ("HeartbeatUrl", "http://watch.example.org:8000/ping/k3y/rollcall?create=1"),
        ("DomainName", "rollcall.example.org"),
        ("CertificateArn", "arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef"),
        ("PingEndpoint", "https://ping.example.org"),
        ("PingEndpoint", "gateway"),
        ("PingEndpoint", "site"),
        ("PingEndpoint", ""),
        ("WebAclArn", "arn:aws:wafv2:us-east-1:123456789012:global/webacl/my-acl/01234567-89ab-cdef-0123-456789abcdef"),
        ("OriginKey", "0123456789abcdef"),
        ("PingDomainName", "ping.example.org"),
        ("PingCertificateArn", "arn:aws:acm:eu-central-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef"),
        ("PingEndpoint", "http://ping.example.org:8080/p"),
        ("MetricsKey", "0123456789abcdef"),
        ("ExistingStateTable", "rollcall-StateTable-1ABCDEFGHIJKL.restored_2"),
        ("PingMailDomain", "ping.example.org"),
        ("PingMailRuleSet", "default-rule-set"),
    ],
)
def test_it_takes(name, value):
    assert re.fullmatch(PARAMETERS[name]["AllowedPattern"], value)


def test_one_address_is_enough_to_be_alerted_and_told_of_trouble():
    """It is the one thing that has to be typed: nothing else lacks a default, and nothing is asked for in the dark."""
    assert [name for name, each in PARAMETERS.items() if "Default" not in each] == ["Email"]
    assert not [name for name, each in PARAMETERS.items() if "NoEcho" in each]
    assert SOURCE["Conditions"]["HasSender"] == {"Fn::Not": [{"Fn::Equals": [{"Ref": "MailFrom"}, ""]}]}
    assert SOURCE["Conditions"]["HasAlarmMail"] == {"Fn::Not": [{"Fn::Equals": [{"Ref": "AlarmMail"}, ""]}]}
    subscription = SOURCE["Resources"]["AlarmSubscription"]
    assert subscription["Properties"]["Endpoint"] == {"Fn::If": ["HasAlarmMail", {"Ref": "AlarmMail"}, {"Ref": "Email"}]}
    assert SOURCE["Conditions"][subscription["Condition"]] == {"Fn::Not": [{"Fn::Equals": [{"Ref": "AlarmMail"}, "none"]}]}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_outlives_its_stack_and_is_encrypted_and_billed_by_use(name):
    table = TABLES[name]
    assert table["DeletionPolicy"] == table["UpdateReplacePolicy"] == "Retain"
    assert table["Properties"]["DeletionProtectionEnabled"]
    assert table["Properties"]["SSESpecification"]["SSEEnabled"]
    assert table["Properties"]["BillingMode"] == "PAY_PER_REQUEST"


TABLES_OF_ITS_OWN = {"StateTable": "MakesStateTable", "LogTable": "MakesLogTable"}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_made_where_there_is_none_already(name):
    assert TABLES[name]["Condition"] == TABLES_OF_ITS_OWN[name]
    assert SOURCE["Conditions"][TABLES_OF_ITS_OWN[name]] == {"Fn::Equals": [{"Ref": f"Existing{name}"}, ""]}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_that_there_is_already_takes_the_place_of_it_everywhere(name):
    adopting = template.expand(ExistingStateTable="rollcall-state", ExistingLogTable="rollcall-log")
    made = {key: each for key, each in adopting["Resources"].items() if each.get("Condition") not in TABLES_OF_ITS_OWN.values()}
    text = repr([made, adopting["Outputs"]])
    assert not re.search(rf"'Ref': '{name}'|'{name}', 'Arn'|'{name}\.|\$\{{{name}[}}.]", text)
    assert f"'Ref': 'Existing{name}'" in text and f":table/${{Existing{name}}}" in text


def test_the_log_can_be_restored_where_that_is_asked_for():
    recovery = TABLES["LogTable"]["Properties"]["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"]
    assert recovery == {"Fn::If": ["RecoversLog", True, False]}
    assert SOURCE["Conditions"]["RecoversLog"] == {"Fn::Equals": [{"Ref": "LogRecovery"}, "true"]}


def test_state_can_be_restored_to_any_second():
    assert TABLES["StateTable"]["Properties"]["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"]


def test_the_http_api_leaves_options_to_the_functions():
    assert "CorsConfiguration" not in SOURCE["Resources"]["HttpApi"]["Properties"]


def test_pings_have_a_route_and_everything_else_is_the_apis():
    routes = {each["Properties"]["RouteKey"] for each in template.of_type(SOURCE, "AWS::ApiGatewayV2::Route").values()}
    assert routes == {"ANY /ping/{proxy+}", "$default"}
    assert SOURCE["Resources"]["HttpStage"]["Properties"]["StageName"] == "$default"


def test_pings_are_taken_by_both_protocols_of_the_internet_and_by_a_name_that_outlives_the_stack():
    resources = SOURCE["Resources"]
    assert resources["HttpApi"]["Properties"]["IpAddressType"] == "dualstack"
    (named,) = resources["PingDomain"]["Properties"]["DomainNameConfigurations"]
    assert (named["EndpointType"], named["IpAddressType"], named["SecurityPolicy"]) == ("REGIONAL", "dualstack", "TLS_1_2")
    for name in ("PingDomain", "PingMapping"):
        assert resources[name]["Condition"] == "HasPingDomain"
        # Neither may a failed first deployment leave it behind, nor a way back to a release that does not know it take it away.
        assert (resources[name]["DeletionPolicy"], resources[name]["UpdateReplacePolicy"]) == ("RetainExceptOnCreate", "Retain")
    # Without a key, or its paths would not begin as those of the API's own address do.
    assert resources["PingMapping"]["Properties"].keys() == {"ApiId", "DomainName", "Stage"}


DISTRIBUTION = SOURCE["Resources"]["Distribution"]["Properties"]["DistributionConfig"]
STAGE = SOURCE["Resources"]["HttpStage"]


def test_pings_may_come_fast_and_everything_else_slowly():
    def limits(name):
        return {"ThrottlingRateLimit": {"Ref": name}, "ThrottlingBurstLimit": {"Ref": name}}

    (route, settings), = STAGE["Properties"]["RouteSettings"].items()
    assert route == SOURCE["Resources"][STAGE["DependsOn"]]["Properties"]["RouteKey"] == "ANY /ping/{proxy+}"
    assert (settings, STAGE["Properties"]["DefaultRouteSettings"]) == (limits("PingRate"), limits("ApiRate"))
    assert int(PARAMETERS["PingRate"]["Default"]) >= 10 * int(PARAMETERS["ApiRate"]["Default"])


def test_the_distribution_shows_the_key_that_the_functions_know_it_by():
    (functions,) = [each for each in DISTRIBUTION["Origins"] if each["Id"] == "functions"]
    (header,) = functions["OriginCustomHeaders"]
    proxy = sources.source("functions/edge/src/main/java/dev/rollcall/edge/http/TrustedProxy.java")
    assert header["HeaderName"] == re.search(r'HEADER = "([\w-]+)"', proxy)[1]
    told = {
        name: template.decide(each["Environment"]["Variables"].get("ROLLCALL_ORIGIN_KEY"), {"ServesSite": True})
        for name, each in template.functions().items()
    }
    assert {name for name, key in told.items() if key} == {"PingFunction", "ApiFunction"}
    assert told["PingFunction"] == told["ApiFunction"] == header["HeaderValue"]
    assert not any("OriginKey" in repr(output) or repr(header["HeaderValue"]) in repr(output) for output in SOURCE["Outputs"].values())


def test_a_web_acl_stands_before_the_site_where_there_is_one():
    assert DISTRIBUTION["WebACLId"] == {"Fn::If": ["HasWebAcl", {"Ref": "WebAclArn"}, {"Ref": "AWS::NoValue"}]}


def test_access_is_logged_by_choice_and_never_a_path_or_what_else_a_client_has_written():
    condition, settings, otherwise = STAGE["Properties"]["AccessLogSettings"]["Fn::If"]
    assert (condition, otherwise) == ("LogsAccess", {"Ref": "AWS::NoValue"})
    assert SOURCE["Resources"][template.target(settings["DestinationArn"])]["Condition"] == "LogsAccess"
    assert PARAMETERS["AccessLog"]["Default"] == "false"
    logged = json.loads(settings["Format"])
    assert set(logged.values()) == {
        f"$context.{name}"
        for name in (
            "requestTimeEpoch", "requestId", "identity.sourceIp", "domainName", "httpMethod", "routeKey",
            "status", "integrationStatus", "responseLatency", "responseLength",
        )
    }  # fmt: skip


def test_what_is_the_functions_passes_cloudfront_unchanged_and_uncached():
    config = SOURCE["Resources"]["Distribution"]["Properties"]["DistributionConfig"]
    behaviors = {each["PathPattern"]: each for each in config["CacheBehaviors"]}
    assert behaviors.keys() == {"/ping/*", "/api/*", "/badge/*", "/b/*", "/projects/*"}
    for behavior in behaviors.values():
        assert behavior["TargetOriginId"] == "functions"
        assert len(behavior["AllowedMethods"]) == 7
        assert behavior["CachePolicyId"] == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
        assert behavior["OriginRequestPolicyId"] == "b689b0a8-53d0-40ab-baf2-68738e2966ac"


def errors():
    return SOURCE["Resources"]["Distribution"]["Properties"]["DistributionConfig"]["CustomErrorResponses"]


def test_cloudfront_puts_no_page_in_place_of_an_answer():
    for error in errors():
        assert error.keys() == {"ErrorCode", "ErrorCachingMinTTL"}


def test_cloudfront_answers_no_ping_with_an_error_that_another_one_had():
    kept = {400, 403, 404, 405, 414, 500, 501, 502, 503, 504}  # all that it can keep, but 416, which it never does
    assert {error["ErrorCode"] for error in errors()} == kept
    assert {error["ErrorCachingMinTTL"] for error in errors()} == {0}


@pytest.mark.parametrize("name", template.of_type(SOURCE, "AWS::S3::Bucket"))
def test_a_bucket_is_closed_to_the_public_and_encrypted(name):
    bucket = SOURCE["Resources"][name]["Properties"]
    block = bucket["PublicAccessBlockConfiguration"]
    assert all(block.values()) and len(block) == 4
    assert bucket["BucketEncryption"]


@pytest.mark.parametrize("name", SOURCE["Outputs"])
def test_an_output_says_what_it_is_for(name):
    assert SOURCE["Outputs"][name]["Description"].endswith(".")


def test_the_outputs_lead_to_the_first_project_by_one_command_that_takes_the_stacks_name():
    command = SOURCE["Outputs"]["FirstProject"]["Value"]["Fn::Sub"]
    assert command == './rollcall project create "My jobs" --mail ${Email} --stack ${AWS::StackName} --region ${AWS::Region}'
    options = sources.source("functions/local/src/main/java/dev/rollcall/local/command/PlaceOptions.java")
    options += sources.source("functions/local/src/main/java/dev/rollcall/local/project/Command.java")
    for option in re.findall(r"--\w+", command):
        assert f'case "{option}"' in options or f'equals("{option}")' in options, option


def test_the_command_finds_the_tables_and_the_address_by_outputs_that_there_are():
    text = sources.source("functions/local/src/main/java/dev/rollcall/local/command/StackOutputs.java")
    asked = re.findall(r'String [A-Z_]+ = "(\w+)";', text)
    assert asked and set(asked) <= SOURCE["Outputs"].keys()
