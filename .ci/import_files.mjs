// Word files of our own words, as docx of npm writes them.
import { createRequire } from "node:module";
import { writeFileSync } from "node:fs";
const require = createRequire(process.env.NODE_PATH + "/x.js");
const d = require("docx");
const folder = process.argv[2];
const write = async (name, file) => writeFileSync(`${folder}/${name}.docx`, await d.Packer.toBuffer(file));
const numbered = (text, level = 0) => new d.Paragraph({ text, numbering: { reference: "n", level } });
const levels = [
    { level: 0, format: d.LevelFormat.DECIMAL, text: "%1.", alignment: d.AlignmentType.START },
    { level: 1, format: d.LevelFormat.LOWER_LETTER, text: "(%2)", alignment: d.AlignmentType.START },
];
const cell = (text) => new d.TableCell({ children: [new d.Paragraph(text)] });
await write("npm", new d.Document({
    numbering: { config: [{ reference: "n", levels }] },
    footnotes: { 1: { children: [new d.Paragraph("A note of our own.")] } },
    sections: [{
        footers: { default: new d.Footer({ children: [new d.Paragraph("A foot that is left out")] }) },
        children: [
            new d.Paragraph({ text: "Draft declaration on numbers", heading: d.HeadingLevel.TITLE }),
            new d.Paragraph({ children: [new d.TextRun("We recall what was adopted and what was said of it"), new d.FootnoteReferenceRun(1), new d.TextRun(".")] }),
            numbered("We decide:"), numbered("to read;", 1), numbered("to write;", 1), numbered("We part."),
            new d.Paragraph({ children: [new d.Bookmark({ id: "a", children: [new d.TextRun("Bookmarked words")] }), new d.TextRun({ text: " and bold ones.", bold: true })] }),
            new d.Table({ rows: [new d.TableRow({ tableHeader: true, children: [cell("Day"), cell("Place")] }), new d.TableRow({ children: [cell("3 December"), cell("Hall {A}")] })] }),
        ],
    }],
}));
await write("npm-changes", new d.Document({
    comments: { children: [{ id: 0, author: "Anna Muster", date: new Date(0), children: [new d.Paragraph("Is this agreed?")] }] },
    sections: [{
        children: [
            new d.Paragraph({ text: "Draft declaration on changes", heading: d.HeadingLevel.TITLE }),
            new d.Paragraph({ children: [
                new d.CommentRangeStart(0), new d.TextRun("We "),
                new d.DeletedTextRun({ text: "shall", id: 1, author: "Jean Exemple", date: "2026-12-01T00:00:00Z" }),
                new d.InsertedTextRun({ text: "should", id: 2, author: "Jean Exemple", date: "2026-12-01T00:00:00Z" }),
                new d.TextRun(" keep the archives open to all of those who ask."), new d.CommentRangeEnd(0),
                new d.TextRun({ children: [new d.CommentReference(0)] }),
            ] }),
        ],
    }],
}));
