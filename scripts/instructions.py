#!/usr/bin/env python3
"""Counts the instructions of three fixed workloads with callgrind, and shows the change against benches/instructions.tsv.

    scripts/instructions.py target/release/newsidx CORPUS [--save]

CORPUS is a folder that `cargo bench --bench archive -- corpus FOLDER 1000` wrote. Instructions, unlike seconds, do not
depend on what else the machine does; counts of one compiler and one kind of processor can be compared.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

KEPT = pathlib.Path(__file__).parent.parent / "benches" / "instructions.tsv"
QUERIES = ["government", "government talks", '"new government"', "government w/5 talks", "talks place:geneva"]


def instructions(command):
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "out"
        run = subprocess.run(
            ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", *command],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )
        found = re.search(r"Collected : (\d+)", run.stderr)
        if run.returncode or not found:
            sys.exit(f"{' '.join(map(str, command))} failed:\n{run.stderr}")
        return int(found[1])


def measure(binary, corpus):
    with tempfile.TemporaryDirectory() as folder:
        program = [binary, "--index", f"{folder}/archive"]
        yield "build", instructions([*program, "build", corpus, "--threads", "1"])
        yield "unchanged", instructions([*program, "build"])
        yield "queries", sum(instructions([*program, "query", "--limit", "10", query]) for query in QUERIES)


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--save"]
    if len(arguments) != 2:
        sys.exit(__doc__)
    before = dict(line.split("\t") for line in KEPT.read_text().splitlines()) if KEPT.exists() else {}
    counts = {}
    for name, count in measure(*arguments):
        counts[name] = count
        change = f"{count / int(before[name]) - 1:+.1%}" if name in before else ""
        print(f"{name:<12}{count:>16,}  {change}", flush=True)
    if "--save" in sys.argv:
        KEPT.write_text("".join(f"{name}\t{count}\n" for name, count in counts.items()))


if __name__ == "__main__":
    main()
