"""Judges Word files: word.py FOLDER. Exits with 1 where one of them is not sound."""
import itertools, pathlib, re, subprocess, sys

import docx

from redlines import audit

folder = pathlib.Path(sys.argv[1])
wrong = []


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
    wrong += [f"{path.name}: {said}" for said in [audit(path)] if said]
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
print("\n".join(wrong) or "all sound")
sys.exit(bool(wrong))
