"""Accepts and rejects what differs between drafts, by a program that is not ours.

    redlines.py PROGRAM [MUTANTS [FIRST]]

All pairs of tests/drafts, and so many examples changed at random, the same ones each time. `diff --to docx`, all
accepted, is what `build --to docx` makes of the new draft, and all rejected of the old one: words, numbers as Word
counts them, notes, cells, bold and italic. Exits with 1 where one differs or is not sound.
"""
import collections, concurrent.futures, difflib, io, itertools, pathlib, random, re, subprocess, sys, tempfile, zipfile
from xml.etree import ElementTree

import jubarte_redlines
from openxml_audit import OpenXmlValidator

import mutants

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEADER = "document: declaration\nlanguage: {}\ntitle: Draft declaration on an example\n---\n\n"


def audit(path):
    """What openxml-audit finds wrong in a file; none if nothing."""
    # ISO 29500-1, 17.9.18: the list 0 takes a paragraph out of the list of its style.
    errors = [e for e in OpenXmlValidator().validate(str(path)).errors if "Numbering definition '0'" not in str(e)]
    return f"{len(errors)} of openxml-audit: {errors[0]}" if errors else None


def attribute(node, path, name="val"):
    found = node.find("/".join(W + part for part in path.split("/"))) if node is not None else None
    return None if found is None else found.get(W + name)


class Numbers:
    """What Word's lists count."""

    def __init__(self, numbering, styles):
        self.formats, self.lists, self.counts = {}, {}, collections.defaultdict(dict)
        for abstract in numbering.iter(f"{W}abstractNum"):
            for level in abstract.iter(f"{W}lvl"):
                key = abstract.get(f"{W}abstractNumId"), int(level.get(f"{W}ilvl"))
                self.formats[key] = (attribute(level, "numFmt"), attribute(level, "lvlText"), int(attribute(level, "start") or 1))
        for number in numbering.iter(f"{W}num"):
            starts = {int(over.get(f"{W}ilvl")): int(attribute(over, "startOverride"))
                      for over in number.iter(f"{W}lvlOverride") if attribute(over, "startOverride")}
            self.lists[number.get(f"{W}numId")] = (attribute(number, "abstractNumId"), starts)
        self.styles, self.begun = {}, set()
        for style in styles.iter(f"{W}style"):
            properties = style.find(f"{W}pPr")
            self.styles[style.get(f"{W}styleId")] = (attribute(properties, "numPr/numId"), attribute(properties, "numPr/ilvl"))

    def of(self, properties):
        """The number of a paragraph with these properties."""
        style = self.styles.get(attribute(properties, "pStyle"), (None, None))
        number = attribute(properties, "numPr/numId") or style[0]
        level = int(attribute(properties, "numPr/ilvl") or style[1] or 0)
        if number in (None, "0") or number not in self.lists:
            return ""
        abstract, starts = self.lists[number]
        counts = self.counts[abstract]
        if level in starts and (number, level) not in self.begun:
            self.begun.add((number, level))
            counts[level] = starts[level]
        elif level in counts:
            counts[level] += 1
        else:
            counts[level] = starts.get(level, self.formats[abstract, level][2])
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]

        def count(found):
            at = int(found[1]) - 1
            return counted(counts.get(at, 1), self.formats[abstract, at][0])

        return re.sub(r"%(\d)", count, self.formats[abstract, level][1])


