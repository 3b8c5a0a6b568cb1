#!/usr/bin/env python3
"""Accuracy of quotations by kind, by how the speaker was found and by confidence: `quotation_kinds.py FOLDER BIN`.

FOLDER holds score.py, metrics.py and the labelled articles; BIN is the newsidx program. Kinds are told from the text around
the labelled words, not from what the program says of them. Standard library only."""
import re
import sys
from collections import defaultdict

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
import metrics  # noqa: E402
import score  # noqa: E402

MARKS = "\"“”„«»‘’'"


def kind(body, label):
    """What a labelled quotation looks like in its article."""
    at = label["at"][0] if label.get("at") else body.find(label["text"])
    before, after = body[:at].rstrip(" " + MARKS), body[at + len(label["text"]):].lstrip(MARKS)
    whole = label["text"][:1].isupper()
    sentence = re.split(r"[.!?\n]", after)[0].strip()
    if before.endswith(",") and not whole and MARKS[0] in before[-160:]:
        return "second half of a split"
    if not whole:
        return "partial"
    if before.endswith(":") or before.endswith(","):
        return "behind its verb"
    if sentence:
        return "before its verb"
    return "sentence of its own"


def table(title, rows, names):
    print(f"\n{title:28}" + "".join(f"{name:>22}" for name in names))
    for key in sorted(rows):
        cells = "".join(f"{f'{a / b:.3f} ({a} of {b})' if b else '-':>22}" for a, b in rows[key])
        print(f"{key!s:28}{cells}")


def main():
    docs = score.load("quotes")
    preds = score.run(sys.argv[2], "quotes", list(docs), 600)
    found, speaker = defaultdict(lambda: [[0, 0], [0, 0]]), defaultdict(lambda: [[0, 0]])
    bands = defaultdict(lambda: [[0, 0]])
    for name, gold in docs.items():
        for which in ("direct", "indirect"):
            labels = [q for q in gold["quotes"] if q["kind"] == which]
            quotes = [q for q in preds.get(name, {}).get("quotes", []) if q["kind"] == which and metrics.words(q["text"])]
            pairs = metrics.match_units([q["text"] for q in labels], [q["text"] for q in quotes], 0.5)
            for i, label in enumerate(labels):
                heard = [quotes[j]["speaker"] for a, j in pairs if a == i]
                key = kind(score_text(name), label) if which == "direct" else "reported"
                found[key][0][0] += bool(heard)
                found[key][0][1] += 1
                if label.get("names") and heard:
                    found[key][1][0] += any(metrics.any_same(h, label["names"]) for h in heard)
                    found[key][1][1] += 1
            for j, quote in enumerate(quotes):
                sources = [labels[a] for a, b in pairs if b == j]
                if not sources or not quote["speaker"]:
                    continue
                right = any(metrics.any_same(quote["speaker"], s.get("names", [])) or
                            not s.get("names") and metrics.left_unnamed(quote["speaker"], s) for s in sources)
                band = min(int(quote["confidence"] * 10) / 10, 0.9)
                for rows, key in ((speaker, quote["resolution"]), (bands, f"{band:.1f} and more")):
                    rows[key][0][0] += right
                    rows[key][0][1] += 1
    table("kind", found, ["found", "right speaker"])
    table("speaker found by", speaker, ["right"])
    table("confidence", bands, ["right"])


def score_text(name):
    with open(f"{sys.argv[1]}/quotes/in/{name}", encoding="utf-8") as file:
        return file.read()


if __name__ == "__main__":
    main()
