"""Judges Word files: word.py PROGRAM FOLDER. Exits with 1 where one of them is not sound."""
import itertools, json, pathlib, random, re, subprocess, sys, tempfile

import docx
import jubarte_redlines
from openxml_audit import OpenXmlValidator

program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
wrong = []
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def audit(path):
    result = OpenXmlValidator().validate(str(path))
    # ISO 29500-1, 17.9.18: the list 0 takes a paragraph out of the list of its style.
    errors = [e for e in result.errors if "Numbering definition '0'" not in str(e)]
    if errors:
        wrong.append(f"{path.name}: {len(errors)} of openxml-audit: {errors[0]}")


def pages_of(pdf):
    """The pages that are not blank: LibreOffice leaves out those before a right-hand page."""
    told = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    return [page for page in told.split("\f")[:-1] if page.replace("draft", "").strip()]


def lines_of(page):
    lines = (re.sub(r"[\s\u00a0\u00ad]+", "", line) for line in page.split("\n"))
    return [line.replace("‑", "-") for line in lines if line]


def shared(ours, theirs):
    """How many lines of ours stand on the same page of theirs."""
    count = 0
    for a, b in itertools.zip_longest(ours, theirs, fillvalue=""):
        left = lines_of(b)
        for line in lines_of(a):
            if line in left:
                left.remove(line)
                count += 1
    return count


print(f"{'example':34}{'pages':>7}{'in Word':>9}{'lines':>7}{'same':>6}")
sums = [0, 0, 0, 0]
for path in sorted(folder.glob("*.docx")):
    audit(path)
    styles = {paragraph.style.name for paragraph in docx.Document(str(path)).paragraphs}
    if not styles & {"Title", "Operative", "Body Text", "Labelled", "Title Line"}:
        wrong.append(f"{path.name}: python-docx reads the styles {sorted(styles)}")
    ours = pages_of(folder / "pdf" / f"{path.stem}.pdf")
    office = folder / "office" / f"{path.stem}.pdf"
    if not office.exists():
        wrong.append(f"{path.name}: LibreOffice does not open it")
        continue
    theirs = pages_of(office)
    lines, same = sum(len(lines_of(page)) for page in ours), shared(ours, theirs)
    print(f"{path.stem:34}{len(ours):7}{len(theirs):9}{lines:7}{100 * same // max(lines, 1):5}%")
    sums = [sums[0] + len(ours), sums[1] + len(theirs), sums[2] + lines, sums[3] + same]
print(f"{'all':34}{sums[0]:7}{sums[1]:9}{sums[2]:7}{100 * sums[3] // sums[2]:5}%")


def words(data):
    """The text of each paragraph that has some."""
    with tempfile.NamedTemporaryFile(suffix=".docx") as file:
        file.write(data)
        file.flush()
        body = docx.Document(file.name).element.body
    out = []
    for paragraph in body.iter(f"{W}p"):
        text = "".join(t.text or "" for t in paragraph.iter(f"{W}t"))
        if text.strip():
            out.append(text)
    return out


def redline(old, new, out):
    done = subprocess.run([program, "diff", old, new, "--to", "docx", "-o", out, "-q"], capture_output=True, text=True)
    if done.returncode > 1:
        raise SystemExit(f"diff {old} {new}: {done.stderr}")


def accept_and_reject(name, old, new):
    with tempfile.TemporaryDirectory() as place:
        place = pathlib.Path(place)
        made = {}
        for kind, a, b in [("changes", old, new), ("old", old, old), ("new", new, new)]:
            redline(str(a), str(b), str(place / f"{kind}.docx"))
            made[kind] = (place / f"{kind}.docx").read_bytes()
        audit(place / "changes.docx")
        document = jubarte_redlines.Document.from_bytes(made["changes"])
        for how, of in [("accept", "new"), ("reject", "old")]:
            found, expected = words(getattr(document, how)().to_bytes()), words(made[of])
            if found != expected:
                differs = next((pair for pair in itertools.zip_longest(found, expected) if pair[0] != pair[1]))
                wrong.append(f"{name}: {how} all gives {differs[0]!r} for {differs[1]!r}")


HEADER = "document: declaration\nlanguage: {}\ntitle: Draft declaration on an example\n---\n\n"
count = 0
with tempfile.TemporaryDirectory() as place:
    place = pathlib.Path(place)
    old, new = place / "old.decl", place / "new.decl"
    for section in pathlib.Path("tests/drafts/pairs.txt").read_text().split("=== ")[1:]:
        head, rest = section.split("\n", 1)
        language = re.search(r"\((\w+)\)", head)
        a, rest = rest.split("--- new\n", 1)
        b = rest.split("--- said\n", 1)[0]
        for path, text in [(old, a), (new, b)]:
            whole = text if text.startswith("document:") else HEADER.format(language.group(1) if language else "en") + text
            path.write_text(whole)
        accept_and_reject(head, old, new)
        count += 1
    # Examples with blocks taken out, doubled, moved and words exchanged.
    chance = random.Random(18)
    examples = [p for p in sorted(pathlib.Path("examples").glob("*.decl")) if "volume" not in p.name]
    for turn in range(int(sys.argv[3]) if len(sys.argv) > 3 else 40):
        source = chance.choice(examples).read_text()
        header, body = source.split("\n---\n", 1)
        blocks = body.split("\n\n")
        for _ in range(chance.randint(1, 4)):
            at, to = chance.randrange(len(blocks)), chance.randrange(len(blocks))
            match chance.randrange(4):
                case 0 if len(blocks) > 2: blocks.pop(at)
                case 1: blocks.insert(to, blocks[at])
                case 2: blocks.insert(to, blocks.pop(at))
                case _: blocks[at] = re.sub(r"\b(the|of|de|la|der|et|и|che)\b", "any", blocks[at], count=2)
        old.write_text(source)
        new.write_text(header + "\n---\n" + "\n\n".join(blocks))
        probe = subprocess.run([program, "diff", str(old), str(new), "-q"], capture_output=True)
        if probe.returncode < 2:
            accept_and_reject(f"mutant {turn}", old, new)
            count += 1
print(f"{count} pairs of drafts accepted and rejected")
print("\n".join(wrong) or "all sound")
sys.exit(bool(wrong))
