#!/usr/bin/env python3
"""How many words each way to compare marks as new or gone, over the pairs of tests/drafts/pairs.txt.

    benchmarks/redlines/compare.py [PROGRAM]

Beside `chancery diff` stand `git diff --word-diff` on the sources and, where it is installed, Docxodus on the
Word files (`pip install python-redlines[docxodus]`). Fewer is better, as long as all that changed is marked.
"""

import io
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

try:
    from python_redlines.engines import DocxodusEngine
except ImportError:
    DocxodusEngine = None

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = str(Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "target/release/chancery").resolve())
BODY = "document: declaration\nlanguage: {}\ntitle: Draft declaration on an example\n---\n\n"


def pairs():
    text = (ROOT / "tests/drafts/pairs.txt").read_text(encoding="utf-8")
    for section in text.split("=== ")[1:]:
        head, rest = section.split("\n", 1)
        name, _, language = head.partition(" (")
        old, rest = rest.split("--- new\n", 1)
        new, said = rest.split("--- said\n", 1)
        yield name, language.rstrip(")") or "en", old, new, said


def words(text):
    return len(re.findall(r"\w+", text))


def ours(folder):
    run = subprocess.run([PROGRAM, "diff", "old.decl", "new.decl", "--to", "json"], cwd=folder, capture_output=True)
    found = json.loads(run.stdout)
    marked = [word for block in found["blocks"] for word in block.get("words", [])]
    return tuple(sum(words(word["text"]) for word in marked if word["op"] == op) for op in ("gone", "new"))


def git(folder):
    arguments = ["git", "diff", "--no-index", "--word-diff=porcelain", "old.decl", "new.decl"]
    run = subprocess.run(arguments, cwd=folder, capture_output=True, text=True)
    lines = [line for line in run.stdout.splitlines() if not line.startswith(("---", "+++"))]
    return tuple(sum(words(line[1:]) for line in lines if line.startswith(sign)) for sign in "-+")


def docxodus(folder):
    if DocxodusEngine is None:
        return None
    for name in ("old", "new"):
        arguments = [PROGRAM, "build", f"{name}.decl", "--to", "docx", "-o", f"{name}.docx"]
        if subprocess.run(arguments, cwd=folder, capture_output=True).returncode == 2:
            return None
    try:
        old, new = ((folder / f"{name}.docx").read_bytes() for name in ("old", "new"))
        redline = DocxodusEngine().run_redline("A", old, new)[0]
    except Exception as error:  # What it cannot compare is told as such.
        print(f"{folder.name}: {str(error).splitlines()[0]}", file=sys.stderr)
        return None
    archive = zipfile.ZipFile(io.BytesIO(redline))
    parts = [name for name in archive.namelist() if name in ("word/document.xml", "word/footnotes.xml")]
    xml = "".join(archive.read(name).decode() for name in parts)
    gone = re.findall(r"<w:delText[^>]*>([^<]*)<", xml)
    new = [part for inside in re.findall(r"<w:ins [^>]*>(.*?)</w:ins>", xml, re.S)
           for part in re.findall(r"<w:t(?: [^>]*)?>([^<]*)<", inside)]
    return sum(map(words, gone)), sum(map(words, new))


def main():
    totals = {}
    print("| pair | chancery | git --word-diff | Docxodus |\n|---|---|---|---|")
    for name, language, old, new, _ in pairs():
        with tempfile.TemporaryDirectory(prefix=f"{name}-") as at:
            folder = Path(at)
            for file, text in (("old", old), ("new", new)):
                whole = text if text.startswith("document:") else BODY.format(language) + text
                (folder / f"{file}.decl").write_text(whole, encoding="utf-8")
            row = [ours(folder), git(folder), docxodus(folder)]
        for at, found in enumerate(row):
            if found:
                gone, put, count = totals.get(at, (0, 0, 0))
                totals[at] = (gone + found[0], put + found[1], count + 1)
        print(f"| {name} | " + " | ".join("–" if found is None else f"−{found[0]} +{found[1]}" for found in row) + " |")
    cells = [totals.get(at) for at in range(3)]
    print("| all | " + " | ".join("–" if cell is None else f"−{cell[0]} +{cell[1]} ({cell[2]} pairs)" for cell in cells) + " |")


main()
