#!/usr/bin/env python3
"""Generates src/names/data/aliases.bin, the table of spellings that newsidx carries in its binary.

    python3 -m venv .venv
    .venv/bin/pip install zstandard==0.25.0
    .venv/bin/pip download --no-deps --no-binary rigour rigour==2.6.1
    .venv/bin/python scripts/aliases.py rigour-2.6.1.tar.gz

The result depends on nothing but that archive, src/extract/data/{gazetteer.bin,common_words.txt} and
src/names/data/own.txt: run twice, it is the same to the byte.

Sources
  rigour (MIT)     rust/data/names/person_names.txt: parts of names in many spellings, from Wikidata (CC0)
  the gazetteer    names of towns, regions and countries, from GeoNames (CC BY 4.0)
  own.txt          our own

What is kept: names in Latin and Cyrillic letters, of one word (places: also of several), of three letters or more. Of a
group, two spellings are related if they could be said alike: groups also hold pet names, names of wives, readings of one
Chinese character in nine dialects, and mistakes.

Layout: blocks of sorted lines, each compressed apart, so that a look-up unpacks one. See src/names/aliases.rs.
"""

import functools
import os
import re
import struct
import sys
import tarfile
import unicodedata
from collections import defaultdict

import zstandard

from gazetteer_file import unpack

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
DATA = os.path.join(ROOT, "src", "extract", "data")
OUT = os.path.join(ROOT, "src", "names", "data")

BLOCK = 8 * 1024
FEWEST_LETTERS = 3
# Weight of the smallest town (capitals aside) whose other names are kept: eight times the binary logarithm of 140,000 people.
TOWN_WEIGHT = 137
REGION_BEHIND = 24
CITY, REGION, COUNTRY, WATER, AREA = range(5)


# ---- the form under which words are compared; src/text/fold.rs does the same ----------------------------------------

SINGLE = {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "ŋ": "n",
          "ς": "σ", "ё": "е"}


def fold(text):
    out = []
    for char in unicodedata.normalize("NFC", text):
        for c in char.lower():
            if c in SINGLE:
                out.append(SINGLE[c])
            elif "\u0400" <= c <= "\u04ff" or "\u3040" <= c <= "\u30ff":
                out.append(c)
            else:
                parts = unicodedata.normalize("NFD", c)
                out.extend(SINGLE.get(d, d) for d in parts if not unicodedata.combining(d))
    return re.sub("['’‘`ʻʼ´ʹ]", "", "".join(out))


LATIN = re.compile(r"[a-z]+")
CYRILLIC = re.compile(r"[а-яіїєґўђјљњћџѓќѕ]+")
HAN = re.compile(r"[\u3400-\u9fff\u3100-\u312f]")
# Scripts into which a name is only ever written by its sound.
BY_SOUND = re.compile(r"[\u0370-\u03ff\u0530-\u06ff\u0900-\u0dff\u10a0-\u10ff]")


ARABIC = re.compile(r"[\u0621-\u06d3]")


def bare(form):
    """An Arabic spelling without vowel signs, its letters of one kind: the consonants that all readings share."""
    letters = str.maketrans("أإآٱیىکة", "ااااييكه", "\u0640")
    return re.sub("[\u064b-\u0652\u0670\u200c]", "", form).translate(letters)


def is_word(form):
    return len(form) >= FEWEST_LETTERS and bool(LATIN.fullmatch(form) or CYRILLIC.fullmatch(form))


# ---- whether two spellings could be said alike ----------------------------------------------------------------------

LETTERS = dict(zip("абвгґдеєжзиіїйклмнопрстуўфхцчшщъыьэюяјљњћџђѓќѕ",
                   "a b v g g d e e zh z i i i i k l m n o p r s t u u f h ts ch sh sh _ i _ e u a i l n ch zh zh g k z".split()))
PAIRS = [("schtsch", "S"), ("shch", "S"), ("szcz", "S"), ("tsch", "S"), ("sch", "S"), ("tch", "S"), ("dzh", "S"), ("dsch", "S"),
         ("tsj", "S"), ("tsh", "S"), ("tx", "S"), ("ch", "S"), ("sh", "S"), ("zh", "S"), ("cz", "S"), ("sz", "S"), ("rz", "S"), ("zs", "S"), ("ts", "S"),
         ("tz", "S"), ("dz", "S"), ("dj", "S"), ("sj", "S"), ("tj", "S"), ("ph", "F"), ("th", "T"), ("gh", "K"), ("kh", "K"),
         ("ck", "K"), ("ix", "S")]
