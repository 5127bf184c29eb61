"""Drafts as negotiations change them: `mutated(source, chance)` gives a text that differs from the source, and how."""
import re

MARKER = re.compile(r"(\d+(?: bis| ter)?\.|#\.|\([a-z#\d]+\)|[–-])\s+")
KEYWORD = re.compile(r"([a-z-]+):")
# What is no word of the author's to be changed: braces, brackets, emphasis, escapes, addresses.
PLAIN = re.compile(r"(?<![\w*\\/\[{@#])[^\W\d_]{4,}(?![\w*\\/\]}|:.@-])")


class Draft:
    """A source as its header and its blocks, which blank lines divide."""

    def __init__(self, source, chance):
        self.header, body = source.split("\n---\n", 1)
        self.blocks = body.strip("\n").split("\n\n")
        self.chance = chance
        self.words = [word.group() for block in self.blocks if plain(block) for word in PLAIN.finditer(block)] or ["words"]

    def text(self):
        return self.header + "\n---\n\n" + "\n\n".join(self.blocks) + "\n"

    def some(self, least, most):
        return " ".join(self.chance.choice(self.words) for _ in range(self.chance.randint(least, most)))

    def one(self, holds):
        """The place of a block for which this holds; none if there is none."""
        places = [at for at, block in enumerate(self.blocks) if holds(block)]
        return self.chance.choice(places) if places else None

    def word(self, at):
        """A word of a block that can be changed; none if there is none."""
        found = [word for word in PLAIN.finditer(self.blocks[at]) if is_outside(self.blocks[at], word.start())]
        return self.chance.choice(found) if found else None

    def put(self, at, start, end, words):
        block = self.blocks[at]
        self.blocks[at] = block[:start] + words + block[end:]


def is_outside(block, at):
    """Whether a place is in no braces, brackets or emphasis, and in no marker or keyword."""
    before = block[:at]
    line = before.rsplit("\n", 1)[-1]
    return (before.count("{") == before.count("}") and before.count("[") == before.count("]")
            and before.count("*") % 2 == 0 and "//" not in line)


def column(block):
    return len(block) - len(block.lstrip(" "))


def marker(block):
    found = MARKER.match(block.strip())
    return found.group(1) if found else ""


def kind(block):
    """What a block is among others: blocks of one kind may take each other's place."""
    if KEYWORD.match(block.strip()) or block.strip().startswith(("//", "{", "[")) or "\n}" in block:
        return None
    sign = re.sub(r"\d+( bis| ter)?", "#", re.sub(r"\([a-z\d]+\)", "(#)", marker(block)))
    return column(block), sign


def plain(block):
    return kind(block) is not None


def numbered(block, words):
    """Words with the marker that goes on after a block's."""
    sign = kind(block)[1]
    return " " * column(block) + (f"{sign} " if sign else "") + words


def is_table(block):
    return "table:" in block and "\n" in block and len(rows(block)) > 2


def rows(block):
    """The numbers of a table's lines that are rows and go on with none."""
    lines = block.split("\n")
    begins = next(at for at, line in enumerate(lines) if "table:" in line)
    return [at for at in range(begins + 1, len(lines)) if "|" in lines[at] and not lines[at].strip().startswith("|")]


def other_word(draft):
    at = draft.one(plain)
    word = at is not None and draft.word(at)
    return word and draft.put(at, word.start(), word.end(), draft.some(1, 2)) is None


def word_in(draft):
    at = draft.one(plain)
    word = at is not None and draft.word(at)
    return word and draft.put(at, word.end(), word.end(), " " + draft.some(1, 4)) is None


def word_out(draft):
    at = draft.one(plain)
    word = at is not None and draft.word(at)
    if not word or not draft.blocks[at][word.end():].startswith(" "):
        return False
    draft.put(at, word.start(), word.end() + 1, "")
    return True


def split(draft):
    at = draft.one(plain)
    word = at is not None and draft.word(at)
    if not word or word.start() < 25:
        return False
    block = draft.blocks[at]
    draft.blocks[at : at + 1] = [block[: word.start()].rstrip(), numbered(block, block[word.start() :])]
    return True


def join(draft):
    same = [at for at in range(len(draft.blocks) - 1)
            if plain(draft.blocks[at]) and kind(draft.blocks[at]) == kind(draft.blocks[at + 1])]
    if not same:
        return False
    at = draft.chance.choice(same)
    draft.blocks[at : at + 2] = [draft.blocks[at] + " " + MARKER.sub("", draft.blocks[at + 1].strip(), count=1)]
    return True


def move(draft):
    at = draft.one(plain)
    if at is None:
        return False
    block = draft.blocks.pop(at)
    to = draft.one(lambda other: kind(other) == kind(block))
    draft.blocks.insert(at if to is None else to, block)
    return to not in (None, at)


def out(draft):
    at = draft.one(plain)
    if at is None or len(draft.blocks) < 3:
        return False
    draft.blocks.pop(at)
    return True


def put_in(draft):
    at = draft.one(plain)
    if at is None:
        return False
    draft.blocks.insert(at + 1, numbered(draft.blocks[at], draft.some(4, 12).capitalize() + ";"))
    return True


