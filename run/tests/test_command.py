"""The command runs as it would by itself."""

import json
import os
import signal
import subprocess
import sys
import time

from shells import SCRIPT, WithShell, in_each_shell

PYTHON = sys.executable


class The_exit_status(WithShell):
    def test_is_that_of_the_command(self):
        for status in (0, 1, 2, 126, 127, 255):
            with self.subTest(status):
                self.assertEqual(status, self.run_job("sh", "-c", f"exit {status}").returncode)
                self.assertEqual(str(status), self.monitor.last.signal)

    def test_is_137_when_the_command_was_killed(self):
        done = self.run_job("sh", "-c", "kill -KILL $$")
        self.assertEqual((137, b""), (done.returncode, done.stderr))
        self.assertEqual("137", self.monitor.last.signal)

    def test_is_127_when_there_is_no_such_command_and_the_ping_says_why(self):
        done = self.run_job("no-such-command")
        self.assertEqual(127, done.returncode)
        self.assertEqual("127", self.monitor.last.signal)
        self.assertIn(b"no-such-command", self.monitor.last.body)

    def test_is_126_when_the_command_cannot_be_run(self):
        self.assertEqual(126, self.run_job("/").returncode)
        self.assertEqual("126", self.monitor.last.signal)


class The_command(WithShell):
    def test_gets_its_arguments_as_they_are(self):
        arguments = ["two words", "", "*", "$HOME", 'a "quote"', "it's", "a\nline", "-x", "--check", "--", "\\n"]
        done = self.run_job(PYTHON, "-c", "import json, sys; print(json.dumps(sys.argv[1:]))", *arguments)
        self.assertEqual(arguments, json.loads(done.stdout))

    def test_needs_no_dashes_before_it(self):
        done = self.run_bare("--check", self.monitor.url, "echo", "--no-output", "--", "x")
        self.assertEqual(b"--no-output -- x\n", done.stdout)

    def test_reads_stdin(self):
        sent = os.urandom(300_000)
        self.assertEqual(sent, self.run_job("cat", input=sent).stdout)

    def test_runs_where_it_was_called_with_its_environment(self):
        done = self.run_job("sh", "-c", 'pwd; echo "$COLOUR"', cwd=self.folder, env=self.environment(COLOUR="blue"))
        self.assertEqual(f"{self.folder}\nblue\n", done.stdout.decode())

    def test_runs_where_it_was_called_by_the_one_command_of_rollcall_too(self):
        command = [*self.shell, SCRIPT.parent.parent / "rollcall", "run", "--check", self.monitor.url, "--", "pwd"]
        done = subprocess.run(command, cwd=self.folder, env=self.environment(), capture_output=True, timeout=60)
        self.assertEqual((f"{self.folder}\n".encode(), b""), (done.stdout, done.stderr))
        self.assertEqual(["start", "0"], self.monitor.signals)

    def test_has_no_open_files_but_its_own(self):
        done = self.run_job(PYTHON, "-c", "import os; print(sorted(map(int, os.listdir('/proc/self/fd')))[:-1])")
        self.assertEqual(b"[0, 1, 2]\n", done.stdout)

    def test_may_leave_something_running_that_goes_on_to_write(self):
        gate = self.folder / "gate"
        os.mkfifo(gate)
        process = self.start_job("sh", "-c", f"(read word <{gate}; echo late $word) & echo early")
        self.assertEqual(0, process.wait(60))
        self.assertEqual(b"early\n", self.monitor.last.body)
        gate.write_text("word\n")
        self.assertEqual(b"early\nlate word\n", process.stdout.read())

    def test_may_leave_something_running_that_goes_on_to_write_much_to_both_streams(self):
        gate = self.folder / "gate"
        os.mkfifo(gate)
        late = f"read word <{gate}; head -c 300000 /dev/zero >&2; head -c 300000 /dev/zero"
        process = self.start_job("sh", "-c", f"({late}) & echo early; echo broken >&2")
        self.assertEqual(0, process.wait(60))
        self.assertEqual(b"early\nbroken\n", self.monitor.last.body)
        gate.write_text("word\n")
        self.assertEqual(b"broken\n" + bytes(300_000), process.stderr.read(300_007))
        self.assertEqual(b"early\n" + bytes(300_000), process.stdout.read())

    def test_keeps_nobody_waiting_who_reads_its_streams_to_their_ends(self):
        for _ in range(40):
            begun = time.monotonic()
            process = self.start_job("sh", "-c", "echo early; echo broken >&2")
            self.assertEqual((b"early\n", b"broken\n"), process.communicate())
            self.assertLess(time.monotonic() - begun, 4)

    def test_may_leave_something_running_that_holds_stderr_alone(self):
        gate = self.folder / "gate"
        os.mkfifo(gate)
        late = f"read word <{gate}; echo late $word >&2"
        process = self.start_job("sh", "-c", f"({late}) >/dev/null & echo early; echo broken >&2")
        self.assertEqual(0, process.wait(60))
        self.assertEqual(b"early\nbroken\n", self.monitor.last.body)
        gate.write_text("word\n")
        self.assertEqual(b"broken\nlate word\n", process.stderr.read())


