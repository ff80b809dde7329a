/** The text of an article, each mention of an entity a link to it. */
import { el } from "./page/dom.js";
import { cut } from "./page/sentence.js";
import { linkTo } from "./page/route.js";

/**
 * @param {import("./client.js").ArticleDetail} article
 * @returns {HTMLElement}
 */
export function articleText({ text, mentions }) {
  const spans = mentions.map(({ entity, start, end }) => ({ role: entity, start, end }));
  const pieces = cut(text, spans).map((piece) =>
    piece.role ? el("a", { href: linkTo({ entity: piece.role }) }, piece.text) : piece.text);
  return el("details", { className: "full-text", open: true },
    el("summary", {}, "The article"), el("div", { className: "prose" }, ...pieces));
}
