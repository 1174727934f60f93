"""The template as written and as SAM expands it, for the tests beside this file.

Run as a program it prints the expansion: python template.py > expanded.json
"""

import copy
import json
import os
import re
from pathlib import Path

os.environ.setdefault("AWS_DEFAULT_REGION", "eu-central-1")

from samcli.yamlhelper import yaml_parse
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

ROOT = Path(__file__).resolve().parents[2]
SOURCE = yaml_parse((ROOT / "template.yaml").read_text())


class NoManagedPolicies:
    """Every role here has its own policies, so SAM has none of AWS's to look up."""

    def load(self):
        return {}


def expand(**parameters):
    """What CloudFormation is given when the stack is made with these parameters and otherwise with the defaults."""
    template = copy.deepcopy(SOURCE)
    for function in of_type(template, "AWS::Serverless::Function").values():
        zip_name = function["Properties"]["CodeUri"].rsplit("/", 1)[-1]
        function["Properties"]["CodeUri"] = f"s3://artifacts/{zip_name}"
    values = {"Email": "ann@example.org"} | parameters
    expanded = Translator(NoManagedPolicies().load(), Parser()).translate(template, values)
    conditions = {
        "TakesMail": bool(values.get("PingMailDomain", template["Parameters"]["PingMailDomain"]["Default"])),
        "Traces": values.get("Tracing") == "Active",
    }
    for function in of_type(expanded, "AWS::Lambda::Function").values():
        variables = function["Properties"]["Environment"]["Variables"]
        variables.update({name: decide(value, conditions) for name, value in variables.items()})
    for role in of_type(expanded, "AWS::IAM::Role").values():
        for policy in role["Properties"]["Policies"]:
            document = policy["PolicyDocument"]
            decided = [decide(each, conditions) for each in document["Statement"]]
            document["Statement"] = [each for each in decided if each != {"Ref": "AWS::NoValue"}]
    # Nothing else asks for it.
    del expanded["Conditions"]["Traces"]
    return expanded


def decide(value, conditions):
    """What a value is under these conditions, by name; as it is where it depends on others."""
    match value:
        case {"Fn::If": [condition, then, otherwise]} if condition in conditions:
            return then if conditions[condition] else otherwise
        case _:
            return value


def of_type(template, kind):
    """The resources of one type, by their logical name."""
    return {name: each for name, each in template["Resources"].items() if each["Type"] == kind}


def functions():
    """The functions by their logical name, each with the globals it inherits."""
    shared = SOURCE["Globals"]["Function"]
    merged = {}
    for name, function in of_type(SOURCE, "AWS::Serverless::Function").items():
        own = function["Properties"]
        variables = shared["Environment"]["Variables"] | own.get("Environment", {}).get("Variables", {})
        merged[name] = shared | own | {"Environment": {"Variables": variables}}
    return merged


def module(function):
    """The folder of the module that a function's zip is made by."""
    found = re.fullmatch(r"(functions/(\w+))/target/\2\.zip", function["CodeUri"])
    assert found, f"{function['CodeUri']} is not functions/NAME/target/NAME.zip"
    return ROOT / found[1]


def target(reference):
    """The logical name that a Ref or a GetAtt means."""
    (value,) = reference.values()
    return value[0] if isinstance(value, list) else value.split(".")[0]


if __name__ == "__main__":
    print(json.dumps(expand(), indent=2))
