"""Mutation testing of what must not be wrong: publishing, audiences, service levels, licences.

    tests/mutants/run.py [--into FOLDER] [--only src/publish/]

Each mutant that cargo-mutants lists is written into one copy of the last commit (compose.py), which is built once; then
the test programs that reach a mutant run with it until one fails. What is known stands in FOLDER/verdicts.json, and a
run that was stopped goes on from there. Needs Linux, root, cargo-mutants, and tree-sitter with tree-sitter-rust for
Python; two cores take an hour, with `--budget 30`, and another to try survivors longer.
"""

import argparse
import collections
import json
import re
import shutil
import subprocess
from pathlib import Path

from compose import compose
from programs import Programs, cargo

REPOSITORY = Path(__file__).resolve().parents[2]

# The four places, the sources of each, and the test programs that are about it.
PLACES = {
    "publish": (["src/publish/**"], ["publish", "published_secrets", "audiences"]),
    "audiences": (["src/audience/**"], ["audiences", "forgotten"]),
    "service levels": (["src/estate/service_levels/**", "src/estate/service_hours/**"], ["service_levels"]),
    "licences": (["src/estate/licences.rs", "src/estate/holdings.rs"], ["manager_questions"]),
}


class Note:
    """A JSON file of what a run found out, so that one that was stopped goes on from there."""

    def __init__(self, path):
        self.path = path

    def once(self, make):
        if not self.path.exists():
            self.write(make())
        return json.loads(self.path.read_text())

    def write(self, value):
        beside = self.path.with_suffix(".new")
        beside.write_text(json.dumps(value))
        beside.replace(self.path)


def is_built(mutant):
    """Whether the function of a mutant is one of this system: cargo-mutants lists those for other systems, too."""
    function = mutant["function"]
    lines = (REPOSITORY / mutant["file"]).read_text().splitlines()
    start = function["span"]["start"]["line"] if function else 1
    named = next((at for at, line in enumerate(lines[start - 1 :], start) if "fn " in line), start)
    head = "\n".join(lines[max(0, start - 2) : named])
    return not re.search(r'#\[cfg\(.*not\((any\()?(unix|target_os = "linux")', head)


def listed():
    """All mutants of the four places, each with the place and a number from 1."""
    mutants = []
    for place, (sources, _) in PLACES.items():
        files = [word for source in sources for word in ("--file", source)]
        command = ["cargo", "mutants", "--list", "--json", *files]
        told = subprocess.run(command, cwd=REPOSITORY, stdout=subprocess.PIPE, check=True)
        mutants += [{**mutant, "place": place} for mutant in json.loads(told.stdout) if is_built(mutant)]
    return [{**mutant, "number": number} for number, mutant in enumerate(mutants, 1)]


def copy(root):
    """The last commit with its history (tests ask Git about it); its tests that count files or look at Git are kept."""
    if not root.exists():
        subprocess.run(["git", "clone", "--quiet", REPOSITORY, root], check=True)
    subprocess.run(["git", "-C", root, "checkout", "--quiet", "--force", "HEAD"], check=True)


def blamed(told, root):
    """The mutants that the compiler's errors stand in."""
    numbers = set()
    for line in told:
        message = line.get("message", {})
        if line["reason"] != "compiler-message" or message["level"] != "error":
            continue
        for span in (span for span in message["spans"] if span["is_primary"]):
            before = (root / span["file_name"]).read_bytes()[: span["byte_end"]].decode(errors="replace")
            numbers |= {int(number) for number in re.findall(r"mutants::is\((\d+)\)", before[-3000:])[-1:]}
    return numbers


