"""What the monitor is told."""

import os
import pathlib
import shutil
import stat
import subprocess
import uuid

from shells import WithShell, in_each_shell


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

    def test_ends_with_the_errors_however_late_the_rest_of_stdout_is(self):
        job = "head -c 100000 /dev/zero; echo 'ERROR: the disk is full' >&2; exit 1"
        process = self.start_job("sh", "-c", job)
        # Nobody reads stdout until the error is there: a third of it then waits in the pipes.
        self.assertEqual(b"ERROR: the disk is full\n", process.stderr.readline())
        self.assertEqual(100_000, len(process.stdout.read()))
        self.assertEqual(1, process.wait(60))
        self.assertEqual(10_000, len(self.monitor.last.body))
        self.assertTrue(self.monitor.last.body.endswith(b"\0ERROR: the disk is full\n"))

    def test_is_shared_by_two_streams_in_halves_and_one_has_what_the_other_leaves(self):
        for limit, written, sent in (
            ("100", (1000, 1000), (50, 50)),
            ("100", (10, 1000), (10, 90)),
            ("100", (1000, 10), (90, 10)),
            ("100", (60, 40), (60, 40)),
            ("100", (0, 1000), (0, 100)),
            ("0099", (1000, 1000), (50, 49)),
            ("0", (1000, 1000), (0, 0)),
            ("1000000", (150_000, 150_000), (50_000, 50_000)),
        ):
            with self.subTest(limit=limit, written=written):
                self.monitor.limit = limit
                for name, length in zip(("out", "err"), written):
                    (self.folder / name).write_bytes(name[:1].encode() * length)
                self.run_job("sh", "-c", "cat out; cat err >&2", cwd=self.folder)
                self.assertEqual(b"o" * sent[0] + b"e" * sent[1], self.monitor.last.body)

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
        self.assertEqual([0o600] * 2, [stat.S_IMODE(tail.stat().st_mode) for tail in folder.glob("*.tail")])
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


load_tests = in_each_shell(The_pings, The_body, The_ping_url)
