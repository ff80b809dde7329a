/**
 * Turning the pages of a table, over a list that is all here or one that the server gives in pages.
 *
 * @import { Statement } from "./page/model.js"
 * @import { StatementTable } from "./page/table.js"
 * @import { Query } from "./client.js"
 */
import { listStatements } from "./client.js";

export const ROWS = 25;

/**
 * Show what the server has for `query`, from its first page; Previous and Next ask for others.
 * @param {StatementTable} table @param {Query} query
 * @param {{total: number | null, signal: AbortSignal, onError: (error: unknown) => void}} options
 */
export async function showListed(table, query, { total, signal, onError }) {
  /** @type {(string | undefined)[]} the cursor of each page before this one */
  const cursors = [];
  const turn = async (/** @type {string | undefined} */ after) => {
    const page = await listStatements({ ...query, limit: ROWS, after }, signal);
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
