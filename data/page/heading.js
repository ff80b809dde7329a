/**
 * What stands over the table: what the statements below are about.
 *
 * @import { ArticleInfo } from "./model.js"
 * @import { Route } from "./route.js"
 * @typedef {{id: string, label: string, type: string, aliases?: string[], sameAs?: string[]}} Named
 * @typedef {{entity?: Named, other?: Named, article?: ArticleInfo, statements: number | null}} Subject
 *   `statements` is null where the number is not known
 */
import { counted, dayElement, el, titleOf, webAddress } from "./dom.js";
import { linkTo } from "./route.js";
import { typeLook } from "./look.js";

/** @param {Route} route @param {Subject} subject @returns {(HTMLElement | string)[]} */
export function headingOf(route, { entity, other, article, statements }) {
  const count = statements === null ? "" : counted(statements, "statement");
  if (route.entity && !entity) return missing(`No entity has the id ${route.entity}; search for its name.`);
  if (entity && route.with) return between(entity, other ?? { id: route.with, label: route.with, type: "Concept" }, count);
  if (entity) return named(entity, count);
  if (article) return reported(article, count);
  return [el("h2", {}, "All statements"), line(count, "select an entity to read what is said of it")];
}

/** @param {...(string | Node | null)} parts */
function line(...parts) {
  const shown = parts.filter((part) => part !== null && part !== "");
  return el("p", { className: "about" }, ...shown.flatMap((part, index) => (index ? [" · ", part] : [part])));
}

function backLink() {
  return el("a", { className: "back", href: linkTo({}) }, "All statements");
}

/** What stands there where there is nothing to show. @param {string} [why] */
export function missing(why = "") {
  return [el("h2", {}, "Nothing here"), line(why, backLink())];
}

/** @param {Named} entity @param {string} count */
function named({ label, type, aliases = [], sameAs = [] }, count) {
  const others = aliases.filter((alias) => alias !== label).slice(0, 6);
  const links = sameAs.map(webAddress).filter((address) => address !== null);
  return [
    el("h2", { className: "entity", "data-type": type }, label),
    line(typeLook(type).name, count, others.length ? `also ${others.join(", ")}` : null,
      ...links.map((href) => el("a", { href, rel: "noreferrer", target: "_blank" }, new URL(href).hostname)), backLink()),
  ];
}

/** @param {Named} entity @param {Named} other @param {string} count */
function between(entity, other, count) {
  const link = (/** @type {Named} */ { id, label, type }) => el("a", { className: "entity", href: linkTo({ entity: id }), "data-type": type }, label);
  return [el("h2", {}, link(entity), " and ", link(other)), line(count, backLink())];
}

/** @param {ArticleInfo} article @param {string} count */
function reported(article, count) {
  const { publisher, published, url } = article;
  const address = webAddress(url);
  return [
    el("h2", {}, titleOf(article)),
    line(publisher ?? null, published ? dayElement(published) : null, count,
      address && el("a", { href: address, rel: "noreferrer", target: "_blank" }, "original"), backLink()),
  ];
}
