/**
 * The graph on a canvas: holds the scene, the camera and what is looked at, and paints when something
 * changed. What people do with it is in gestures.js.
 *
 * @import { Graph } from "./model.js"
 * @import { Scene, SceneNode, SceneEdge } from "./scene.js"
 * @import { Focus } from "./draw.js"
 * @typedef {{onSelect: (id: string | null) => void, onEdge: (edge: SceneEdge) => void,
 *   onLook: (what: SceneNode | SceneEdge | null) => void}} GraphHooks
 */
import { wantsStillness } from "./dom.js";
import { readTheme } from "./look.js";
import { Camera } from "./camera.js";
import { sceneOf } from "./scene.js";
import { drawScene } from "./draw.js";
import { listenTo } from "./gestures.js";

const GLIDE_MS = 320;

export class GraphView {
  /** @param {HTMLCanvasElement} canvas @param {GraphHooks} hooks */
  constructor(canvas, hooks) {
    this.canvas = canvas;
    this.hooks = hooks;
    this.camera = new Camera();
    this.theme = readTheme();
    /** @type {Scene} */
    this.scene = sceneOf({ nodes: [], edges: [] });
    /** @type {SceneNode | SceneEdge | null} */
    this.looked = null;
    /** @type {string | null} */
    this.selected = null;
    /** @type {SceneNode | null} the node under the finger, which no layout moves */
    this.held = null;
    this.gliding = {};
    this.width = 0;
    this.height = 0;
    this.frame = 0;
    /** Whether the visitor moved the camera; it follows the graph until then. */
    this.touched = false;
    /** @type {Set<string> | null} the nodes that the camera keeps in view; null for all */
    this.framed = null;
    /** Pixels at the top and the bottom that other things cover. */
    this.insets = { top: 0, bottom: 0 };
    new ResizeObserver(() => this.resize()).observe(canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.retheme());
    listenTo(this);
  }

  /** Show another graph, whole. @param {Graph} graph whose nodes have positions */
  show(graph) {
    this.scene = sceneOf(graph);
    this.looked = null;
    this.touched = false;
    this.framed = null;
    this.gliding = {};
    this.camera = this.fitted();
    this.repaint();
  }

  /** Move the nodes, in the order of the graph that was given. @param {Float64Array} positions */
  place(positions) {
    this.scene.nodes.forEach((node, index) => {
      if (node === this.held) return;
      node.x = positions[2 * index];
      node.y = positions[2 * index + 1];
    });
    if (!this.touched) this.follow();
    this.repaint();
  }

  /** Mark a node as the selected one. @param {string | null} id */
  select(id) {
    this.selected = id !== null && this.scene.byId.has(id) ? id : null;
    this.repaint();
  }

  /** Bring the selected node and its neighbours into view. */
  glideToSelected() {
    if (this.selected === null) return;
    this.keepInView(new Set([this.selected, ...(this.scene.near.get(this.selected) ?? [])]));
  }

  /** Look at a node or an edge for as long as the pointer is over it. @param {SceneNode | SceneEdge | null} what */
  look(what) {
    if (what === this.looked) return;
    this.looked = what;
    this.hooks.onLook(what);
    this.repaint();
  }

  /** @param {number} factor @param {{x: number, y: number}} [at] */
  zoom(factor, at = { x: this.width / 2, y: this.height / 2 }) {
    this.touched = true;
    this.camera.zoom(factor, at);
    this.repaint();
  }

  /** @param {number} dx @param {number} dy */
  pan(dx, dy) {
    this.touched = true;
    this.camera.pan(dx, dy);
    this.repaint();
  }

  /** Glide to where everything is seen. */
  fit() {
    this.keepInView(null);
  }

  /** Keep these nodes in view from now on. @param {Set<string> | null} ids */
  keepInView(ids) {
    this.touched = false;
    this.framed = ids;
    this.glide(this.fitted());
  }

  fitted() {
    const { framed, scene, insets } = this;
    const shown = framed ? scene.nodes.filter((node) => framed.has(node.id)) : scene.nodes;
    const height = Math.max(100, this.height - insets.top - insets.bottom);
    const camera = Camera.around(shown, this.width || 800, height);
    camera.y += insets.top;
    return camera;
  }

  /** Be where the camera should be, at once; ends a glide. */
  follow() {
    this.gliding = {};
    this.camera = this.fitted();
  }

  /** @param {Camera} target */
  glide(target) {
    const from = this.camera;
    const began = performance.now();
    const length = wantsStillness() ? 0 : GLIDE_MS;
    const token = (this.gliding = {});
    const step = (/** @type {number} */ now) => {
      if (token !== this.gliding) return;
      const share = length ? Math.min(1, Math.max(0, (now - began) / length)) : 1;
      this.camera = from.towards(target, share * share * (3 - 2 * share));
      this.repaint();
      if (share < 1) requestAnimationFrame(step);
    };
    step(began);
  }

  /** @returns {Focus} */
  focus() {
    const ring = this.selected;
    if (this.looked && "from" in this.looked) {
      const { source, target } = this.looked;
      return { nodes: new Set([source, target]), edges: new Set([this.looked]), ring };
    }
    const id = this.looked?.id ?? this.selected;
    if (id === null) return { nodes: null, edges: null, ring };
    const edges = this.scene.edges.filter((edge) => edge.source === id || edge.target === id);
    return { nodes: new Set([id, ...(this.scene.near.get(id) ?? [])]), edges: new Set(edges), ring };
  }

  resize() {
    const { clientWidth, clientHeight } = this.canvas;
    const ratio = devicePixelRatio || 1;
    this.width = clientWidth;
    this.height = clientHeight;
    this.canvas.width = Math.round(clientWidth * ratio);
    this.canvas.height = Math.round(clientHeight * ratio);
    if (!this.touched) this.follow();
    this.paint();
  }

  retheme() {
    this.theme = readTheme();
    this.repaint();
  }

  /** Paint at the next frame, however often this is called before it. */
  repaint() {
    this.frame ||= requestAnimationFrame(() => this.paint());
  }

  paint() {
    this.frame = 0;
    const ctx = this.canvas.getContext("2d");
    if (!ctx) return;
    const ratio = devicePixelRatio || 1;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    const { width, height, theme, camera } = this;
    drawScene({ ctx, width, height, theme, camera, focus: this.focus() }, this.scene);
  }
}
