/**
 * Painting a scene. What is looked at (a node or an edge, and what touches it) stands out; the rest
 * steps back.
 *
 * @import { Scene, SceneNode, SceneEdge } from "./scene.js"
 * @import { Theme } from "./look.js"
 * @typedef {{nodes: Set<string> | null, edges: Set<SceneEdge> | null, ring: string | null}} Focus
 * @typedef {{ctx: CanvasRenderingContext2D, width: number, height: number, theme: Theme,
 *   camera: import("./camera.js").Camera, focus: Focus}} Stage
 */
import { MENTIONS } from "./model.js";
import { lineOf, paintNode, traceShape, typeLook } from "./look.js";
import { curveOf, nodeZoom, pointOn } from "./scene.js";
import { Places, boxAround, placesRound, shortened } from "./labels.js";

const FAINT = 0.13;
const TAU = 2 * Math.PI;
const HUBS = 10;

/** @param {Stage} stage @param {Scene} scene */
export function drawScene(stage, scene) {
  const { ctx, width, height } = stage;
  ctx.clearRect(0, 0, width, height);
  ctx.lineCap = "butt";
  for (const edge of scene.edges) if (!stage.focus.edges?.has(edge)) drawEdge(stage, edge);
  for (const edge of stage.focus.edges ?? []) drawEdge(stage, edge);
  for (const node of scene.nodes) drawNode(stage, node);
  ctx.globalAlpha = 1;
  const places = drawNames(stage, scene);
  for (const edge of stage.focus.edges ?? []) drawEdgeName(stage, edge, places);
}

/** @param {Stage} stage @param {SceneEdge} edge */
function drawEdge(stage, edge) {
  const { ctx, theme, focus } = stage;
  const lit = focus.edges?.has(edge) ?? false;
  ctx.globalAlpha = focus.edges && !lit ? FAINT : 1;
  const aside = edge.kind === MENTIONS;
  ctx.strokeStyle = edge.polarity === "negative" ? theme.denied : lit && !aside ? theme.ink : theme.line;
  ctx.fillStyle = ctx.strokeStyle;
  ctx.lineWidth = aside ? 0.6 : Math.min(4, (lit ? 1.4 : 1.1) + 0.7 * Math.log2(Math.max(1, edge.support)));
  ctx.setLineDash(lineOf(edge.modality).dash);
  const curve = curveOf(edge, stage.camera);
  ctx.beginPath();
  if (curve) {
    ctx.moveTo(curve.a.x, curve.a.y);
    ctx.quadraticCurveTo(curve.c.x, curve.c.y, curve.b.x, curve.b.y);
  } else {
    const { x, y, r } = loopOf(stage, edge);
    ctx.arc(x, y, r, 0, TAU);
  }
  ctx.stroke();
  ctx.setLineDash([]);
  if (!curve) return;
  if (!aside) drawHead(stage, edge, curve);
  if (edge.polarity === "negative") drawBar(ctx, curve);
}

/** @param {Stage} stage @param {SceneEdge} edge */
function loopOf(stage, edge) {
  const { x, y } = stage.camera.toScreen(edge.from);
  const r = 7 + 4 * edge.bend;
  return { x, y: y - edge.from.r * nodeZoom(stage.camera) - r + 2, r };
}

/** The arrow's head, where the curve meets the target's rim. @param {Stage} stage @param {SceneEdge} edge
 * @param {{a: {x: number, y: number}, c: {x: number, y: number}, b: {x: number, y: number}}} curve */
function drawHead({ ctx, camera }, edge, curve) {
  const rim = edge.to.r * nodeZoom(camera) + 2.5;
  let t = 1;
  let tip = curve.b;
  while (t > 0.5 && Math.hypot(tip.x - curve.b.x, tip.y - curve.b.y) < rim) {
    t -= 0.01;
    tip = pointOn(curve, t);
  }
  const back = pointOn(curve, t - 0.05);
  const angle = Math.atan2(tip.y - back.y, tip.x - back.x);
  const size = 5 + ctx.lineWidth;
  ctx.beginPath();
  ctx.moveTo(tip.x, tip.y);
  for (const side of [2.7, -2.7]) ctx.lineTo(tip.x + size * Math.cos(angle + side), tip.y + size * Math.sin(angle + side));
  ctx.closePath();
  ctx.fill();
}

/** The bar across what is denied. @param {CanvasRenderingContext2D} ctx
 * @param {{a: {x: number, y: number}, c: {x: number, y: number}, b: {x: number, y: number}}} curve */
function drawBar(ctx, curve) {
  const [middle, next] = [pointOn(curve, 0.5), pointOn(curve, 0.52)];
  const across = Math.atan2(next.y - middle.y, next.x - middle.x) + Math.PI / 2;
  const [dx, dy] = [6 * Math.cos(across), 6 * Math.sin(across)];
  ctx.lineWidth = 2.2;
  ctx.beginPath();
  ctx.moveTo(middle.x - dx, middle.y - dy);
  ctx.lineTo(middle.x + dx, middle.y + dy);
  ctx.stroke();
}

