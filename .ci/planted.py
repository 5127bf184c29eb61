"""Plants edits in Word files as Word makes them, and looks for each on the way back.

    planted.py PROGRAM [FILES [FIRST]]

Each file is an example, built, with one edit to five in it; `import --base` brings it back. Each edit has to be in the
source or in the list of what is to be done by hand, and no other word may be changed. What was tracked alone has to be
the source to the byte once it is settled by its base. Exits with 1 where that does not hold.
"""
import collections, copy, difflib, functools, io, pathlib, random, re, shutil, subprocess, sys, tempfile, zipfile

from lxml import etree

NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{NS}}}"
AUTHORS = {"Jean Exemple": "FR", "Anna Muster": "DE"}
WORD = re.compile(r"[^\W\d_]{4,}")


def element(name, *children, **attributes):
    made = etree.Element(W + name, {W + key: value for key, value in attributes.items()}, nsmap={"w": NS})
    made.extend(children)
    return made


class File:
    """A Word file, and what was done to it."""

    def __init__(self, data, chance):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}
        self.chance, self.id, self.done = chance, 9000, []
        self.document = etree.fromstring(self.parts["word/document.xml"])
        self.notes = etree.fromstring(self.parts["word/footnotes.xml"]) if "word/footnotes.xml" in self.parts else None
        self.comments = element("comments")
        self.body = self.document.find(f"{W}body")

    def bytes(self):
        parts = dict(self.parts)
        parts["word/document.xml"] = etree.tostring(self.document)
        if self.notes is not None:
            parts["word/footnotes.xml"] = etree.tostring(self.notes)
        if len(self.comments):
            parts["word/comments.xml"] = etree.tostring(self.comments)
            kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
            relations = "word/_rels/document.xml.rels"
            parts[relations] = parts[relations].replace(
                b"</Relationships>", f'<Relationship Id="rIdComments" Type="{kind}" Target="comments.xml"/></Relationships>'.encode())
            kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
            parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
                b"</Types>", f'<Override PartName="/word/comments.xml" ContentType="{kind}"/></Types>'.encode())
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as package:
            for name, content in parts.items():
                package.writestr(name, content)
        return out.getvalue()

    def change(self, name, *children, author=None):
        self.id += 1
        return element(name, *children, id=str(self.id), author=author, date="2026-11-20T10:00:00Z")

    def mark(self):
        """A word that stands nowhere else."""
        self.id += 1
        return f"zq{self.id}x"

    def paragraphs(self):
        """Those of the body itself, with words, that no edit has touched."""
        # A list of contents is written anew by whoever opens the file.
        is_written = lambda p: p.find(f"{W}pPr/{W}pStyle") is not None and p.find(f"{W}pPr/{W}pStyle").get(f"{W}val").startswith("TOC")
        return [p for p in self.body.iterchildren(f"{W}p") if self.is_free(p) and text(p).strip() and not is_written(p)]

    def is_free(self, node):
        return node.get("touched") is None and not any(inner.get("touched") for inner in node.iter())

    def words(self):
        """A run's word that no edit has touched: the run, its text, and where the word stands."""
        places = []
        for root in filter(lambda root: root is not None, (self.body, self.notes)):
            for node in root.iter(f"{W}t"):
                run, paragraph = node.getparent(), next(node.iterancestors(f"{W}p"), None)
                above = {other.tag for other in run.iterancestors()}
                if paragraph is None or not self.is_free(paragraph) or above & {f"{W}ins", f"{W}del", f"{W}moveTo", f"{W}moveFrom"}:
                    continue
                places += [(run, node, found) for found in WORD.finditer(node.text or "")]
        return self.chance.choice(places) if places else None

    def replace(self, run, node, found, *made):
        """Puts elements in the place of a word, the run's other words around them."""
        before, after = copy.deepcopy(run), copy.deepcopy(run)
        for part, words in ((before, node.text[: found.start()]), (after, node.text[found.end() :])):
            for at, inner in enumerate(list(part)):
                if inner.tag == f"{W}t":
                    inner.text = words
                    inner.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                elif inner.tag != f"{W}rPr":
                    part.remove(inner)
        parent, at = run.getparent(), run.getparent().index(run)
        touch(run)
        parent[at : at + 1] = [before, *made, after]

    def run_of(self, run, words, deleted=False):
        made = copy.deepcopy(run)
        for inner in list(made):
            if inner.tag != f"{W}rPr":
                made.remove(inner)
        node = element("delText" if deleted else "t")
        node.text = words
        node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        made.append(node)
        return made

    def changed_by(self):
        """Who changed words: what is set otherwise is no change of words."""
        roots = filter(lambda root: root is not None, (self.document, self.notes))
        nodes = (node for root in roots for node in root.iter() if node.tag not in (f"{W}rPrChange", f"{W}comment"))
        return {node.get(f"{W}author") for node in nodes} - {None}

    def author(self):
        return self.chance.choice([*AUTHORS])


