"""What rollcall-run promises, held by each POSIX shell that is installed. With ROLLCALL_SITE set, also against Rollcall.

    python3 run/test_run.py [-v] [-k _in_dash]
"""

import json
import os
import pathlib
import pty
import select
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request
import uuid

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from monitor import Monitor

SCRIPT = pathlib.Path(__file__).with_name("rollcall-run")
SITE = os.environ.get("ROLLCALL_SITE")
PYTHON = sys.executable


class WithShell:
    """Mixed into each situation below once for each shell."""

    shell = ()

    def setUp(self):
        self.monitor = Monitor()
        self.addCleanup(self.monitor.close)
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.temporary = self.folder / "tmp"
        self.temporary.mkdir()

    def environment(self, **more):
        inherited = {name: value for name, value in os.environ.items() if name != "ROLLCALL_CHECK"}
        return {**inherited, "TMPDIR": str(self.temporary), **more}

    def run_bare(self, *arguments, env=None, **how):
        """Runs the script with these arguments, to its end, and makes sure that it leaves nothing behind."""
        done = subprocess.run(
            [*self.shell, SCRIPT, *arguments], env=env or self.environment(), capture_output=True, timeout=120, **how
        )
        self.assertEqual([], os.listdir(self.temporary))
        return done

    def run_job(self, *command, **how):
        return self.run_bare("--check", self.monitor.url, "--", *command, **how)

    def start(self, *arguments, **how):
        """Starts the script with its output and input in pipes."""
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        process = subprocess.Popen([*self.shell, SCRIPT, *arguments], env=self.environment(), **{**pipes, **how})
        self.addCleanup(self._end, process)
        return process

    def start_job(self, *command, **how):
        return self.start("--check", self.monitor.url, "--", *command, **how)

    @staticmethod
    def _end(process):
        if process.poll() is None:
            process.kill()
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe:
                pipe.close()
        process.wait()


class The_pings(WithShell):
    def test_say_that_the_command_starts_and_how_it_ended(self):
        self.run_job("true")
        self.assertEqual(["start", "0"], self.monitor.signals)

    def test_carry_one_run_id_which_is_a_uuid(self):
        self.run_job("true")
        start, end = self.monitor.pings
        self.assertEqual(start.rid, end.rid)
        self.assertEqual(start.rid, str(uuid.UUID(start.rid)))

    def test_of_two_runs_carry_two_run_ids(self):
        self.run_job("true")
        self.run_job("true")
        self.assertEqual(2, len({ping.rid for ping in self.monitor.pings}))

    def test_keep_the_parameters_of_the_url(self):
        self.run_bare("--check", self.monitor.url + "?create=1", "true")
        self.assertEqual(["start", "0"], self.monitor.signals)
        for ping in self.monitor.pings:
            self.assertEqual(f"create=1&rid={ping.rid}", ping.query)

    def test_go_to_a_url_that_ends_with_a_slash(self):
        self.run_bare("--check", self.monitor.url + "/", "true")
        self.assertEqual(["start", "0"], self.monitor.signals)

    def test_go_by_wget_where_there_is_no_curl(self):
        if not shutil.which("wget"):
            self.skipTest("no wget")
        done = self.run_job("sh", "-c", "echo text; exit 4", env=self.environment(PATH=self.path_without("curl")))
        self.assertEqual((4, b"text\n", b""), (done.returncode, done.stdout, done.stderr))
        self.assertEqual(["start", "4"], self.monitor.signals)
        self.assertEqual(b"text\n", self.monitor.last.body)

    def test_by_wget_are_tried_again_and_know_the_limit(self):
        if not shutil.which("wget"):
            self.skipTest("no wget")
        self.monitor.statuses = [200, 500]
        self.monitor.limit = "3"
        self.run_job("echo", "text", env=self.environment(PATH=self.path_without("curl")))
        self.assertEqual(["start", "0", "0"], self.monitor.signals)
        self.assertEqual(b"xt\n", self.monitor.last.body)

    def path_without(self, *absent):
        """A folder with all programs of the PATH but these."""
        folder = self.folder / "bin"
        folder.mkdir()
        for place in os.environ["PATH"].split(os.pathsep):
            for program in pathlib.Path(place).iterdir() if os.path.isdir(place) else ():
                link = folder / program.name
                if program.name not in absent and not link.is_symlink():
                    link.symlink_to(program)
        return str(folder)

    def test_are_left_out_with_a_word_where_neither_curl_nor_wget_is_installed(self):
        done = self.run_job("echo", "text", env=self.environment(PATH=self.path_without("curl", "wget")))
        self.assertEqual((0, b"text\n"), (done.returncode, done.stdout))
        self.assertIn(b"neither curl nor wget", done.stderr)
        self.assertEqual([], self.monitor.pings)


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