def composed(root, target, mutants):
    """Writes the mutants into the copy, without those that do not compile; gives the numbers of the others."""
    unviable = set()
    while True:
        copy(root)
        unplaced = compose(root, [mutant for mutant in mutants if mutant["number"] not in unviable])
        code, told = cargo(root, target, "check", "--lib")
        if code == 0:
            return [mutant for mutant in mutants if mutant["number"] not in unviable | set(unplaced)]
        found = blamed(told, root) - unviable
        if not found:
            raise SystemExit("the copy does not compile, and no mutant is to blame")
        unviable |= found
        print(f"{len(unviable)} do not compile", flush=True)


class Order:
    """In which order tests are tried: those of the same module first, then those that are likely to catch most per second,
    because they have caught, are about the place, or reach little else."""

    def __init__(self, known, verdicts):
        self.known = known
        self.caught = collections.Counter(found[1] for found in verdicts.values() if found[0] != "survived")

    def of(self, mutant):
        folders = mutant["file"].removeprefix("src/").removesuffix(".rs").removesuffix("/mod").split("/")
        module = "lib " + "::".join(folders)
        near = PLACES[mutant["place"]][1]

        def rank(test):
            seconds, reached = self.known[test]
            likely = self.caught[test] + 0.2 + 20 / (10 + len(reached))
            about = 4 if test.split(" ")[0] in near else 1
            return not test.startswith(module), -likely * about / (seconds + 0.05)

        return sorted((test for test, (_, numbers) in self.known.items() if mutant["number"] in numbers), key=rank)


def verdict(programs, order, mutant, budget):
    """["caught" or "out of time", by which test], or ["survived", how many tests reach it, how many of them ran]."""
    tests, spent = order.of(mutant), 0
    for number, test in enumerate(tests):
        took = order.known[test][0]
        if number and spent + took > budget:
            continue
        spent += took
        code, _, _ = programs.run(test, mutant["number"], max(10, took * 10))
        if code != 0:
            order.caught[test] += 1
            return ["out of time" if code in (124, 137) else "caught", test]
    return ["survived", len(tests), spent]


def score(mutants, verdicts):
    """Prints the survivors, and the score of each place."""
    counts = collections.defaultdict(collections.Counter)
    for mutant in mutants:
        found = verdicts[str(mutant["number"])]
        counts[mutant["place"]][found[0]] += 1
        if found[0] == "survived":
            print(f"survived: {mutant['name']} (reached by {found[1]} tests, {found[2]:.0f} s of them tried)")
    for place, count in counts.items():
        caught = count.total() - count["survived"]
        print(f"{place}: {caught} of {count.total()} ({100 * caught / count.total():.1f} %), {dict(count)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--into", type=Path, default=REPOSITORY / "target" / "mutants")
    parser.add_argument("--only", default="", help="mutants whose name begins so")
    parser.add_argument("--budget", type=float, default=30, help="seconds of tests for each mutant")
    parser.add_argument("--again", action="store_true", help="try those that survived once more")
    arguments = parser.parse_args()
    into = arguments.into.resolve()
    into.mkdir(parents=True, exist_ok=True)
    listing, learnt, verdicts = (Note(into / f"{name}.json") for name in ("mutants", "tests", "verdicts"))
    root, target = into / "copy", into / "target"
    mutants = listing.once(lambda: composed(root, target, listed()))
    programs = Programs(root, target)
    tests = programs.build()
    known = learnt.once(lambda: programs.learn(tests, lambda line: print(line, flush=True)))
    found = verdicts.once(dict)
    order = Order(known, found)
    mutants = [mutant for mutant in mutants if mutant["name"].startswith(arguments.only)]
    wanted = [mutant for mutant in mutants if arguments.again or str(mutant["number"]) not in found]
    wanted = [mutant for mutant in wanted if found.get(str(mutant["number"]), ["survived"])[0] == "survived"]
    tried = programs.pool.map(lambda mutant: verdict(programs, order, mutant, arguments.budget), wanted)
    for mutant, told in zip(wanted, tried):
        found[str(mutant["number"])] = told
        verdicts.write(found)
    score(mutants, found)


if __name__ == "__main__":
    main()