def touch(node):
    """Says that an edit has touched a paragraph."""
    paragraph = node if node.tag in (f"{W}p", f"{W}tr") else next(node.iterancestors(f"{W}p"))
    paragraph.set("touched", "1")


def text(node):
    """The words of a paragraph; of what has several, a line for each."""
    inner = [p for p in node.iter(f"{W}p") if p is not node]
    if inner:
        return "\n".join(map(text, inner))
    return "".join(piece.text or "" if piece.tag == f"{W}t" else "\t" for piece in node.iter(f"{W}t", f"{W}tab") if piece.getparent().tag == f"{W}r")


def tokens(words):
    return re.findall(r"\w+", words)


class Edit:
    """What was planted: words that are gone, words that are new, and words by which the list tells of it."""

    def __init__(self, kind, out="", put="", told=(), tracked=False):
        self.kind, self.out, self.put, self.tracked = kind, tokens(out), tokens(put), tracked
        self.told = told or [put or out]


def properties_of(paragraph, name="pPr"):
    found = paragraph.find(W + name)
    if found is None:
        found = element(name)
        paragraph.insert(0, found)
    return found


def mark_end(file, paragraph, how, author):
    """Says in a paragraph's own mark that its end is new or gone."""
    properties = properties_of(paragraph)
    look = properties.find(f"{W}rPr")
    if look is None:
        look = element("rPr")
        properties.append(look)
    look.insert(0, file.change(how, author=author))


def wrap_runs(file, paragraph, how, author):
    """All runs of a paragraph as new or gone."""
    for run in list(paragraph.iter(f"{W}r")):
        parent = run.getparent()
        at = parent.index(run)
        made = file.change(how, author=author)
        parent[at] = made
        made.append(run)
        if how in ("del", "moveFrom"):
            for node in run.iter(f"{W}t"):
                node.tag = f"{W}delText" if how == "del" else f"{W}t"


def at_words(edit):
    """An edit of some words, where there are any."""

    @functools.wraps(edit)
    def made(file):
        place = file.words()
        return edit(file, *place) if place else None

    return made


@at_words
def other_word(file, run, node, found):
    mark = file.mark()
    file.replace(run, node, found, file.run_of(run, mark))
    return Edit("a word is another", found.group(), mark)


@at_words
def word_put_in(file, run, node, found):
    mark, author = file.mark(), file.author()
    tracked = file.chance.random() < 0.6
    made = file.run_of(run, " " + mark)
    made = file.change("ins", made, author=author) if tracked else made
    file.replace(run, node, found, file.run_of(run, found.group()), made)
    return Edit("a word is put in", "", mark, tracked=tracked)


@at_words
def word_taken_out(file, run, node, found):
    tracked = file.chance.random() < 0.6
    made = file.change("del", file.run_of(run, found.group(), True), author=file.author()) if tracked else file.run_of(run, "")
    file.replace(run, node, found, made)
    return Edit("a word is taken out", found.group(), tracked=tracked)


@at_words
def word_replaced(file, run, node, found):
    mark, author = file.mark(), file.author()
    file.replace(run, node, found, file.change("del", file.run_of(run, found.group(), True), author=author),
                 file.change("ins", file.run_of(run, mark), author=author))
    return Edit("a word is replaced, tracked", found.group(), mark, tracked=True)


def like(file, paragraph, words):
    """A paragraph set as another one, with words of its own."""
    made = element("p")
    properties = paragraph.find(f"{W}pPr")
    if properties is not None:
        made.append(copy.deepcopy(properties))
        for section in made.iter(f"{W}sectPr"):
            section.getparent().remove(section)
    node = element("t")
    node.text = words
    made.append(element("r", node))
    touch(made)
    return made


