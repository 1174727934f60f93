"""Situations in which rollcall-run is tried, once in each POSIX shell that is installed."""

import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

from monitor import Monitor

SCRIPT = pathlib.Path(__file__).parent.parent / "rollcall-run"
SHELLS = {"dash": ["dash"], "bash": ["bash"], "busybox": ["busybox", "sh"]}

# A shell without job control, such as that of a continuous integration, starts what it runs in the background with these
# ignored. A program inherits that, and a shell cannot take it back: every job would be deaf.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGQUIT, signal.SIG_DFL)


class WithShell:
    """What a situation of a test has: a monitor, a folder of its own, and the script in one shell."""

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


def in_each_shell(*situations):
    """A `load_tests` that makes a test case of each situation and shell, named after both."""

    def load_tests(loader, *_):
        suite = unittest.TestSuite()
        for name, shell in SHELLS.items():
            if not shutil.which(shell[0]):
                print(f"rollcall-run: no {name} here, so it is not tried", file=sys.stderr)
                continue
            for situation in situations:
                case = type(f"{situation.__name__}_in_{name}", (situation, unittest.TestCase), {"shell": shell})
                suite.addTests(loader.loadTestsFromTestCase(case))
        return suite

    return load_tests
