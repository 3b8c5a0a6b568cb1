#!/usr/bin/env python3
"""Builds an archive of many articles and asks it what is known of them: `load.py BINARY [ARTICLES [FOLDER]]`.

The articles are written by rules, so that every answer is known: how many there are of each outlet and month, which have
a word or a phrase, and the one that has a number of its own. Then some files change while 64 searches at a time ask for
what does not, and for what does. Prints what was measured; ends with an error at the first wrong answer.
"""

import collections
import json
import os
import pathlib
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time

FILE = 5000  # articles in a file
MEMORY = 512  # megabytes, as set
SEARCHES = 64  # at a time

OUTLETS = ["Kestrel Post", "Osprey Times", "Merlin Wire", "Harrier Courier", "Falcon Daily", "Buzzard Record", "Kite Journal"]
NAMES = ["Marta Olsen", "Pieter Vanhout", "Ines Carvalho", "Tomasz Wolny", "Aisha Rahman", "Luca Ferri", "Jana Novotna"]
PLACES = ["Geneva", "Minsk", "Lisbon", "Nairobi", "Warsaw", "Lima", "Oslo", "Hanoi", "Accra"]
SUBJECTS = ["The ministry", "The council", "A court in {place}", "The central bank", "The union", "Farmers near {place}",
            "The police in {place}", "An envoy", "The parliament", "Doctors in {place}", "The opposition", "A spokesman"]
VERBS = ["rejected", "approved", "delayed", "discussed", "criticised", "welcomed", "reviewed", "cancelled", "announced"]
OBJECTS = ["the new budget", "a plan for the harbour", "the grain agreement", "higher tariffs", "a list of candidates",
           "the ceasefire terms", "repairs of the railway", "a loan for the region", "the vaccine order", "its own figures"]
TAILS = ["after talks that lasted until the morning", "on Tuesday", "despite protests in the capital", "for the third time",
         "without giving reasons", "as prices went on rising", "before the summer recess", "under pressure from lenders"]


def sentences(dice):
    """A stock of ordinary sentences, each unlike the others by numbers and names."""
    stock = []
    for number in range(20000):
        subject = dice.choice(SUBJECTS).format(place=dice.choice(PLACES))
        stock.append(f"{subject} {dice.choice(VERBS)} {dice.choice(OBJECTS)} {dice.choice(TAILS)}, "
                     f"{dice.choice(NAMES)} of ward {number % 977} noted in report {number}.")
    return stock


def article(number, version, dice, stock, truth):
    """One article; notes in `truth` what it answers to."""
    outlet, month = OUTLETS[number % 7], 1 + number % 12
    truth["outlet", outlet] += 1
    truth["month", f"2021-{month:02}"] += 1
    # A paragraph that recurs would be taken for furniture: each has sentences of its own.
    body = [f"Case{number}x was opened in {PLACES[number % 9]} this week. " + " ".join(dice.choices(stock, k=3))]
    body.append(f'"We will see case {number} through," said {NAMES[number % 7]}. ' + " ".join(dice.choices(stock, k=3)))
    if number % 10 == 0:
        body[-1] += " A velvet compass was found at the scene."
        truth["word", "velvet"] += 1
        truth["word", '"velvet compass"'] += 1
    elif number % 10 == 5:
        body[-1] += " A compass in a box of velvet was found at the scene."
        truth["word", "velvet"] += 1
    if version:
        body[-1] += f" Amended{version}y since."
        truth["word", f"amended{version}y"] += 1
    return {"title": f"Case {number} in {PLACES[number % 9]}", "source": outlet, "body": "\n\n".join(body),
            "date": f"2021-{month:02}-{1 + number % 28:02}", "url": f"https://example.org/case{number}x"}


def write(path, numbers, version, stock, truth):
    dice = random.Random(numbers[0] * 31 + version)
    with open(path, "w", encoding="utf-8") as out:
        for number in numbers:
            out.write(json.dumps(article(number, version, dice, stock, truth)) + "\n")


def main():
    binary = str(pathlib.Path(sys.argv[1]).resolve())
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    folder = pathlib.Path(tempfile.mkdtemp(prefix="newsidx-load-", dir=sys.argv[3] if len(sys.argv) > 3 else None))
    try:
        run(binary, count, folder)
    finally:
        shutil.rmtree(folder)


