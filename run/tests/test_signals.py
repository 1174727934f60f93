"""Signals reach the command."""

import os
import pty
import select
import signal
import sys

from shells import SCRIPT, WithShell, in_each_shell

PYTHON = sys.executable


class A_signal(WithShell):
    """Jobs here take one by `sigwait`: a handler may run just before the job pauses, which then lasts."""

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


load_tests = in_each_shell(A_signal)