def counted(number, how):
    """A number as Word's lists write it."""
    if how.endswith("Letter"):
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    elif how.endswith("Roman"):
        signs = zip((100, 90, 50, 40, 10, 9, 5, 4, 1), ("c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"))
        letters = ""
        for worth, sign in signs:
            letters += sign * (number // worth)
            number %= worth
    elif how.startswith("russian"):
        letters = "абвгдежзиклмнопрстуфхцчшщ"[number - 1]
    else:
        return str(number)
    return letters.upper() if "pper" in how else letters


def plain(words):
    """Without the signs that say how words are set."""
    return re.sub("[\x02\x03]", "", words)


def content(data):
    """A line for each paragraph, row and note of a file."""
    parts = zipfile.ZipFile(io.BytesIO(data))
    xml = lambda name: ElementTree.fromstring(parts.read(f"word/{name}.xml"))
    names = parts.namelist()
    empty = ElementTree.Element("none")
    numbers = Numbers(xml("numbering") if "word/numbering.xml" in names else empty, xml("styles"))
    notes = {note.get(f"{W}id"): note for note in xml("footnotes")} if "word/footnotes.xml" in names else {}
    lines = []

    def words(paragraph):
        out = ""
        for run in paragraph.iter(f"{W}r"):
            look = run.find(f"{W}rPr")
            signs = "".join(sign for name, sign in (("b", "\x02"), ("i", "\x03")) if look is not None and look.find(W + name) is not None)
            for piece in run:
                text = {f"{W}t": piece.text or "", f"{W}tab": "\t", f"{W}br": "\n"}.get(piece.tag, "")
                out += "".join(signs + sign for sign in text) if signs else text
                if piece.tag == f"{W}footnoteReference":
                    note = notes[piece.get(f"{W}id")]
                    out += "{" + " / ".join(words(inner) for inner in note.iter(f"{W}p")) + "}"
        return out

    def walk(node, depth):
        for child in node:
            if child.tag == f"{W}p":
                properties = child.find(f"{W}pPr")
                text = words(child)
                if text.strip() or depth:
                    style = attribute(properties, "pStyle") or ""
                    number = numbers.of(properties)
                    # A number may be counted in one file and typed in the other, without what a list makes bold.
                    if not number and "\t" in text:
                        number, text = text.split("\t", 1)
                    lines.append(f"{'  ' * depth}{style} | {plain(number)} | {text}")
            elif child.tag == f"{W}tbl":
                for row in child.iter(f"{W}tr"):
                    lines.append("row")
                    for cell in row.iter(f"{W}tc"):
                        lines.append("  cell")
                        walk(cell, depth + 2)
            elif child.tag == f"{W}sdt":
                walk(child.find(f"{W}sdtContent"), depth)

    walk(xml("document").find(f"{W}body"), 0)
    return lines


def judged(program, place, name, old, new):
    """What is wrong with a pair of texts; None where it is no pair."""
    texts = {"old": old, "new": new}
    for side, text in texts.items():
        (place / f"{side}.decl").write_text(text)
    run = lambda *arguments: subprocess.run([program, *arguments], capture_output=True, text=True, cwd=place)
    if any(run("build", f"{side}.decl", "--to", "docx", "-q").returncode for side in texts):
        return None
    done = run("diff", "old.decl", "new.decl", "--to", "docx", "-o", "changes.docx", "-q")
    if done.returncode > 1:
        return [f"{name}: {done.stderr}"]
    wrong = [f"{name}: {said}" for said in [audit(place / "changes.docx")] if said]
    document = jubarte_redlines.Document.from_bytes((place / "changes.docx").read_bytes())
    for how, of in [("accept", "new"), ("reject", "old")]:
        found = content(getattr(document, how)().to_bytes())
        expected = content((place / f"{of}.docx").read_bytes())
        if found != expected:
            differs = [line for line in difflib.unified_diff(expected, found, n=0, lineterm="") if line[:3] not in ("---", "+++")]
            wrong.append(f"{name}: {how} all:\n    " + "\n    ".join(map(plain, differs[:6])))
    return wrong


def pairs_of_tests():
    for section in pathlib.Path("tests/drafts/pairs.txt").read_text().split("=== ")[1:]:
        head, rest = section.split("\n", 1)
        language = re.search(r"\((\w+)\)", head)
        old, rest = rest.split("--- new\n", 1)
        whole = lambda text: text if text.startswith("document:") else HEADER.format(language[1] if language else "en") + text
        yield head, whole(old), whole(rest.split("--- said\n", 1)[0])


def mutant(examples, turn, attempt):
    """An example and what became of it: the same for the same numbers."""
    chance = random.Random(f"draft {turn} {attempt}")
    kind = mutants.KINDS[turn % len(mutants.KINDS)]
    for path in chance.sample(examples, len(examples)):
        source = path.read_text()
        new, names = mutants.mutated(source, chance, kind)
        if kind.__name__ in names:
            return f"mutant {turn} of {path.name} ({', '.join(names)})", source, new
    raise SystemExit(f"no example has a place for {kind.__name__}")


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    count, first = (int(sys.argv[at]) if len(sys.argv) > at else number for at, number in ((2, 120), (3, 0)))
    examples = [p for p in sorted(pathlib.Path("examples").glob("*.decl")) if "volume" not in p.name]

    def tried(pairs):
        """The first of these pairs that are texts without errors."""
        for pair in pairs:
            with tempfile.TemporaryDirectory() as place:
                wrong = judged(program, pathlib.Path(place), *pair)
            if wrong is not None:
                return wrong
        return [f"{pair[0]}: has errors, as all that were tried before it"]

    fixed = [[pair] for pair in pairs_of_tests()]
    random_ones = [(mutant(examples, turn, attempt) for attempt in range(8)) for turn in range(first, first + count)]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        found = list(pool.map(tried, fixed + random_ones))
    print(f"{len(fixed)} pairs of drafts and {len(random_ones)} mutants accepted and rejected; {sum(map(bool, found))} wrong")
    for wrong in filter(None, found):
        print("\n".join(wrong))
    sys.exit(any(found))


if __name__ == "__main__":
    main()
