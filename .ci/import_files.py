"""Word files of our own words, as python-docx and pandoc write them."""
import sys
from pathlib import Path

import docx
import pypandoc
from docx.enum.text import WD_BREAK

folder = Path(sys.argv[1])

text = docx.Document()
text.core_properties.author = "Anna Muster"
text.add_heading("Draft declaration on reading rooms", 0)
text.add_paragraph("The participating States, recalling what was adopted and what was said of it {by all} | by some,")
text.add_heading("Rooms", 1)
first = text.add_paragraph("We keep the ", style="List Number")
first.add_run("archives").bold = True
first.add_run(" and ")
first.add_run("libraries").italic = True
first.add_run(" open to all of the public;")
text.add_paragraph("We publish what was adopted:", style="List Number")
text.add_paragraph("the lists of each year;", style="List Bullet 2")
text.add_paragraph("the lists of each meeting [of the Council | of the Forum];", style="List Bullet 2")
text.add_paragraph("include: clauses/en/nothing.decl")
text.add_paragraph("// This is no remark.")
text.add_paragraph("A quotation of our own.", style="Quote")
table = text.add_table(rows=3, cols=2)
for row, cells in zip(table.rows, [("Day", "Place"), ("3 December", "Hall A"), ("4 December", "Hall B | C")]):
    for cell, words in zip(row.cells, cells):
        cell.text = words
text.add_paragraph("We thank the host.").add_run().add_break(WD_BREAK.PAGE)
text.sections[0].header.paragraphs[0].text = "A head that is left out"
text.save(folder / "python.docx")

typed = docx.Document()
typed.add_heading("Draft declaration on typed numbers", 0)
for line in ["1.\tWe meet in the spring;", "2.\tWe decide:", "(a)\tto read;", "(b)\tto write;",
             "3.\tWe part.", "26. December was cold.", "[FR: 4. We thank all.]"]:
    typed.add_paragraph(line)
typed.save(folder / "python-typed.docx")

for tag, lines in {
    "fr": ["Projet de déclaration", "Les États participants, rappelant les décisions qui ont été prises,", "Nous gardons les archives ouvertes à tous ; nous le disons « ici »."],
    "ru": ["Проект декларации", "Государства-участники, напоминая о решениях, которые были приняты,", "Мы храним архивы открытыми для всех."],
    "de": ["Entwurf einer Erklärung", "Die Teilnehmerstaaten, unter Hinweis auf die Beschlüsse, die gefasst wurden,", "Wir halten die Archive für alle offen."],
}.items():
    other = docx.Document()
    other.add_heading(lines[0], 0)
    for line in lines[1:]:
        other.add_paragraph(line)
    other.save(folder / f"python-{tag}.docx")

MARKDOWN = """---
title: Draft declaration on lists
---

The participating States, recalling their *earlier* decisions^[As they were adopted, *all* of them.] and **others**,

# Lists

1.  Decide to publish:

    a.  the lists of each year;

    b.  the lists of each meeting;

        i.  of the Council;

        ii. of the Forum;

2.  Decide to return to this.

- one thing;
- another thing.

> A quotation of our own.

| Day | Place  |
|-----|--------|
| 3   | Hall A |

A paragraph with [a link](https://www.example.org/a*b) and `code {x}`.
"""
pypandoc.convert_text(MARKDOWN, "docx", format="markdown", outputfile=str(folder / "pandoc.docx"))
