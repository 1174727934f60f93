"""The stack with a site of its own, and without."""

import re

import pytest
import template

SOURCE = template.SOURCE
BY_CLOUDFRONT = template.expand()
ALONE = template.expand(Site="none")
OF_SITE = {name for name, each in SOURCE["Resources"].items() if each.get("Condition") == "ServesSite"}


def made(expanded, section, *holding):
    """What there is where these conditions hold, and where nothing has one."""
    return {name: each for name, each in expanded[section].items() if each.get("Condition") in (None, *holding)}


def test_the_site_is_its_files_what_serves_them_and_nothing_else():
    assert OF_SITE == {"SiteContent", "SiteBucket", "SiteBucketPolicy", "SiteAccess", "Distribution"}


@pytest.mark.parametrize("section", ["Resources", "Outputs"])
def test_without_a_site_nothing_needs_what_is_not_made(section):
    names = "|".join(OF_SITE)
    for name, each in made(ALONE, section, "NoSite").items():
        assert not re.search(rf"'({names})['.]|\$\{{({names})[}}.]", repr(each)), name


@pytest.mark.parametrize(
    ("expanded", "root"),
    [
        (
            BY_CLOUDFRONT,
            {"Fn::If": ["HasDomain", {"Fn::Sub": "https://${DomainName}"}, {"Fn::Sub": "https://${Distribution.DomainName}"}]},
        ),
        (ALONE, {"Fn::GetAtt": ["HttpApi", "ApiEndpoint"]}),
    ],
    ids=["cloudfront", "none"],
)
def test_alerts_answers_and_outputs_name_the_address_that_serves(expanded, root):
    for function in ("ApiFunction", "NotifyFunction"):
        assert expanded["Resources"][function]["Properties"]["Environment"]["Variables"]["ROLLCALL_SITE_ROOT"] == root
    assert expanded["Outputs"]["Site"]["Value"] == root
    assert "Condition" not in expanded["Outputs"]["Site"]


@pytest.mark.parametrize(
    ("expanded", "holding", "there", "missing"),
    [
        (BY_CLOUDFRONT, "ServesSite", {"SiteFiles"}, {"OpenDashboard"}),
        (ALONE, "NoSite", {"OpenDashboard"}, {"SiteFiles", "DomainRecord"}),
    ],
    ids=["cloudfront", "none"],
)
def test_outputs_are_of_what_there_is(expanded, holding, there, missing):
    outputs = made(expanded, "Outputs", holding).keys()
    assert there <= outputs
    assert not missing & outputs


def test_one_of_both_holds():
    assert SOURCE["Conditions"]["ServesSite"] == {"Fn::Equals": [{"Ref": "Site"}, "cloudfront"]}
    assert SOURCE["Conditions"]["NoSite"] == {"Fn::Not": [{"Condition": "ServesSite"}]}
    assert SOURCE["Parameters"]["Site"]["AllowedValues"] == ["cloudfront", "none"]


def test_without_a_site_the_function_may_write_no_files_and_knows_no_bucket():
    migrate = ALONE["Resources"]["MigrateFunction"]["Properties"]["Environment"]["Variables"]
    assert migrate["ROLLCALL_SITE_BUCKET"] == ""
    (policy,) = ALONE["Resources"]["MigrateRole"]["Properties"]["Policies"]
    assert "s3:" not in repr(policy)
    (policy,) = BY_CLOUDFRONT["Resources"]["MigrateRole"]["Properties"]["Policies"]
    assert "s3:PutObject" in repr(policy)


def test_the_dashboard_on_a_desk_is_opened_by_the_stacks_name():
    command = SOURCE["Outputs"]["OpenDashboard"]["Value"]["Fn::Sub"]
    assert command == "./rollcall dashboard --stack ${AWS::StackName} --region ${AWS::Region}"
    options = (template.ROOT / "functions/local/src/main/java/dev/rollcall/local/dashboard/DashboardOptions.java").read_text()
    for option in re.findall(r"--\w+", command):
        assert f'case "{option}"' in options
