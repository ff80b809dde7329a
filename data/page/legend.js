/**
 * What the shapes, colours and lines mean. Each type of node is a switch that hides its nodes.
 *
 * @import { Theme } from "./look.js"
 */
import { el } from "./dom.js";
import { LINES, TYPES, paintNode, readTheme, typeLook } from "./look.js";

const SWATCH = 16;

/**
 * @param {string[]} types the types that there are
 * @param {Set<string>} hidden the types that are switched off
 * @param {(type: string) => void} onSwitch
 */
export function legendElement(types, hidden, onSwitch) {
  const theme = readTheme();
  const ordered = Object.keys(TYPES).filter((type) => types.includes(type));
  const kinds = ordered.map((type) => {
    const button = el("button", { type: "button", "data-type": type, "aria-pressed": String(!hidden.has(type)) }, typeSwatch(type, theme), typeLook(type).name);
    button.addEventListener("click", () => onSwitch(type));
    return el("li", {}, button);
  });
  const lines = [
    ...Object.values(LINES).map(({ name, dash }) => el("li", {}, lineSwatch(theme.muted, dash, false), name)),
    el("li", {}, lineSwatch(theme.denied, [], true), "denied"),
    el("li", {}, lineSwatch(theme.muted, [], false, 0.6), "mentions"),
  ];
  return el("div", { className: "legend" },
    el("ul", { "aria-label": "Types of nodes; press to hide" }, ...kinds), el("ul", { "aria-label": "Lines" }, ...lines));
}

/** @param {number} width @returns {[HTMLCanvasElement, CanvasRenderingContext2D | null]} */
function smallCanvas(width) {
  const ratio = devicePixelRatio || 1;
  const canvas = /** @type {HTMLCanvasElement} */ (el("canvas", { width: width * ratio, height: SWATCH * ratio, "aria-hidden": "true" }));
  canvas.style.width = `${width}px`;
  canvas.style.height = `${SWATCH}px`;
  const ctx = canvas.getContext("2d");
  ctx?.scale(ratio, ratio);
  return [canvas, ctx];
}

/** @param {string} type @param {Theme} theme */
function typeSwatch(type, theme) {
  const [canvas, ctx] = smallCanvas(SWATCH);
  if (ctx) paintNode(ctx, theme, { type, x: SWATCH / 2, y: SWATCH / 2, r: 5 });
  return canvas;
}

/** @param {string} colour @param {number[]} dash @param {boolean} barred @param {number} [width] */
function lineSwatch(colour, dash, barred, width = 1.6) {
  const [canvas, ctx] = smallCanvas(30);
  if (!ctx) return canvas;
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.setLineDash(dash);
  ctx.beginPath();
  ctx.moveTo(1, SWATCH / 2);
  ctx.lineTo(29, SWATCH / 2);
  ctx.stroke();
  if (barred) {
    ctx.fillStyle = colour;
    ctx.fillRect(14, SWATCH / 2 - 5, 2.2, 10);
  }
  return canvas;
}
