/**
 * How things look on the canvas: one table for the types of nodes, one for the lines of edges.
 * Colours are custom properties of style.css, so that light and dark are decided in one place.
 *
 * @typedef {"circle" | "square" | "diamond" | "hexagon" | "triangle" | "ring" | "dot"} Shape
 * @typedef {{name: string, shape: Shape}} TypeLook
 * @typedef {{name: string, dash: number[]}} LineLook
 * @typedef {{ink: string, muted: string, paper: string, line: string, accent: string, denied: string,
 *   font: string, types: Record<string, string>}} Theme
 */

/** @type {Record<string, TypeLook>} */
export const TYPES = {
  Person: { name: "Person", shape: "circle" },
  Organization: { name: "Organisation", shape: "square" },
  Place: { name: "Place", shape: "diamond" },
  Group: { name: "Group", shape: "hexagon" },
  Event: { name: "Event", shape: "triangle" },
  Product: { name: "Product", shape: "square" },
  CreativeWork: { name: "Work", shape: "triangle" },
  Legislation: { name: "Law", shape: "hexagon" },
  Concept: { name: "Concept", shape: "ring" },
  Value: { name: "Value", shape: "dot" },
};

/** @type {Record<"said" | "unsure" | "claimed", LineLook>} */
export const LINES = {
  said: { name: "stated", dash: [] },
  unsure: { name: "planned, wanted or possible", dash: [7, 5] },
  claimed: { name: "claimed", dash: [1.5, 4.5] },
};

/** @type {Record<string, keyof typeof LINES>} */
const LINE_OF_MODALITY = {
  "": "said",
  asserted: "said",
  planned: "unsure",
  intended: "unsure",
  requested: "unsure",
  possible: "unsure",
  conditional: "unsure",
  hypothetical: "unsure",
  claimed: "claimed",
};

/**
 * The line of an edge, whose modality may be several with commas between: the strongest is drawn.
 * @param {string} modality
 */
export function lineOf(modality) {
  const names = new Set(modality.split(",").map((one) => LINE_OF_MODALITY[one] ?? "unsure"));
  const strongest = /** @type {const} */ (["said", "unsure", "claimed"]).find((name) => names.has(name));
  return LINES[strongest ?? "unsure"];
}

/** @param {string} type */
export function typeLook(type) {
  return TYPES[type] ?? TYPES.Concept;
}

/**
 * Read the colours and the font that style.css gives now.
 * @returns {Theme}
 */
export function readTheme() {
  const style = getComputedStyle(document.documentElement);
  const get = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
  const types = Object.fromEntries(Object.keys(TYPES).map((type) => [type, get(`type-${type}`)]));
  return {
    ink: get("ink"), muted: get("muted"), paper: get("paper"), line: get("edge"),
    accent: get("accent"), denied: get("denied"), font: get("sans"), types,
  };
}

/** Polygons on the unit circle, first corner at the angle given. */
const CORNERS = { square: [4, Math.PI / 4], diamond: [4, 0], hexagon: [6, 0], triangle: [3, -Math.PI / 2] };

/**
 * Trace a node's outline; the shapes cover about the same area.
 * @param {CanvasRenderingContext2D} ctx @param {Shape} shape @param {number} x @param {number} y @param {number} r
 */
export function traceShape(ctx, shape, x, y, r) {
  ctx.beginPath();
  if (!(shape in CORNERS)) {
    ctx.arc(x, y, shape === "dot" ? r * 0.6 : r, 0, 2 * Math.PI);
    return;
  }
  const [count, first] = CORNERS[/** @type {keyof typeof CORNERS} */ (shape)];
  const reach = r * (count === 3 ? 1.3 : count === 4 ? 1.2 : 1.08);
  for (let corner = 0; corner < count; corner += 1) {
    const angle = first + (corner * 2 * Math.PI) / count;
    ctx.lineTo(x + reach * Math.cos(angle), y + reach * Math.sin(angle));
  }
  ctx.closePath();
}

/**
 * Paint one node: filled, or hollow for what is no named thing.
 * @param {CanvasRenderingContext2D} ctx @param {Theme} theme
 * @param {{type: string, x: number, y: number, r: number}} node
 */
export function paintNode(ctx, theme, { type, x, y, r }) {
  const { shape } = typeLook(type);
  const colour = theme.types[type] ?? theme.types.Concept;
  traceShape(ctx, shape, x, y, r);
  ctx.lineJoin = "round";
  ctx.fillStyle = shape === "ring" ? theme.paper : colour;
  ctx.strokeStyle = shape === "ring" ? colour : theme.paper;
  ctx.lineWidth = shape === "ring" ? 2 : 1.5;
  ctx.fill();
  ctx.stroke();
}
