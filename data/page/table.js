/**
 * The statements as a table, a page of it at a time: subject, relation, object; under each what
 * qualifies it, the sentence with its parts marked, and the article. It is also the graph's
 * alternative for those who do not see the canvas.
 *
 * @import { ArticleInfo, NodeUse, Statement, TimeSpan, ValueUse } from "./model.js"
 * @typedef {{statements: Statement[], first: number, total: number | null,
 *   previous: (() => void) | null, next: (() => void) | null}} TablePage
 *   `first` is the number of the first row, from 1; `total` is null where it is not known
 * @typedef {(id: string) => ArticleInfo | Promise<ArticleInfo>} FindArticle
 */
import { dayElement, el, period, titleOf, webAddress } from "./dom.js";
import { isFact } from "./model.js";
import { linkTo } from "./route.js";
import { markedSentence } from "./sentence.js";

const COLUMNS = ["Subject", "Relation", "Object"];

export class StatementTable {
  /** @param {FindArticle} findArticle @param {string} [caption] */
  constructor(findArticle, caption = "Statements") {
    this.findArticle = findArticle;
    this.caption = el("caption", { className: "visually-hidden" }, caption);
    const head = el("thead", {}, el("tr", {}, ...COLUMNS.map((name) => el("th", { scope: "col" }, name))));
    this.table = el("table", { className: "statements" }, this.caption, head);
    this.previous = el("button", { type: "button" }, "Previous");
    this.next = el("button", { type: "button" }, "Next");
    this.range = el("p", { className: "range", "aria-live": "polite" });
    this.pager = el("nav", { className: "pager", "aria-label": "Pages of statements" }, this.previous, this.range, this.next);
    this.element = el("div", { className: "statement-list" }, this.table, this.pager);
    this.show({ statements: [], first: 1, total: 0, previous: null, next: null });
  }

  /** @param {TablePage} page @param {string} [caption] */
  show(page, caption) {
    if (caption) this.caption.textContent = caption;
    for (const body of this.table.querySelectorAll("tbody")) body.remove();
    this.table.append(...page.statements.map((statement) => this.rows(statement)));
    this.table.hidden = page.statements.length === 0;
    this.range.textContent = rangeText(page);
    this.turn(this.previous, page.previous);
    this.turn(this.next, page.next);
    this.pager.classList.toggle("single", !page.previous && !page.next);
  }

  /** Let a button turn the page, if there is one. @param {HTMLElement} button @param {(() => void) | null} action */
  turn(button, action) {
    /** @type {HTMLButtonElement} */ (button).disabled = !action;
    button.onclick = () => {
      action?.();
      this.table.scrollIntoView({ block: "start" });
    };
  }

  /**
   * Show a list that is all here, `rows` at a time.
   * @param {Statement[]} all @param {number} rows @param {number} [from]
   */
  showFrom(all, rows, from = 0) {
    const go = (/** @type {number} */ start) => () => this.showFrom(all, rows, start);
    this.show({
      statements: all.slice(from, from + rows),
      first: from + 1,
      total: all.length,
      previous: from > 0 ? go(Math.max(0, from - rows)) : null,
      next: from + rows < all.length ? go(from + rows) : null,
    });
  }

  /** @param {Statement} statement */
  rows(statement) {
    const { subject, predicate, object, polarity } = statement;
    const denied = polarity === "negative";
    const said = el("tr", { className: "said" },
      el("th", { scope: "row" }, partElement(subject)),
      el("td", { className: denied ? "relation denied" : "relation" }, predicate.label),
      el("td", {}, isFact(statement) ? el("span", { className: "none", "aria-label": "no object" }, "—") : partElement(object),
        ...statement.arguments.map((one) => el("span", { className: "more" }, `${one.role} `, partElement(one)))));
    const shown = el("tr", { className: "shown" }, el("td", { colSpan: COLUMNS.length },
      ...badges(statement), markedSentence(statement), this.source(statement)));
    return el("tbody", { "data-statement": statement.id, className: denied ? "is-denied" : null }, said, shown);
  }

  /** Where it is from: filled in when the article is known. @param {Statement} statement */
  source(statement) {
    const line = el("p", { className: "source" });
    const found = this.findArticle(statement.article);
    if (found instanceof Promise) found.then((article) => fillSource(line, article, statement), () => {});
    else fillSource(line, found, statement);
    return line;
  }
}

/** @param {TablePage} page */
function rangeText({ statements, first, total }) {
  if (!statements.length) return "No statements";
  const last = first + statements.length - 1;
  return `${first}–${last}${total === null ? "" : ` of ${total.toLocaleString("en")}`}`;
}

/** An entity as a link to it, or a value as itself. @param {NodeUse | ValueUse} part */
export function partElement(part) {
  if (!("id" in part)) return el("span", { className: "value" }, part.text || part.value);
  return el("a", { className: "entity", href: linkTo({ entity: part.id }), "data-type": part.type, title: part.type }, part.label);
}

/** @param {Statement} statement */
function badges({ modality, polarity, attributedTo, time, place }) {
  const found = [];
  if (polarity === "negative") found.push(el("span", { className: "badge denied" }, "denied"));
  if (modality !== "asserted") found.push(el("span", { className: `badge ${modality}` }, modality));
  if (attributedTo) found.push(el("span", { className: "badge by" }, "said by ", partElement(attributedTo)));
  if (time) found.push(el("span", { className: "badge when" }, timeText(time)));
  if (place) found.push(el("span", { className: "badge where" }, "in ", partElement(place)));
  return found.length ? [el("p", { className: "badges" }, ...found)] : [];
}

/** The words of the article, and the days where they are known. @param {TimeSpan} span */
function timeText({ text, start, end }) {
  const days = period(start, end);
  return days && days !== text ? `${text} · ${days}` : text;
}

/** @param {HTMLElement} line @param {ArticleInfo} article @param {Statement} statement */
function fillSource(line, article, statement) {
  const title = titleOf(article);
  const address = webAddress(article.url);
  const rest = el("span", {});
  if (article.publisher) rest.append(` · ${article.publisher}`);
  if (article.published) rest.append(" · ", dayElement(article.published));
  if (address) rest.append(" · ", el("a", { href: address, rel: "noreferrer", target: "_blank" }, "original"));
  rest.append(` · ${Math.round(statement.confidence * 100)}% sure`);
  line.append(el("a", { href: linkTo({ article: article.id }), title }, title), rest);
}
