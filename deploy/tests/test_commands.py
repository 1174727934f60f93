"""The commands of the documents against the template, the scripts and the API of AWS."""

import re
import shlex

import botocore.session
import pytest
import sources
import template
from botocore import xform_name

DOCUMENTS = ["docs/deploy.md", "docs/when-it-fails.md", "docs/operations.md"]
SOURCE = template.SOURCE
RESOURCES = template.translate()["Resources"]
GLOBAL = {"output", "query", "region", "profile", "cli-binary-format", "max-items"}
"""Options that the AWS CLI has by itself."""

OF_THE_CLI = {("s3", "rm"), ("logs", "tail"), ("cloudfront", "create-invalidation")}
"""Commands that are no operations of a service."""

HELPERS = re.compile(r"\$\((output|resource) (\w+)\)")


def lines():
    """Each line of each block of shell, with what goes on in the next ones."""
    for document in DOCUMENTS:
        text = sources.source(document)
        for block in re.findall(r"^ *```sh\n(.*?)^ *```$", text, re.M | re.S):
            for line in re.sub(r"\\\n\s*", "", block).splitlines():
                yield document, line.strip()


LINES = list(lines())


def commands(name):
    """What is typed, behind a word that begins a command, also within $(…)."""
    for document, line in LINES:
        for found in re.finditer(rf"(?:^|\$\(|; |\{{ ){re.escape(name)} (.*)", line):
            yield pytest.param(found[1], id=f"{document.removeprefix('docs/')}: {found[1][:60]}")


AWS = list(commands("aws"))


def test_there_are_commands_of_every_kind():
    assert len(AWS) > 25
    assert list(commands("sam deploy")) and list(commands("./rollcall project"))


def words(typed):
    """The words of a command up to its end, with whatever is computed in the place of a value as one."""
    depth, end = 0, len(typed)
    quoted = ""
    for at, sign in enumerate(typed):
        if quoted:
            quoted = "" if sign == quoted else quoted
        elif sign in "'" or (sign == '"' and depth == 0):
            quoted = sign
        elif sign == "(":
            depth += 1
        elif sign == ")":
            depth -= 1
            if depth < 0:
                end = at
                break
        elif depth == 0 and (sign in ";|" or typed[at : at + 2] in ("> ",) or (sign == "#" and typed[at - 1] == " ")):
            end = at
            break
    return shlex.split(re.sub(r'"\$\(.*\)"', "COMPUTED", typed[:end]))


@pytest.mark.parametrize("typed", AWS)
def test_a_command_of_the_aws_cli_is_an_operation_with_options_that_it_has(typed):
    service, operation, *rest = words(typed)
    if (service, operation) in OF_THE_CLI:
        return
    model = botocore.session.get_session().get_service_model({"s3api": "s3"}.get(service, service))
    if operation == "wait":
        waiters = botocore.session.get_session().get_waiter_model(service)
        name = rest.pop(0)
        by_name = {xform_name(each, "-"): each for each in waiters.waiter_names}
        assert name in by_name
        members = model.operation_model(waiters.get_waiter(by_name[name]).operation).input_shape.members
    else:
        operations = {xform_name(each, "-"): each for each in model.operation_names}
        assert operation in operations, f"{service} has no {operation}"
        shape = model.operation_model(operations[operation]).input_shape
        members = shape.members if shape else {}
    known = {xform_name(each, "-"): members[each] for each in members}
    options = {each.removeprefix("--") for each in rest if each.startswith("--")}
    for option in options - GLOBAL:
        plain = option.removeprefix("no-")
        assert option in known or (plain in known and known[plain].type_name == "boolean"), f"{operation} has no --{option}"
    if operation != "wait":
        given = {option.removeprefix("no-") for option in options} | options
        missing = {xform_name(each, "-") for each in (shape.required_members if shape else [])} - given
        assert not missing, f"{operation} needs {missing}"


