"""Names that the template gives: as long as AWS takes them, and of no other stack."""

import re

import pytest
import sources
import template

LIMITS = {
    ("AWS::SQS::Queue", "QueueName"): 80,
    ("AWS::ApiGatewayV2::Api", "Name"): 128,
    ("AWS::CloudFront::OriginAccessControl", "Name"): 64,
    ("AWS::CloudWatch::Dashboard", "DashboardName"): 255,
    ("AWS::SES::ConfigurationSet", "Name"): 64,
    ("AWS::SES::ReceiptRuleSet", "RuleSetName"): 64,
    ("AWS::SES::ReceiptRule", "Name"): 64,
    ("AWS::SNS::Topic", "DisplayName"): 100,
}
"""How long AWS takes each to be."""

OF_ALL_REGIONS = {"AWS::CloudFront::OriginAccessControl", "AWS::CloudWatch::Dashboard"}
"""What there is once in an account, whatever the region."""

LONGEST_REGION = "ap-northeast-1"
STACK_ID = "arn:aws:cloudformation:ap-northeast-1:123456789012:stack/{}/01234567-89ab-cdef-0123-456789abcdef"
LONGEST_STACK = 58


def named():
    """The names that are made of the stack's: the type of resource, the property, and how the name is made."""
    for name, resource in template.SOURCE["Resources"].items():
        yield from names_in(resource["Type"], resource.get("Properties", {}))


def names_in(kind, value):
    match value:
        case dict():
            for key, each in value.items():
                if key.endswith("Name") and re.search(r"AWS::Stack(Name|Id)", repr(each)):
                    yield kind, key, each
                else:
                    yield from names_in(kind, each)
        case list():
            for each in value:
                yield from names_in(kind, each)


NAMED = list(named())


def written(made, stack, region=LONGEST_REGION):
    """The name that comes of it."""
    match made:
        case {"Ref": "AWS::StackName"}:
            return stack
        case {"Ref": "AWS::StackId"}:
            return STACK_ID.format(stack)
        case {"Fn::Sub": str(text)}:
            return text.replace("${AWS::StackName}", stack).replace("${AWS::Region}", region)
        case {"Fn::Join": [glue, parts]}:
            return glue.join(written(each, stack) for each in parts)
        case {"Fn::Select": [number, of]}:
            return written(of, stack)[int(number)]
        case {"Fn::Split": [at, of]}:
            return written(of, stack).split(at)
        case str():
            return made
    raise AssertionError(f"{made} is nothing that this test knows")


def test_every_name_has_a_limit_that_is_known():
    assert {(kind, key) for kind, key, _ in NAMED} == LIMITS.keys()


@pytest.mark.parametrize(("kind", "key", "made"), NAMED)
def test_the_longest_stack_that_the_document_allows_has_names_that_aws_takes(kind, key, made):
    assert len(written(made, "s" * LONGEST_STACK)) <= LIMITS[kind, key]


def test_a_longer_stack_has_one_that_aws_does_not_take():
    assert any(len(written(made, "s" * (LONGEST_STACK + 1))) > LIMITS[kind, key] for kind, key, made in NAMED)


def test_the_document_says_how_long_a_stacks_name_may_be():
    assert f"{LONGEST_STACK} characters at most" in " ".join(sources.source("docs/deploy.md").split())


@pytest.mark.parametrize("made", [made for kind, _, made in NAMED if kind in OF_ALL_REGIONS])
def test_what_there_is_once_for_all_regions_is_named_after_the_region_or_the_stacks_id(made):
    assert re.search("AWS::Region|AWS::StackId", repr(made))


NAMES_OF_AWS = {
    "AWS::Serverless::Function": "FunctionName",
    "AWS::DynamoDB::Table": "TableName",
    "AWS::S3::Bucket": "BucketName",
    "AWS::IAM::Role": "RoleName",
    "AWS::SNS::Topic": "TopicName",
    "AWS::CloudWatch::Alarm": "AlarmName",
    "AWS::Scheduler::Schedule": "Name",
    "AWS::Logs::LogGroup": "LogGroupName",
    "AWS::KMS::Key": "KeyId",
}
"""What CloudFormation names by itself, after the stack and as short as it has to be."""


@pytest.mark.parametrize("kind", NAMES_OF_AWS)
def test_whatever_need_not_have_a_name_has_none_that_a_second_stack_would_want_too(kind):
    resources = template.of_type(template.SOURCE, kind)
    assert resources
    assert not [name for name, each in resources.items() if NAMES_OF_AWS[kind] in each["Properties"]]


def test_a_sender_that_two_stacks_have_outlives_either_of_them():
    """And one that the account has confirmed is not taken from it where a stack asks for it no more."""
    sender = template.SOURCE["Resources"]["SenderIdentity"]
    assert (sender["DeletionPolicy"], sender["UpdateReplacePolicy"]) == ("RetainExceptOnCreate", "Retain")
