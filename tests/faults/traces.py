"""What a build asks of the system, read from a trace: where it writes, in which order, whom it calls, what it starts."""

import re
import tempfile

# Calls that change something by a path. Opened files count when they are opened for writing.
CHANGING = "openat,creat,mkdir,rename,renameat2,linkat,symlinkat,unlink,unlinkat,rmdir,chmod,fchmodat,truncate"

WRITES = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC")

PATH = re.compile(r'"((?:[^"\\]|\\.)*)"')

# What a call that is relative to a folder's descriptor names: the removal of a tree.
INSIDE = re.compile(r'^(?:unlinkat|openat)\((\d+),')


def trace(project, calls):
    """The lines of a build's calls, in their order, of all threads."""
    with tempfile.NamedTemporaryFile("r", suffix=".strace") as told:
        options = ["-f", "-qq", "--seccomp-bpf", "-s", "4096", "-e", f"trace={calls}", "-o", told.name]
        code, said = project.build("--threads", "1", before=["strace", *options])
        assert code == 0, said
        # The number of the thread stands first; "= -1" is a call that did nothing.
        return [line.split(maxsplit=1)[1] for line in told if " = -1 " not in line and "(" in line]


def changed_paths(lines):
    """The paths that calls changed; those named from a descriptor are inside of what was opened, and left out."""
    found = set()
    for line in lines:
        if line.startswith("openat") and not WRITES.search(line) or INSIDE.match(line):
            continue
        found.update(PATH.findall(line))
    return found


def order(lines, out):
    """Where in a trace the last file of the new site is made, the first wait for the disk, the exchange, and the
    last wait."""
    made = [at for at, line in enumerate(lines) if line.startswith("openat") and WRITES.search(line)
            and ".site.carnet-staging" in line]
    waits = [at for at, line in enumerate(lines) if line.startswith(("syncfs", "fsync"))]
    exchange = [at for at, line in enumerate(lines) if line.startswith("rename") and f'"{out}"' in line]
    assert made and len(waits) > 1 and len(exchange) == 1, (len(made), waits, exchange)
    before = [at for at in waits if at < exchange[0]]
    after = [at for at in waits if at > exchange[0]]
    assert before and after, "the disk is waited for before the exchange and after it"
    return made[-1], before[-1], exchange[0], after[0]
