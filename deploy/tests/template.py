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


def expand(*holding, **parameters):
    """What there is when the stack is made with these parameters and otherwise with the defaults.

    holding: conditions that are taken to hold all the same.
    """
    values = {name: str(each.get("Default", "ann@example.org")) for name, each in SOURCE["Parameters"].items()} | parameters
    conditions = {name: holds(SOURCE["Conditions"][name], values) for name in DECIDED}
    return decide(translate(), conditions | dict.fromkeys(holding, True))


def translate():
    """What CloudFormation is given."""
    template = copy.deepcopy(SOURCE)
    for function in of_type(template, "AWS::Serverless::Function").values():
        zip_name = function["Properties"]["CodeUri"].rsplit("/", 1)[-1]
        function["Properties"]["CodeUri"] = f"s3://artifacts/{zip_name}"
    return Translator(NoManagedPolicies().load(), Parser()).translate(template, {"Email": "ann@example.org"})


DECIDED = ("Traces", "TakesMail", "ServesSite", "MakesStateTable", "MakesLogTable", "AdoptsTables")
"""The conditions on what there is at all. What is said of it may depend on others, and is left as it is written."""


def holds(condition, given):
    """Whether a condition on parameters holds."""
    match condition:
        case {"Fn::Not": [one]}:
            return not holds(one, given)
        case {"Condition": name}:
            return holds(SOURCE["Conditions"][name], given)
        case {"Fn::Equals": [{"Ref": name}, str(value)]}:
            return given[name] == value
    raise AssertionError(f"{condition} is nothing that this file knows")


def decide(value, conditions):
    """What a value is under these conditions, by name; as it is where it depends on others."""
    match value:
        case {"Fn::If": [condition, then, otherwise]} if condition in conditions:
            return decide(then if conditions[condition] else otherwise, conditions)
        case {"Fn::Sub": [text, terms]}:
            return substituted(text, {name: decide(each, conditions) for name, each in terms.items()})
        case dict():
            return {name: decide(each, conditions) for name, each in value.items()}
        case list():
            decided = [decide(each, conditions) for each in value]
            return [each for each in decided if each != {"Ref": "AWS::NoValue"}]
        case _:
            return value


def substituted(text, terms):
    """A text with what its terms refer to in their place, where that can be written so."""
    left = {}
    for name, term in terms.items():
        match term:
            case {"Ref": other} | {"Fn::GetAtt": str(other)}:
                text = text.replace(f"${{{name}}}", f"${{{other}}}")
            case {"Fn::GetAtt": [other, attribute]}:
                text = text.replace(f"${{{name}}}", f"${{{other}.{attribute}}}")
            case {"Fn::Sub": str(other)}:
                text = text.replace(f"${{{name}}}", other)
            case str():
                text = text.replace(f"${{{name}}}", term)
            case _:
                left[name] = term
    return {"Fn::Sub": [text, left]} if left else {"Fn::Sub": text}


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
    made = translate()
    # Excused as it is written, and held to the rule as it is expanded.
    del made["Resources"]["ExistingTables"]["Metadata"]
    print(json.dumps(made, indent=2))
