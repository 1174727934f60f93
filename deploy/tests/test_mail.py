"""Pings by mail: what SES receives, where it puts it, and whom it tells."""

import re

import pytest
import template

SOURCE = template.SOURCE
RESOURCES = SOURCE["Resources"]
RULE = RESOURCES["MailRule"]
OF_MAIL = {name for name in RESOURCES if re.match(r"(Ping)?Mail", name)}


@pytest.mark.parametrize("name", OF_MAIL)
def test_it_is_made_only_for_a_domain(name):
    assert RESOURCES[name]["Condition"] in ("TakesMail", "MakesMailRules")


def without_mail(value):
    """What is left of a value where there is no domain."""
    match value:
        case {"Fn::If": ["TakesMail" | "MakesMailRules", _, otherwise]}:
            return without_mail(otherwise)
        case dict():
            return {key: without_mail(each) for key, each in value.items()}
        case list():
            return [without_mail(each) for each in value]
        case _:
            return value


def test_nothing_that_is_always_made_needs_it():
    always = {name: without_mail(each) for name, each in RESOURCES.items() if "Condition" not in each}
    for name, each in always.items():
        assert not re.search(rf"'({'|'.join(OF_MAIL)})['.]|\$\{{({'|'.join(OF_MAIL)})[}}.]", repr(each)), name


def test_a_message_is_in_the_bucket_before_the_function_is_told_of_it():
    stored, told = RULE["Properties"]["Rule"]["Actions"]
    assert template.target(stored["S3Action"]["BucketName"]) == "MailBucket"
    assert "ObjectKeyPrefix" not in stored["S3Action"]
    assert template.target(told["LambdaAction"]["FunctionArn"]) == "MailFunction"
    assert told["LambdaAction"]["InvocationType"] == "Event"


def test_the_rule_goes_before_those_of_a_set_that_is_there_as_is_said():
    """A rule that is made without `After` does. Behind one that stops, no ping would come."""
    assert "After" not in RULE["Properties"]
    assert "before those that are there" in SOURCE["Parameters"]["PingMailRuleSet"]["Description"]
    assert "goes before the others" in (template.ROOT / "docs/deploy.md").read_text()


def test_the_rule_is_made_after_what_ses_tries_it_with():
    assert set(RULE["DependsOn"]) == {"MailBucketPolicy", "MailPermission"}


def test_ses_may_write_and_invoke_for_this_rule_of_this_account_only():
    statements = RESOURCES["MailBucketPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    (statement,) = [each for each in statements if each["Effect"] == "Allow"]
    permission = RESOURCES["MailPermission"]["Properties"]
    assert statement["Action"] == "s3:PutObject"
    assert statement["Principal"] == {"Service": "ses.amazonaws.com"}
    assert statement["Condition"]["StringEquals"] == {
        "AWS:SourceAccount": permission["SourceAccount"],
        "AWS:SourceArn": permission["SourceArn"],
    }
    arn, _ = permission["SourceArn"]["Fn::Sub"]
    assert arn.endswith(f":receipt-rule/{RULE['Properties']['Rule']['Name']['Fn::Sub']}")


def test_a_message_is_kept_as_long_as_a_dead_letter_that_needs_it():
    (rule,) = RESOURCES["MailBucket"]["Properties"]["LifecycleConfiguration"]["Rules"]
    kept = RESOURCES["MailDeadLetters"]["Properties"]["MessageRetentionPeriod"]
    assert rule["ExpirationInDays"] * 24 * 3600 == kept


def test_a_mail_that_is_not_taken_is_tried_again_and_then_kept():
    config = RESOURCES["MailFunction"]["Properties"]["EventInvokeConfig"]
    assert config["MaximumRetryAttempts"] == 2
    assert template.target(config["DestinationConfig"]["OnFailure"]["Destination"]) == "MailDeadLetters"
