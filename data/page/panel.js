/**
 * The graph with what belongs to it: legend, zoom buttons, how much is shown, and what is under the
 * pointer in words.
 *
 * @import { Graph } from "./model.js"
 * @import { SceneEdge, SceneNode } from "./scene.js"
 * @import { Runner } from "./layout.js"
 */
import { counted, el, wantsStillness } from "./dom.js";
import { bestConnected, neighbourhood } from "./model.js";
import { bodyOf, seeded } from "./layout.js";
import { GraphView } from "./graph.js";
import { legendElement } from "./legend.js";
import { typeLook } from "./look.js";
import { goTo } from "./route.js";

/** Nodes drawn at first, and added by each press of "Show more". */
const AT_ONCE = 300;
const HELP = "Arrow keys go from node to node, Enter selects, plus and minus zoom, 0 shows all. The table holds the same statements.";
/** How far nodes may move at first, in units of the graph. */
const HEAT = 40;
const NONE = { nodes: [], edges: [] };

export class GraphPanel {
  /**
   * @param {Runner} runner of the layout
   * @param {{letsGo?: boolean}} [options] whether a click on the ground lets the selected node go
   */
  constructor(runner, { letsGo = true } = {}) {
    this.runner = runner;
    this.letsGo = letsGo;
    /** @type {Graph} */
    this.graph = NONE;
    /** @type {Graph} */
    this.drawn = NONE;
    this.limit = AT_ONCE;
    /** @type {Set<string>} */
    this.hidden = new Set();
    this.alone = false;
    /** @type {string | null} */
    this.root = null;
    this.stop = () => {};
    this.canvas = canvasElement();
    this.caption = el("p", { className: "looked", "aria-live": "polite" });
    this.note = el("p", { className: "note" });
    this.more = button("Show more", () => this.showMore());
    this.only = button("Neighbours only", () => this.toggleAlone());
    this.legend = el("div", {});
    this.view = new GraphView(this.canvas, {
      onSelect: (id) => this.chosen(id),
      onEdge: ({ source, target }) => goTo({ entity: source, with: target }),
      onLook: (what) => { this.caption.textContent = what ? inWords(what, this.view.scene.byId) : ""; },
    });
    this.element = this.assembled();
    this.redraw();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.drawLegend());
  }

  /** The parts in their places; the camera learns what of the canvas they cover. */
  assembled() {
    const tools = el("div", { className: "tools", role: "group", "aria-label": "View" },
      button("+", () => this.view.zoom(1.35), "Zoom in"), button("−", () => this.view.zoom(1 / 1.35), "Zoom out"),
      button("Fit", () => this.view.fit(), "Show everything"), button("Tidy", () => this.tidy(), "Lay the graph out again"), this.only);
    const foot = el("div", { className: "foot" }, this.legend, el("div", { className: "counts" }, this.note, this.more));
    new ResizeObserver(() => {
      this.view.insets = { top: tools.offsetTop + tools.offsetHeight, bottom: foot.offsetHeight };
      if (!this.view.touched) this.view.follow();
      this.view.repaint();
    }).observe(foot);
    return el("section", { className: "graph", "aria-label": "Graph" }, this.canvas,
      el("p", { id: "graph-help", className: "visually-hidden" }, HELP), tools, this.caption, foot);
  }

  /** Show another graph. @param {Graph} graph @param {string | null} root the node in its middle, if any */
  show(graph, root = null) {
    this.graph = graph;
    this.limit = AT_ONCE;
    this.root = root;
    this.alone = false;
    this.redraw();
  }

  /** A click or Enter on a node; a value is no entity that one could go to. @param {string | null} id */
  chosen(id) {
    if (id === null) this.letsGo && goTo({});
    else if (this.view.scene.byId.get(id)?.type !== "Value") goTo({ entity: id });
  }

  /** Select a node of the graph. @param {string | null} id */
  select(id) {
    const was = this.root;
    this.root = id;
    const missing = id !== null && !this.drawn.nodes.some((node) => node.id === id) && this.graph.nodes.some((node) => node.id === id);
    if (missing || (this.alone && was !== id)) this.redraw();
    this.view.select(id);
    this.only.hidden = id === null;
    if (id === null) this.view.fit();
    else this.view.glideToSelected();
  }

  /** Draw what the limit and the switches leave of the graph. */
  redraw() {
    this.stop();
    this.alone &&= this.root !== null;
    const near = this.alone && this.root !== null ? neighbourhood(this.graph, this.root) : this.graph;
    const nodes = near.nodes.filter((node) => node.id === this.root || (says(node) && !this.hidden.has(node.type)));
    const whole = { nodes, edges: near.edges };
    const part = seeded(bestConnected(whole, this.limit, this.root), this.root);
    this.drawn = part;
    this.view.show(part);
    this.view.select(this.root);
    this.layOut();
    this.only.hidden = this.root === null;
    this.only.setAttribute("aria-pressed", String(this.alone));
    this.say(part, nodes.length);
    this.drawLegend();
  }

  /** @param {Graph} part @param {number} all how many nodes there are to draw */
  say(part, all) {
    const size = `${counted(part.nodes.length, "node")}, ${counted(this.view.scene.edges.length, "relation")}`;
    this.note.textContent = part.nodes.length < all ? `${size} of ${counted(all, "node")}` : size;
    this.canvas.setAttribute("aria-label", `Graph of ${size}`);
    this.more.hidden = part.nodes.length >= all;
    this.more.textContent = `Show ${Math.min(AT_ONCE, all - part.nodes.length)} more`;
    this.element.classList.toggle("empty", part.nodes.length === 0);
  }

  drawLegend() {
    const types = [...new Set(this.graph.nodes.map((node) => node.type))];
    this.legend.replaceChildren(legendElement(types, this.hidden, (type) => {
      if (!this.hidden.delete(type)) this.hidden.add(type);
      this.redraw();
      /** @type {HTMLElement | null} */ (this.legend.querySelector(`[data-type="${type}"]`))?.focus();
    }));
  }

  showMore() {
    this.limit += AT_ONCE;
    this.redraw();
  }

  toggleAlone() {
    this.alone = !this.alone;
    this.redraw();
  }

  /** Lay out what is drawn again, from where it is. */
  tidy() {
    this.view.touched = false;
    this.layOut();
  }

  layOut() {
    this.stop();
    const { nodes } = this.view.scene;
    const still = wantsStillness();
    this.stop = this.runner(bodyOf({ nodes, edges: this.drawn.edges }), HEAT, (positions, done) => {
      if (done || !still) this.view.place(positions);
    });
  }
}