CLASSES = {**dict.fromkeys("bp", "P"), **dict.fromkeys("fvw", "F"), **dict.fromkeys("kgqh", "K"), **dict.fromkeys("td", "T"),
           **dict.fromkeys("szcjx", "S"), **dict.fromkeys("mn", "N"), "l": "L", "r": "R"}


def latin(word):
    return "".join(LETTERS.get(c, c) for c in word).replace("_", "")


@functools.cache
def skeleton(word):
    """Its consonants by kind, as a rough sound."""
    word = latin(word)
    for letters, kind in PAIRS:
        word = word.replace(letters, kind)
    kinds = "".join(CLASSES.get(c, c if c.isupper() else "") for c in word)
    return re.sub(r"(.)\1+", r"\1", kinds)


# What it costs to leave a sound out, or to take another for it: h, j and w come and go between languages.
DROPPED = {"F": 0.5, "K": 0.6, "S": 0.7}


def distance(a, b):
    row = [0.0]
    for kind in b:
        row.append(row[-1] + DROPPED.get(kind, 1))
    for x in a:
        corner, row[0] = row[0], row[0] + DROPPED.get(x, 1)
        for j, y in enumerate(b):
            other = 0 if x == y else 0.5 if {x, y} == {"K", "S"} else 1
            corner, row[j + 1] = row[j + 1], min(corner + other, row[j] + DROPPED.get(y, 1), row[j + 1] + DROPPED.get(x, 1))
    return row[-1]


def edits(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a):
        corner, row[0] = row[0], i + 1
        for j, y in enumerate(b):
            corner, row[j + 1] = row[j + 1], min(corner + (x != y), row[j] + 1, row[j + 1] + 1)
    return row[-1]


FEMALE = re.compile(r"(ov|ev|ow|ew|in|yn|sk|ck|tsk|ovic)a|(sk|ck)a[yij]?a|ovova|vna|.*(ова|ева|ёва|ина|ына|кая|ка|вна|аўна|ёўна|ева|ска)$")
MALE_ENDS = ("ov", "ev", "ow", "ew", "off", "eff", "in", "yn", "ski", "sky", "skiy", "skij", "skyi", "skyy", "cki", "cky", "ich", "ic", "icz", "itch",
             "itsch", "ов", "ев", "ин", "ын", "кий", "кой", "ий", "ич", "іч", "аў", "оў", "еў", "ёў", "кі")
FEMALE_ENDS = ("ova", "eva", "owa", "ewa", "ina", "yna", "aya", "aia", "aja", "ska", "cka", "vna", "wna", "ова", "ева", "ина", "ына", "ая", "ська", "вна",
               "ўна", "ска")


# Letters of Arabic that only its own words have: names of the West are written without them.
ITS_OWN = re.compile("[حعقصضطظثذءأإؤئ]")


def of_two_sexes(a, b):
    """Whether one is the form of the man's surname or patronymic, and the other of the woman's."""
    for x, y in ((a, b), (b, a)):
        if y.endswith(FEMALE_ENDS) and (x.endswith(MALE_ENDS) or y in (x + "ova", x + "a", x + "ова", x + "а")):
            return True
    return False


def alike(a, b, readings):
    """Whether two spellings of a group are kept as related. `readings`: the group is one of Chinese characters."""
    if of_two_sexes(a, b) or is_other_name(latin(a), latin(b)) or is_other_name(latin(b), latin(a)):
        return False
    one_script = bool(LATIN.fullmatch(a)) == bool(LATIN.fullmatch(b))
    if one_script and readings:
        return False
    x, y = skeleton(a), skeleton(b)
    # Of few consonants one more is another name: David and Davis.
    most = 0.34 * max(len(x), len(y), 1)
    if distance(x, y) > (min(most, 0.7) if one_script and max(len(x), len(y)) <= 3 else most):
        return False
    short = min(len(a), len(b))
    if not one_script:
        return short > 4 or x == y or edits(latin(a), latin(b)) <= 3
    if is_longer_name(a, b) or is_longer_name(b, a):
        return False
    # Little is left of a short name without its vowels, and kh is no k.
    p, q = latin(a).replace("j", "y"), latin(b).replace("j", "y")
    if short <= 4:
        return plain(p) == plain(q)
    return short > 7 or (x == y or edits(p, q) <= 2) and edits(p, q) <= 3 and not (hard_k(p, q) or hard_k(q, p))


