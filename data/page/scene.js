/**
 * A graph made ready for the canvas: edges know their ends, parallel edges are fanned out.
 *
 * @import { Graph, GraphNode, GraphEdge } from "./model.js"
 * @typedef {GraphNode & {x: number, y: number, r: number}} SceneNode
 * @typedef {GraphEdge & {from: SceneNode, to: SceneNode, bend: number}} SceneEdge
 * @typedef {{nodes: SceneNode[], edges: SceneEdge[], byId: Map<string, SceneNode>,
 *   near: Map<string, Set<string>>}} Scene
 * @typedef {{x: number, y: number}} Point
 */

/** Units of the graph between two edges of one pair of nodes. */
const FAN = 20;

/**
 * @param {Graph} graph whose nodes have positions
 * @returns {Scene}
 */
export function sceneOf(graph) {
  /** @type {SceneNode[]} */
  const nodes = graph.nodes.map((node) => ({ ...node, x: node.x ?? 0, y: node.y ?? 0, r: radiusOf(node) }));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const near = new Map(nodes.map((node) => [node.id, new Set()]));
  /** @type {SceneEdge[]} */
  const edges = [];
  for (const edge of graph.edges) {
    const [from, to] = [byId.get(edge.source), byId.get(edge.target)];
    if (!from || !to) continue;
    edges.push({ ...edge, from, to, bend: 0 });
    near.get(from.id)?.add(to.id);
    near.get(to.id)?.add(from.id);
  }
  fanOut(edges);
  return { nodes, edges, byId, near };
}

/** @param {GraphNode} node */
function radiusOf({ degree, type }) {
  const least = type === "Value" || type === "Concept" ? 3.5 : 5;
  return Math.min(22, least + 2.3 * Math.sqrt(Math.max(0, degree - 0.5)));
}

/** Give each edge of a pair its own bend. @param {SceneEdge[]} edges */
function fanOut(edges) {
  /** @type {Map<string, SceneEdge[]>} */
  const pairs = new Map();
  for (const edge of edges) {
    const key = JSON.stringify([edge.source, edge.target].sort());
    pairs.set(key, [...(pairs.get(key) ?? []), edge]);
  }
  for (const pair of pairs.values()) {
    const step = Math.min(FAN, 120 / pair.length);
    pair.forEach((edge, index) => {
      const offset = (index - (pair.length - 1) / 2) * step;
      edge.bend = edge.source <= edge.target ? offset : -offset;
      if (edge.from === edge.to) edge.bend = index;
    });
  }
}

/**
 * The curve of an edge as its ends and its one control point, in pixels; null for a loop.
 * @param {SceneEdge} edge @param {import("./camera.js").Camera} camera
 * @returns {{a: Point, c: Point, b: Point} | null}
 */
export function curveOf(edge, camera) {
  if (edge.from === edge.to) return null;
  const [a, b] = [camera.toScreen(edge.from), camera.toScreen(edge.to)];
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const push = (2 * edge.bend * camera.scale) / length;
  const c = { x: (a.x + b.x) / 2 - (b.y - a.y) * push, y: (a.y + b.y) / 2 + (b.x - a.x) * push };
  return { a, c, b };
}

/**
 * A point of a curve.
 * @param {{a: Point, c: Point, b: Point}} curve @param {number} t from 0 to 1
 * @returns {Point}
 */
export function pointOn({ a, c, b }, t) {
  const u = 1 - t;
  return { x: u * u * a.x + 2 * u * t * c.x + t * t * b.x, y: u * u * a.y + 2 * u * t * c.y + t * t * b.y };
}

/**
 * The node under a pixel, the smallest first; null if there is none.
 * @param {Scene} scene @param {import("./camera.js").Camera} camera @param {Point} at
 */
export function nodeAt(scene, camera, at) {
  const zoom = nodeZoom(camera);
  let best = null;
  for (const node of scene.nodes) {
    const { x, y } = camera.toScreen(node);
    const hit = Math.hypot(at.x - x, at.y - y) <= node.r * zoom + 4;
    if (hit && (!best || node.r < best.r)) best = node;
  }
  return best;
}

/**
 * The edge that passes within five pixels; null if there is none.
 * @param {Scene} scene @param {import("./camera.js").Camera} camera @param {Point} at
 */
export function edgeAt(scene, camera, at) {
  let best = null;
  let least = 5;
  for (const edge of scene.edges) {
    const curve = curveOf(edge, camera);
    for (let step = 1; curve && step < 24; step += 1) {
      const { x, y } = pointOn(curve, step / 24);
      const away = Math.hypot(at.x - x, at.y - y);
      if (away < least) [best, least] = [edge, away];
    }
  }
  return best;
}

/** Nodes grow slower than distances when one zooms in. @param {import("./camera.js").Camera} camera */
export function nodeZoom(camera) {
  return Math.min(1.7, Math.max(0.55, Math.sqrt(camera.scale)));
}
