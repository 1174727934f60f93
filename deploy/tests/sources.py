"""What the Java sources say about themselves, read from their text."""

import re
from functools import cache

from template import ROOT

_METHOD = re.compile(r"^  (?:public|private)[^;{=\n]*?(\w+)\([^)]*\) \{\n(.*?)^  }", re.M | re.S)


def source(path):
    return (ROOT / path).read_text()


def constant(path, pattern):
    """The number in the first match of `pattern`."""
    found = re.search(pattern, source(path))
    assert found, f"{path} has nothing like {pattern}"
    return int(found[1].replace("_", ""))


def text_constant(path, name):
    """What a String constant holds."""
    found = re.search(rf'String {name} = "([^"]*)";', source(path))
    assert found, f"{path} has no {name}"
    return found[1]


@cache
def settings():
    """The variables that each method of Settings reads, the methods that it calls included."""
    text = source("functions/edge/src/main/java/dev/rollcall/edge/Settings.java")
    bodies = dict(_METHOD.findall(text))

    def variables(method, seen=()):
        body = bodies[method]
        found = set(re.findall(r'(?:required|optional|number)\(\s*"(ROLLCALL_\w+)"', body))
        for called in set(re.findall(r"(\w+)\(", body)) & bodies.keys() - {method, *seen}:
            found |= variables(called, (*seen, method))
        return found

    return {method: variables(method) for method in bodies}


def built_on(module):
    """A module and those of other functions that it depends on."""
    dependency = r"<artifactId>rollcall-(ping|api|sweep|notify|inbox)</artifactId>\s*</dependency>"
    named = re.findall(dependency, (module / "pom.xml").read_text())
    return [module, *(ROOT / "functions" / name for name in named if name != module.name)]


def variables(module):
    """The ROLLCALL_ variables that the code of a module asks for, and that of the functions' modules that it is built on.

    What a function asks for in its own class is nothing to those that are built on its module.
    """
    sources = [path for each in built_on(module) for path in (each / "src/main/java").rglob("*.java")]
    text = "\n".join(path.read_text() for path in sources if path.is_relative_to(module) or not path.name.endswith("Function.java"))
    methods = set(re.findall(r"\b[Ss]ettings\s*\.\s*(\w+)\(", text)) & settings().keys()
    queues = re.findall(r'\.queueUrl\(\s*"(\w+)"\s*\)', text)
    found = {f"ROLLCALL_{queue.upper()}_QUEUE" for queue in queues}
    return found.union(*(settings()[method] for method in methods))
