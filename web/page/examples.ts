// Texts to begin with.

import archivesDe from "../../examples/archives.de.decl";
import archivesEn from "../../examples/archives.en.decl";
import archivesEs from "../../examples/archives.es.decl";
import archivesFr from "../../examples/archives.fr.decl";
import archivesIt from "../../examples/archives.it.decl";
import archivesRu from "../../examples/archives.ru.decl";
import everything from "../../examples/everything.en.decl";
import journal from "../../examples/journal.en.decl";
import letter from "../../examples/letter.en.decl";
import ministerialEn from "../../examples/mc-decision.en.decl";
import ministerialFr from "../../examples/mc-decision.fr.decl";
import permanentDe from "../../examples/pc-decision.de.decl";
import permanentEn from "../../examples/pc-decision.en.decl";
import permanentRu from "../../examples/pc-decision.ru.decl";
import rules from "../../examples/rules.en.decl";
import statement from "../../examples/statement.en.decl";

const EMPTY = "document: declaration\nlanguage: en\ntitle:    [title]\n---\n\nWe, [who we are],\n\n1. [What we decide.]\n";

export const EXAMPLES: { group: string; texts: [string, string, string][] }[] = [
  { group: "New", texts: [["a declaration", "new.en.decl", EMPTY]] },
  {
    group: "Declarations",
    texts: [
      ["English", "archives.en.decl", archivesEn],
      ["Français", "archives.fr.decl", archivesFr],
      ["Deutsch", "archives.de.decl", archivesDe],
      ["Italiano", "archives.it.decl", archivesIt],
      ["Español", "archives.es.decl", archivesEs],
      ["Русский", "archives.ru.decl", archivesRu],
    ],
  },
  {
    group: "Decisions",
    texts: [
      ["Ministerial Council, English", "mc-decision.en.decl", ministerialEn],
      ["Ministerial Council, Français", "mc-decision.fr.decl", ministerialFr],
      ["Permanent Council, English", "pc-decision.en.decl", permanentEn],
      ["Permanent Council, Deutsch", "pc-decision.de.decl", permanentDe],
      ["Permanent Council, Русский", "pc-decision.ru.decl", permanentRu],
    ],
  },
  {
    group: "Others",
    texts: [
      ["Statement", "statement.en.decl", statement],
      ["Journal", "journal.en.decl", journal],
      ["Letter", "letter.en.decl", letter],
      ["Rules of procedure", "rules.en.decl", rules],
      ["All that can be written", "everything.en.decl", everything],
    ],
  },
];
