/**
 * A sentence with the parts of its statement marked. Offsets count Unicode code points, as everywhere
 * in newsgraph; JavaScript's strings count UTF-16 units, so the text is cut up by code points first.
 *
 * @import { Statement } from "./model.js"
 * @typedef {{role: string, start: number, end: number}} Span
 */
import { el } from "./dom.js";

/** What each mark is called for a screen reader and in its tooltip. @type {Record<string, string>} */
const ROLE_NAMES = {
  subject: "subject", predicate: "relation", object: "object", source: "who says so", argument: "more", place: "place",
};

/**
 * The spans of a statement's parts that stand in its sentence, as offsets in the sentence.
 * @param {Statement} statement
 * @returns {Span[]}
 */
export function spansOf(statement) {
  const { subject, predicate, object, attributedTo, place } = statement;
  /** @type {[string, {start?: number, end?: number} | null][]} */
  const parts = [
    ["predicate", predicate], ["subject", subject], ["object", object], ["source", attributedTo], ["place", place],
    ...statement.arguments.map((one) => /** @type {[string, {start?: number, end?: number}]} */ (["argument", one])),
  ];
  const spans = [];
  for (const [role, part] of parts) {
    if (part?.start === undefined || part.end === undefined) continue;
    const start = part.start - statement.start;
    const end = part.end - statement.start;
    if (start >= 0 && end > start && part.end <= statement.end) spans.push({ role, start, end });
  }
  return spans;
}

/**
 * Cut a text at the bounds of its spans; where spans overlap, the shortest one gives the role.
 * @param {string} text @param {Span[]} spans
 * @returns {{text: string, role: string | null}[]} pieces that give the text when joined
 */
export function cut(text, spans) {
  const letters = Array.from(text);
  const bounds = new Set([0, letters.length, ...spans.flatMap(({ start, end }) => [start, end])]);
  const cuts = [...bounds].filter((bound) => bound <= letters.length).sort((a, b) => a - b);
  const bySize = [...spans].sort((a, b) => a.end - a.start - (b.end - b.start));
  const pieces = [];
  for (let index = 0; index + 1 < cuts.length; index += 1) {
    const [start, end] = [cuts[index], cuts[index + 1]];
    const role = bySize.find((span) => span.start <= start && end <= span.end)?.role ?? null;
    pieces.push({ text: letters.slice(start, end).join(""), role });
  }
  return pieces;
}

/**
 * @param {Statement} statement
 * @returns {HTMLElement}
 */
export function markedSentence(statement) {
  const pieces = cut(statement.sentence, spansOf(statement)).map(({ text, role }) =>
    role ? el("mark", { className: `part-${role}`, title: ROLE_NAMES[role] }, text) : text,
  );
  return el("q", { className: "sentence" }, ...pieces);
}
