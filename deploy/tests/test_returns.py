"""What SES says of mails that came back: by what they are sent, and whom it tells."""

import re

import sources
import template

RESOURCES = template.SOURCE["Resources"]
NOTIFY = template.functions()["NotifyFunction"]
DESTINATION = RESOURCES["SenderReturns"]["Properties"]["EventDestination"]


def test_mail_is_sent_by_the_set_whose_returns_are_told():
    assert template.target(NOTIFY["Environment"]["Variables"]["ROLLCALL_MAIL_CONFIGURATION_SET"]) == "SenderSet"
    assert template.target(RESOURCES["SenderReturns"]["Properties"]["ConfigurationSetName"]) == "SenderSet"


def test_ses_tells_just_what_the_code_knows_to_be_trouble():
    known = re.findall(r'case "(\w+)" -> (?:bounce|complaint|new Fate)', sources.source("functions/notify/src/main/java/dev/rollcall/notify/SesEvent.java"))
    assert DESTINATION["MatchingEventTypes"] == [each.lower() for each in known] == ["bounce", "complaint", "reject"]
    assert DESTINATION["Enabled"] is True


def test_notify_hears_of_them_by_a_topic_and_no_queue_is_waited_at_for_that():
    """A new account has no execution left for one more queue, and each is polled all the time."""
    assert template.target(DESTINATION["SnsDestination"]["TopicARN"]) == "Returns"
    topics = [event["Properties"]["Topic"] for event in NOTIFY["Events"].values() if event["Type"] == "SNS"]
    assert [template.target(each) for each in topics] == ["Returns"]


def test_the_topic_may_invoke_notify_and_nothing_else_may_by_that(expanded):
    (permission,) = [
        each["Properties"]
        for each in template.of_type(expanded, "AWS::Lambda::Permission").values()
        if template.target(each["Properties"]["FunctionName"]) == "NotifyFunction"
    ]
    assert (permission["Principal"], template.target(permission["SourceArn"])) == ("sns.amazonaws.com", "Returns")


def test_ses_may_publish_for_this_set_of_this_account_and_nobody_else_may():
    statements = RESOURCES["ReturnsPolicy"]["Properties"]["PolicyDocument"]["Statement"]
    (allowed,) = [each for each in statements if each["Effect"] == "Allow"]
    assert allowed["Principal"] == {"Service": "ses.amazonaws.com"}
    condition = allowed["Condition"]["StringEquals"]
    assert condition["AWS:SourceAccount"] == {"Ref": "AWS::AccountId"}
    assert condition["AWS:SourceArn"]["Fn::Sub"].endswith(":configuration-set/${SenderSet}")


def test_the_topic_can_be_published_to_before_ses_tries_it():
    assert RESOURCES["SenderReturns"]["DependsOn"] == "ReturnsPolicy"


def test_where_topics_are_encrypted_ses_may_use_the_key():
    assert RESOURCES["Returns"]["Properties"] == {"KmsMasterKeyId": RESOURCES["Alarms"]["Properties"]["KmsMasterKeyId"]}
    users = [each["Principal"].get("Service") for each in RESOURCES["AlarmsKey"]["Properties"]["KeyPolicy"]["Statement"]]
    assert set(users) == {None, "cloudwatch.amazonaws.com", "ses.amazonaws.com"}


def test_the_way_by_which_mail_is_signed_is_advised_before_the_one_by_which_it_is_not():
    described = template.SOURCE["Parameters"]["MailIdentity"]["Description"]
    assert described.index('"domain"') < described.index('"address"')
    step = sources.source("docs/deploy.md").split("1. **The sender.**")[1].split("2. **")[0]
    assert step.index("`MailIdentity=domain`") < step.index("`address`")
