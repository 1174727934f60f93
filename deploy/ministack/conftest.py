"""MiniStack with the project's stack in it.

MiniStack is young: what it does shows that the template holds together and that the functions find each other by it. What
it does not do proves nothing about AWS.
"""

import json
import os
import platform
import shutil
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
import zipfile
from collections import namedtuple
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import boto3
import pytest
from botocore.config import Config

ROOT = Path(__file__).resolve().parents[2]
STACK = "rollcall"
BUCKET = "artifacts"

BOOTSTRAP = """#!/bin/sh
cd "$(dirname "$0")"
exec "{java}" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \\
  -Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI="$PWD/runtime-client/{library}" \\
  -cp "runtime-client/*" com.amazonaws.services.lambda.runtime.api.client.AWSLambda "$_HANDLER"
"""
"""The native library is named, or each process writes its own over the same file in /tmp while another loads it."""

LIBRARY = "libaws-lambda-jni.linux-{}.so".format("aarch_64" if platform.machine() == "aarch64" else "x86_64")


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def await_answer(url, process, log):
    """Waits until something answers at `url`."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"MiniStack does not answer: {log.read_text()}")


@pytest.fixture(scope="session")
def endpoint(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ministack")
    port = free_port()
    log = folder / "log.txt"
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "IOT_MTLS_ENABLED": "0",
        "MINISTACK_REGION": "eu-central-1",
    }
    with log.open("w") as output:
        process = subprocess.Popen(["ministack"], env=environment, stdout=output, stderr=output, cwd=folder)
    try:
        url = f"http://127.0.0.1:{port}"
        await_answer(url, process, log)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def client(endpoint):
    """Makes an AWS client that talks to MiniStack."""

    def make(service):
        return boto3.client(
            service,
            endpoint_url=endpoint,
            region_name="eu-central-1",
            aws_access_key_id="none",
            aws_secret_access_key="none",
            config=Config(read_timeout=120, retries={"total_max_attempts": 1}),
        )

    return make


def java():
    """The `java` of a JDK 25, looked for where ./rollcall looks."""
    on_path = shutil.which("javac")
    candidates = [os.environ.get("JAVA_HOME"), on_path and Path(on_path).resolve().parents[1], *Path("/usr/lib/jvm").glob("*")]
    for home in (Path(each) for each in candidates if each):
        release = home / "release"
        if release.is_file() and 'JAVA_VERSION="25' in release.read_text():
            return home / "bin/java"
    raise AssertionError("no JDK 25 found: set JAVA_HOME to it")


def with_bootstrap(source, target):
    """A function's zip as a runtime of its own, with native code for this processor: MiniStack has no Java, and no arm64."""
    with zipfile.ZipFile(source) as original, zipfile.ZipFile(target, "w") as archive:
        for name in original.namelist():
            archive.writestr(name, original.read(name))
        for jar in (ROOT / "functions/runtime/target/runtime-client").glob("*.jar"):
            archive.write(jar, f"runtime-client/{jar.name}")
            if jar.name.startswith("aws-lambda-java-runtime-interface-client-"):
                with zipfile.ZipFile(jar) as content:
                    archive.writestr(f"runtime-client/{LIBRARY}", content.read(f"jni/{LIBRARY}"))
        if platform.machine() == "x86_64":
            for jar in (ROOT / "functions/runtime/target/native").glob("*.jar"):
                archive.write(jar, f"lib/{jar.name}")
        bootstrap = zipfile.ZipInfo("bootstrap")
        bootstrap.external_attr = 0o755 << 16
        archive.writestr(bootstrap, BOOTSTRAP.format(java=java(), library=LIBRARY))


def for_ministack(template, endpoint):
    """The expanded template with what MiniStack lacks put otherwise: Java, alarms on sums, limits that are parameters."""
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::CloudWatch::Alarm" and "Metrics" in resource["Properties"]:
            metrics = resource["Properties"].pop("Metrics")
            measured = next(each["MetricStat"] for each in metrics if "MetricStat" in each)
            resource["Properties"] |= measured["Metric"] | {"Statistic": measured["Stat"], "Period": measured["Period"]}
        if resource["Type"] == "AWS::Lambda::Function":
            properties = resource["Properties"]
            properties["Runtime"] = "provided.al2023"
            properties["Architectures"] = ["x86_64"]
            properties.pop("SnapStart", None)
            properties["Environment"]["Variables"]["AWS_ENDPOINT_URL"] = endpoint
        if resource["Type"] == "AWS::Lambda::EventSourceMapping":
            resource["Properties"].pop("ScalingConfig", None)
    return json.dumps(template)


