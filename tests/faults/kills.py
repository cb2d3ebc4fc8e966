"""Kills builds at random moments and looks at what readers see after each.

    CARNET=target/release/carnet python3 tests/faults/kills.py --kills 1000 [--signal KILL|INT|TERM] [--seed N]

Half of the moments are uniform over the whole build, half over the part where it publishes. The published site must be
the last good one or the new one, whole; the next build must succeed without anybody's cleaning.
"""

import argparse
import collections
import json
import random
import signal
import statistics
import subprocess
import tempfile
import time

from project import VERSIONS, Project, Reader, site_hash, tree_hash


def length(project):
    """How long builds of a changed project take, and the part of it after which publishing begins."""
    times = []
    for at in range(6):
        project.become(VERSIONS[at % 2])
        started = time.monotonic()
        code, said = project.build("--timings=json")
        took = time.monotonic() - started
        assert code == 0, said
        stages = json.loads(next(line for line in said.splitlines() if line.startswith("{")))
        times.append((took, 1 - stages["publishing"] / 1000 / took))
    return [took for took, _ in times], statistics.median(part for _, part in times)


def start(project):
    """Starts a build that Ctrl-C ends: what is started in the background, as these tests may be, ignores it."""
    def hear():
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    return subprocess.Popen(project.command(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=hear)


def kill_once(project, version, moment, name):
    """Starts a build, ends it by a signal at a moment; gives its exit code (negative: the signal's number)."""
    project.become(version)
    # A note of an earlier build with the same sources would make this one end before it begins.
    child = start(project)
    time.sleep(max(moment, 0))
    child.send_signal(name)
    return child.wait()


def run(folder, kills, name=signal.SIGKILL, seed=1):
    """Kills so many builds; those that end before their moment do not count. Gives what happened, counted; fails at
    the first broken promise."""
    chance = random.Random(seed)
    project = Project(folder)
    trees = project.trees()
    goods = {version: tree_hash(files) for version, files in trees.items()}
    lengths, publishing = length(project)
    lengths = collections.deque(lengths, maxlen=9)
    project.become("a")
    assert project.build()[0] == 0
    beside, reader = project.beside(), Reader(project, trees.values())
    reader.start()
    counts = {"kills": 0, "ended first": 0, "old": 0, "new": 0, "staging left": 0, "recovered": 0}
    shown, at = "a", 0
    while counts["kills"] < kills:
        at += 1
        assert at <= 20 * kills, f"builds do not end when they are told to: {counts}"
        # Other work on the machine makes builds longer and shorter.
        whole = statistics.median(lengths)
        wanted = "b" if shown == "a" else "a"
        moment = chance.uniform(0 if at % 2 else whole * publishing, whole)
        code = kill_once(project, wanted, moment, name)
        counts["kills" if code else "ended first"] += 1
        sources = project.sources()
        found = site_hash(project.out)
        assert found in (goods[shown], goods[wanted]), f"kill {at} at {moment:.4f} s: the site is neither version"
        assert code != 0 or found == goods[wanted], f"kill {at}: said to have ended well, and shows the last version"
        if code:
            counts["new" if found == goods[wanted] else "old"] += 1
        left = project.beside()
        counts["staging left"] += any(path.startswith(".site.carnet-staging") for path in left)
        ours = [path for path in left.keys() - beside.keys() if not path.startswith(".site.carnet-")]
        assert not ours, f"kill {at}: files outside of what is staged: {ours}"
        # Every third kill is followed by another one, over what it left.
        if at % 3:
            started = time.monotonic()
            code, said = project.build()
            if found != goods[wanted]:
                lengths.append(time.monotonic() - started)
            assert code == 0, f"kill {at}: the next build failed: {said}"
            assert site_hash(project.out) == goods[wanted], f"kill {at}: the next build made another site"
            after = project.beside()
            assert after == beside, f"kill {at}: beside the site: {after.keys() ^ beside.keys()}"
            counts["recovered"] += 1
            found = goods[wanted]
        assert project.sources() == sources, f"kill {at}: the project was written to"
        shown = next(version for version in VERSIONS if goods[version] == found)
    reader.stop()
    assert not reader.wrong, f"readers saw {reader.wrong[:3]}"
    counts["reads"] = reader.reads
    counts["milliseconds of a build"] = round(statistics.median(lengths) * 1000)
    return counts


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=25)
    parser.add_argument("--signal", default="KILL", choices=["KILL", "INT", "TERM"])
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        name = getattr(signal, "SIG" + arguments.signal)
        for what, number in run(folder, arguments.kills, name, arguments.seed).items():
            print(f"{number:8} {what}")


if __name__ == "__main__":
    main()