function canvasElement() {
  return /** @type {HTMLCanvasElement} */ (el("canvas", {
    tabIndex: 0, role: "application", "aria-label": "Graph", "aria-describedby": "graph-help",
  }));
}

/** Whether a node says anything: one that is only a speaker or a circumstance has no line to it.
 * @param {import("./model.js").GraphNode} node */
function says(node) {
  return node.degree > 0 || Boolean(node.facts);
}

/** @param {string} text @param {() => void} action @param {string} [label] what it does, where the text is a sign */
function button(text, action, label) {
  const made = el("button", { type: "button", "aria-label": label, title: label }, text);
  made.addEventListener("click", action);
  return made;
}

/** @param {SceneNode | SceneEdge} what @param {Map<string, SceneNode>} byId */
function inWords(what, byId) {
  if ("from" in what) {
    const denied = what.polarity === "negative" ? ", denied" : "";
    const manner = what.modality === "asserted" ? "" : ` (${what.modality.replaceAll(",", ", ")}${denied})`;
    const support = what.support > 1 ? `, in ${counted(what.support, "article")}` : "";
    return `${what.from.label} — ${what.label} → ${what.to.label}${manner || (denied && " (denied)")}${support}`;
  }
  const facts = what.facts ? `; ${what.facts}` : "";
  const relations = counted(byId.get(what.id)?.degree ?? 0, "relation");
  return `${what.label} — ${typeLook(what.type).name}, ${relations}${facts}`;
}
