/**
 * The graphs that are shown. Round an entity: what is said of it, and what is said between its closest
 * neighbours. Without one: all if it is little, else what is said of the busiest entities.
 *
 * @import { Graph, Statement } from "./page/model.js"
 * @import { ArticleDetail } from "./client.js"
 */
import { graphOf } from "./page/model.js";
import { listEntities, listNeighbours, listStatements } from "./client.js";

/** Asked for at most: statements of the entity in the middle and of each one round it; neighbours; concepts. */
const IN_THE_MIDDLE = 400;
const AROUND = 150;
const NEIGHBOURS = 300;
const CONCEPTS = 500;
const CLOSEST = 8;
/** So many statements are shown whole. */
const FEW = 500;

/** @param {Statement[][]} lists @returns {Statement[]} each statement once */
function united(lists) {
  return [...new Map(lists.flat().map((statement) => [statement.id, statement])).values()];
}

/** @param {Statement} statement @returns {string | null} the id of the object, if it is an entity */
function objectId({ object }) {
  return "id" in object ? object.id : null;
}

/** @param {string[]} ids @param {AbortSignal} signal */
function aboutEach(ids, signal) {
  return Promise.all(ids.map(async (about) => (await listStatements({ about, limit: AROUND }, signal)).items));
}

/** @param {{id: string, mentions: string[]}[]} entities */
function mentionsOf(entities) {
  return new Map(entities.map(({ id, mentions }) => [id, mentions]));
}

/**
 * The graph round an entity.
 * @param {string} id @param {AbortSignal} signal
 * @returns {Promise<Graph>}
 */
export async function egoGraph(id, signal) {
  const [about, neighbours] = await Promise.all([
    listStatements({ about: id, limit: IN_THE_MIDDLE }, signal),
    listNeighbours(id, NEIGHBOURS, signal),
  ]);
  const known = new Set(about.items.flatMap((one) => [one.subject.id, objectId(one)]));
  const near = neighbours.items.map(({ entity }) => entity);
  const round = await aboutEach(near.slice(0, CLOSEST).map((entity) => entity.id), signal);
  const between = round.map((list) => list.filter((one) => known.has(one.subject.id) && known.has(objectId(one))));
  return graphOf(united([about.items, ...between]), mentionsOf(near));
}

/**
 * The graph of all, or of the busiest entities.
 * @param {number} total how many statements there are
 * @param {AbortSignal} signal
 * @returns {Promise<Graph>}
 */
export async function overviewGraph(total, signal) {
  const [statements, concepts] = await Promise.all([
    total <= FEW ? listStatements({ limit: FEW }, signal).then(({ items }) => items) : busiest(signal),
    listEntities({ type: "Concept", limit: CONCEPTS }, signal),
  ]);
  return graphOf(statements, mentionsOf(concepts.items));
}

/** @param {AbortSignal} signal */
async function busiest(signal) {
  const { items } = await listEntities({ limit: CLOSEST }, signal);
  return united(await aboutEach(items.map(({ id }) => id), signal));
}

/**
 * The graph of what one article says; a concept mentions what is named inside its phrase.
 * @param {ArticleDetail} article
 * @returns {Graph}
 */
export function articleGraph({ statements, mentions }) {
  const phrases = statements.flatMap(({ subject, object }) => [subject, object]);
  const inside = phrases.flatMap((phrase) => {
    if (!("id" in phrase) || phrase.type !== "Concept") return [];
    const { id, start = 0, end = 0 } = phrase;
    const within = mentions.filter((one) => one.start >= start && one.end <= end && one.entity !== id);
    return [{ id, mentions: [...new Set(within.map((one) => one.entity))] }];
  });
  return graphOf(statements, mentionsOf(inside));
}
