"""A disk that is really full: a small file system in memory, its bytes or its inodes used up while a build publishes.

    CARNET=target/release/carnet python3 tests/faults/disk.py

Mounting needs root on Linux: elsewhere this says "not run", which is no success.
"""

import contextlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from project import Project, site_hash


def can_mount():
    """Why nothing can be mounted here; None when it can."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        return "mounting a small disk needs root on Linux"
    with tempfile.TemporaryDirectory() as folder:
        mounted = subprocess.run(["mount", "-t", "tmpfs", "none", folder], capture_output=True, check=False)
        if mounted.returncode:
            return "mounting is not allowed here"
        subprocess.run(["umount", folder], check=True)
    return None


@contextlib.contextmanager
def small_disk(folder, options):
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", folder], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


@contextlib.contextmanager
def read_only(folder):
    subprocess.run(["mount", "--bind", folder, folder], check=True)
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", folder], check=True)
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


def room(project):
    """Bytes and inodes that are free where the site is."""
    free = os.statvfs(project.out.parent)
    return free.f_bavail * free.f_frsize, free.f_favail


def fill(project, what, left):
    """Uses up the disk but for so many bytes or inodes, by files of somebody else."""
    free = room(project)[what == "inodes"]
    if what == "bytes":
        with open(project.neighbour / "plein", "wb") as file:
            file.write(b"x" * max(free - left, 0))
    else:
        for at in range(max(free - left, 0)):
            (project.neighbour / f"plein-{at}").touch()


def empty(project):
    for file in project.neighbour.glob("plein*"):
        file.unlink()


def run(folder, what, steps=12):
    """Has a build meet the full disk at so many places. Gives how many were refused and how many found room."""
    counts = {"refused": 0, "published": 0}
    public = Path(folder) / "public"
    public.mkdir()
    options = "size=48m,nr_inodes=6000"
    with small_disk(public, options):
        project = Project(folder, records=3)
        goods = project.goods()
        project.become("a")
        assert project.build()[0] == 0
        before = room(project)
        project.become("b")
        # A file system in memory knows no more than that: what a whole build needs at most, in so many steps.
        need = {"bytes": 4 << 20, "inodes": 700}[what]
        for at in range(steps):
            fill(project, what, need * at // (steps - 1))
            beside = project.beside()
            code, said = project.build()
            found = site_hash(project.out)
            if code == 0:
                assert found == goods["b"], "published, and not whole"
                counts["published"] += 1
            else:
                assert code == 2 and "os error 28" in said and str(public) in said, f"{code}: {said}"
                assert found == goods["a"], f"the site changed: {said}"
                counts["refused"] += 1
            assert project.beside() == beside, f"left beside the site: {said}"
            empty(project)
            assert project.build()[0] == 0 and site_hash(project.out) == goods["b"], "the next build"
            project.become("a")
            assert project.build()[0] == 0 and site_hash(project.out) == goods["a"], "the one after"
            assert abs(room(project)[0] - before[0]) < 1 << 20, "room is lost"
            project.become("b")
    return counts


def main():
    why = can_mount()
    if why:
        raise SystemExit(f"not run: {why}")
    for what in ("bytes", "inodes"):
        with tempfile.TemporaryDirectory() as folder:
            for outcome, number in run(folder, what).items():
                print(f"{number:8} {outcome}, {what} used up")


if __name__ == "__main__":
    main()