def may_be_one(a, b):
    """Whether two spellings that Arabic writes in one way sound alike: Youssef and Yusuf; Ahmad is no Hamad."""
    vowels = [latin(form)[0] in "aeiou" for form in (a, b)]
    return a != b and vowels[0] == vowels[1] and skeleton(a) == skeleton(b)


def plain(word):
    """A short name, with one letter for all that are written for one sound."""
    for letters, is_ in (("ck", "k"), ("ph", "f"), ("oo", "u"), ("ou", "u"), ("ee", "i"), ("q", "k"), ("c", "k"), ("w", "v"), ("y", "i")):
        word = word.replace(letters, is_)
    return re.sub(r"(.)\1+", r"\1", word)


def is_longer_name(a, b):
    """Whether one is the other with an ending that makes another name of it, as a woman's of a man's."""
    return b.startswith(a) and b[len(a):] in ("a", "e", "i", "la", "le", "na", "ne", "elle", "etta", "ine", "ina")


def is_other_name(a, b):
    """Whether few letters make two names of them: Anderson and Andersson, Georgia and Georgina, Peskov and Peshkov, Robert
    and Roberts, Julian and Julius."""
    swedish = a.endswith("son") and not a.endswith("sson") and b == a[:-3] + "sson"
    slavic = "sh" in b and bool(SURNAME.match(a)) and b.replace("sh", "s") == a
    english = len(a) > FEWEST_LETTERS and b == a + "s"
    latin = a.endswith("n") and b == a[:-2] + "us"
    return swedish or slavic or english or latin or a.endswith("a") and b == a[:-1] + "na"


def hard_k(a, b):
    return "kh" in a and "k" in b and "h" not in b


# ---- reading --------------------------------------------------------------------------------------------------------

def groups(archive):
    """Lists of spellings, each with whether it is the readings of a Chinese character, and its spellings in Arabic."""
    with tarfile.open(archive) as tar:
        member = next(m for m in tar.getmembers() if m.name.endswith("/data/names/person_names.txt"))
        lines = tar.extractfile(member).read().decode().splitlines()
    for line in lines:
        body, _, _ = line.rpartition(" => ")
        written = [form.strip() for form in body.split(",")]
        forms = sorted({fold(form) for form in written})
        forms = [form for form in forms if is_word(form)]
        han = any(HAN.search(form) for form in written)
        surname = any(form.endswith(("姓", "氏")) for form in written)
        by_sound = any(BY_SOUND.search(form) for form in written)
        arabic = {bare(form) for form in written if ARABIC.match(form)}
        yield forms, surname or (han and not by_sound and len(forms) > 2), arabic


def own():
    """Our own groups, taken as they are."""
    with open(os.path.join(OUT, "own.txt"), encoding="utf-8") as f:
        for line in f:
            if line.strip() and not line.startswith("#"):
                yield [fold(form.strip()) for form in line.split(",")]


def words_of(name):
    with open(os.path.join(DATA, name), encoding="utf-8") as f:
        return {word for line in f if not line.startswith("#") for word in line.split() if not word.endswith(":")}


