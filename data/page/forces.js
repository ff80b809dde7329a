/**
 * A layout by forces: nodes push each other away, edges pull, everything is drawn gently to the
 * middle. Deterministic. It runs in a worker in the served page and in slices of a frame in the file.
 *
 * @typedef {{count: number, edges: [number, number][], positions: Float64Array}} Body
 *   `positions` holds x, y, x, y ... and is moved in place
 */

/** The length that an edge would like to have. */
export const IDEAL = 95;
const COOLING = 0.985;
const COLDEST = 0.4;
const GRAVITY = 0.9;

/**
 * Make the stepper of one layout: each call moves everything once, and says if it goes on.
 * @param {Body} body @param {number} [heat] the longest first move, in units of the graph
 * @returns {() => boolean}
 */
export function stepper(body, heat = 60) {
  const moves = new Float64Array(2 * body.count);
  let warmth = heat;
  return () => {
    moves.fill(0);
    push(body, moves);
    pull(body, moves);
    move(body, moves, warmth);
    warmth *= COOLING;
    return warmth > COLDEST;
  };
}

/** @param {Body} body @param {Float64Array} moves */
function push({ count, positions }, moves) {
  for (let a = 0; a < count; a += 1) {
    for (let b = a + 1; b < count; b += 1) {
      // Two nodes in one place are told apart by their numbers, so that the layout stays repeatable.
      const dx = positions[2 * a] - positions[2 * b] || (a - b) * 0.01;
      const dy = positions[2 * a + 1] - positions[2 * b + 1] || (b - a) * 0.013;
      const force = (IDEAL * IDEAL) / (dx * dx + dy * dy + 1);
      moves[2 * a] += dx * force;
      moves[2 * a + 1] += dy * force;
      moves[2 * b] -= dx * force;
      moves[2 * b + 1] -= dy * force;
    }
  }
}

/** @param {Body} body @param {Float64Array} moves */
function pull({ count, edges, positions }, moves) {
  const degree = new Uint32Array(count);
  for (const end of edges.flat()) degree[end] += 1;
  for (const [a, b] of edges) {
    const dx = positions[2 * a] - positions[2 * b];
    const dy = positions[2 * a + 1] - positions[2 * b + 1];
    // An edge between two hubs pulls less, or all hubs would lie on one heap.
    const force = Math.hypot(dx, dy) / IDEAL / Math.min(degree[a], degree[b]) ** 0.8;
    moves[2 * a] -= dx * force;
    moves[2 * a + 1] -= dy * force;
    moves[2 * b] += dx * force;
    moves[2 * b + 1] += dy * force;
  }
}

/** @param {Body} body @param {Float64Array} moves @param {number} warmth */
function move({ count, positions }, moves, warmth) {
  for (let node = 0; node < count; node += 1) {
    const dx = moves[2 * node] - positions[2 * node] * GRAVITY;
    const dy = moves[2 * node + 1] - positions[2 * node + 1] * GRAVITY;
    const length = Math.hypot(dx, dy) || 1;
    const reach = Math.min(length, warmth);
    positions[2 * node] += (dx / length) * reach;
    positions[2 * node + 1] += (dy / length) * reach;
  }
}