@pytest.mark.parametrize(
    ("helper", "name"), sorted({found for _, line in LINES for found in HELPERS.findall(line)})
)
def test_what_a_command_asks_the_stack_for_is_there(helper, name):
    assert name in (SOURCE["Outputs"] if helper == "output" else RESOURCES)


@pytest.mark.parametrize(
    ("name", "value"),
    sorted({found for _, line in LINES if line.startswith("sam deploy") for found in re.findall(r"\b([A-Z]\w+)=(\S+)", line)}),
)
def test_a_parameter_that_is_typed_is_one_and_its_value_is_allowed(name, value):
    parameter = SOURCE["Parameters"][name]
    if value.startswith('"$('):
        return  # what another command prints
    if "AllowedValues" in parameter:
        assert value in parameter["AllowedValues"]
    else:
        assert re.fullmatch(parameter["AllowedPattern"], value)


ROLLCALL = {
    "project": "functions/local/src/main/java/dev/rollcall/local/project/Command.java",
    "migrate": "functions/local/src/main/java/dev/rollcall/local/migrate/Command.java",
    "dashboard": "functions/local/src/main/java/dev/rollcall/local/dashboard/DashboardOptions.java",
}
PLACES = "functions/local/src/main/java/dev/rollcall/local/command/PlaceOptions.java"


@pytest.mark.parametrize(
    ("command", "option"),
    sorted(
        {
            (command, option)
            for _, line in LINES
            for command, rest in re.findall(r"\./rollcall (project|migrate|dashboard) ([^#]*)", line)
            for option in re.findall(r"--[\w-]+", rest)
        }
    ),
)
def test_an_option_of_a_command_of_rollcall_is_one(command, option):
    text = sources.source(ROLLCALL[command]) + sources.source(PLACES)
    assert f'"{option}"' in text


@pytest.mark.parametrize(
    "name", sorted({name for document in DOCUMENTS for name in re.findall(r"outputs? `(\w+)`", sources.source(document))})
)
def test_an_output_that_a_document_names_is_one(name):
    assert name in SOURCE["Outputs"]


def test_the_resources_that_are_said_to_fail_are_there():
    named = re.findall(r"^## (\w+) already exists|`(Distribution)` fails|^## (\w+) or (\w+) failed", sources.source("docs/when-it-fails.md"), re.M)
    found = {each for several in named for each in several if each}
    assert found == {"SenderIdentity", "Distribution", "SchemaExpand", "ExistingTables"}
    assert found <= RESOURCES.keys()


def test_the_quota_that_is_asked_for_is_that_of_executions_and_the_first_thing_said():
    asked = "--service-code lambda --quota-code L-B99A9384 --desired-value 1000"
    assert asked in sources.source("docs/when-it-fails.md") and asked in sources.source("docs/deploy.md")
    assert sources.source("docs/when-it-fails.md").index(asked) < sources.source("docs/when-it-fails.md").index("ROLLBACK")


def test_every_bucket_that_the_stack_makes_is_emptied_before_it_is_removed():
    """CloudFormation deletes none that has something in it."""
    buckets = template.of_type(SOURCE, "AWS::S3::Bucket")
    outputs = {key: repr(each["Value"]) for key, each in SOURCE["Outputs"].items()}
    removal = sources.source("docs/operations.md").split("## Remove everything")[1]
    for name in buckets:
        (output,) = [key for key, value in outputs.items() if f"s3://${{{name}}}" in value]
        assert f"$(output {output})" in removal.split("sam delete")[0]


def test_every_table_is_unprotected_before_it_is_deleted():
    removal = sources.source("docs/operations.md").split("## Remove everything")[1]
    for variable, name in re.findall(r"(\w+)=\$\(output (\w+Table)\)", removal):
        assert name in template.of_type(SOURCE, "AWS::DynamoDB::Table")
        unprotect = f'update-table --table-name "${variable}" --no-deletion-protection-enabled'
        assert removal.index(unprotect) < removal.index(f'delete-table --table-name "${variable}"')