def sub(draft):
    at = draft.one(lambda block: marker(block) and plain(block))
    if at is None:
        return False
    lead = " " * (column(draft.blocks[at]) + 4)
    sign = draft.chance.choice(["(#) ", "(#) ", "– ", ""])
    draft.blocks[at + 1 : at + 1] = [lead + sign + draft.some(2, 7) + ";" for _ in range(draft.chance.randint(1, 3))]
    return True


def row(draft):
    at = draft.one(is_table)
    if at is None:
        return False
    lines, all_rows = draft.blocks[at].split("\n"), rows(draft.blocks[at])
    here, there = draft.chance.choice(all_rows), draft.chance.choice(all_rows)
    columns = lines[here].count("|")
    lead = " " * column(lines[here])
    match draft.chance.randrange(3):
        case 0: lines.pop(here)
        case 1: lines.insert(here + 1, lead + " | ".join(draft.some(1, 3) for _ in range(columns + 1)))
        case _: lines.insert(there, lines.pop(here))
    draft.blocks[at] = "\n".join(lines)
    return True


def cell(draft):
    at = draft.one(is_table)
    word = at is not None and draft.word(at)
    return word and draft.put(at, word.start(), word.end(), draft.some(1, 3)) is None


def note(draft):
    at = draft.one(lambda block: "{note" in block and plain(block))
    if at is not None and draft.chance.randrange(2):
        found = re.search(r"\{note[^:{}]*:([^{}]*)\}", draft.blocks[at])
        if not found:
            return False
        if draft.chance.randrange(2):
            draft.put(at, found.start(), found.end(), "")
        else:
            draft.put(at, found.end() - 1, found.end() - 1, " " + draft.some(1, 4) + ".")
        return True
    at = draft.one(plain)
    word = at is not None and draft.word(at)
    return word and draft.put(at, word.end(), word.end(), "{note: " + draft.some(2, 8).capitalize() + ".}") is None


def bracket(draft):
    at = draft.one(plain)
    word = at is not None and draft.word(at)
    if not word:
        return False
    forms = ["[{}]", "[{} | {}]", "[FR: {} | DE: {}]", "{} [NO: {}]"]
    words = draft.chance.choice(forms).format(word.group(), draft.some(1, 3))
    draft.put(at, word.start(), word.end(), words)
    return True


def open_or_closed(draft):
    at = draft.one(lambda block: plain(block) and re.search(r"\[[^\W\d_][^\[\]|{}:]{4,}\]", block))
    if at is None:
        return False
    draft.blocks[at] = re.sub(r"\[([^\W\d_][^\[\]|{}:]{4,})\]", r"\1", draft.blocks[at], count=1)
    return True


def reference(draft):
    to = draft.one(lambda block: marker(block) and plain(block) and "{#" not in block)
    at = draft.one(plain)
    if to is None or at == to:
        return False
    found = MARKER.search(draft.blocks[to])
    word = draft.word(at)
    if not word:
        return False
    label = f"new-{len(draft.text()) % 997}"
    draft.put(at, word.end(), word.end(), " {@" + label + "}")
    draft.put(to, found.end(), found.end(), "{#" + label + "} ")
    return True


def heading(draft):
    at = draft.one(lambda block: re.match(r"(section|subsection|heading):", block))
    if at is not None and draft.chance.randrange(3):
        word = draft.word(at)
        if not word:
            return False
        draft.put(at, word.start(), word.end(), draft.some(1, 2))
        return True
    at = draft.one(lambda block: plain(block) and column(block) == 0)
    if at is None:
        return False
    draft.blocks.insert(at, "heading: " + draft.some(2, 5).capitalize())
    return True


def emphasis(draft):
    at = draft.one(plain)
    word = at is not None and draft.word(at)
    sign = draft.chance.choice(["*", "**"])
    return word and draft.put(at, word.start(), word.end(), sign + word.group() + sign) is None


def bis(draft):
    at = draft.one(lambda block: re.match(r"\d+\. ", block))
    if at is None:
        return False
    number = draft.blocks[at].split(".")[0]
    draft.blocks.insert(at + 1, f"{number} bis. " + draft.some(4, 9).capitalize() + ";")
    return True


def title(draft):
    found = re.search(r"^title:\s+(\S.*)$", draft.header, re.M)
    word = found and next(PLAIN.finditer(draft.header, found.start(1), found.end(1)), None)
    if not word:
        return False
    draft.header = draft.header[: word.start()] + draft.some(1, 2) + draft.header[word.end() :]
    return True


def heads(draft):
    """What stands in the letterhead and the heads of pages."""
    found = re.search(r"^(journal|agenda-item|day|meeting):(\s+)(\d+)$", draft.header, re.M)
    if not found:
        return False
    draft.header = draft.header[: found.start(3)] + str(int(found.group(3)) % 9 + 1) + draft.header[found.end(3) :]
    return True


KINDS = [other_word, word_in, word_out, split, join, move, out, put_in, sub, row, cell, note, bracket, open_or_closed,
         reference, heading, emphasis, bis, title, heads]


def mutated(source, chance, first=None):
    """The source with one change to six, the first of them of a kind; and the names of their kinds."""
    draft, names = Draft(source, chance), []
    for turn in range(chance.choice([1, 1, 2, 3, 4, 6])):
        for _ in range(8):
            change = first if first and not turn else chance.choice(KINDS)
            if change(draft):
                names.append(change.__name__)
                break
    return draft.text(), names
