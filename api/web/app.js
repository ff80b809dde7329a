/**
 * The served page: what the address says is shown, from the REST API. `#entity=...` is an entity with
 * its neighbours and its statements, `#article=...` what one article says, nothing is an overview.
 *
 * @import { Route } from "./page/route.js"
 * @import { Query } from "./client.js"
 */
import { counted, el, titleOf } from "./page/dom.js";
import { followRoute } from "./page/route.js";
import { inWorker } from "./page/layout.js";
import { GraphPanel } from "./page/panel.js";
import { StatementTable } from "./page/table.js";
import { SearchBox } from "./page/search.js";
import { headingOf, missing } from "./page/heading.js";
import { countStatements, getArticle, getEntity, getStats, listEntities } from "./client.js";
import { articleGraph, egoGraph, overviewGraph } from "./gather.js";
import { ROWS, orderChoice, showListed } from "./listing.js";
import { composeDialog } from "./compose.js";
import { exportLinks } from "./exports.js";
import { articleText } from "./article.js";

const SUGGESTIONS = 10;

/** @param {string} id @returns {HTMLElement} */
function place(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no #${id}`);
  return element;
}

/** @type {Map<string, ReturnType<typeof getArticle>>} */
const articles = new Map();

/** An article's title and address, asked for once. @param {string} id */
function findArticle(id) {
  const asked = articles.get(id) ?? getArticle(id);
  articles.set(id, asked);
  asked.catch(() => articles.delete(id));
  return asked;
}

const panel = new GraphPanel(inWorker("/assets/page/layout-worker.js"), { letsGo: false });
const table = new StatementTable(findArticle);
const heading = el("header", { className: "heading", "aria-live": "polite" });
const problem = el("p", { className: "problem", role: "alert", hidden: true });
const text = el("div", {});
const ordering = orderChoice((chosen) => {
  order = chosen;
  list().catch(report);
});
const reading = el("section", { className: "reading", "aria-label": "Statements", tabIndex: 0 }, problem, heading, ordering, table.element, text);
let visiting = new AbortController();
let order = "text";
let listing = new AbortController();
/** Lists what is shown, in the order that is chosen now. */
let list = () => Promise.resolve();

/** @param {unknown} error */
function report(error) {
  if (error instanceof DOMException && error.name === "AbortError") return;
  problem.textContent = error instanceof Error ? error.message : String(error);
  problem.hidden = false;
}

/** Show a place; what an earlier place still waits for is let go. @param {Route} route */
async function visit(route) {
  visiting.abort();
  visiting = new AbortController();
  const { signal } = visiting;
  problem.hidden = true;
  reading.scrollTop = 0;
  document.body.setAttribute("aria-busy", "true");
  try {
    if (route.article) await showArticle(route.article, signal);
    else if (route.entity) await showEntity(route, route.entity, signal);
    else await showOverview(signal);
  } catch (error) {
    if (signal.aborted) return;
    visiting.abort();
    showNothing(error);
  } finally {
    if (signal === visiting.signal) document.body.removeAttribute("aria-busy");
  }
}

/** Say what went wrong, and show nothing of the place before. @param {unknown} error */
function showNothing(error) {
  showMain();
  frame("Nothing here", {});
  ordering.hidden = true;
  heading.replaceChildren(...missing());
  table.showFrom([], ROWS);
  panel.show({ nodes: [], edges: [] });
  report(error);
}

/** @param {string} title @param {Query} query @param {HTMLElement | null} [below] */
function frame(title, query, below = null) {
  document.title = title ? `${title} · newsgraph` : "newsgraph";
  text.replaceChildren(...(below ? [below] : []));
  place("export-links").replaceChildren(...exportLinks(query));
}

/** @param {AbortSignal} signal */
async function showOverview(signal) {
  const stats = await showTotals(signal);
  place("welcome").hidden = stats.articles > 0;
  place("main").hidden = stats.articles === 0;
  if (!stats.articles) return;
  frame("", {});
  heading.replaceChildren(...headingOf({}, { statements: stats.statements }));
  await Promise.all([
    showInOrder({}, stats.statements, signal),
    overviewGraph(stats.statements, signal).then((graph) => panel.show(graph)),
  ]);
}

/** @param {Route} route @param {string} id @param {AbortSignal} signal */
async function showEntity(route, id, signal) {
  const [entity, other] = await Promise.all([getEntity(id, signal), route.with ? getEntity(route.with, signal) : undefined]);
  showMain();
  frame(other ? `${entity.label} and ${other.label}` : entity.label, { about: id });
  // Of one who is in the news only as a speaker, the page shows what they say.
  const query = other ? { between: `${id},${other.id}` } : entity.statements ? { about: id } : { attributedTo: id };
  const total = other ? await countStatements(query, signal) : entity.statements || null;
  heading.replaceChildren(...headingOf(route, { entity, other, statements: total }));
  await Promise.all([showInOrder(query, total, signal), egoGraph(id, signal).then((graph) => panel.show(graph, id))]);
}

/** @param {Query} query @param {number | null} total @param {AbortSignal} signal */
function showInOrder(query, total, signal) {
  ordering.hidden = false;
  list = () => {
    listing.abort();
    listing = new AbortController();
    return showListed(table, query, { order, total, signal: AbortSignal.any([signal, listing.signal]), onError: report });
  };
  return list();
}

/** @param {string} id @param {AbortSignal} signal */
async function showArticle(id, signal) {
  const article = await getArticle(id, signal);
  articles.set(id, Promise.resolve(article));
  showMain();
  frame(titleOf(article), { article: id }, articleText(article));
  heading.replaceChildren(...headingOf({ article: id }, { article, statements: article.statements.length }));
  ordering.hidden = true;
  table.showFrom(article.statements, ROWS);
  panel.show(articleGraph(article));
}

function showMain() {
  place("welcome").hidden = true;
  place("main").hidden = false;
}

/** @param {AbortSignal} [signal] */
async function showTotals(signal) {
  const stats = await getStats(signal);
  place("totals").textContent = [
    counted(stats.articles, "article"), counted(stats.entities, "entity", "entities"), counted(stats.statements, "statement"),
  ].join(" · ");
  return stats;
}

/** @param {string} q */
async function suggest(q) {
  const { items } = await listEntities({ q, limit: SUGGESTIONS });
  return items.map(({ id, label, type, statements }) => ({ id, label, type, count: statements }));
}

const dialog = composeDialog(() => showTotals().catch(report));
place("search-place").append(new SearchBox(suggest, report).element);
place("main").append(panel.element, reading);
document.body.append(dialog);
for (const opener of document.querySelectorAll("[data-opens=compose]")) opener.addEventListener("click", () => dialog.showModal());
showTotals().catch(report);
followRoute(visit);