def run(binary, count, folder):
    corpus, archive = folder / "corpus", folder / "archive"
    corpus.mkdir()
    stock, truth = sentences(random.Random(1)), collections.Counter()
    files = [range(start, min(start + FILE, count)) for start in range(0, count, FILE)]
    for numbers in files:
        write(corpus / f"{numbers[0]:08}.jsonl", numbers, 0, stock, truth)
    size = sum(path.stat().st_size for path in corpus.iterdir())
    print(f"{count:,} articles, {size / 1e6:,.0f} MB", flush=True)

    def ask(*args):
        done = subprocess.run([binary, "--index", str(archive), *args], capture_output=True, text=True, cwd=folder)
        if done.returncode not in (0, 1):
            sys.exit(f"{args}: exit {done.returncode}: {done.stderr}")
        return done.stdout

    def check(what, expected, *args):
        found = ask(*args)
        if found.strip() != str(expected):
            sys.exit(f"WRONG: {what}: {found.strip()} instead of {expected}")

    build = [binary, "--index", str(archive), "build", str(corpus), "--memory", str(MEMORY)]
    started = time.time()
    subprocess.run(build, check=True, cwd=folder)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    print(f"built in {time.time() - started:.0f} s, peak memory {peak:.0f} MB at a setting of {MEMORY}", flush=True)

    asked = 0
    check("articles", count, "count", "*")
    for (kind, value), expected in sorted(truth.items()):
        query = {"outlet": f'source:"{value}"', "month": f"date:{value}", "word": value}[kind]
        check(query, expected, "count", query)
        asked += 1
    for number in random.Random(2).sample(range(count), min(200, count)):
        check(f"case{number}x", 1, "count", f"case{number}x")
        asked += 1
    titles = collections.Counter(ask("export", "*", "--format", "csv", "--fields", "url", "-o", "-").splitlines()[1:])
    expected = {f"https://example.org/case{number}x" for number in range(count)}
    if set(titles) != expected or max(titles.values()) > 1:
        sys.exit(f"WRONG: {len(expected - set(titles))} missing, {sum(n - 1 for n in titles.values())} twice")
    print(f"{asked} questions and an export of everything: nothing missing, nothing twice", flush=True)

    # One file in twenty changes while it is searched.
    for numbers in files[::20]:
        write(corpus / f"{numbers[0]:08}.jsonl", numbers, 1, stock, collections.Counter())
    changed = sum(len(numbers) for numbers in files[::20])
    constant = {'"velvet compass"': truth["word", '"velvet compass"'], "*": count, f'source:"{OUTLETS[0]}"': truth["outlet", OUTLETS[0]]}
    over, wrong, answers = threading.Event(), [], [0]

    def search(seed):
        dice = random.Random(seed)
        while not over.is_set() and not wrong:
            query, right = dice.choice(list(constant.items()))
            if dice.random() < 0.3:
                number = dice.randrange(count)
                query, right = f"case{number}x", 1
            found = ask("count", query).strip()
            answers[0] += 1
            if found != str(right):
                wrong.append(f"{query}: {found} instead of {right}")
            # Whole files change, so their articles come by the file.
            amended = int(ask("count", "amended1y"))
            if amended % FILE and amended != changed:
                wrong.append(f"amended1y: {amended}, which is half a file")

    threads = [threading.Thread(target=search, args=(seed,)) for seed in range(SEARCHES)]
    for thread in threads:
        thread.start()
    started = time.time()
    subprocess.run([*build, "--commit-every", "5"], check=True, cwd=folder)
    over.set()
    for thread in threads:
        thread.join()
    if wrong:
        sys.exit(f"WRONG while it was built: {wrong[0]}")
    check("changed", changed, "count", "amended1y")
    check("articles", count, "count", "*")
    print(f"{changed:,} articles changed in {time.time() - started:.0f} s; meanwhile {answers[0]:,} searches, {SEARCHES} at a time, "
          "none wrong", flush=True)
    ask("check")


if __name__ == "__main__":
    main()