class The_body(WithShell):
    def test_is_what_the_command_wrote_to_both_streams(self):
        self.run_job("sh", "-c", "echo to stdout; echo to stderr >&2")
        self.assertEqual({b"to stdout", b"to stderr"}, set(self.monitor.last.body.splitlines()))

    def test_is_empty_when_the_command_wrote_nothing(self):
        self.run_job("true")
        self.assertEqual([b"", b""], [ping.body for ping in self.monitor.pings])

    def test_is_the_tail_within_the_limit_that_the_monitor_names(self):
        self.monitor.limit = "50"
        written = self.run_job("seq", "1000").stdout
        self.assertEqual(written[-50:], self.monitor.last.body)

    def test_has_10000_bytes_where_the_monitor_names_no_limit(self):
        for limit in (None, "", "many"):
            with self.subTest(limit):
                self.monitor.limit = limit
                written = self.run_job("seq", "10000").stdout
                self.assertEqual(written[-10_000:], self.monitor.last.body)

    def test_has_100000_bytes_at_most(self):
        self.monitor.limit = "1000000"
        written = self.run_job("seq", "100000").stdout
        self.assertEqual(written[-100_000:], self.monitor.last.body)

    def test_may_be_any_bytes(self):
        content = bytes(range(256)) * 8
        (self.folder / "bytes").write_bytes(content)
        self.run_job("cat", self.folder / "bytes")
        self.assertEqual(content, self.monitor.last.body)

    def test_of_much_output_takes_no_room_on_disk_and_is_nobody_elses_to_read(self):
        job = "head -c 300000000 /dev/zero; echo written >&2; read line; echo the end"
        process = self.start_job("sh", "-c", job, stdout=subprocess.DEVNULL)
        self.assertEqual(b"written\n", process.stderr.readline())
        (folder,) = self.temporary.iterdir()
        self.assertEqual(0o700, stat.S_IMODE(folder.stat().st_mode))
        self.assertEqual(0o600, stat.S_IMODE((folder / "tail").stat().st_mode))
        self.assertLess(sum(file.stat().st_size for file in folder.iterdir()), 100_001)
        process.stdin.write(b"\n")
        process.stdin.flush()
        self.assertEqual(0, process.wait(60))
        self.assertEqual(10_000, len(self.monitor.last.body))
        self.assertTrue(self.monitor.last.body.replace(b"written\n", b"").endswith(b"\0the end\n"))
        self.assertEqual([], os.listdir(self.temporary))

    def test_is_left_out_with_a_word_where_no_folder_can_be_made(self):
        done = self.run_job("echo", "text", env=self.environment(TMPDIR="/no/such/folder"))
        self.assertEqual((0, b"text\n"), (done.returncode, done.stdout))
        self.assertIn(b"without the output", done.stderr)
        self.assertEqual(["start", "0"], self.monitor.signals)
        self.assertEqual(b"", self.monitor.last.body)


