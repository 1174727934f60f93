"""Functions against the code that they run."""

import io
import re
import zipfile

import sources
import pytest
import template

FUNCTIONS = template.functions()
MODULES = {function["CodeUri"]: template.module(function) for function in FUNCTIONS.values()}
ADOPTION = "functions/migrate/src/main/java/dev/rollcall/migrate/deploy/Adoption.java"
each_function = pytest.mark.parametrize("name", FUNCTIONS)
each_module = pytest.mark.parametrize("uri", MODULES)


def classes(function):
    """The names of all classes in a function's zip that are Rollcall's own."""
    path = template.ROOT / function["CodeUri"]
    assert path.is_file(), f"{function['CodeUri']} is missing: run ./rollcall package"
    found = set()
    with zipfile.ZipFile(path) as archive:
        for jar in archive.namelist():
            if jar.startswith("lib/rollcall-") and jar.endswith(".jar"):
                with zipfile.ZipFile(io.BytesIO(archive.read(jar))) as classes_of_jar:
                    found |= {each[:-6].replace("/", ".") for each in classes_of_jar.namelist() if each.endswith(".class")}
    return found


@each_function
def test_the_handler_is_a_class_of_the_zip(name):
    assert FUNCTIONS[name]["Handler"] in classes(FUNCTIONS[name])


@each_function
def test_the_main_class_is_a_class_of_the_zip_and_is_named_where_spring_starts(name):
    function = FUNCTIONS[name]
    wiring = function["Environment"]["Variables"].get("MAIN_CLASS")
    with_spring = any(
        "FunctionInvoker" in path.read_text() for path in (template.module(function) / "src/main/java").rglob("*Function.java")
    )
    assert (wiring in classes(function)) == with_spring


@each_module
def test_the_variables_are_those_that_the_code_reads(uri):
    given = set()
    for function in FUNCTIONS.values():
        if function["CodeUri"] == uri:
            given |= {each for each in function["Environment"]["Variables"] if each.startswith("ROLLCALL_")}
    assert given == sources.variables(MODULES[uri])


@each_function
def test_what_publishes_versions_does_so_when_any_property_changes(name):
    """Globals cannot say it: cfn-lint knows the property of functions only."""
    function = FUNCTIONS[name]
    assert function.get("AutoPublishAliasAllProperties", False) == ("AutoPublishAlias" in function)


def test_what_cannot_be_drained_goes_to_the_queue_that_the_drain_was_asked_by():
    queue = FUNCTIONS["InboxFunction"]["Environment"]["Variables"]["ROLLCALL_INBOX_QUEUE"]
    assert template.target(queue) == template.target(FUNCTIONS["InboxFunction"]["Events"]["Inbox"]["Properties"]["Queue"])


MEGABYTES = {"ping": 11.4, "inbox": 16.6, "api": 24.5, "sweep": 24.0, "notify": 28.7, "migrate": 18.8}
"""The most that a zip may have: a little more than it has, so that what makes it larger is seen."""


@each_module
def test_a_zip_is_no_larger_than_it_was(uri):
    size = (template.ROOT / uri).stat().st_size / 1e6
    most = MEGABYTES[MODULES[uri].name]
    assert 0.9 * most < size <= most


NATIVE = {"arm64": "linux-aarch_64", "x86_64": "linux-x86_64"}
"""What makers of libraries call the processors of Lambda."""


@each_module
def test_a_zip_has_native_code_for_the_processor_of_its_function_alone(uri):
    (processor,) = {each["Architectures"][0] for each in FUNCTIONS.values() if each["CodeUri"] == uri}
    found = set()
    with zipfile.ZipFile(template.ROOT / uri) as archive:
        for jar in (each for each in archive.namelist() if each.endswith(".jar")):
            with zipfile.ZipFile(io.BytesIO(archive.read(jar))) as content:
                found |= {(jar, each) for each in content.namelist() if re.search(r"\.(so|dll|dylib|jnilib)$", each)}
    assert found
    assert all(jar.endswith(f"-{NATIVE[processor]}.jar") for jar, _ in found), found


@each_module
def test_a_zip_has_each_library_once(uri):
    with zipfile.ZipFile(template.ROOT / uri) as archive:
        names = [re.sub(r"-\d[\w.]*(-SNAPSHOT)?(-linux-\w+)?\.jar$", "", each) for each in archive.namelist() if each != "lib/"]
    assert all(each.startswith("lib/") and not each.endswith(".jar") for each in names)
    assert sorted(names) == sorted(set(names))


