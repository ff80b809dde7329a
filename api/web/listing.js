/**
 * Turning the pages of a table, over a list that is all here or one that the server gives in pages.
 *
 * @import { Statement } from "./page/model.js"
 * @import { StatementTable } from "./page/table.js"
 * @import { Query } from "./client.js"
 */
import { el } from "./page/dom.js";
import { listByTime, listStatements } from "./client.js";

export const ROWS = 25;
/** The orders of a list: of the articles and their sentences, or of the days of what they say. */
const ORDERS = [["text", "as told"], ["time", "earliest first"], ["-time", "latest first"]];

/**
 * The choice of an order. @param {(order: string) => void} onChange
 */
export function orderChoice(onChange) {
  const choice = el("select", {}, ...ORDERS.map(([value, name]) => el("option", { value }, name)));
  choice.addEventListener("change", () => onChange(choice.value));
  return el("label", { className: "order" }, "Order ", choice);
}

/**
 * Show what the server has for `query`, from its first page; Previous and Next ask for others.
 * @param {StatementTable} table @param {Query} query
 * @param {{order: string, total: number | null, signal: AbortSignal, onError: (error: unknown) => void}} options
 */
export async function showListed(table, query, { order, total, signal, onError }) {
  /** @type {(string | undefined)[]} the cursor of each page before this one */
  const cursors = [];
  const turn = async (/** @type {string | undefined} */ after) => {
    const asked = { ...query, limit: ROWS, after };
    const page = await (order === "text" ? listStatements(asked, signal) : listByTime(asked, order === "-time", signal));
    const go = (/** @type {() => Promise<void>} */ there) => () => there().catch(onError);
    table.show({
      statements: page.items,
      first: cursors.length * ROWS + 1,
      total,
      previous: cursors.length ? go(() => turn(cursors.pop())) : null,
      next: page.next ? go(() => { cursors.push(after); return turn(page.next ?? undefined); }) : null,
    });
  };
  await turn(undefined);
}