def paragraph_put_in(file):
    paragraphs = file.paragraphs()
    if not paragraphs:
        return None
    paragraph, mark = file.chance.choice(paragraphs), file.mark()
    words = f"We plant {mark} here;"
    made = like(file, paragraph, words)
    tracked = file.chance.random() < 0.5
    if tracked:
        author = file.author()
        wrap_runs(file, made, "ins", author)
        mark_end(file, made, "ins", author)
    paragraph.addnext(made)
    return Edit("a paragraph is put in", "", words, [mark], tracked)


def paragraph_taken_out(file):
    paragraphs = [p for p in file.paragraphs() if p.find(f"{W}pPr/{W}sectPr") is None]
    if len(paragraphs) < 3:
        return None
    paragraph = file.chance.choice(paragraphs)
    words, tracked = shown(file, paragraph), file.chance.random() < 0.5
    touch(paragraph)
    if tracked:
        author = file.author()
        wrap_runs(file, paragraph, "del", author)
        mark_end(file, paragraph, "del", author)
    else:
        paragraph.getparent().remove(paragraph)
    return Edit("a paragraph is taken out", words, "", [text_start(words)], tracked)


def shown(file, paragraph):
    """The words of a paragraph and of its notes."""
    words = text(paragraph)
    for reference in paragraph.iter(f"{W}footnoteReference"):
        words += " " + text(note_of(file, reference))
    return words


def note_of(file, reference):
    return next(note for note in file.notes if note.get(f"{W}id") == reference.get(f"{W}id"))


def text_start(words):
    return " ".join(words.split()[:3])


def paragraph_moved(file):
    paragraphs = [p for p in file.paragraphs() if p.find(f"{W}pPr/{W}sectPr") is None]
    if len(paragraphs) < 4:
        return None
    paragraph, to = file.chance.sample(paragraphs, 2)
    if to.getnext() is paragraph or paragraph.getnext() is to and False:
        return None
    words, how = shown(file, paragraph), file.chance.choice(["cut", "bare", "tracked"])
    touch(paragraph)
    touch(to)
    if how == "cut":
        to.addnext(paragraph)
    else:
        moved = copy.deepcopy(paragraph)
        for node in [*moved.iter(f"{W}bookmarkStart"), *moved.iter(f"{W}bookmarkEnd")]:
            node.getparent().remove(node)
        to.addnext(moved)
        if how == "bare":
            paragraph.getparent().remove(paragraph)
        else:
            author, name = file.author(), file.mark()
            for old, part, kind in ((paragraph, "moveFrom", "moveFromRange"), (moved, "moveTo", "moveToRange")):
                wrap_runs(file, old, part, author)
                mark_end(file, old, part, author)
                start = file.change(f"{kind}Start", author=author)
                start.set(f"{W}name", name)
                old.addprevious(start)
                old.addnext(element(f"{kind}End", id=start.get(f"{W}id")))
    return Edit(f"a paragraph is moved ({how})", words, words, [text_start(words)], how == "tracked")


