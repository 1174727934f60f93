"""`sam deploy --guided` of the pinned SAM CLI, typed into a pseudo-terminal, up to the change set."""

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
import template
from cloud import Cloud

SAM = Path(sys.executable).with_name("sam")
ADDRESS = "ann@example.org"
QUESTION = re.compile(r"([^\n]*?)(?: \[[^\]\n]*])?: $")
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Dialogue:
    """A command in a terminal. asked: its questions, without what they offer."""

    def __init__(self, command, folder, environment):
        self.asked = []
        self.text = ""
        terminal, end = pty.openpty()
        self.process = subprocess.Popen(command, cwd=folder, env=environment, stdin=end, stdout=end, stderr=end, close_fds=True)
        os.close(end)
        self.terminal = terminal

    def answer(self, answers):
        """Answers each question by what `answers` has for it, and all others by Enter, until the command ends."""
        unread = ""
        deadline = time.monotonic() + 180
        while chunk := self.read(deadline):
            self.text += chunk
            unread += chunk
            question = QUESTION.search(unread)
            if not question:
                continue
            name = question[1].strip()
            if name in self.asked:
                self.process.kill()
                pytest.fail(f"{name} was asked twice:\n{self.text}")
            self.asked.append(name)
            os.write(self.terminal, (answers.get(name, "") + "\n").encode())
            unread = ""
        os.close(self.terminal)
        return self.process.wait(timeout=30)

    def read(self, deadline):
        """What is printed next; nothing at the end."""
        ready, _, _ = select.select([self.terminal], [], [], max(0, deadline - time.monotonic()))
        if not ready:
            self.process.kill()
            pytest.fail(f"it neither asks nor ends:\n{self.text}")
        try:
            printed = os.read(self.terminal, 65536).decode(errors="replace")
        except OSError:  # Linux says so at the end of a terminal.
            return ""
        return ESCAPES.sub("", printed).replace("\r", "") or " "


@pytest.fixture
def checkout(tmp_path):
    """The project as `./rollcall package` leaves it, with zips that hold nothing."""
    for name in ("template.yaml", "samconfig.toml"):
        shutil.copy(template.ROOT / name, tmp_path)
    for function in template.functions().values():
        path = tmp_path / function["CodeUri"]
        path.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("empty", "")
    return tmp_path


@pytest.fixture
def cloud():
    with Cloud() as cloud:
        yield cloud


@pytest.fixture
def deploy(checkout, cloud):
    """Types `sam deploy` with options and answers its questions."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(checkout / "home"),
        "TERM": "dumb",
        "COLUMNS": "200",
        "LANG": "C.UTF-8",
        "AWS_ENDPOINT_URL": cloud.endpoint,
        "AWS_DEFAULT_REGION": "eu-central-1",
        "AWS_ACCESS_KEY_ID": "nobody",
        "AWS_SECRET_ACCESS_KEY": "nothing",
        "AWS_EC2_METADATA_DISABLED": "true",
        "SAM_CLI_TELEMETRY": "0",
        "NO_PROXY": "127.0.0.1",
    }

    def typed(*options, **answers):
        (checkout / "home").mkdir(exist_ok=True)
        dialogue = Dialogue([SAM, "deploy", *options], checkout, environment)
        dialogue.answer({f"Parameter {name}": value for name, value in answers.items()})
        return dialogue

    return typed


def defaults():
    return {name: str(each.get("Default", ADDRESS)) for name, each in template.SOURCE["Parameters"].items()}


def test_it_ends_at_the_change_set_by_enter_and_one_address(deploy, cloud):
    dialogue = deploy("--guided", Email=ADDRESS)

    assert [each for each in dialogue.asked if each.startswith("Parameter ")] == [f"Parameter {name}" for name in defaults()]
    assert dialogue.asked[-1].startswith("Deploy this changeset?"), dialogue.text
    (made,) = cloud.change_sets
    assert (made.stack, made.parameters) == ("rollcall", defaults())


def test_it_keeps_the_answers_for_the_next_time(deploy, cloud):
    deploy("--guided", Email=ADDRESS)

    again = deploy()

    assert len(again.asked) == 1 and again.asked[0].startswith("Deploy this changeset?"), again.text
    first, second = cloud.change_sets
    assert (second.stack, second.parameters) == (first.stack, first.parameters)


def test_it_takes_the_template_that_is_there_and_none_that_a_sam_build_has_left(deploy, cloud, checkout):
    """With zips of today, a template of yesterday would be deployed without a word."""
    stale = checkout / ".aws-sam/build/template.yaml"
    stale.parent.mkdir(parents=True)
    written = (checkout / "template.yaml").read_text()
    stale.write_text(written.replace(": Rollcall,", ": What was built once,").replace("CodeUri: ", "CodeUri: ../../"))

    deploy("--parameter-overrides", f"Email={ADDRESS}")

    (made,) = cloud.change_sets
    assert "Description: Rollcall," in made.template


def test_no_parameter_is_hidden():
    """The SAM CLI offers no default for one of these, and asks until something is typed."""
    assert [name for name, each in template.SOURCE["Parameters"].items() if each.get("NoEcho")] == []


def test_only_the_address_has_no_default_and_enter_is_no_address():
    missing = {name: each for name, each in template.SOURCE["Parameters"].items() if "Default" not in each}
    assert missing.keys() == {"Email"}
    assert not re.search(missing["Email"]["AllowedPattern"], "")