class A_signal(WithShell):
    """Jobs that wait for one take it by `sigwait`: a handler may run just before the job pauses, which then lasts."""

    WAITS = "import time\nprint('ready', flush=True)\nwhile True: time.sleep(0.1)"
    TELLS = (
        "import signal, sys\ntold = {1, 2, 3, 10, 12, 15}\nsignal.pthread_sigmask(signal.SIG_BLOCK, told)\n"
        "print('ready', flush=True)\nsys.exit(signal.sigwait(told))"
    )

    def ready(self, code, **how):
        process = self.start_job(PYTHON, "-c", code, **how)
        self.assertEqual(b"ready\n", process.stdout.readline())
        return process

    def test_is_passed_on(self):
        for name in ("HUP", "INT", "QUIT", "TERM", "USR1", "USR2"):
            with self.subTest(name):
                number = getattr(signal, "SIG" + name)
                process = self.ready(self.TELLS)
                process.send_signal(number)
                self.assertEqual(number, process.wait(60))
                self.assertEqual(str(int(number)), self.monitor.last.signal)

    def test_that_ends_the_command_is_what_the_ping_says(self):
        for name, status in (("TERM", 143), ("HUP", 129), ("QUIT", 131)):
            with self.subTest(name):
                process = self.ready(self.WAITS)
                process.send_signal(getattr(signal, "SIG" + name))
                self.assertEqual(status, process.wait(60))
                self.assertEqual(str(status), self.monitor.last.signal)

    def test_to_interrupt_does_so(self):
        process = self.ready("import signal\nsignal.signal(2, signal.SIG_DFL)\n" + self.WAITS)
        process.send_signal(signal.SIGINT)
        self.assertEqual(130, process.wait(60))
        process = self.ready(self.WAITS)
        process.send_signal(signal.SIGINT)
        self.assertNotEqual(0, process.wait(60))
        self.assertIn(b"KeyboardInterrupt", self.monitor.last.body)

    def test_to_interrupt_stays_ignored_where_it_was(self):
        ignored = "import signal; print(signal.getsignal(signal.SIGINT) == signal.SIG_IGN)"
        done = self.run_job(PYTHON, "-c", ignored, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN))
        self.assertEqual(b"True\n", done.stdout)

    def test_that_the_command_outlives_does_not_end_the_waiting(self):
        process = self.ready(
            "import signal, sys\nsignal.pthread_sigmask(signal.SIG_BLOCK, {15})\nprint('ready', flush=True)\n"
            "for _ in range(3): print('heard', signal.sigwait({15}), flush=True)\nsys.stdin.readline()\nsys.exit(7)"
        )
        for _ in range(3):
            process.send_signal(signal.SIGTERM)
            self.assertEqual(b"heard 15\n", process.stdout.readline())
        process.stdin.write(b"\n")
        process.stdin.flush()
        self.assertEqual(7, process.wait(60))
        self.assertEqual("7", self.monitor.last.signal)

    def test_to_the_whole_group_stops_neither_the_ping_nor_the_output(self):
        last_words = (
            "import signal, sys\nsignal.pthread_sigmask(signal.SIG_BLOCK, {15})\nprint('ready', flush=True)\n"
            "signal.sigwait({15})\nprint('last words', flush=True)\nsys.exit(9)"
        )
        process = self.ready(last_words, start_new_session=True)
        os.killpg(process.pid, signal.SIGTERM)
        self.assertIn(b"last words\n", process.stdout.read())
        self.assertEqual(9, process.wait(60))
        self.assertEqual("9", self.monitor.last.signal)
        self.assertIn(b"last words", self.monitor.last.body)

    def test_from_the_keyboard_is_not_doubled(self):
        counts = (
            "import signal, sys\nsignal.pthread_sigmask(signal.SIG_BLOCK, {2})\nprint('ready', flush=True)\n"
            "signal.sigwait({2})\nprint('interrupted', flush=True)\nsys.stdin.readline()\n"
            "print('heard', 1 + len(signal.sigpending()), flush=True)"
        )
        pid, terminal = pty.fork()
        if pid == 0:
            arguments = [*self.shell, str(SCRIPT), "--check", self.monitor.url, "--", PYTHON, "-c", counts]
            os.execvpe(arguments[0], arguments, self.environment())
        with os.fdopen(terminal, "r+b", buffering=0) as keyboard:
            seen = self.read_until(keyboard, b"ready")
            keyboard.write(b"\x03")
            seen += self.read_until(keyboard, b"interrupted")
            keyboard.write(b"\n")
            seen += self.read_until(keyboard, b"heard ")
            seen += self.read_until(keyboard, b"\n")
            self.assertEqual(0, os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
        self.assertTrue(seen.endswith(b"heard 1\r\n"), seen)
        self.assertEqual("0", self.monitor.last.signal)

    @staticmethod
    def read_until(terminal, words):
        seen = b""
        while not seen.endswith(words):
            assert select.select([terminal], [], [], 60)[0], f"only {seen}"
            seen += terminal.read(1)
        return seen


class A_monitor_that_does_not_answer(WithShell):
    def test_as_it_is_down_costs_a_line_on_stderr(self):
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{unused.getsockname()[1]}/ping/{self.monitor.secret}"
            done = self.run_bare("--check", url, "--", "sh", "-c", "echo text; exit 5")
        self.assertEqual((5, b"text\n"), (done.returncode, done.stdout))
        self.assertEqual(b"rollcall-run: the ping got no answer; the command ended with 5\n", done.stderr)

    def test_does_not_keep_the_command_from_starting(self):
        self.monitor.held = {"start"}
        process = self.start_job("sh", "-c", "echo running; read line; echo done")
        self.assertEqual(b"running\n", process.stdout.readline())
        process.stdin.write(b"\n")
        process.stdin.close()
        self.assertEqual(b"done\n", process.stdout.read())

    def test_in_time_gets_the_end_after_the_start(self):
        self.monitor.held = {"start"}
        process = self.start_job("true")
        self.monitor.await_pings(1)
        while not list(self.temporary.glob("*/ended")):
            self.assertIsNone(process.poll())
        self.assertEqual(["start"], self.monitor.signals)
        self.monitor.release()
        self.assertEqual(0, process.wait(60))
        self.assertEqual(["start", "0"], self.monitor.signals)

    def test_ever_is_given_up(self):
        self.monitor.held = {"start", "3"}
        began = time.monotonic()
        done = self.run_bare("--timeout", "1", "--check", self.monitor.url, "sh", "-c", "echo text; exit 3")
        self.assertLess(time.monotonic() - began, 30)
        self.assertEqual((3, b"text\n"), (done.returncode, done.stdout))
        self.assertIn(b"the ping got no answer", done.stderr)
        self.assertEqual(["start", "3", "3", "3"], self.monitor.signals)

    def test_at_first_is_asked_again(self):
        self.monitor.statuses = [200, 503, 500]
        done = self.run_job("echo", "text")
        self.assertEqual((0, b""), (done.returncode, done.stderr))
        self.assertEqual(["start", "0", "0", "0"], self.monitor.signals)
        self.assertEqual(b"text\n", self.monitor.last.body)

    def test_kindly_is_not_asked_again(self):
        self.monitor.statuses = [404, 404]
        done = self.run_job("sh", "-c", "exit 6")
        self.assertEqual(6, done.returncode)
        self.assertEqual(b"rollcall-run: the ping was answered with 404; the command ended with 6\n", done.stderr)
        self.assertEqual(["start", "6"], self.monitor.signals)


class The_ping_url(WithShell):
    def test_may_come_from_the_environment(self):
        self.run_bare("true", env=self.environment(ROLLCALL_CHECK=self.monitor.url))
        self.assertEqual(["start", "0"], self.monitor.signals)

    def test_may_come_from_the_first_line_of_a_file(self):
        for text in ("{}\n", "{}", "{}\nmore\n"):
            with self.subTest(text):
                file = self.folder / "a check"
                file.write_text(text.format(self.monitor.url))
                self.run_bare("--check-file", file, "true", env=self.environment(ROLLCALL_CHECK="http://127.0.0.1:9/x"))
                self.assertEqual("0", self.monitor.last.signal)

    def test_may_be_given_with_an_equals_sign(self):
        self.run_bare("--check=" + self.monitor.url, "true")
        self.assertEqual(["start", "0"], self.monitor.signals)

    def test_from_a_file_is_in_no_list_of_processes(self):
        if not shutil.which("curl"):
            self.skipTest("no curl")
        file = self.folder / "check"
        file.write_text(self.monitor.url)
        self.monitor.held = {"start", "0"}
        process = self.start("--check-file", file, "--", "sh", "-c", "read line")
        self.monitor.await_pings(1)
        self.assertNotIn(self.monitor.secret, self.process_list())
        self.monitor.release("start")
        process.stdin.close()
        self.monitor.await_pings(2)
        self.assertNotIn(self.monitor.secret, self.process_list())
        self.monitor.release()

    @staticmethod
    def process_list():
        lines = []
        for folder in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                lines.append((folder / "cmdline").read_bytes().decode(errors="replace"))
            except OSError:
                pass  # ended meanwhile
        assert any("rollcall-run" in line for line in lines)
        return "\n".join(lines)


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


class Rollcall(WithShell):
    """The same, with the real service at the other end."""

    def setUp(self):
        super().setUp()
        if not SITE:
            self.skipTest("ROLLCALL_SITE is not set")
        self.project = self.ask("POST", "/_local/projects", {"name": "rollcall-run"})
        self.check = self.ask("POST", "/api/v3/checks/", {"name": "job", "timeout": 3600})

    def ask(self, method, path, body=None):
        key = getattr(self, "project", {}).get("api_key", "")
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(SITE + path, data, {"X-Api-Key": key}, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            content = answer.read()
        return json.loads(content) if "json" in answer.headers["Content-Type"] else content

    def pings(self):
        return self.ask("GET", f"/api/v3/checks/{self.check['uuid']}/pings/")["pings"]

    def body(self, ping):
        return self.ask("GET", f"/api/v3/checks/{self.check['uuid']}/pings/{ping['n']}/body")

    def test_measures_the_run_and_keeps_the_tail(self):
        done = self.run_bare("--check", self.check["ping_url"], "--", "seq", "5000")
        end, start = self.pings()
        self.assertEqual(("success", "start"), (end["type"], start["type"]))
        self.assertEqual(start["rid"], end["rid"])
        self.assertIn("duration", end)
        self.assertEqual(done.stdout[-10_000:], self.body(end))
        status = self.ask("GET", f"/api/v3/checks/{self.check['uuid']}")
        self.assertEqual(("up", False), (status["status"], status["started"]))

    def test_keeps_bytes_as_they_are(self):
        content = bytes(range(256))
        (self.folder / "bytes").write_bytes(content)
        self.run_bare("--check", self.check["ping_url"], "--", "cat", self.folder / "bytes")
        self.assertEqual(content, self.body(self.pings()[0]))

    def test_is_told_of_a_failure(self):
        done = self.run_bare("--check", self.check["ping_url"], "--", "sh", "-c", "echo broken >&2; exit 9")
        self.assertEqual(9, done.returncode)
        end = self.pings()[0]
        self.assertEqual("fail", end["type"])
        self.assertEqual(b"broken\n", self.body(end))
        self.assertEqual("down", self.ask("GET", f"/api/v3/checks/{self.check['uuid']}")["status"])

    def test_makes_the_check_of_a_name(self):
        url = f"{SITE}/ping/{self.project['ping_key']}/nightly?create=1"
        self.assertEqual(0, self.run_bare("--check", url, "--", "true").returncode)
        (check,) = [check for check in self.ask("GET", "/api/v3/checks/")["checks"] if check["slug"] == "nightly"]
        self.assertEqual(("up", 2), (check["status"], check["n_pings"]))

    def test_does_not_know_the_check(self):
        url = f"{SITE}/ping/{uuid.uuid4()}"
        done = self.run_bare("--check", url, "--", "echo", "text")
        self.assertEqual((0, b"text\n"), (done.returncode, done.stdout))
        self.assertIn(b"answered with 404", done.stderr)


def load_tests(*_):
    """Each situation with each shell."""
    suite = unittest.TestSuite()
    shells = {"dash": ["dash"], "bash": ["bash"], "busybox": ["busybox", "sh"]}
    for name, shell in shells.items():
        if not shutil.which(shell[0]):
            print(f"rollcall-run: no {name} here, so it is not tried", file=sys.stderr)
            continue
        for situation in WithShell.__subclasses__():
            case = type(f"{situation.__name__}_in_{name}", (situation, unittest.TestCase), {"shell": shell})
            suite.addTests(unittest.defaultTestLoader.loadTestsFromTestCase(case))
    return suite


if __name__ == "__main__":
    unittest.main()
