"""Starts LocalStack on a free port, runs a command, and ends LocalStack with it: deploy/with-localstack.

LocalStack's DynamoDB is DynamoDB Local, which it would fetch, with a Java, into a folder. In their places it finds a `java` that
runs the DynamoDB Local of the tests on the project's own JDK. It waits until there is one, so the command may be the one that
builds it.
"""

import os
import platform
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CLASSPATH = ROOT / "functions/local/target/classpath"
LOG = ROOT / "target/localstack.txt"

JAVA = """#!/bin/sh
# LocalStack starts a Java that ends again at once, and so for ever.
until [ -f "{classpath}" ]; do sleep 1; done
while [ "$1" != -jar ]; do shift; done
shift 2
exec "{java}" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED \\
  -cp "$(cat "{classpath}")" software.amazon.dynamodb.services.local.main.ServerRunner "$@"
"""


def lay_out(folder, java_home):
    """Puts into LocalStack's folder what it would fetch."""
    libraries = folder / "var/lib/localstack/lib"
    bin_folder = libraries / "java/21" / ("Contents/Home/bin" if platform.system() == "Darwin" else "bin")
    bin_folder.mkdir(parents=True)
    java = bin_folder / "java"
    java.write_text(JAVA.format(classpath=CLASSPATH, java=Path(java_home) / "bin/java"))
    java.chmod(0o755)
    dynamodb = libraries / "dynamodb-local/2"
    dynamodb.mkdir(parents=True)
    for name in ("DynamoDBLocal.jar", "ddb-local-loader-0.1.jar"):
        (dynamodb / name).touch()  # that they are there is enough: the `java` above takes neither


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def environment(folder, address):
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return kept | {
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "FILESYSTEM_ROOT": str(folder),
        # In a container it would take folders of the system instead.
        "OVERRIDE_IN_DOCKER": "0",
        "GATEWAY_LISTEN": address,
        "LOCALSTACK_HOST": address,
        "SQS_ENDPOINT_STRATEGY": "path",
        "SERVICES": "dynamodb,sqs,ses,s3,sns,scheduler,cloudformation,cloudwatch,events,iam,lambda,logs,sts",
        "DYNAMODB_IN_MEMORY": "1",
        "DISABLE_EVENTS": "1",
        "SKIP_SSL_CERT_DOWNLOAD": "1",
        "DNS_ADDRESS": "0",
    }


def start(folder):
    """LocalStack, and its address once it says that it is ready."""
    address = f"127.0.0.1:{free_port()}"
    localstack = subprocess.Popen(
        [sys.executable, "-m", "localstack.runtime.main"],
        cwd=folder, env=environment(folder, address), start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )
    LOG.parent.mkdir(exist_ok=True)
    log = LOG.open("wb", buffering=0)
    for line in localstack.stdout:
        log.write(line)
        if line.strip() == b"Ready.":
            threading.Thread(target=lambda: [log.write(line) for line in localstack.stdout], daemon=True).start()
            return localstack, f"http://{address}"
    localstack.wait()
    sys.exit(f"LocalStack did not start: {LOG}\n{LOG.read_text(errors='replace')[-2000:]}")


def end(localstack):
    """Lets LocalStack end its DynamoDB Local, which is in a process group of its own."""
    localstack.terminate()
    try:
        localstack.wait(timeout=30)
    except subprocess.TimeoutExpired:
        localstack.kill()
        localstack.wait()


def run(command, endpoint):
    if not command:
        print(f"LocalStack is listening on {endpoint}", flush=True)
        signal.pause()
    return subprocess.run(command, env=os.environ | {"LOCALSTACK_ENDPOINT": endpoint}).returncode


def main(java_home, *command):
    # What ends this ends LocalStack too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="localstack-", ignore_cleanup_errors=True) as folder:
        lay_out(Path(folder), java_home)
        localstack, endpoint = start(Path(folder))
        try:
            return run(command, endpoint)
        except KeyboardInterrupt:
            return 130
        finally:
            end(localstack)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
