#!/usr/bin/env python3
"""Scores tools that find citations on the sentences beside this file.

    score.py                        target/debug/chancery, and the other tools that are installed
    score.py --chancery PATH        another program
    score.py --sentences FILE       other sentences in the same format
    score.py --wrong                shows what chancery reads otherwise than labelled
    score.py --given FILE           citations that a tool of your own found, a record a line:
                                    {"id": "first-001", "citations": [{"start": 3, "end": 9, "cites": "MC.DEC/5/09"}]}

Nothing but Python is needed; eyecite and citeurl are run if `pip install eyecite citeurl markdown` was.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
HEADER = """document: declaration
language: {language}
as-of: 2026-12-04
title: Draft on citations
---

"""
BELOW = b"---\n\n"


def chancery(program, sentences):
    """What `chancery refs` finds: a file a sentence, so that no sentence helps another."""
    found = {sentence["id"]: [] for sentence in sentences}
    with tempfile.TemporaryDirectory() as folder:
        texts = {}
        for sentence in sentences:
            words = sentence["text"]
            # A backslash keeps what begins like a number or a keyword from being one.
            text = HEADER.format(language=sentence["language"]) + "\\" * words[0].isdigit() + words + "\n"
            texts[sentence["id"]] = text.encode()
            pathlib.Path(folder, sentence["id"] + ".decl").write_bytes(texts[sentence["id"]])
        run = subprocess.run([program, "refs", "--format", "json", folder], stdout=subprocess.PIPE, check=False)
        for reference in json.loads(run.stdout):
            name = pathlib.Path(reference["file"]).stem
            text = texts[name]
            sentence_at = text.index(BELOW) + len(BELOW)
            sentence_at += text[sentence_at : sentence_at + 1] == b"\\"
            start, end = reference["span"]["start"], reference["span"]["end"]
            if start < sentence_at:
                continue
            place = [len(text[sentence_at:at].decode()) for at in (start, end)]
            found[name].append(
                {"start": place[0], "end": place[1], "cites": reference["symbol"], "pinpoint": reference["pinpoint"], "state": reference["state"]}
            )
    return found


def eyecite(sentences):
    from eyecite import get_citations

    def places(text):
        # What only points at something, “id.”, is no citation of an instrument.
        return [{"start": cite.span()[0], "end": cite.span()[1]} for cite in get_citations(text)]

    return {sentence["id"]: places(sentence["text"]) for sentence in sentences}


def citeurl(sentences):
    from citeurl import Citator

    citator = Citator()
    return {
        sentence["id"]: [{"start": cite.span[0], "end": cite.span[1]} for cite in citator.list_cites(sentence["text"])]
        for sentence in sentences
    }


def pattern(sentences):
    """What one gets in an hour: symbols and numbers with a year by regular expressions, the body never known."""
    like = re.compile(
        r"\b(?:MC|PC|FSC|SEC|CIO|SUM)(?:\(\d+\))?\.[A-Z]+/\d+(?:/\d+)*|\b[AS]/RES/\S+?\d\b(?: \(\d{4}\))?|\b\d{1,4}/\d{2}\b|\b\d{2,4} \((?:19|20)\d\d\)"
    )
    return {
        sentence["id"]: [{"start": m.start(), "end": m.end(), "cites": m.group()} for m in like.finditer(sentence["text"])]
        for sentence in sentences
    }


def is_named(label):
    return not any(sign.isdigit() for sign in label["quote"]) or label["cites"][0].islower()


def plain(cites, names):
    """A symbol without blanks; the Security Council numbers on, so that the year tells nothing that the number does not."""
    cites = names.get(cites, cites).replace(" ", "")
    return re.sub(r"^(S/RES/\d+)\(\d{4}\)$", r"\1", cites)


def same(cites, label, names):
    return cites is not None and plain(cites, names) == plain(label["cites"], names)


def meet(a, b):
    return a["start"] < b["end"] and b["start"] < a["end"]


def score(sentences, found, names):
    """Counts: of numbers, of names, of what is not read."""
    count = dict.fromkeys(["numbers", "numbers right", "names", "names right", "located", "found", "found right", "pins", "pins right", "unread", "unread said", "false unread", "dropped"], 0)
    wrong = []
    for sentence in sentences:
        left = list(found.get(sentence["id"], []))
        unread = [cite for cite in left if cite.get("state") == "unread"]
        read = [cite for cite in left if cite.get("state") != "unread"]
        count["found"] += len(read)
        faults = []
        for label in sentence["citations"]:
            if label.get("status") == "unread":
                count["unread"] += 1
                said = next((cite for cite in unread if meet(cite, label)), None)
                count["unread said"] += said is not None
                if said in unread:
                    unread.remove(said)
                else:
                    faults.append(f"not unread: {label['quote']}")
                continue
            kind = "names" if is_named(label) else "numbers"
            count[kind] += 1
            # Several may share their words, as in a range.
            right = next((cite for cite in read if meet(cite, label) and same(cite.get("cites"), label, names)), None)
            located = right or next((cite for cite in read if meet(cite, label)), None)
            count["located"] += located is not None
            if right:
                count[kind + " right"] += 1
                count["found right"] += 1
                read.remove(right)
                if label.get("pinpoint"):
                    count["pins"] += 1
                    at = right.get("pinpoint") or ""
                    count["pins right"] += at.replace(" ", "") == label["pinpoint"].replace(" ", "")
                    if at.replace(" ", "") != label["pinpoint"].replace(" ", ""):
                        faults.append(f"{label['cites']}: place {at!r} for {label['pinpoint']!r}")
                continue
            faults.append(f"missed: {label['cites']} ({label['quote']})")
            if located is None:
                said = next((cite for cite in unread if meet(cite, label)), None)
                count["dropped"] += said is None
                if said in unread:
                    unread.remove(said)
        faults += [f"wrong: {cite.get('cites')} ({sentence['text'][cite['start'] : cite['end']]})" for cite in read]
        faults += [f"unread: {sentence['text'][cite['start'] : cite['end']]}" for cite in unread]
        count["false unread"] += len(unread)
        if faults:
            wrong.append(f"{sentence['id']} ({sentence['language']}): {sentence['text']}\n    " + "\n    ".join(faults))
    return count, wrong


def share(part, whole):
    return f"{100 * part / whole:5.1f}" if whole else "    –"


def row(name, count, knows):
    every = count["numbers"] + count["names"]
    cells = [share(count["located"], every)]
    if knows:
        cells += [
            share(count["numbers right"], count["numbers"]),
            share(count["names right"], count["names"]),
            share(count["found right"], count["found"]),
            share(count["pins right"], count["pins"]),
            f"{count['unread said']:2} of {count['unread']:2}, {count['false unread']} false",
            f"{count['dropped']:7}",
        ]
    else:
        cells += ["    –", "    –", f"{share(count['located'], count['found'])}", "    –", "–", f"{every - count['located']:7}"]
    return f"{name:22} " + "  ".join(f"{cell:>9}" for cell in cells)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--chancery", default=HERE.parents[1] / "target/debug/chancery")
    arguments.add_argument("--sentences", default=HERE / "sentences.jsonl")
    arguments.add_argument("--given")
    arguments.add_argument("--wrong", action="store_true")
    arguments = arguments.parse_args()
    sentences = [json.loads(line) for line in open(arguments.sentences, encoding="utf-8")]
    for sentence in sentences:
        for label in sentence["citations"]:
            if sentence["text"][label["start"] : label["end"]] != label["quote"]:
                sys.exit(f"{sentence['id']}: {label} is not at its place")
    names = json.loads((HERE / "names.json").read_text(encoding="utf-8"))
    labels = sum(len(sentence["citations"]) for sentence in sentences)
    traps = sum(not sentence["citations"] for sentence in sentences)
    print(f"{len(sentences)} sentences, {labels} citations, {traps} sentences with none\n")
    heads = ["located", "numbers", "names", "precision", "places", "unread", "dropped"]
    print(f"{'':22} " + "  ".join(f"{head:>9}" for head in heads))
    ours = chancery(arguments.chancery, sentences)
    count, wrong = score(sentences, ours, names)
    print(row("chancery", count, True))
    for language in sorted({sentence["language"] for sentence in sentences}):
        some = [sentence for sentence in sentences if sentence["language"] == language]
        print(row(f"  {language}", score(some, ours, names)[0], True))
    for name, tool in [("eyecite", eyecite), ("citeurl", citeurl), ("a regular expression", pattern)]:
        try:
            print(row(name, score(sentences, tool(sentences), names)[0], False))
        except ImportError:
            print(f"{name:22} not installed")
    if arguments.given:
        given = {record["id"]: record["citations"] for record in map(json.loads, open(arguments.given, encoding="utf-8"))}
        print(row(pathlib.Path(arguments.given).stem, score(sentences, given, names)[0], True))
    if arguments.wrong:
        print("\n" + "\n".join(wrong))


if __name__ == "__main__":
    main()
