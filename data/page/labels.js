/**
 * Where names may stand: each takes its place only if it covers no other name and no other node.
 *
 * @typedef {{left: number, top: number, right: number, bottom: number}} Box
 */

const CELL = 96;

/** Boxes that are taken, in a grid so that asking stays quick. */
export class Places {
  constructor() {
    /** @type {Map<string, Box[]>} */
    this.cells = new Map();
  }

  /** @param {Box} box */
  isFree(box) {
    for (const key of cellsOf(box)) {
      for (const other of this.cells.get(key) ?? []) if (overlap(box, other)) return false;
    }
    return true;
  }

  /** @param {Box} box */
  take(box) {
    for (const key of cellsOf(box)) this.cells.set(key, [...(this.cells.get(key) ?? []), box]);
  }
}

/** @param {Box} a @param {Box} b */
function overlap(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/** @param {Box} box @returns {string[]} */
function cellsOf({ left, top, right, bottom }) {
  const keys = [];
  for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x += 1) {
    for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y += 1) keys.push(`${x},${y}`);
  }
  return keys;
}

/**
 * The four places of a name round its node, the best first: below, above, right, left.
 * @param {{x: number, y: number}} at @param {number} r @param {number} width @param {number} height
 * @param {{left: number, right: number}} inside where the middle of the text may be
 * @returns {{x: number, y: number, box: Box}[]} the middle of the text and its box
 */
export function placesRound(at, r, width, height, inside) {
  const down = r + 3 + height / 2;
  const across = r + 5 + width / 2;
  // A name under a node at the edge of the window is pushed in, so that it can be read.
  const held = Math.min(inside.right, Math.max(inside.left, at.x));
  const middles = [
    { x: held, y: at.y + down },
    { x: held, y: at.y - down },
    { x: at.x + across, y: at.y },
    { x: at.x - across, y: at.y },
  ];
  return middles.map((middle) => ({ ...middle, box: boxAround(middle, width, height) }));
}

/**
 * @param {{x: number, y: number}} middle @param {number} width @param {number} height
 * @returns {Box}
 */
export function boxAround({ x, y }, width, height) {
  return { left: x - width / 2 - 2, right: x + width / 2 + 2, top: y - height / 2, bottom: y + height / 2 };
}

/** A name short enough for the canvas. @param {string} text @param {number} most in characters */
export function shortened(text, most) {
  const letters = Array.from(text);
  return letters.length <= most ? text : `${letters.slice(0, most - 1).join("").trimEnd()}…`;
}
