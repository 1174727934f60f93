"""What CloudFormation does to data and dashboard, and in which order."""

import re

import pytest
import sources
import template

SOURCE = template.SOURCE
EXPANDED = template.expand(PingMailDomain="ping.example.org")["Resources"]
CUSTOM = {name: each for name, each in SOURCE["Resources"].items() if each["Type"].startswith("Custom::")}
SERVING = [name for name in template.functions() if name != "MigrateFunction"]
DEPLOY = "functions/migrate/src/main/java/dev/rollcall/migrate/deploy"
each_resource = pytest.mark.parametrize("name", CUSTOM)


def needs(name):
    """What a resource of the expansion waits for, by all ways."""
    found = set()

    def look(value):
        match value:
            case {"Ref": str(other)}:
                found.add(other)
            case {"Fn::GetAtt": [str(other), *_]} | {"Fn::GetAtt": str(other)}:
                found.add(other.split(".")[0])
            case {"Fn::Sub": text}:
                found.update(re.findall(r"\$\{(\w+)", text if isinstance(text, str) else text[0]))
            case dict():
                for each in value.values():
                    look(each)
            case list():
                for each in value:
                    look(each)

    look(EXPANDED[name].get("Properties", {}))
    after = EXPANDED[name].get("DependsOn", [])
    found.update(after if isinstance(after, list) else [after])
    return found & EXPANDED.keys()


def all_needs(name):
    found, waiting = set(), [name]
    while waiting:
        for each in needs(waiting.pop()) - found:
            found.add(each)
            waiting.append(each)
    return found


def test_the_release_is_that_of_the_code():
    this = SOURCE["Mappings"]["Release"]["This"]
    name, level = re.search(
        r'THIS = new Release\(\s*"([\d.]+)", (\d+)', sources.source("functions/core/src/main/java/dev/rollcall/core/schema/Release.java")
    ).groups()
    assert this == {"Name": name, "Level": level}, f"template.yaml, Mappings: This: {{ Name: {name}, Level: \"{level}\" }}"


def test_the_level_is_the_one_that_the_last_migration_leads_to():
    levels = [
        int(re.search(r"^level: *\{from: *\d+, *to: *(\d+)\}", path.read_text(), re.M)[1])
        for path in (template.ROOT / "schema-migrations").glob("*.yaml")
    ]
    assert SOURCE["Mappings"]["Release"]["This"]["Level"] == str(max(levels))


@each_resource
def test_it_calls_the_function_itself_because_what_it_calls_can_never_be_changed(name):
    assert CUSTOM[name]["Properties"]["ServiceToken"] == {"Fn::GetAtt": ["MigrateFunction", "Arn"]} or CUSTOM[name]["Properties"][
        "ServiceToken"
    ] == {"Fn::GetAtt": "MigrateFunction.Arn"}


@each_resource
def test_it_waits_no_longer_than_the_function_can_run_and_than_a_request_may_wait(name):
    waits = CUSTOM[name]["Properties"]["ServiceTimeout"]
    assert waits == template.functions()["MigrateFunction"]["Timeout"]
    assert waits == SOURCE["Resources"]["MigrateInvocations"]["Properties"]["MaximumEventAgeInSeconds"]
    assert SOURCE["Resources"]["MigrateInvocations"]["Properties"]["Qualifier"] == "$LATEST"


@pytest.mark.parametrize("name", [name for name in CUSTOM if name != "ExistingTables"])
def test_it_is_called_whenever_the_zip_changes(name):
    (build,) = EXPANDED[name]["Properties"]["Build"].values()
    assert EXPANDED[build]["Type"] == "AWS::Lambda::Version"
    assert EXPANDED[build]["Properties"]["FunctionName"] == {"Ref": "MigrateFunction"}


@each_resource
def test_its_type_is_known_to_the_code(name):
    assert f'"{CUSTOM[name]["Type"]}"' in sources.source(f"{DEPLOY}/Deployments.java")


def test_tables_that_there_are_already_are_looked_at_when_they_are_given_and_not_by_each_release():
    """A release that is older than the data is let back by the schema, and refused by this."""
    properties = CUSTOM["ExistingTables"]["Properties"]
    assert properties.keys() == {"ServiceToken", "ServiceTimeout", "StateTable", "LogTable", "AdoptsLog", "LogRecovery"}
    asked = set(re.findall(r'getOrDefault\("(\w+)"', sources.source(f"{DEPLOY}/Adoption.java")))
    assert asked == {"AdoptsLog", "LogRecovery"}


def test_nothing_is_written_to_tables_that_there_are_already_before_they_were_looked_at():
    adopting = template.expand(ExistingStateTable="rollcall-state", ExistingLogTable="rollcall-log")["Resources"]
    assert adopting["SchemaExpand"]["Properties"]["After"] == {"Ref": "ExistingTables"}
    for name in SERVING:
        assert "SchemaExpand" in all_needs(name)


def test_its_properties_are_those_that_the_code_reads():
    read = set(re.findall(r'"([A-Z]\w+)"', sources.source(f"{DEPLOY}/Terms.java")))
    given = {key for name in ("SchemaExpand", "SchemaSettle") for key in CUSTOM[name]["Properties"]}
    assert read == given - {"ServiceToken", "ServiceTimeout", "Build", "After"}


@pytest.mark.parametrize("name", SERVING)
def test_a_function_serves_when_the_data_has_what_it_needs(name):
    assert "SchemaExpand" in all_needs(name)


def test_the_data_is_settled_when_all_functions_are_of_the_release():
    before = all_needs("SchemaSettle")
    assert set(SERVING) <= before
    assert {f"{name}Aliaslive" for name in SERVING if "AutoPublishAlias" in template.functions()[name]} <= before


def test_the_dashboard_is_shown_when_the_functions_know_what_it_asks():
    assert "SchemaSettle" in all_needs("SiteContent")


def test_nothing_waits_for_itself():
    assert all(name not in all_needs(name) for name in EXPANDED)


def test_what_is_deployed_first_waits_for_tables_and_for_no_function_that_serves():
    before = all_needs("SchemaExpand")
    assert "StateTable" in before
    assert not before & set(SERVING)
