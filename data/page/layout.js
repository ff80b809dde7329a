/**
 * Laying out a graph without ever holding up the page: in a worker where there is one to load, else
 * in slices of at most a few milliseconds a frame.
 *
 * @import { Graph } from "./model.js"
 * @import { Body } from "./forces.js"
 * @typedef {(positions: Float64Array, done: boolean) => void} OnPositions
 * @typedef {(body: Body, heat: number, onPositions: OnPositions) => () => void} Runner
 *   starts a layout and gives the function that stops it
 */
import { IDEAL, stepper } from "./forces.js";

const SLICE_MS = 7;

/** @type {Runner} */
export function inFrames(body, heat, onPositions) {
  const step = stepper(body, heat);
  let frame = requestAnimationFrame(function slice() {
    const until = performance.now() + SLICE_MS;
    let goesOn = true;
    while (goesOn && performance.now() < until) goesOn = step();
    onPositions(body.positions, !goesOn);
    if (goesOn) frame = requestAnimationFrame(slice);
  });
  return () => cancelAnimationFrame(frame);
}

/** A runner on the worker script at `address`. @param {string} address @returns {Runner} */
export function inWorker(address) {
  return (body, heat, onPositions) => {
    const worker = new Worker(address, { type: "module" });
    worker.addEventListener("message", ({ data }) => {
      onPositions(data.positions, data.done);
      if (data.done) worker.terminate();
    });
    worker.postMessage({ body, heat });
    return () => worker.terminate();
  };
}

/**
 * What the forces need of a graph.
 * @param {Graph} graph
 * @returns {Body}
 */
export function bodyOf(graph) {
  const index = new Map(graph.nodes.map((node, place) => [node.id, place]));
  const positions = new Float64Array(graph.nodes.flatMap((node) => [node.x ?? 0, node.y ?? 0]));
  const pairs = new Set(graph.edges.map(({ source, target }) => [index.get(source), index.get(target)].sort(byNumber).join()));
  const edges = [...pairs].map((pair) => /** @type {[number, number]} */ (pair.split(",").map(Number)));
  return { count: graph.nodes.length, edges: edges.filter(([a, b]) => a !== b), positions };
}

/** @param {number | undefined} a @param {number | undefined} b */
function byNumber(a = 0, b = 0) {
  return a - b;
}

/**
 * First positions: `root` in the middle, the others on a spiral round it, the best connected inside.
 * Nodes that have a position keep it.
 * @param {Graph} graph @param {string | null} root
 * @returns {Graph}
 */
export function seeded(graph, root) {
  const order = [...graph.nodes].sort((a, b) => Number(b.id === root) - Number(a.id === root) || b.degree - a.degree);
  const golden = Math.PI * (3 - Math.sqrt(5));
  const place = new Map(order.map((node, turn) => [node.id, { turn, away: IDEAL * 0.7 * Math.sqrt(turn) }]));
  const nodes = graph.nodes.map((node) => {
    if (node.x !== undefined && node.y !== undefined) return node;
    const { turn = 0, away = 0 } = place.get(node.id) ?? {};
    return { ...node, x: away * Math.cos(turn * golden), y: away * Math.sin(turn * golden) };
  });
  return { ...graph, nodes };
}

/**
 * Scale positions that were made elsewhere (a unit square, say) to the units of the page.
 * @param {Graph} graph
 * @returns {Graph}
 */
export function scaledUp(graph) {
  const reach = graph.nodes.reduce((most, { x = 0, y = 0 }) => Math.max(most, Math.abs(x), Math.abs(y)), 1e-9);
  const factor = (IDEAL * 0.75 * Math.sqrt(Math.max(4, graph.nodes.length))) / reach;
  return { ...graph, nodes: graph.nodes.map((node) => ({ ...node, x: (node.x ?? 0) * factor, y: (node.y ?? 0) * factor })) };
}