class The_output(WithShell):
    def test_passes_unchanged_each_stream_by_itself(self):
        written = {"out": os.urandom(300_000), "err": os.urandom(200_000)}
        for name, content in written.items():
            (self.folder / name).write_bytes(content)
        done = self.run_job("sh", "-c", "cat out; cat err >&2", cwd=self.folder)
        self.assertEqual(written, {"out": done.stdout, "err": done.stderr})

    def test_passes_while_the_command_runs(self):
        process = self.start_job("sh", "-c", "echo first; read line; echo second $line")
        self.assertEqual(b"first\n", process.stdout.readline())
        process.stdin.write(b"go\n")
        process.stdin.close()
        self.assertEqual(b"second go\n", process.stdout.read())

    def test_keeps_its_order_when_both_streams_go_to_one_place(self):
        loop = "i=0; while [ $i -lt 300 ]; do echo out $i; echo err $i >&2; i=$((i + 1)); done"
        process = self.start_job("sh", "-c", loop, stderr=subprocess.STDOUT)
        expected = "".join(f"out {i}\nerr {i}\n" for i in range(300))
        self.assertEqual(expected, process.communicate()[0].decode())
        self.assertEqual(expected.encode()[-10_000:], self.monitor.last.body)

    def test_that_nobody_reads_ends_the_command(self):
        process = self.start_job("yes")
        process.stdout.readline()
        process.stdout.close()
        self.assertEqual(128 + signal.SIGPIPE, process.wait(60))

    def test_is_left_alone_when_asked(self):
        process = self.start("--no-output", "--check", self.monitor.url, "readlink", "/proc/self/fd/1")
        pipe = os.readlink(f"/proc/self/fd/{process.stdout.fileno()}")
        self.assertEqual(pipe, process.communicate()[0].decode().strip())
        self.assertEqual(["start", "0"], self.monitor.signals)
        self.assertEqual(b"", self.monitor.last.body)


class A_mistake(WithShell):
    def test_about_the_monitor_does_not_keep_the_command_from_running(self):
        for options, word in (
            (["--check", "ftp://127.0.0.1/x"], b"does not begin with http"),
            (["--check", "http://"], b"does not begin with http"),
            (["--check", 'http://127.0.0.1/"\noutput = "here'], b"a blank, a quote or a backslash"),
            (["--check", ""], b"no check is named"),
            ([], b"no check is named"),
            (["--check-file", "/no/such/file"], b"/no/such/file"),
            (["--check-file", "/dev/null"], b"/dev/null"),
        ):
            with self.subTest(options):
                done = self.run_bare(*options, "--", "sh", "-c", "cat; exit 3", input=b"text")
                self.assertEqual((3, b"text"), (done.returncode, done.stdout))
                self.assertIn(word, done.stderr)
                self.assertIn(b"runs all the same", done.stderr)

    def test_that_leaves_open_what_to_run_is_told_and_nothing_is_run(self):
        for arguments, word in (
            ([], b"no command"),
            (["--check", self.monitor.url], b"no command"),
            (["--check", self.monitor.url, "--"], b"no command"),
            (["--check"], b"--check needs a value"),
            (["--chekc=" + self.monitor.url, "touch", "ran"], b"no option --chekc"),
            (["-x", "touch", "ran"], b"no option -x"),
            (["--timeout", "0", "touch", "ran"], b"--timeout needs seconds"),
            (["--timeout", "1s", "touch", "ran"], b"--timeout needs seconds"),
        ):
            with self.subTest(arguments):
                done = self.run_bare(*arguments, cwd=self.folder)
                self.assertEqual((2, b""), (done.returncode, done.stdout))
                self.assertIn(word, done.stderr)
                self.assertIn(b"usage: rollcall-run", done.stderr)
                self.assertFalse((self.folder / "ran").exists())
        self.assertEqual([], self.monitor.pings)

    def test_tells_no_ping_url(self):
        for arguments in (["--chekc=" + self.monitor.url, "true"], ["--check", self.monitor.url + ' "', "true"]):
            self.assertNotIn(self.monitor.secret.encode(), self.run_bare(*arguments).stderr)


load_tests = in_each_shell(The_exit_status, The_command, The_output, A_mistake)
