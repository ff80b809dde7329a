/**
 * Pointer, wheel and keys on the graph's canvas.
 *
 * Drag the ground to move, a node to put it elsewhere, two fingers to zoom; a click selects.
 * Keys: arrows go to the next node that way, Enter selects it, + and - zoom, 0 shows all, Escape lets go.
 *
 * @import { GraphView } from "./graph.js"
 * @import { SceneNode } from "./scene.js"
 */
import { edgeAt, nodeAt } from "./scene.js";

const CLICK_PIXELS = 4;
const KEY_ZOOM = 1.3;

/** @param {GraphView} view */
export function listenTo(view) {
  const { canvas } = view;
  /** @type {Map<number, {x: number, y: number}>} */
  const fingers = new Map();
  let travelled = 0;

  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, placeOf(event));
    travelled = 0;
    view.held = fingers.size === 1 ? nodeAt(view.scene, view.camera, placeOf(event)) : null;
  });
  canvas.addEventListener("pointermove", (event) => {
    const now = placeOf(event);
    const before = fingers.get(event.pointerId);
    if (!before) {
      view.look(nodeAt(view.scene, view.camera, now) ?? edgeAt(view.scene, view.camera, now));
      canvas.style.cursor = view.looked ? "pointer" : "grab";
      return;
    }
    travelled += Math.hypot(now.x - before.x, now.y - before.y);
    if (fingers.size === 2) pinch(view, fingers, event.pointerId, now);
    else if (travelled > CLICK_PIXELS) drag(view, before, now);
    fingers.set(event.pointerId, now);
  });
  canvas.addEventListener("pointerup", (event) => {
    fingers.delete(event.pointerId);
    view.held = null;
    if (travelled <= CLICK_PIXELS) click(view, placeOf(event));
  });
  canvas.addEventListener("pointercancel", (event) => {
    fingers.delete(event.pointerId);
    view.held = null;
  });
  canvas.addEventListener("pointerleave", () => view.look(null));
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    view.zoom(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0016)), placeOf(event));
  }, { passive: false });
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (key(view, event.key)) event.preventDefault();
  });
  canvas.addEventListener("blur", () => view.look(null));
}

/** @param {MouseEvent} event */
function placeOf(event) {
  return { x: event.offsetX, y: event.offsetY };
}

/** @param {GraphView} view @param {{x: number, y: number}} before @param {{x: number, y: number}} now */
function drag(view, before, now) {
  if (!view.held) {
    view.pan(now.x - before.x, now.y - before.y);
    return;
  }
  view.touched = true;
  Object.assign(view.held, view.camera.toGraph(now));
  view.repaint();
}

/** @param {GraphView} view @param {Map<number, {x: number, y: number}>} fingers @param {number} moving
 * @param {{x: number, y: number}} now */
function pinch(view, fingers, moving, now) {
  const before = fingers.get(moving);
  const still = [...fingers].find(([id]) => id !== moving)?.[1];
  if (!before || !still) return;
  const [was, is] = [before, now].map((point) => Math.hypot(point.x - still.x, point.y - still.y));
  view.zoom(is / Math.max(was, 1), { x: (now.x + still.x) / 2, y: (now.y + still.y) / 2 });
  view.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
}

/** @param {GraphView} view @param {{x: number, y: number}} at */
function click(view, at) {
  const node = nodeAt(view.scene, view.camera, at);
  const edge = node ? null : edgeAt(view.scene, view.camera, at);
  if (edge) view.hooks.onEdge(edge);
  else view.hooks.onSelect(node?.id ?? null);
}

/** @type {Record<string, (view: GraphView) => void>} */
const KEYS = {
  ArrowRight: (view) => step(view, 1, 0),
  ArrowLeft: (view) => step(view, -1, 0),
  ArrowDown: (view) => step(view, 0, 1),
  ArrowUp: (view) => step(view, 0, -1),
  "+": (view) => view.zoom(KEY_ZOOM),
  "=": (view) => view.zoom(KEY_ZOOM),
  "-": (view) => view.zoom(1 / KEY_ZOOM),
  0: (view) => view.fit(),
  Enter: (view) => view.looked && "id" in view.looked && view.hooks.onSelect(view.looked.id),
  Escape: (view) => (view.looked ? view.look(null) : view.hooks.onSelect(null)),
};

/** @param {GraphView} view @param {string} name */
function key(view, name) {
  KEYS[name]?.(view);
  return name in KEYS;
}

/** Look at the nearest node in a direction. @param {GraphView} view @param {number} dx @param {number} dy */
function step(view, dx, dy) {
  const { scene } = view;
  const looked = view.looked && "id" in view.looked ? view.looked : null;
  const from = looked ?? (view.selected !== null ? scene.byId.get(view.selected) : null);
  if (!from) {
    view.look([...scene.nodes].sort((a, b) => b.degree - a.degree)[0] ?? null);
    return;
  }
  let best = null;
  let least = Infinity;
  for (const node of scene.nodes) {
    const ahead = (node.x - from.x) * dx + (node.y - from.y) * dy;
    const aside = Math.abs((node.x - from.x) * dy) + Math.abs((node.y - from.y) * dx);
    const cost = ahead + 2 * aside;
    if (node !== from && ahead > 0 && aside <= ahead * 2 && cost < least) [best, least] = [node, cost];
  }
  if (best) view.look(best);
}
