"""A monitor that does not answer costs next to nothing."""

import socket
import time

from shells import WithShell, in_each_shell


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


load_tests = in_each_shell(A_monitor_that_does_not_answer)
