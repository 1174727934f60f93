"""What is on the way is encrypted, and what is kept of it where that is asked for."""

import pytest
import template

SOURCE = template.SOURCE
RESOURCES = SOURCE["Resources"]
WITHOUT_TLS = {"Bool": {"aws:SecureTransport": "false"}}
REACHED = [
    name for kind in ("AWS::SQS::Queue", "AWS::S3::Bucket", "AWS::SNS::Topic") for name in template.of_type(SOURCE, kind)
]
"""What is reached by an address of AWS's, with or without TLS."""


def policies():
    """The policies of queues, buckets and topics: whose they are, and what they say."""
    for kind, key in (("AWS::SQS::QueuePolicy", "Queues"), ("AWS::S3::BucketPolicy", "Bucket"), ("AWS::SNS::TopicPolicy", "Topics")):
        for policy in template.of_type(SOURCE, kind).values():
            owners = policy["Properties"][key]
            for owner in owners if isinstance(owners, list) else [owners]:
                condition, reference = owner["Fn::If"][:2] if "Fn::If" in owner else (None, owner)
                yield reference["Ref"], condition, policy["Properties"]["PolicyDocument"]["Statement"]


@pytest.mark.parametrize("name", REACHED)
def test_whatever_comes_without_tls_is_refused_whoever_sends_it(name):
    ((condition, statements),) = [(condition, statements) for owner, condition, statements in policies() if owner == name]
    (denied,) = [each for each in statements if each["Effect"] == "Deny"]
    assert denied["Principal"] == "*"
    assert denied["Condition"] == WITHOUT_TLS
    service = {"AWS::SQS::Queue": "sqs:*", "AWS::S3::Bucket": "s3:*", "AWS::SNS::Topic": "sns:Publish"}
    assert denied["Action"] == service[RESOURCES[name]["Type"]]
    assert covers(denied["Resource"], name)
    # A policy of several owners must not ask for one that is not made; one of its own has the owner's condition.
    assert RESOURCES[name].get("Condition") in (condition, *of_own_policy(name))


def covers(resource, name):
    """Whether a policy's resource is all of its owner: a bucket and what is in it."""
    if RESOURCES[name]["Type"] == "AWS::S3::Bucket":
        return resource == [{"Fn::GetAtt": [name, "Arn"]}, {"Fn::Sub": f"${{{name}.Arn}}/*"}]
    return resource in ("*", {"Ref": name})


def of_own_policy(name):
    return [each.get("Condition") for each in RESOURCES.values() if each.get("Properties", {}).get("Bucket") == {"Ref": name}]


def test_cloudfront_asks_the_bucket_by_tls_because_it_asks_as_it_was_asked():
    config = RESOURCES["Distribution"]["Properties"]["DistributionConfig"]
    behaviors = [config["DefaultCacheBehavior"], *config["CacheBehaviors"]]
    of_site = [each["ViewerProtocolPolicy"] for each in behaviors if each["TargetOriginId"] == "site"]
    assert of_site == ["redirect-to-https"]


def test_cloudwatch_of_this_account_may_tell_of_alarms_and_nobody_else():
    """A policy takes the place of the one that a topic has by itself: without this, no alarm would be told."""
    ((_, _, statements),) = [each for each in policies() if each[0] == "Alarms"]
    assert [each for each in statements if each["Effect"] == "Allow"] == [
        {
            "Effect": "Allow",
            "Principal": {"Service": "cloudwatch.amazonaws.com"},
            "Action": "sns:Publish",
            "Resource": {"Ref": "Alarms"},
            "Condition": {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}},
        }
    ]


def test_the_topic_of_alarms_is_encrypted_where_that_is_asked_for_by_a_key_that_cloudwatch_may_use():
    topic = RESOURCES["Alarms"]["Properties"]
    assert topic["KmsMasterKeyId"] == {"Fn::If": ["EncryptsAlarms", {"Ref": "AlarmsKey"}, {"Ref": "AWS::NoValue"}]}
    assert RESOURCES["AlarmsKey"]["Condition"] == "EncryptsAlarms"
    assert SOURCE["Conditions"]["EncryptsAlarms"] == {"Fn::Equals": [{"Ref": "EncryptAlarms"}, "true"]}
    users = {
        each["Principal"].get("Service"): each["Action"]
        for each in RESOURCES["AlarmsKey"]["Properties"]["KeyPolicy"]["Statement"]
    }
    assert users["cloudwatch.amazonaws.com"] == ["kms:Decrypt", "kms:GenerateDataKey*"]


def test_the_sites_files_can_be_had_back_for_a_month_and_not_for_ever():
    bucket = RESOURCES["SiteBucket"]["Properties"]
    assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}
    (rule,) = bucket["LifecycleConfiguration"]["Rules"]
    assert (rule["Status"], rule["NoncurrentVersionExpiration"]) == ("Enabled", {"NoncurrentDays": 30})