@pytest.fixture(scope="session")
def template(endpoint, client, tmp_path_factory):
    """What the stack is made from. The code of its functions is in a bucket."""
    expanded = json.loads((ROOT / "target/expanded.json").read_text())
    functions = [each for each in expanded["Resources"].values() if each["Type"] == "AWS::Lambda::Function"]
    s3 = client("s3")
    s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    folder = tmp_path_factory.mktemp("zips")
    for name in {function["Properties"]["Code"]["S3Key"] for function in functions}:
        with_bootstrap(ROOT / "functions" / name.removesuffix(".zip") / "target" / name, folder / name)
        s3.upload_file(str(folder / name), BUCKET, name)
    return for_ministack(expanded, endpoint)


Answer = namedtuple("Answer", "status headers body")
Told = namedtuple("Told", "at text")


class Stack:
    def __init__(self, endpoint, client, template):
        self.endpoint = endpoint
        self.client = client
        self.cloudformation = client("cloudformation")
        self.template = template

    def parameters(self, **values):
        given = {
            "Email": "operator@example.org",
            # The listener is on loopback.
            "AllowPrivateAddresses": "true",
        } | values
        return [{"ParameterKey": key, "ParameterValue": value} for key, value in given.items()]

    def uploaded(self):
        """Where the template is: it is longer than a request may be, so that sam deploy does the same."""
        s3 = self.client("s3")
        s3.put_object(Bucket=BUCKET, Key="template.json", Body=self.template.encode())
        return f"{s3.meta.endpoint_url}/{BUCKET}/template.json"

    def create(self):
        self.cloudformation.create_stack(
            StackName=STACK, TemplateURL=self.uploaded(), Parameters=self.parameters(), Capabilities=["CAPABILITY_IAM"]
        )
        return self.settled()

    def update(self, **values):
        self.cloudformation.update_stack(
            StackName=STACK, TemplateURL=self.uploaded(), Parameters=self.parameters(**values), Capabilities=["CAPABILITY_IAM"]
        )
        return self.settled()

    def delete(self):
        identity = self.description()["StackId"]
        self.cloudformation.delete_stack(StackName=STACK)
        return self.settled(identity)

    def description(self, name=STACK):
        return self.cloudformation.describe_stacks(StackName=name)["Stacks"][0]

    def settled(self, name=STACK):
        """Waits until nothing is under way, and says how it ended. A migration waits until all functions must know of it."""
        deadline = time.monotonic() + 400
        while time.monotonic() < deadline:
            description = self.description(name)
            if not description["StackStatus"].endswith("_IN_PROGRESS"):
                return description["StackStatus"]
            time.sleep(0.2)
        raise AssertionError("the stack does not settle")

    def failures(self):
        events = self.cloudformation.describe_stack_events(StackName=STACK)["StackEvents"]
        return [
            (event["LogicalResourceId"], event.get("ResourceStatusReason"))
            for event in events
            if event["ResourceStatus"].endswith("FAILED")
        ]

    def resources(self):
        pages = self.cloudformation.get_paginator("list_stack_resources").paginate(StackName=STACK)
        summaries = [each for page in pages for each in page["StackResourceSummaries"]]
        return {each["LogicalResourceId"]: each["PhysicalResourceId"] for each in summaries}

    def http(self, method, path, headers=None, body=None):
        """Sends a request to the HTTP API, which hands it to whichever function its routes name."""
        url = f"{self.endpoint}/_aws/execute-api/{self.resources()['HttpApi']}/$default{path}"
        request = urllib.request.Request(url, method=method, headers=self.shown_by_cloudfront() | (headers or {}), data=body)
        try:
            with urllib.request.urlopen(request, timeout=120) as response:
                return Answer(response.status, response.headers, response.read())
        except urllib.error.HTTPError as refused:
            return Answer(refused.code, refused.headers, refused.read())

    def shown_by_cloudfront(self):
        """There is none before the HTTP API here."""
        variables = self.client("lambda").get_function_configuration(FunctionName=self.resources()["ApiFunction"])["Environment"]["Variables"]
        return {"rollcall-origin-key": variables["ROLLCALL_ORIGIN_KEY"]}

    def items(self, table):
        return self.client("dynamodb").scan(TableName=self.resources()[table])["Items"]


@pytest.fixture(scope="session")
def stack(endpoint, client, template):
    stack = Stack(endpoint, client, template)
    assert stack.create() == "CREATE_COMPLETE", stack.failures()
    return stack


class Listener:
    """Takes webhooks on loopback and keeps what they say."""

    def __init__(self):
        taken = self.taken = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                taken.append(Told(time.time(), body.decode()))
                self.send_response(200)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *arguments):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def told(self, text):
        """The first webhook that said so, or None."""
        return next((each for each in list(self.taken) if each.text == text), None)


@pytest.fixture(scope="session")
def listener():
    listener = Listener()
    yield listener
    listener.server.shutdown()
