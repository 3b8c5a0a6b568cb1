"""Fuzzes the targets of fuzz/ one after the other and prints a table: seconds, executions, finds.

    scripts/fuzz.py [--seconds N] [--timeout N] [--binaries FOLDER] [TARGET...]

Seeds are what the tests read, and the sample archive. Needs cargo-fuzz and a nightly toolchain. The address sanitizer stays
off: the crate forbids unsafe code, and without it the fuzzer runs several times as often; overflows and failed
assertions still end a run. Finds are left in fuzz/artifacts/TARGET."""

import argparse
import io
import os
import pathlib
import re
import subprocess
import sys
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
FUZZ = ROOT / "fuzz"

# The names that a target's first byte chooses from, in its order.
NAMES = {
    "read": ["txt", "md", "html", "json", "jsonl", "csv", "tsv", "txt.gz", "jsonl.zst", "ndjson"],
    "archives": ["zip", "tar", "tgz", "docx", "epub"],
    "exports": ["txt", "html", "rtf"],
    "mail": ["eml", "mbox", "mhtml"],
    "warc": ["warc", "warc.gz"],
}


def targets():
    return re.findall(r'path = "fuzz_targets/(\w+)\.rs"', (FUZZ / "Cargo.toml").read_text())


def samples(folder):
    """What the tests read, the exports and the sample archive, as pairs of extension and content."""
    folder.mkdir(parents=True, exist_ok=True)
    tests = ["cargo", "test", "--locked", "--quiet", "--lib", "read::tests"]
    subprocess.run(tests, cwd=ROOT, env=os.environ | {"NEWSIDX_SAMPLES": str(folder)}, check=True, stdout=subprocess.DEVNULL)
    for top in [folder, ROOT / "tests/data", ROOT / "sample-corpus"]:
        for path in sorted(top.rglob("*")):
            if path.is_file() and path.stat().st_size < 50_000:
                yield path.name.split(".", 1)[-1], path.read_bytes()


def seeds_of(target, extension, content):
    """`content` as the target takes it; nothing if it is not of its kind."""
    if target in NAMES:
        yield from (bytes([at]) + content for at, name in enumerate(NAMES[target]) if name.endswith(extension))
    elif target == "rtf" and content.startswith(b"{\\rtf1"):
        yield content[7:]
    elif target == "pdf" and extension == "pdf":
        yield content[9:]
    elif target == "news_xml" and extension == "xml":
        yield content
    elif target in ("office", "epub") and content.startswith(b"PK"):
        yield from parts_of(target, content)
    elif target in ("extract", "tokens") and extension in ("txt", "md"):
        yield content
    elif target in ("query", "dialects") and extension in ("tsv", "toml"):
        yield from (line.split(b"\t")[0] for line in content.splitlines()[:200])


def parts_of(target, content):
    parts = {"word/document.xml": b"\x01", "content.xml": b"\0"} if target == "office" else {".opf": b""}
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        for name in archive.namelist():
            yield from (first + archive.read(name) for part, first in parts.items() if name.endswith(part))
    except (zipfile.BadZipFile, RuntimeError, EOFError):
        return


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--seconds", type=int, default=600, help="seconds for each target")
    arguments.add_argument("--timeout", type=int, default=20, help="seconds that one input may take; more on a busy machine")
    arguments.add_argument("--binaries", help="folder of targets that are built already, instead of building them")
    arguments.add_argument("targets", nargs="*", help="all, unless named")
    chosen = arguments.parse_args()
    found = list(samples(FUZZ / "corpus" / ".samples"))
    ran = [run(target, chosen, found) for target in chosen.targets or targets()]
    sys.exit(any(finds for finds in ran))


def run(target, chosen, found):
    seconds, binaries = chosen.seconds, chosen.binaries
    corpus = FUZZ / "corpus" / target
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seed for one in found for seed in seeds_of(target, *one)):
        (corpus / f"seed-{number}").write_bytes(seed)
    finds = FUZZ / "artifacts" / target
    finds.mkdir(parents=True, exist_ok=True)
    build = ["cargo", "+nightly", "fuzz", "run", "--sanitizer", "none", target, str(corpus), "--"]
    command = [f"{binaries}/{target}", str(corpus)] if binaries else build
    command += [f"-max_total_time={seconds}", f"-timeout={chosen.timeout}", "-report_slow_units=60", "-print_final_stats=1", "-verbosity=0", f"-artifact_prefix={finds}/"]
    log = subprocess.run(command, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, errors="replace").stderr
    (FUZZ / "artifacts" / f"{target}.log").write_text(log)
    runs = re.findall(r"stat::number_of_executed_units:\s*(\d+)", log)
    new = re.findall(r"Test unit written to (\S+)", log)
    print(f"{target:<12}{seconds:>7} s {int(runs[-1]) if runs else 0:>12} executions  {' '.join(new) or 'clean'}", flush=True)
    return new


if __name__ == "__main__":
    main()
