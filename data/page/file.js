/**
 * The exported page: everything is in the file, nothing is fetched.
 *
 * @import { ArticleInfo, Graph, Statement } from "./model.js"
 * @import { Route } from "./route.js"
 * @typedef {{id: string, label: string, type: string, aliases: string[]}} EntityInfo
 * @typedef {{graph: Graph, entities: EntityInfo[], statements: Statement[], articles: ArticleInfo[]}} FileData
 */
import { counted, el } from "./dom.js";
import { followRoute } from "./route.js";
import { scaledUp, inFrames } from "./layout.js";
import { GraphPanel } from "./panel.js";
import { StatementTable } from "./table.js";
import { SearchBox } from "./search.js";
import { headingOf } from "./heading.js";
import { finder } from "./find.js";

const ROWS = 25;

/** @param {string} id */
function place(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no #${id}`);
  return element;
}

/** @param {Statement} statement @returns {string[]} the ids of all that it names */
function namedBy({ subject, object, arguments: others, attributedTo, place: where }) {
  return [subject, object, ...others, attributedTo, where].flatMap((part) => (part && "id" in part ? [part.id] : []));
}

/** @param {FileData} data @param {Route} route */
function chosen({ statements }, route) {
  return statements.filter((one) => {
    const names = namedBy(one);
    const about = !route.entity || names.includes(route.entity);
    const between = !route.with || names.includes(route.with);
    return about && between && (!route.article || one.article === route.article);
  });
}

/** @param {FileData} data */
function open(data) {
  const articles = new Map(data.articles.map((article) => [article.id, article]));
  const entities = new Map(data.entities.map((entity) => [entity.id, entity]));
  const panel = new GraphPanel(inFrames);
  const table = new StatementTable((id) => articles.get(id) ?? { id });
  const heading = el("header", { className: "heading", "aria-live": "polite" });
  const counts = new Map();
  for (const one of data.statements) for (const id of new Set(namedBy(one))) counts.set(id, (counts.get(id) ?? 0) + 1);
  const search = new SearchBox(finder(data.entities, counts));
  place("search-place").append(search.element);
  const reading = el("section", { className: "reading", "aria-label": "Statements", tabIndex: 0 }, heading, table.element);
  place("main").append(panel.element, reading);
  panel.show(scaledUp(data.graph));
  followRoute((route) => {
    const statements = chosen(data, route);
    const entity = route.entity ? entities.get(route.entity) : undefined;
    heading.replaceChildren(...headingOf(route, {
      entity, other: route.with ? entities.get(route.with) : undefined,
      article: route.article ? articles.get(route.article) ?? { id: route.article } : undefined, statements: statements.length,
    }));
    table.showFrom(statements, ROWS);
    reading.scrollTop = 0;
    panel.select(entity?.id ?? null);
  });
}

open(JSON.parse(place("newsgraph-data").textContent ?? ""));
