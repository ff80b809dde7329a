/**
 * Which statements make the graph that is shown: those about an entity and those between its closest
 * neighbours; without an entity, all if they are few, else those about the busiest entities.
 *
 * @import { Statement } from "./page/model.js"
 */
import { listEntities, listNeighbours, listStatements } from "./client.js";

/** Statements asked for at most, for the entity in the middle and for each one round it. */
const IN_THE_MIDDLE = 400;
const AROUND = 150;
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

/**
 * @param {string} id @param {AbortSignal} signal
 * @returns {Promise<Statement[]>}
 */
export async function egoStatements(id, signal) {
  const [about, closest] = await Promise.all([
    listStatements({ about: id, limit: IN_THE_MIDDLE }, signal),
    listNeighbours(id, CLOSEST, signal),
  ]);
  const known = new Set(about.items.flatMap((one) => [one.subject.id, objectId(one)]));
  const round = await aboutEach(closest.items.map(({ entity }) => entity.id), signal);
  const between = round.map((list) => list.filter((one) => known.has(one.subject.id) && known.has(objectId(one))));
  return united([about.items, ...between]);
}

/**
 * @param {number} total how many statements there are
 * @param {AbortSignal} signal
 * @returns {Promise<Statement[]>}
 */
export async function overviewStatements(total, signal) {
  if (total <= FEW) return (await listStatements({ limit: FEW }, signal)).items;
  const busiest = await listEntities({ limit: CLOSEST }, signal);
  return united(await aboutEach(busiest.items.map(({ id }) => id), signal));
}