def split(file):
    paragraphs = file.paragraphs()
    places = [(p, t) for p in paragraphs for t in p.iter(f"{W}t") if t.getparent().getparent() is p and len(t.text or "") > 30]
    if not places:
        return None
    paragraph, node = file.chance.choice(places)
    run = node.getparent()
    words = list(WORD.finditer(node.text))
    if len(words) < 4:
        return None
    at = words[len(words) // 2].start()
    behind = like(file, paragraph, "")
    behind.remove(behind.find(f"{W}r"))
    rest = file.run_of(run, node.text[at:])
    for later in list(run.itersiblings()):
        behind.append(later)
    behind.insert(1 if behind.find(f"{W}pPr") is not None else 0, rest)
    section = paragraph.find(f"{W}pPr/{W}sectPr")
    if section is not None:
        properties_of(behind).append(section)
    node.text = node.text[:at]
    touch(paragraph)
    paragraph.addnext(behind)
    tail = text(behind)
    return Edit("a paragraph is divided", tail, tail, [text_start(tail)])


def join(file):
    free = file.paragraphs()
    places = [p for p in free if p.getnext() in free and p.find(f"{W}pPr/{W}sectPr") is None]
    if not places:
        return None
    paragraph = file.chance.choice(places)
    after = paragraph.getnext()
    words = shown(file, after)
    tracked = file.chance.random() < 0.5
    touch(paragraph)
    touch(after)
    if tracked:
        mark_end(file, paragraph, "del", file.author())
    else:
        node = element("t")
        node.text = " "
        node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        paragraph.append(element("r", node))
        for inner in list(after):
            if inner.tag != f"{W}pPr":
                paragraph.append(inner)
        section = after.find(f"{W}pPr/{W}sectPr")
        if section is not None:
            properties_of(paragraph).append(section)
        after.getparent().remove(after)
    return Edit("paragraphs are joined", words, words, [text_start(words)], tracked)


def tables(file):
    return [t for t in file.body.iter(f"{W}tbl") if not any("Letterhead" in s.get(f"{W}val") for s in t.iter(f"{W}pStyle"))]


def row_taken_out(file):
    rows = [row for table in tables(file) if len(table.findall(f"{W}tr")) > 2 for row in table.findall(f"{W}tr")[1:]
            if file.is_free(row) and text(row).strip()]
    if not rows:
        return None
    row = file.chance.choice(rows)
    words, tracked = shown(file, row), file.chance.random() < 0.5
    first = next(text(p) for p in row.iter(f"{W}p") if text(p).strip())
    touch(row)
    if tracked:
        author = file.author()
        properties_of(row, "trPr").append(file.change("del", author=author))
        for paragraph in row.iter(f"{W}p"):
            wrap_runs(file, paragraph, "del", author)
    else:
        row.getparent().remove(row)
    return Edit("a row is taken out", words, "", [text_start(first)], tracked)


def row_put_in(file):
    rows = [row for table in tables(file) for row in table.findall(f"{W}tr") if file.is_free(row)]
    if not rows:
        return None
    row, mark = file.chance.choice(rows), file.mark()
    made = copy.deepcopy(row)
    for node in [*made.iter(f"{W}bookmarkStart"), *made.iter(f"{W}bookmarkEnd"), *made.iter(f"{W}tblHeader")]:
        node.getparent().remove(node)
    for cell in made.iter(f"{W}tc"):
        paragraph = cell.find(f"{W}p")
        for old in list(cell.iter(f"{W}p")):
            if old is not paragraph:
                cell.remove(old)
        for inner in list(paragraph):
            if inner.tag != f"{W}pPr":
                paragraph.remove(inner)
        node = element("t")
        node.text = mark
        paragraph.append(element("r", node))
    words = " ".join(text(cell) for cell in made.iter(f"{W}tc"))
    tracked = file.chance.random() < 0.5
    if tracked:
        author = file.author()
        properties_of(made, "trPr").append(file.change("ins", author=author))
        for paragraph in made.iter(f"{W}p"):
            wrap_runs(file, paragraph, "ins", author)
    touch(made)
    row.addnext(made)
    return Edit("a row is put in", "", words, [mark], tracked)


def note_taken_out(file):
    places = [r for p in file.paragraphs() for r in p.iter(f"{W}r") if r.find(f"{W}footnoteReference") is not None]
    if not places:
        return None
    run = file.chance.choice(places)
    words = text(note_of(file, run.find(f"{W}footnoteReference"))).lstrip("*\t ")
    touch(run)
    tracked = file.chance.random() < 0.5
    if tracked:
        made = file.change("del", author=file.author())
        run.addprevious(made)
        made.append(run)
    else:
        run.getparent().remove(run)
    return Edit("a footnote is taken out", words, "", [text_start(words)], tracked)


def note_put_in(file):
    place = file.words()
    if not place or file.notes is None or next(place[0].iterancestors(f"{W}footnote"), None) is not None:
        return None
    run, node, found = place
    mark = file.mark()
    file.id += 1
    words = element("t")
    words.text = f"A note of {mark}."
    file.notes.append(element("footnote", element("p", element("r", words)), id=str(file.id)))
    reference = element("r", element("footnoteReference", id=str(file.id)))
    tracked = file.chance.random() < 0.5
    made = file.change("ins", reference, author=file.author()) if tracked else reference
    file.replace(run, node, found, file.run_of(run, found.group()), made)
    return Edit("a footnote is put in", "", words.text, [mark], tracked)


def commented(file):
    place = file.words()
    if not place or next(place[0].iterancestors(f"{W}footnote"), None) is not None:
        return None
    run, node, found = place
    mark = file.mark()
    file.id += 1
    words = element("t")
    words.text = f"Why {mark}?"
    file.comments.append(element("comment", element("p", element("r", words)), id=str(file.id), author="Anna Muster"))
    here = [element("commentRangeStart", id=str(file.id)), file.run_of(run, found.group()), element("commentRangeEnd", id=str(file.id)),
            element("r", element("commentReference", id=str(file.id)))]
    file.replace(run, node, found, *here)
    return Edit("a comment", "", "", [mark])


@at_words
def letters(file, run, node, found):
    style = next(run.iterancestors(f"{W}p")).find(f"{W}pPr/{W}pStyle")
    if style is None or style.get(f"{W}val").startswith(("Title", "Heading", "TableHead", "Meeting", "Session", "Labelled", "TOC")):
        # What its style makes bold is bold already.
        return None
    how, made = file.chance.choice("bi"), file.run_of(run, found.group())
    properties = properties_of(made, "rPr")
    was = copy.deepcopy(properties)
    old = properties.find(W + how)
    if old is not None:
        properties.remove(old)
    properties.insert(0, element(how, val="0") if old is not None else element(how))
    tracked = file.chance.random() < 0.5
    if tracked:
        properties.append(file.change("rPrChange", was, author=file.author()))
    file.replace(run, node, found, made)
    return Edit("bold or italic", "", "", [found.group()], tracked)


def number_taken_out(file):
    places = [p for p in file.paragraphs() if (s := p.find(f"{W}pPr/{W}pStyle")) is not None
              and s.get(f"{W}val").startswith(("Operative", "Sub")) and p.find(f"{W}pPr/{W}numPr/{W}numId[@{W}val='0']") is None]
    if not places:
        return None
    paragraph = file.chance.choice(places)
    properties = properties_of(paragraph)
    for old in properties.findall(f"{W}numPr"):
        properties.remove(old)
    style = properties.find(f"{W}pStyle")
    style.addnext(element("numPr", element("ilvl", val="0"), element("numId", val="0")))
    touch(paragraph)
    return Edit("a number is taken out", "", "", [text_start(text(paragraph))])


KINDS = [other_word, word_put_in, word_taken_out, word_replaced, paragraph_put_in, paragraph_taken_out, paragraph_moved, split, join,
         row_taken_out, row_put_in, note_taken_out, note_put_in, commented, letters, number_taken_out]


def judged(program, place, name, source, data, chance, first):
    """What is wrong with a file, and the kinds that were planted in it."""
    file = File(data, chance)
    for turn in range(chance.choice([1, 1, 1, 2, 3, 5])):
        edit = (first if not turn else chance.choice(KINDS))(file)
        if edit:
            file.done.append(edit)
        elif not turn:
            return None
    for node in file.document.iter():
        node.attrib.pop("touched", None)
    for node in (file.notes.iter() if file.notes is not None else ()):
        node.attrib.pop("touched", None)
    (place / "back.docx").write_bytes(file.bytes())
    (place / name).write_text(source)
    changed = file.changed_by()
    arguments = [part for author, of in AUTHORS.items() if author in changed for part in ("--as", f"{author}={of}")]
    run = lambda *arguments: subprocess.run([program, *arguments], capture_output=True, text=True, cwd=place)
    done = run("import", "back.docx", "--base", name, "-o", "out.decl", *arguments)
    label = f"{name} ({', '.join(edit.kind for edit in file.done)})"
    # The base may have brackets of a first round.
    round_of = []
    if "brackets with names already" in done.stderr:
        round_of = ["--round", "2"]
        done = run("import", "back.docx", "--base", name, "-o", "out.decl", *arguments, *round_of)
    if done.returncode:
        return [f"{label}: ends with {done.returncode}: {done.stderr}"], file.done
    made = (place / "out.decl").read_text()
    said = done.stderr.split("\n", 1)[-1]
    said = "\n".join(line for line in done.stderr.splitlines() if not line.startswith("out.decl written"))
    wrong = []
    old, new = tokens(source), tokens(made)
    out, put = collections.Counter(), collections.Counter()
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            out.update(old[a:b])
            put.update(new[c:d])
    may_out, may_put = collections.Counter(), collections.Counter()
    for edit in file.done:
        may_out.update(edit.out)
        may_put.update(edit.put)
    names = collections.Counter({name: 99 for name in [*AUTHORS.values(), "2", "bis", "ter"]})
    # What moves about is gone at one place and new at the other.
    both = out & put
    extra_out, extra_put = (out - both) - may_out, (put - both) - may_put - names
    extra_out = collections.Counter({w: n for w, n in extra_out.items() if not re.fullmatch(r"\d+|[ivx]+|\w|note|heading|section|subsection|lang|chairperson", w)})
    extra_put = collections.Counter({w: n for w, n in extra_put.items() if not w.isdigit() and w not in old and w not in ("note", "heading")})
    if extra_out or extra_put:
        wrong.append(f"more is changed than was planted: gone {dict(extra_out)}, new {dict(extra_put)}")
    for edit in file.done:
        told = any(words.replace("‑", "-") in said.replace("‑", "-") for words in edit.told)
        # The words that are left are told, or those that were moved instead.
        told = told or edit.kind.startswith(("a word is taken out", "a paragraph is moved", "paragraphs")) and said.count("left:") >= len(file.done)
        told = told or edit.kind == "paragraphs are joined" and ("is divided into other lines" in said or " ".join(edit.put[:1]) in said)
        if edit.put and not edit.out:
            there = made.count(edit.told[0])
            # What another edit left may be told with its words.
            alone = any(edit.told[0] in line and not line.endswith(("into other lines", "of another kind")) and not re.search(r"zq\d+x", line.replace(edit.told[0], "")) for line in said.split("\n"))
            if not there and not told or there and alone:
                wrong.append(f"{edit.kind}: {edit.told[0]!r} is {there} times in the source, {'and' if told else 'not'} in the list")
        elif edit.kind.startswith(("a comment", "a number")) and not told:
            wrong.append(f"{edit.kind}: not told: {edit.told}")
        elif edit.kind == "bold or italic" and not told and made == source:
            wrong.append(f"{edit.kind}: not told: {edit.told}")
        elif edit.kind.startswith(("a word is replaced", "a word is another")):
            if (edit.put[0] in made) == told and (edit.put[0] in said) == (edit.put[0] in made):
                wrong.append(f"{edit.kind}: {edit.put[0]} for {edit.out[0]}: {edit.put[0] in made} in the source")
        elif not told and made == source:
            wrong.append(f"{edit.kind}: neither made nor told: {edit.told}")
    if all(edit.tracked for edit in file.done) and made != source:
        settled = run("settle", "out.decl", "--take", "base", "-o", "-", *round_of)
        if settled.stdout != source:
            differs = [line for line in difflib.unified_diff(source.splitlines(), settled.stdout.splitlines(), n=0, lineterm="")][2:8]
            wrong.append("settled by its base it is another text: " + " / ".join(differs))
    # A final text with a paragraph more is counted anew by hand, and brackets in it are open.
    checked = run("check", "out.decl")
    if checked.returncode and not re.search(r"misnumbered|open-bracket|has no text", checked.stdout):
        wrong.append("has errors: " + checked.stdout[:300])
    if wrong and "-v" in sys.argv:
        wrong.append("said: " + said)
        wrong.append("\n".join(difflib.unified_diff(source.splitlines(), made.splitlines(), n=0, lineterm="")))
    return [f"{label}: {what}" for what in wrong], file.done


def main():
    numbers = [int(argument) for argument in sys.argv[2:] if argument.isdigit()]
    program = str(pathlib.Path(sys.argv[1]).resolve())
    count, first = (numbers + [64, 0])[:1][0], (numbers[1:] + [0])[0]
    examples = [p for p in sorted(pathlib.Path("examples").glob("*.decl")) if "volume" not in p.name]
    tried, planted, faults = 0, collections.Counter(), 0
    with tempfile.TemporaryDirectory() as folder:
        place = pathlib.Path(folder)
        for path in pathlib.Path("examples").iterdir():
            # Pages that somebody built lie there too.
            if path.is_dir():
                (place / path.name).symlink_to(path.resolve())
            else:
                shutil.copyfile(path, place / path.name)
        built = {}
        for turn in range(first, first + count):
            chance = random.Random(f"planted {turn}")
            kind = KINDS[turn % len(KINDS)]
            for path in chance.sample(examples, len(examples)):
                if path not in built:
                    subprocess.run([program, "build", path.name, "--to", "docx", "-q", "-o", "sent.docx"], cwd=place, check=True)
                    built[path] = (place / "sent.docx").read_bytes()
                found = judged(program, place, path.name, path.read_text(), built[path], chance, kind)
                if found:
                    wrong, done = found
                    tried += 1
                    planted.update(edit.kind for edit in done)
                    faults += bool(wrong)
                    for what in wrong:
                        print(f"{turn}: {what}")
                    break
    print(f"{planted.total()} edits in {tried} files came back; {faults} files wrong")
    for kind, number in sorted(planted.items()):
        print(f"  {number:4} {kind}")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
