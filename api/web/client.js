/**
 * The REST API of the server that the page came from.
 *
 * @import { ArticleInfo, Statement } from "./page/model.js"
 * @typedef {{id: string, label: string, type: string, aliases: string[], sameAs: string[], standsFor: string | null,
 *   mentions: string[], statements: number}} CountedEntity
 * @typedef {{entity: {id: string, label: string, type: string, mentions: string[]}, statements: number}} Neighbour
 * @typedef {{articles: number, statements: number, entities: number, relations: number}} Stats
 * @typedef {ArticleInfo & {text: string, statements: Statement[],
 *   mentions: {entity: string, start: number, end: number}[]}} ArticleDetail
 * @typedef {{outcome: string, article: ArticleDetail}} Added
 * @typedef {Record<string, string | number | undefined>} Query
 */

/** What the server refused, in its own words (RFC 9457: `detail` says what is wrong and what to do). */
export class Problem extends Error {}

const UNREACHABLE = "The server does not answer; see that `newsgraph serve` is running, then try again.";

/**
 * @param {string} path @param {RequestInit} [options]
 * @returns {Promise<any>}
 */
async function ask(path, options = {}) {
  let response;
  try {
    response = await fetch(path, { ...options, headers: { Accept: "application/json", ...options.headers } });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Problem(UNREACHABLE);
  }
  if (response.ok) return response.json();
  const problem = await response.json().catch(() => ({}));
  throw new Problem(problem.detail ?? `The server answered ${response.status} ${response.statusText}.`);
}

/** @param {string} path @param {Query} query */
function withQuery(path, query) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return given.length ? `${path}?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}` : path;
}

/** @param {AbortSignal} [signal] @returns {Promise<Stats>} */
export const getStats = (signal) => ask("/v1/stats", { signal });

/** @param {Query} query @param {AbortSignal} [signal] @returns {Promise<{items: CountedEntity[], next: string | null}>} */
export const listEntities = (query, signal) => ask(withQuery("/v1/entities", query), { signal });

/** @param {string} id @param {AbortSignal} [signal] @returns {Promise<CountedEntity>} */
export const getEntity = (id, signal) => ask(`/v1/entities/${encodeURIComponent(id)}`, { signal });

/** @param {string} id @param {number} limit @param {AbortSignal} [signal] @returns {Promise<{items: Neighbour[]}>} */
export const listNeighbours = (id, limit, signal) =>
  ask(withQuery(`/v1/entities/${encodeURIComponent(id)}/neighbours`, { limit }), { signal });

/** @param {Query} query @param {AbortSignal} [signal] @returns {Promise<{items: Statement[], next: string | null}>} */
export const listStatements = (query, signal) => ask(withQuery("/v1/statements", query), { signal });

/**
 * Statements in the order of their days, those without one at the end.
 * @param {Query} query @param {boolean} latest whether the latest come first @param {AbortSignal} [signal]
 * @returns {Promise<{items: Statement[], next: string | null}>}
 */
export async function listByTime(query, latest, signal) {
  const { items, next } = await ask(withQuery("/v1/timeline", { ...query, latest: String(latest), undated: "true" }), { signal });
  return { items: items.map((/** @type {{statement: Statement}} */ moment) => moment.statement), next };
}

/** How many statements there are; null if that is too much to count. @param {Query} query @param {AbortSignal} [signal]
 * @returns {Promise<number | null>} */
export async function countStatements(query, signal) {
  const found = await ask(withQuery("/v1/statements/facets", { ...query, facets: "polarity", limit: 1 }), { signal });
  return found.complete ? found.statements : null;
}

/** @param {string} id @param {AbortSignal} [signal] @returns {Promise<ArticleDetail>} */
export const getArticle = (id, signal) => ask(`/v1/articles/${encodeURIComponent(id)}`, { signal });

/**
 * Have an article read and kept.
 * @param {{text: string, title?: string, published?: string}} article
 * @returns {Promise<Added>}
 */
export function addArticle(article) {
  return ask("/v1/articles", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(article),
  });
}

/** The address of an export of what `query` chooses. @param {string} format @param {Query} query */
export function exportAddress(format, query) {
  return withQuery(`/v1/export/${format}`, query);
}
