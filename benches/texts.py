"""The texts that are timed: the paragraphs of the published declaration, once (2 pages) and
680 times (1,000 pages)."""

import re


def texts(work):
    """Writes each as `NAME.decl` into a folder; yields its name and its paragraphs without their numbers."""
    header, body = open("examples/asian-partners.fr.decl", encoding="utf8").read().split("---\n", 1)
    paragraphs = [re.sub(r"\s+", " ", p).strip() for p in body.split("\n\n") if p.strip()]
    once = [re.sub(r"^\d+\. ", "", p) for p in paragraphs]
    for name, copies in (("2", 1), ("1000", 680)):
        with open(f"{work}/{name}.decl", "w", encoding="utf8") as out:
            out.write(header + "---\n\n" + "\n\n".join("#. " + t for t in once * copies) + "\n")
        yield name, once * copies