def test_functions_that_face_http_are_published_with_snapstart_and_others_are_not(expanded):
    facing_http = {
        template.target(each["Properties"]["IntegrationUri"]).removesuffix("Aliaslive")
        for each in template.of_type(expanded, "AWS::ApiGatewayV2::Integration").values()
    }
    published = {
        name
        for name, function in template.of_type(expanded, "AWS::Lambda::Function").items()
        if function["Properties"].get("SnapStart") == {"ApplyOn": "PublishedVersions"}
    }
    assert published == facing_http == {"PingFunction", "ApiFunction"}


@pytest.mark.parametrize("name", [name for name, each in FUNCTIONS.items() if "AutoPublishAlias" in each])
def test_a_published_version_names_each_parameter_it_depends_on_so_that_a_change_publishes_anew(name):
    function = FUNCTIONS[name]
    of_version = {key: value for key, value in function.items() if key != "ReservedConcurrentExecutions"}
    used = {each for each in template.SOURCE["Parameters"] if mentions(of_version, each)}
    secret = {each.removesuffix("Revision") for each in template.SOURCE["Parameters"] if each.endswith("Revision")}
    named = {each for each in template.SOURCE["Parameters"] if mentions(function["VersionDescription"], each)}
    assert named == used - secret
    assert {f"{each}Revision" for each in used & secret} <= named


@pytest.mark.parametrize("name", [name for name, each in FUNCTIONS.items() if "AutoPublishAlias" in each])
def test_what_a_published_version_is_described_by_is_no_longer_than_lambda_takes_it(name):
    text, terms = FUNCTIONS[name]["VersionDescription"]["Fn::Sub"]
    for one, other in (("PingEndpoint", "PingDomainName"), ("PingDomainName", "PingEndpoint")):
        # A rule of the template: beside a PingDomainName, PingEndpoint is a word.
        beside = {each: longest_term(term) for each, term in terms.items()} | {other: "gateway" if one == "PingDomainName" else ""}
        longest = re.sub(r"\$\{(\w+)}", lambda found: beside[found[1]] if found[1] in beside else longest_value(found[1]), text)
        assert len(longest) <= 256, len(longest)


def longest_term(term):
    """The longest text that a term may be; of a resource of this project's own, the number that names what it took over."""
    match term:
        case {"Fn::If": [_, one, other]}:
            return max(longest_term(one), longest_term(other), key=len)
        case {"Fn::GetAtt": _}:
            return "x" * sources.constant(ADOPTION, r"DIGITS = (\d+);")
        case str():
            return term


def longest_value(name):
    """The longest value of a parameter; names of hosts are taken to have 64 characters at most, as the template says."""
    parameter = template.SOURCE["Parameters"][name]
    if "AllowedValues" in parameter:
        return max(map(str, parameter["AllowedValues"]), key=len)
    if parameter["Type"] == "String":
        return "x" * min(parameter["MaxLength"], 64)
    return str(max(parameter.get("AllowedValues", [parameter.get("MaxValue")])))


def test_only_pings_reserve_concurrency_and_only_where_asked_because_a_new_account_has_none_to_spare():
    reserving = {name: each["ReservedConcurrentExecutions"] for name, each in FUNCTIONS.items() if "ReservedConcurrentExecutions" in each}
    assert reserving == {"PingFunction": {"Fn::If": ["ReservesPings", {"Ref": "ReservedPings"}, {"Ref": "AWS::NoValue"}]}}
    assert template.SOURCE["Conditions"]["ReservesPings"] == {"Fn::Not": [{"Fn::Equals": [{"Ref": "ReservedPings"}, "0"]}]}
    assert template.SOURCE["Parameters"]["ReservedPings"]["Default"] == "0"


@each_function
def test_it_runs_java_25_on_arm(name):
    assert (FUNCTIONS[name]["Runtime"], FUNCTIONS[name]["Architectures"]) == ("java25", ["arm64"])


def mentions(value, parameter):
    match value:
        case {"Ref": name}:
            return name == parameter
        case {"Fn::If": [condition, *either]}:
            return mentions(template.SOURCE["Conditions"][condition], parameter) or mentions(either, parameter)
        case {"Condition": condition}:
            return mentions(template.SOURCE["Conditions"][condition], parameter)
        case {"Fn::GetAtt": ["ExistingTables", "State"] | "ExistingTables.State"}:
            return parameter in ("ExistingStateTable", "ExistingLogTable")
        case {"Fn::Sub": str(text)}:
            return f"${{{parameter}}}" in text
        case {"Fn::Sub": [text, terms]}:
            return mentions({"Fn::Sub": text}, parameter) or mentions(terms, parameter)
        case dict():
            return any(mentions(each, parameter) for each in value.values())
        case list():
            return any(mentions(each, parameter) for each in value)
        case _:
            return False
