"""The short version of the fault harness: kills, signals, failing calls, full disks.

    CARNET=target/debug/carnet python3 -B tests/faults/test_faults.py

The long one: `kills.py --kills 1000`, `calls.py`, `disk.py`, `readers.py`. What this machine does not allow is told as
skipped, and is no success.
"""

import collections
import signal
import tempfile
import unittest

import calls
import disk
import kills
import questions
import readers
import traces
from project import Project, site_hash

# Each kind of call that publishing makes, with the error that it meets in life.
SHORT = {"write": "ENOSPC", "mkdir": "EACCES", "chmod": "EROFS", "syncfs": "EIO", "renameat2": "EXDEV"}


class Faults(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def test_killed_builds_leave_a_whole_site(self):
        counts = kills.run(self.folder, 25)
        self.assertEqual(counts["old"] + counts["new"], 25)

    def test_new_asks_at_a_terminal_and_leaves_nothing_half_made(self):
        root = questions.started(self.folder)
        code, text = questions.answered(root)
        self.assertEqual(code, 0)
        self.assertIn("\nname: Serveur de fichiers  #", text)
        self.assertIn("\ntype: server  #", text)
        self.assertIn("\n# status:  #", text)
        self.assertEqual(questions.interrupted(root, "\x03"), (questions.INTERRUPTED, []))
        self.assertEqual(questions.interrupted(root, "\x04"), (2, []))
        self.assertEqual(questions.unasked(root), ([0, 0], ["srv-08", "srv-09"]))

    def test_builds_that_are_asked_to_end_leave_a_whole_site(self):
        counts = collections.Counter()
        for name in (signal.SIGINT, signal.SIGTERM):
            with tempfile.TemporaryDirectory() as folder:
                counts.update(kills.run(folder, 12, name, seed=2))
        self.assertEqual(counts["old"] + counts["new"], 24)

    def test_ctrl_c_ends_a_build_at_once(self):
        project = Project(self.folder)
        project.become("a")
        child = kills.start(project)
        child.send_signal(signal.SIGINT)
        child.send_signal(signal.SIGINT)
        self.assertNotEqual(child.wait(timeout=2), 0)
        self.assertIsNone(site_hash(project.out))

    def test_failing_calls_leave_a_whole_site(self):
        why = calls.can_trace()
        if why:
            self.skipTest(f"not run: {why}")
        counts = collections.Counter()
        for call, error in SHORT.items():
            with tempfile.TemporaryDirectory() as folder:
                found, broken = calls.run(folder, [call], [error], every=29)
                self.assertEqual(broken, [])
                counts.update(found)
        self.assertGreater(counts["refused"], 4, counts)

    def test_a_full_disk_leaves_a_whole_site(self):
        why = disk.can_mount()
        if why:
            self.skipTest(f"not run: {why}")
        for what in ("bytes", "inodes"):
            with tempfile.TemporaryDirectory() as folder:
                counts = disk.run(folder, what, steps=4)
                self.assertTrue(counts["refused"] and counts["published"], counts)

    def traced(self):
        why = calls.can_trace()
        if why:
            self.skipTest(f"not run: {why}")
        project = Project(self.folder)
        project.become("a")
        self.assertEqual(project.build()[0], 0)
        project.become("b")
        return project

    def test_a_build_writes_to_its_own_places_alone(self):
        project = self.traced()
        public = project.out.parent
        own = [project.out, public / ".site.carnet-staging", public / ".site.carnet-lock", project.root / ".carnet"]
        paths = traces.changed_paths(traces.trace(project, traces.CHANGING))
        strange = {path for path in paths
                   if not any(path == str(place) or path.startswith(f"{place}/") for place in own)}
        self.assertGreater(len(paths), 20)
        # Folders above the site are made when they are missing; the terminal is no file.
        self.assertEqual(strange - {"/dev/null", "/dev/tty"}, set())

    def test_the_disk_is_waited_for_before_the_exchange_and_after(self):
        project = self.traced()
        lines = traces.trace(project, "openat,syncfs,fsync,rename,renameat2")
        made, before, exchange, after = traces.order(lines, project.out)
        self.assertTrue(made < before < exchange < after)

    def test_a_build_calls_nobody_and_starts_nothing(self):
        project = self.traced()
        project.write("content/appel.md", "---\ntitle: Appel\n---\n\n![x](https://parc.example/x.png) <https://parc.example>\n")
        lines = traces.trace(project, "connect,sendto,execve")
        self.assertEqual([line for line in lines if not line.startswith("execve")], [])
        self.assertEqual(len(lines), 1, lines)

    def test_content_that_cannot_be_written_to_is_published(self):
        why = disk.can_mount()
        if why:
            self.skipTest(f"not run: {why}")
        project = Project(self.folder)
        project.become("a")
        with disk.read_only(project.root):
            code, said = project.build()
            self.assertEqual(code, 0, said)
        self.assertTrue((project.out / "index.html").exists())

    def test_readers_behind_nginx_see_whole_pages_of_one_version(self):
        why = readers.can_serve()
        if why:
            self.skipTest(f"not run: {why}")
        counts, wrong = readers.run(self.folder, 500, 6, 8)
        self.assertEqual(wrong[:5], [], counts)


if __name__ == "__main__":
    unittest.main()
