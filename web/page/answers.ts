// What the program answers.

export interface Finding {
  from: number;
  to: number;
  file: string | null;
  line: number | null;
  severity: "error" | "warning" | "info";
  code: string;
  message: string;
  others: { from: number; to: number; what: string }[];
  /** How its cure may be taken; none where it has none. */
  cure: "safe" | "suggested" | null;
  struck: boolean;
}

export interface Checked {
  findings: Finding[];
  more: string[];
  errors: number;
  warnings: number;
  references: number;
  title: string;
  built: boolean;
}

export type PageShown = { size: [number, number]; places: [number, number][]; svg: string | null };

export interface Words {
  tokens: [number, number, string, "good" | "open" | "wrong" | "allowed" | null][];
  hints: [number, string][];
  folds: [number, number][];
}

export interface Hover {
  from: number;
  to: number;
  head: string;
  lines: string[];
  address: string | null;
}

export interface Edit {
  from: number;
  to: number;
  insert: string;
}

export interface Action {
  what: string;
  cures: boolean;
  safe: boolean;
  /** The finding whose cure it is. */
  of: { code: string; from: number; to: number } | null;
  /** Where what it lets stand is: it cures nothing. */
  stands: [number, number] | null;
  edits: Edit[];
}

export interface Completion {
  label: string;
  detail: string;
  kind: string;
  from: number;
  to: number;
  insert: string;
}
