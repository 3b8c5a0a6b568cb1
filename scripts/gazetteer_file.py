"""The file of the gazetteer: tables cut into blocks that are compressed apart, so that a look-up unpacks what it touches.

src/extract/places/gazetteer/file.rs reads it. All numbers are little-endian; "planes" are the lowest bytes of all
numbers of a column, then the next. In this order:

    length of the front, length of the blocks of names, of rows, of spellings: 4 bytes each
    the front, compressed: what is read first, see `front`
    the blocks of names, of rows, of spellings: each compressed alone
    the ids of all rows, not compressed: planes of 3 bytes; from OUT on they number the ids of the front
"""

import difflib
import struct

import zstandard

NAMES = 1024  # names of a block
ROWS = 1024  # rows of a block, of spellings as of facts
OUT = (1 << 24) - (1 << 16)  # ids from here on stand in the front
UNKNOWN = 0x8000  # a coordinate
OTHER = 255  # an edit that is spelled out
MOST = 1 << 15  # bytes of a block


def planes(values, width):
    """Little-endian integers, all lowest bytes first: compresses better."""
    data = [v.to_bytes(width, "little") for v in values]
    return b"".join(bytes(d[i] for d in data) for i in range(width))


def strings(values):
    """Their lengths, one byte each, and themselves."""
    return bytes(len(v) for v in values) + b"".join(values)


def pack(names, longest, own, links, rows, spelled, countries, regions):
    """The bytes of the file.

    names    keys in the order of their bytes, with the words of the longest name that begins with each, the number of
             rows that it owns, and the links of each
    rows     (id, latitude, longitude, country, region, weight, flags), in the order of the names that own them
    spelled  {row: (key in title case, name)} where the two differ
    """
    combinations = combine(rows)
    edits = {row: edit(*pair) for row, pair in spelled.items()}
    common = most_common(edits)
    out = [i for i, *_ in rows if i >= OUT]
    placed = iter(range(len(out)))
    ids = [i if i < OUT else OUT + next(placed) for i, *_ in rows]
    blocks = [
        [name_block(names[at:at + NAMES], longest[at:at + NAMES], own[at:at + NAMES], links[at:at + NAMES])
         for at in range(0, len(names), NAMES)],
        [row_block(rows[at:at + ROWS], combinations) for at in range(0, len(rows), ROWS)],
        [spelling_block(edits, at, common) for at in range(0, len(rows), ROWS)],
    ]
    if max(len(block) for group in blocks for block in group) > MOST:
        raise SystemExit("a block is too long")
    packed = [[compressed(block) for block in group] for group in blocks]
    first = front(names, own, len(rows), combinations, out, common, countries, regions, packed)
    parts = [compressed(first), *(b"".join(group) for group in packed)]
    return b"".join([struct.pack("<4I", *map(len, parts)), *parts, planes(ids, 3)])


def compressed(raw):
    return zstandard.ZstdCompressor(level=22, write_content_size=True).compress(raw)


def front(names, own, rows, combinations, out, common, countries, regions, packed):
    """What every look-up needs: the numbers of things, where blocks begin, what rows have in common."""
    firsts = [sum(own[:at]) for at in range(0, len(names), NAMES)]
    boxes = list(combinations.items())
    return b"".join([
        struct.pack("<8I", len(names), rows, len(countries), len(regions), len(boxes), len(out), len(common), len(firsts)),
        "".join(countries).encode(),
        planes(regions, 4),
        planes([key[0] for key, _ in boxes], 1), planes([key[1] for key, _ in boxes], 2), planes([key[2] for key, _ in boxes], 1),
        planes([south & 0xFFFF for _, (_, south, _) in boxes], 2), planes([west & 0xFFFF for _, (_, _, west) in boxes], 2),
        planes(out, 4),
        bytes(deleted for deleted, _ in common), strings([new.encode() for _, new in common]),
        planes(firsts, 4), *(planes(list(map(len, group)), 2) for group in packed),
        strings(names[::NAMES]),
    ])


# ---- rows -----------------------------------------------------------------------------------------------------------

POINT = 1 << 4  # flag: it has a point


def signed(v):
    return v - 0x10000 if v >= 0x8000 else v


def combination(row):
    _, lat, _, country, region, _, flags = row
    return country, region, flags | (POINT if lat != UNKNOWN else 0)


def combine(rows):
    """{(country, region, flags): (number, least latitude, least longitude)}: rows have few of them, and a point is told by
    how far it is from the corner of its region."""
    found = {}
    for row in rows:
        lat, lon = signed(row[1]), signed(row[2])
        count, south, west = found.get(combination(row), (0, lat, lon))
        found[combination(row)] = (count + 1, min(south, lat), min(west, lon))
    order = sorted(found, key=lambda key: (-found[key][0], key))
    return {key: (n, *(found[key][1:] if key[2] & POINT else (0, 0))) for n, key in enumerate(order)}