def places(parts):
    """Lists of names of one place, each the best known place of all its names. `parts`: what is known as a part of persons' names."""
    with open(os.path.join(DATA, "gazetteer.bin"), "rb") as f:
        names, own_count, links, rows = unpack(f.read())
    common = words_of("common_words.txt")
    of_row, surnames = defaultdict(list), defaultdict(set)
    row = 0
    for n, name in enumerate(names):
        found = list(range(row, row + own_count[n]))
        found += [entry >> 1 for entry in links[n] if not entry & 1]
        demonym = any(entry & 1 for entry in links[n])
        row += own_count[n]
        key = name.decode()
        words = key.split(" ")
        fits = len(key) > FEWEST_LETTERS and all(LATIN.fullmatch(w) or CYRILLIC.fullmatch(w) for w in words)
        if not found or demonym or not fits or all(word in common for word in words):
            continue
        # A town comes before the region that is called after it.
        best = max(found, key=lambda place: (rows[place][0] - (REGION_BEHIND if rows[place][1] & 7 == REGION else 0), -place))
        weight, flags = rows[best]
        if flags & 7 != CITY or flags & 8 or weight >= TOWN_WEIGHT:
            of_row[best].append(key)
            if best in found[:own_count[n]] and re.fullmatch(r".{3,}([oe]v|in)o", key):
                # Ivanov and Ivanova are people, Ivanovo is the town.
                surnames[best] = {key[:-1], key[:-1] + "a"}
    def kept(place, found):
        town = rows[place][1] & 7 == CITY
        return [name for name in sorted(set(found) - surnames[place]) if not (town and name in parts and is_alone(name, found))]

    sets = [kept(place, found) for place, found in of_row.items()]
    return [found for found in sets if len(found) > 1]


def is_alone(name, names):
    """Whether no other name of the place sounds like this one: Stalin, as Donetsk was called once, is also a person."""
    others = [skeleton(other) for other in names if other != name]
    own = skeleton(name)
    return all(distance(own, other) > 0.34 * max(len(own), len(other), 1) for other in others)


# ---- writing --------------------------------------------------------------------------------------------------------

def relations(archive):
    """For each spelling its others: of persons, and of places."""
    persons, towns = defaultdict(set), defaultdict(set)
    in_arabic, parts = defaultdict(set), set()
    for forms, readings, arabic in groups(archive):
        # A name that is written in one way only is hardly one that is known abroad.
        parts.update(forms if len(forms) > 1 else ())
        for a in forms:
            persons[a].update(b for b in forms if a != b and alike(a, b, readings))
        for native in arabic:
            in_arabic[native].update(forms)
    # Arabic writes no short vowels: Youssef and Yusuf are one name where it writes them alike.
    for native, forms in in_arabic.items():
        if len(native) > FEWEST_LETTERS and ITS_OWN.search(native):
            for a in forms:
                persons[a].update(b for b in forms if may_be_one(a, b) and alike(a, b, False))
    add_women(persons)
    for forms in own():
        for a in forms:
            persons[a].update(b for b in forms if a != b)
    for forms in places(parts):
        for a in forms:
            towns[a].update(b for b in forms if a != b)
    return persons, towns


SURNAME = re.compile(r".{3,}([oe][vw]|[iy]n|[оеё]в|ин|аў|оў)$")


def add_women(persons):
    """What is known of the surname of a man holds of his wife's: Zakharov is Sacharow, so Zakharova is Sacharowa."""
    def wife(name):
        return name.removesuffix("ў") + "ва" if name.endswith("ў") else name + ("a" if LATIN.fullmatch(name) else "а")

    for man in [name for name in persons if SURNAME.match(name)]:
        persons[wife(man)].update(wife(other) for other in persons[man] if SURNAME.match(other))


def main():
    persons, towns = relations(sys.argv[1])
    words = sorted((w for w in {*persons, *towns} if persons.get(w) or towns.get(w)), key=str.encode)
    lines = [f"{w}\t{','.join(sorted(persons.get(w, ())))}\t{','.join(sorted(towns.get(w, ())))}\n".encode() for w in words]
    blocks, block = [], b""
    for line in lines:
        block += line
        if len(block) >= BLOCK:
            blocks.append(block)
            block = b""
    blocks.append(block)
    compressor = zstandard.ZstdCompressor(level=22, write_content_size=True)
    packed = [compressor.compress(block) for block in blocks if block]
    heads = [block.split(b"\t", 1)[0] for block in blocks if block]
    out = [struct.pack("<I", len(packed))]
    at = 0
    for head, data in zip(heads, packed):
        out.append(struct.pack("<IB", at, len(head)) + head)
        at += len(data)
    raw = b"".join(out + packed)
    with open(os.path.join(OUT, "aliases.bin"), "wb") as f:
        f.write(raw)
    related = sum(map(len, persons.values())), sum(map(len, towns.values()))
    print(f"{len(words)} spellings, {related[0]} related as persons and {related[1]} as places; {len(raw)} bytes", file=sys.stderr)


if __name__ == "__main__":
    main()
