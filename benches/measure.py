"""What a command costs: wall, processor time and peak of memory, in turn with others, and a table of the medians."""

import os
import statistics
import subprocess
import time
from dataclasses import dataclass


@dataclass
class Cost:
    """One run. Seconds, and MiB of the largest process."""

    wall: float
    processor: float
    memory: float


def cost(command, folder=None):
    """Runs a command to its end; what it prints is thrown away, and a failure ends the measurement."""
    started = time.perf_counter()
    process = subprocess.Popen([str(part) for part in command], cwd=folder, stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{command} ended with {process.returncode}: {errors.decode(errors='replace')[-400:]}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def median(costs):
    """The median of each figure."""
    return Cost(*(statistics.median(getattr(one, name) for one in costs) for name in ("wall", "processor", "memory")))


def in_turn(runs, jobs):
    """Runs jobs (name → callable that gives a Cost) one after another, `runs` times after a first time that does not
    count; gives their costs by name."""
    found = {name: [] for name in jobs}
    for turn in range(runs + 1):
        for name, job in jobs.items():
            one = job()
            if turn or runs == 0:
                found[name].append(one)
    return found


def ratio(ours, theirs, figure="wall"):
    """The median of the ratios of pairs, and the smallest and largest."""
    pairs = [getattr(a, figure) / getattr(b, figure) for a, b in zip(ours, theirs)]
    return statistics.median(pairs), min(pairs), max(pairs)


class Table:
    """Rows for people, as a table of Markdown that the manual can take."""

    def __init__(self, *heads):
        self.heads, self.rows = heads, []

    def add(self, *cells):
        self.rows.append(cells)
        print("  " + "   ".join(str(cell) for cell in cells), flush=True)

    def __str__(self):
        lines = ["| " + " | ".join(self.heads) + " |", "|" + " --- |" * len(self.heads)]
        lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in self.rows]
        return "\n".join(lines)