def row_block(rows, combinations):
    known = [combinations[combination(row)] for row in rows]
    points = [(signed(row[1]) - south, signed(row[2]) - west) if row[1] != UNKNOWN else (0, 0)
              for row, (_, south, west) in zip(rows, known)]
    return b"".join([
        planes([n for n, _, _ in known], 2), planes([row[5] for row in rows], 1),
        planes([north for north, _ in points], 2), planes([east for _, east in points], 2),
    ])


# ---- names ----------------------------------------------------------------------------------------------------------

def shared(a, b):
    n = 0
    while n < min(len(a), len(b), 255) and a[n] == b[n]:
        n += 1
    return n


def name_block(names, longest, own, links):
    """Names of which only what differs from the one before is stored, and what they mean."""
    sharing = [shared(before, name) for before, name in zip([b"", *names], names)]
    tails = [name[n:] for name, n in zip(names, sharing)]
    return b"".join([
        struct.pack("<H", len(names)), bytes(sharing), bytes(map(len, tails)), bytes(longest), bytes(own), bytes(map(len, links)),
        planes([link for more in links for link in more], 3), *tails,
    ])


# ---- spellings ------------------------------------------------------------------------------------------------------

def edit(title, name):
    """What makes a name of its key in title case: [(letters kept, letters dropped, letters put in)]."""
    edits, kept = [], 0
    for what, a, b, c, d in difflib.SequenceMatcher(None, title, name, autojunk=False).get_opcodes():
        if what == "equal":
            kept = b - a
        else:
            edits.append((kept, b - a, name[c:d]))
            kept = 0
    return edits


def most_common(edits):
    counts = {}
    for _, deleted, new in (e for of in edits.values() for e in of):
        counts[deleted, new] = counts.get((deleted, new), 0) + 1
    return sorted(counts, key=lambda e: (-counts[e], e))[:OTHER]


def spelling_block(edits, first, common):
    """The number of rows with a spelling of their own, which rows, and the edits of each."""
    number = {e: n for n, e in enumerate(common)}
    rows = [row for row in range(first, first + ROWS) if row in edits]
    out = [struct.pack("<H", len(rows)), planes([row - first for row in rows], 2)]
    for row in rows:
        out.append(bytes([len(edits[row])]))
        for kept, deleted, new in edits[row]:
            n = number.get((deleted, new), OTHER)
            out.append(bytes([kept, n]))
            if n == OTHER:
                out.append(bytes([deleted]) + strings([new.encode()]))
    return b"".join(out)


# ---- reading --------------------------------------------------------------------------------------------------------

class Planes:
    """Bytes that are read from the first on."""

    def __init__(self, raw):
        self.raw, self.at = raw, 0

    def bytes(self, count):
        self.at += count
        return self.raw[self.at - count:self.at]

    def numbers(self, count, width):
        planes = [self.bytes(count) for _ in range(width)]
        return [sum(plane[i] << (8 * shift) for shift, plane in enumerate(planes)) for i in range(count)]

    def strings(self, count):
        return [self.bytes(length) for length in self.bytes(count)]


def unpack(file):
    """Names, the number of rows that each owns and its links, as `pack` takes them; and (weight, flags) of each row."""
    lengths = struct.unpack("<4I", file[:16])
    parts = Planes(file[16:])
    first, *groups = [parts.bytes(length) for length in lengths]
    r = Planes(uncompressed(first))
    all_names, all_rows, countries, regions, boxes, out, common, blocks = struct.unpack("<8I", r.bytes(32))
    r.bytes(countries * 2 + regions * 4 + boxes * 3)
    flags_of = r.bytes(boxes)
    r.bytes(boxes * 4 + out * 4 + common)
    r.strings(common)
    r.bytes(blocks * 4)
    sizes = [r.numbers(count, 2) for count in (blocks, -(-all_rows // ROWS))]
    names, own, links, rows = [], [], [], []
    for block in cut(groups[0], sizes[0]):
        (count,) = struct.unpack("<H", block.bytes(2))
        sharing, rest, _, owned, more = (block.bytes(count) for _ in range(5))
        linked = iter(block.numbers(sum(more), 3))
        before = b""
        for n in range(count):
            before = before[:sharing[n]] + block.bytes(rest[n])
            names.append(before)
            own.append(owned[n])
            links.append([next(linked) for _ in range(more[n])])
    for block in cut(groups[1], sizes[1]):
        count = len(block.raw) // 7
        boxed, weights = block.numbers(count, 2), block.bytes(count)
        rows.extend((weight, flags_of[box] & ~POINT) for box, weight in zip(boxed, weights))
    return names, own, links, rows


def uncompressed(packed):
    return zstandard.ZstdDecompressor().decompress(packed)


def cut(packed, sizes):
    parts = Planes(packed)
    return [Planes(uncompressed(parts.bytes(size))) for size in sizes]
