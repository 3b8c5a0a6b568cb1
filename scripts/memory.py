#!/usr/bin/env python3
"""Measures the memory of exports and of long lists of mentions: `scripts/memory.py BINARY [ARTICLES]`.

Builds an archive of made-up articles in a scratch folder, each with twenty mentions of one word, and asks for all of it
and for a tenth of it in every way that lists hits. Prints the rows, and the most memory that the process held: of its own
(anonymous pages), and with the pages of the index that the system keeps for it as long as nobody else needs them.
Answers that are streamed need as much of their own for all as for a tenth, but for the 32 bytes a hit that order them.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time

MENTIONS = 20
WORDS = ("the ministers talks border paper answer treaty troops said after before while week month year city river council "
         "would could letter reply visit table hour long short first last north south").split()


def write(path, articles):
    rng = random.Random(1)
    with open(path, "w", encoding="utf-8") as out:
        for number in range(articles):
            sentences = []
            for mention in range(MENTIONS):
                words = rng.choices(WORDS, k=8)
                words.insert(rng.randrange(1, 8), "Geneva")
                sentences.append(" ".join(words).capitalize().replace("geneva", "Geneva") + f" {number % 997}.")
            # A tenth of them is of 2021.
            day = f"{2021 if number % 10 == 0 else 2022}-{number % 12 + 1:02}-{number % 28 + 1:02}"
            article = {"title": f"Report {number}", "date": day, "source": f"Outlet {number % 7}", "body": "\n\n".join(
                " ".join(sentences[at:at + 4]) for at in range(0, MENTIONS, 4))}
            out.write(json.dumps(article) + "\n")


def run(command, out):
    """Rows printed, seconds, the most kilobytes of its own, and of all."""
    start = time.time()
    process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
    own = whole = 0
    while process.poll() is None:
        try:
            with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
                found = dict(line.split(":", 1) for line in status)
            own = max(own, int(found["RssAnon"].split()[0]))
            whole = max(whole, int(found["VmHWM"].split()[0]))
        except (KeyError, OSError):
            pass
        time.sleep(0.005)
    if process.returncode > 1:
        sys.exit(f"{' '.join(command)}: exit {process.returncode}")
    return time.time() - start, own, whole


def main():
    binary = os.path.abspath(sys.argv[1])
    articles = int(sys.argv[2]) if len(sys.argv) > 2 else 50_000
    with tempfile.TemporaryDirectory() as folder:
        write(os.path.join(folder, "articles.jsonl"), articles)
        archive = os.path.join(folder, "archive")
        subprocess.run([binary, "--index", archive, "build", os.path.join(folder, "articles.jsonl")], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        print(f"{articles} articles, {articles * MENTIONS} mentions")
        print(f"{'':44}{'lines':>9}{'seconds':>9}{'own MB':>9}{'with index MB':>15}")
        ways = [["mentions", "geneva"], ["mentions", "geneva", "--sort", "date"], ["mentions", "geneva", "--sort", "right"],
                ["query", "geneva", "--output", "sentences", "--all", "--format", "jsonl"]]
        ways += [["export", "geneva", "--format", name] for name in ("csv", "jsonl", "html", "ris", "bibtex", "csl-json")]
        for way in ways:
            for part in (["--until", "2021"], []):
                out = os.path.join(folder, "out")
                with open(out, "wb") as file:
                    seconds, own, whole = run([binary, "--index", archive, *way, *part], file)
                with open(out, "rb") as file:
                    lines = sum(1 for _ in file)
                print(f"{' '.join(way + part):44}{lines:>9}{seconds:>9.1f}{own / 1024:>9.1f}{whole / 1024:>15.1f}")


if __name__ == "__main__":
    main()
