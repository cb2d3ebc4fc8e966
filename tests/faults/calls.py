"""Has the n-th call to the system fail, for n = 1, 2, 3… until none does, and looks at what a build makes of it.

    CARNET=target/release/carnet python3 tests/faults/calls.py [--calls write,linkat,…] [--errors EIO,…] [--every N]

The failures come from the kernel's side (strace), so that no part of the program can be passed by. A build that ends
well must have made the whole new site; one that fails says what and where, leaves the site as it was, and nothing
beside it.
"""

import argparse
import collections
import shutil
import subprocess
import tempfile

from project import CAUSES, Project, site_hash

# What a build asks of the file system.
CALLS = ["openat", "read", "write", "statx", "getdents64", "mkdir", "chmod", "linkat", "syncfs", "fsync", "rename",
         "renameat2", "unlink", "rmdir", "flock"]

# By these a build cleans up, too. strace counts for each thread: where one call fails in the making and one in the
# cleaning, something stays, and the next build must clean it. A lock that could not be taken may be another build's, and
# stays, too.
CLEANING = {"unlink", "rmdir", "openat", "getdents64", "statx", "flock"}


def can_trace():
    """Why failures cannot be made here; None when they can."""
    if not shutil.which("strace"):
        return "strace is not installed"
    tried = subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False)
    return None if tried.returncode == 0 else "strace may not trace here"


def most(project, call):
    """The largest number of such calls by one thread of a build from the first version to the second."""
    project.become("a")
    assert project.build()[0] == 0
    project.become("b")
    with tempfile.NamedTemporaryFile("r", suffix=".strace") as told:
        before = ["strace", "-f", "-qq", "--seccomp-bpf", "-e", f"trace={call}", "-o", told.name]
        code, said = project.build("--threads", "1", before=before)
        assert code == 0, said
        threads = collections.Counter(line.split()[0] for line in told if f" {call}(" in line)
    return max(threads.values(), default=0)


def judge(project, goods, code, said, call, error):
    """What a build with a failing call did: "made", "refused" or "told after"; fails when it broke a promise."""
    found = site_hash(project.out)
    assert found in goods, f"the site is neither version (exit code {code}): {said}"
    old, new = goods
    if code == 0:
        assert found == new, f"it ended well, and shows the last version: {said}"
        return "made"
    if code == 127 and "shared librar" in said:
        assert found == old
        return "not started"
    assert code in (1, 2), f"exit code {code}: {said}"
    assert CAUSES[error] in said, f"no cause: {said}"
    assert "/" in said or "--> " in said, f"no path: {said}"
    return "refused" if found == old else "told after"


def run(folder, calls, errors, every=1, tell=lambda line: None):
    """Fails each call with each error. Gives how often a build did what; fails at broken promises, all named."""
    project = Project(folder, records=3)
    goods = project.goods()
    counts, broken = collections.Counter(), []
    project.become("a")
    assert project.build()[0] == 0
    beside = project.beside()
    for call in calls:
        number = most(project, call)
        for error in errors:
            before = collections.Counter(counts)
            for at in range(1, number + 1, every):
                project.become("a")
                code, said = project.build()
                assert (code, site_hash(project.out)) == (0, goods["a"]), said
                project.become("b")
                sources = project.sources()
                inject = ["-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={at}"]
                strace = ["strace", "-f", "-qq", "--seccomp-bpf", *inject, "-o", "/dev/null"]
                code, said = project.build("--threads", "1", before=strace)
                try:
                    what = judge(project, (goods["a"], goods["b"]), code, said, call, error)
                    left = project.beside() != beside
                    assert not left or call in CLEANING or what == "told after", f"left beside the site: {said}"
                    counts["left something for the next build"] += left
                    assert project.sources() == sources, "the project was written to"
                    code, said = project.build()
                    assert code == 0 and site_hash(project.out) == goods["b"], f"the next build: {said}"
                    assert project.beside() == beside, f"after the next build: {project.beside().keys()}"
                except AssertionError as mistake:
                    what = "BROKEN"
                    broken.append(f"{call} {at} of {number}, {error}: {' '.join(str(mistake).split())}")
                    tell(broken[-1])
                    shutil.rmtree(project.out.parent / ".site.carnet-staging", ignore_errors=True)
                counts[what] += 1
            tell(f"{call} {error}: {number} calls, {dict(counts - before)}")
    return counts, broken


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--calls", default=",".join(CALLS))
    parser.add_argument("--errors", default=",".join(CAUSES))
    parser.add_argument("--every", type=int, default=1)
    arguments = parser.parse_args()
    why = can_trace()
    if why:
        raise SystemExit(f"not run: {why}")
    with tempfile.TemporaryDirectory() as folder:
        every = arguments.calls.split(","), arguments.errors.split(",")
        counts, broken = run(folder, *every, arguments.every, lambda line: print(line, flush=True))
    for what, number in sorted(counts.items()):
        print(f"{number:8} {what}")
    raise SystemExit(bool(broken))


if __name__ == "__main__":
    main()