/** @param {Stage} stage @param {SceneNode} node */
function drawNode(stage, node) {
  const { ctx, theme, camera, focus } = stage;
  const { x, y } = camera.toScreen(node);
  const r = node.r * nodeZoom(camera);
  ctx.globalAlpha = focus.nodes && !focus.nodes.has(node.id) ? FAINT + 0.07 : 1;
  paintNode(ctx, theme, { type: node.type, x, y, r });
  if (node.id !== focus.ring) return;
  traceShape(ctx, typeLook(node.type).shape, x, y, r + 4);
  ctx.strokeStyle = theme.ink;
  ctx.lineWidth = 1.6;
  ctx.stroke();
}

/** @param {Stage} stage @param {SceneNode} node @param {Places} places */
function takeNode({ camera }, node, places) {
  const r = node.r * nodeZoom(camera);
  places.take(boxAround(camera.toScreen(node), 2 * r - 4, 2 * r));
}

/**
 * Names, the best connected first. The hubs' names mind only one another, so that a crowd of small nodes
 * never leaves a hub without one; the other names mind everything.
 * @param {Stage} stage @param {Scene} scene @returns {Places} what is taken
 */
function drawNames(stage, scene) {
  const { focus } = stage;
  const named = focus.nodes ? scene.nodes.filter((node) => focus.nodes?.has(node.id)) : scene.nodes;
  const rank = (/** @type {SceneNode} */ node) => (node.id === focus.ring ? 1e9 : node.degree);
  const ranked = [...named].sort((a, b) => rank(b) - rank(a));
  const places = new Places();
  const [hubs, others] = [ranked.slice(0, HUBS), ranked.slice(HUBS)];
  for (const some of [hubs, others]) {
    for (const node of some) takeNode(stage, node, places);
    for (const node of some) drawName(stage, node, places);
  }
  return places;
}

/** @param {Stage} stage @param {SceneNode} node @param {Places} places */
function drawName(stage, node, places) {
  const { ctx, theme, camera, width, height, focus } = stage;
  const at = camera.toScreen(node);
  if (at.x < 0 || at.y < 0 || at.x > width || at.y > height) return;
  const size = Math.min(16, 11 + node.degree / 6);
  const weight = node.id === focus.ring ? 700 : node.degree > 4 ? 600 : 400;
  ctx.font = `${weight} ${size}px ${theme.font}`;
  const text = shortened(node.label, node.id === focus.ring ? 60 : 28);
  const wide = ctx.measureText(text).width;
  const inside = { left: wide / 2 + 4, right: width - wide / 2 - 4 };
  const options = placesRound(at, node.r * nodeZoom(camera), wide, size + 2, inside);
  const fits = (/** @type {typeof options[0]} */ { box }) => box.left >= 0 && box.right <= width && places.isFree(box);
  const place = options.find(fits) ?? (node.id === focus.ring ? options[0] : null);
  if (!place) return;
  places.take(place.box);
  const quiet = node.type === "Concept" || node.type === "Value";
  write(stage, text, place, quiet && node.id !== focus.ring ? theme.muted : theme.ink);
}

/** @param {Stage} stage @param {SceneEdge} edge @param {Places} places */
function drawEdgeName(stage, edge, places) {
  const { ctx, theme, camera } = stage;
  if (edge.kind === MENTIONS) return;
  const curve = curveOf(edge, camera);
  ctx.font = `italic 400 11.5px ${theme.font}`;
  const text = shortened(edge.label, 28);
  const wide = ctx.measureText(text).width;
  // The bar of a denied edge stays free.
  const turns = edge.polarity === "negative" ? [0.34, 0.66, 0.26, 0.74] : [0.5, 0.4, 0.6, 0.3, 0.7];
  for (const t of curve ? turns : [0.5]) {
    const loop = curve ? null : loopOf(stage, edge);
    const middle = curve ? pointOn(curve, t) : { x: loop?.x ?? 0, y: (loop?.y ?? 0) - (loop?.r ?? 0) - 4 };
    const box = boxAround(middle, wide, 13);
    if (!places.isFree(box)) continue;
    places.take(box);
    write(stage, text, middle, edge.polarity === "negative" ? theme.denied : theme.ink);
    return;
  }
}

/** Text with a halo of paper. @param {Stage} stage @param {string} text @param {{x: number, y: number}} at
 * @param {string} colour */
function write({ ctx, theme }, text, { x, y }, colour) {
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.lineWidth = 3.5;
  ctx.strokeStyle = theme.paper;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y);
}
