"""The tests of a copy of Carnet that holds its mutants: which reach which, how long they take, and whether one fails."""

import json
import os
import queue
import shutil
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent


def cargo(root, target, *arguments):
    """Runs Cargo on the copy; gives its exit code and what it says as JSON, line by line."""
    settings = {"CARGO_TARGET_DIR": str(target), "CARGO_PROFILE_DEV_DEBUG": "none", "CARGO_PROFILE_DEV_OPT_LEVEL": "1"}
    command = ["cargo", *arguments, "--message-format=json"]
    done = subprocess.run(command, cwd=root, env={**os.environ, **settings}, stdout=subprocess.PIPE, check=False)
    told = (json.loads(line) for line in done.stdout.splitlines() if line.startswith(b"{"))
    return done.returncode, list(told)


class Programs:
    """What `cargo test` would run, test by test, in as many lanes as there are cores; a lane writes to its own folder."""

    def __init__(self, root, target):
        self.root, self.target = Path(root).resolve(), Path(target).resolve()
        # A folder of its own as home hides the compiler that a test asks for what Carnet is built of.
        self.rust = {"RUSTUP_HOME": os.environ.get("RUSTUP_HOME", str(Path.home() / ".rustup"))}
        self.lanes = queue.Queue()
        for lane in range(os.cpu_count() or 1):
            area = Path(root).absolute().parent / f"lane-{lane}"
            for folder in (area / "tmp", area / "home", area / "target"):
                folder.mkdir(parents=True, exist_ok=True)
            self.lanes.put(area)
        self.pool = ThreadPoolExecutor(self.lanes.qsize())

    def build(self):
        """Builds the test programs; gives all their tests as "program test"."""
        code, told = cargo(self.root, self.target, "test", "--no-run")
        if code != 0:
            raise SystemExit("the copy does not compile")
        made = [line for line in told if line.get("executable") and line["profile"]["test"]]
        self.paths = {
            "lib" if "lib" in line["target"]["kind"] else line["target"]["name"]: line["executable"] for line in made
        }
        tests = []
        for name, path in sorted(self.paths.items()):
            listed = subprocess.run([path, "--list"], cwd=self.root, stdout=subprocess.PIPE, text=True, check=True).stdout
            tests += [f"{name} {line[:-6]}" for line in listed.splitlines() if line.endswith(": test")]
        return tests

    def run(self, test, mutant, seconds):
        """Exit code (124 or 137: out of time), seconds, and the mutants that were reached, if 0 acts."""
        area = self.lanes.get()
        try:
            return self.run_in(area, test, mutant, seconds)
        finally:
            self.lanes.put(area)

    def run_in(self, area, test, mutant, seconds):
        name, only = test.split(" ")
        env = {**self.rust, **os.environ, "TMPDIR": str(area / "tmp"), "HOME": str(area / "home"), "CARNET_MUTANT": str(mutant)}
        env |= {"CARGO_MANIFEST_DIR": str(self.root)}
        reached = area / "reached"
        reached.unlink(missing_ok=True)
        if mutant == 0:
            env["CARNET_REACHED"] = str(reached)
        kept = [HERE / "sandbox", area, self.target / "tmp", "--", "timeout", "-k", "1", f"{seconds:.0f}"]
        command = [*map(str, kept), self.paths[name], "--exact", only]
        begin = time.monotonic()
        done = subprocess.run(
            command, cwd=self.root, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, check=False,
        )
        took = time.monotonic() - begin
        numbers = sorted({int(line) for line in reached.read_text().split()}) if reached.exists() else []
        for left in (area / "tmp").iterdir():
            shutil.rmtree(left, ignore_errors=True) if left.is_dir() and not left.is_symlink() else left.unlink()
        return done.returncode, took, numbers

    def learn(self, tests, tell):
        """Each test without a mutant: {test: [seconds, mutants]} of those that pass and reach any."""
        known = {}
        for test, (code, took, numbers) in zip(tests, self.pool.map(lambda test: self.run(test, 0, 600), tests)):
            if code != 0:
                tell(f"left out, fails without a mutant: {test}")
            elif numbers:
                known[test] = [round(took, 2), numbers]
        return known
