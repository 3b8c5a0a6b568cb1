"""Draws what newsidx prints as SVG, for the README: `just pictures`.

Runs the commands below over the sample archive, in colour and in 88 columns, and turns the escapes into text in the
colours of a light or a dark page. Needs nothing but Python.
"""

import html
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata

PICTURES = {
    "query": ["query", "Lavrov Geneva", "-n", "2"],
    "quotes": ["quotes", "speaker:lavrov paper", "-n", "2"],
    "count": ["count", "lavrov", "--by", "speaker,month", "-n", "6"],
    "show": ["show", "473d7ccb", "--query", "blinken geneva", "--around", "0"],
}
COLUMNS = 88
CELL, LINE, PAD = 8.4, 19, 14
LIGHT = ["#24292f", "#b3261e", "#1a7f37", "#8a6100", "#0550ae", "#8250df", "#006d77", "#57606a"]
DARK = ["#d0d7de", "#ff8a80", "#7ee787", "#e3b341", "#79c0ff", "#d2a8ff", "#76e3ea", "#8b949e"]
ESCAPE = re.compile(r"\x1b\[([0-9;]*)m|\x1b\]8;[^\x1b]*\x1b\\")


def width(text):
    """Columns that `text` takes."""
    wide = (2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in text)
    return sum(wide)


def pieces(line, style):
    """The stretches of a line with one look each, and the look at its end."""
    out, at = [], 0
    for match in ESCAPE.finditer(line):
        if match.start() > at:
            out.append((line[at : match.start()], frozenset(style)))
        at = match.end()
        for code in (match.group(1) or "0").split(";") if match.group(1) is not None else []:
            if code in ("", "0"):
                style = set()
            elif code == "1":
                style = style | {"b"}
            elif code == "2":
                style = style | {"f"}
            elif "30" <= code <= "37":
                style = {part for part in style if not part.startswith("c")} | {"c" + code[1]}
    if at < len(line):
        out.append((line[at:], frozenset(style)))
    return out, style


def picture(command, text):
    """An SVG of a prompt with a command, and of what it printed."""
    lines = [[("$ ", frozenset({"f"})), ("newsidx " + command, frozenset({"b"}))]]
    style = set()
    for line in text.rstrip("\n").split("\n"):
        found, style = pieces(line, style)
        lines.append(found)
    wide, high = COLUMNS * CELL + 2 * PAD, len(lines) * LINE + 2 * PAD
    rules = "".join(f".c{i}{{fill:{color}}}" for i, color in enumerate(LIGHT))
    dark = "".join(f".c{i}{{fill:{color}}}" for i, color in enumerate(DARK))
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.0f} {high}" width="{wide:.0f}" role="img">',
        f"<title>newsidx {html.escape(command)}</title>",
        "<style>rect{fill:#fff;stroke:#d0d7de}text{font:14px ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;",
        f"fill:{LIGHT[0]};white-space:pre}}.b{{font-weight:700}}.f{{opacity:.6}}{rules}",
        f"@media(prefers-color-scheme:dark){{rect{{fill:#0d1117;stroke:#30363d}}text{{fill:{DARK[0]}}}{dark}}}</style>",
        f'<rect x=".5" y=".5" width="{wide - 1:.0f}" height="{high - 1}" rx="8"/>',
    ]
    for number, line in enumerate(lines):
        column, y = 0, PAD + LINE * number + 14
        for text, style in line:
            look = f' class="{" ".join(sorted(style))}"' if style else ""
            if text.strip():
                x, length = PAD + column * CELL, width(text) * CELL
                out.append(
                    f'<text x="{x:.1f}" y="{y}" textLength="{length:.1f}" xml:space="preserve"{look}>'
                    f"{html.escape(text)}</text>"
                )
            column += width(text)
    return "\n".join(out + ["</svg>\n"])


def main():
    """Writes every picture into docs/."""
    binary = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "target/release/newsidx")
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    os.makedirs(os.path.join(root, "docs"), exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        # A copy, so that the paths in the pictures are those of a reader who stands above it.
        shutil.copytree(os.path.join(root, "sample-corpus"), os.path.join(folder, "sample-corpus"))
        run = lambda *args: subprocess.run([binary, *args], cwd=os.path.realpath(folder), check=True, capture_output=True, text=True).stdout
        run("build", "sample-corpus")
        for name, args in PICTURES.items():
            command = " ".join(arg if re.fullmatch(r"[\w,./:-]+", arg) else f"'{arg}'" for arg in args)
            text = run("--no-config", "--color", "always", "--width", str(COLUMNS), *args)
            with open(os.path.join(root, "docs", name + ".svg"), "w", encoding="utf-8") as file:
                file.write(picture(command, text))


main()
