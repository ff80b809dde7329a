/** The menu of files for other tools: all of the graph, or what is shown. */
import { el } from "./page/dom.js";
import { exportAddress } from "./client.js";

/** Name of the format in the API, and what it is for. */
const FORMATS = {
  html: "Page that works from a file",
  turtle: "Turtle, for RDF tools",
  nquads: "N-Quads, with evidence by article",
  jsonl: "JSON Lines, one statement a line",
  gexf: "GEXF, for Gephi",
  graphml: "GraphML, for yEd and Cytoscape",
};

/**
 * The links of the menu.
 * @param {import("./client.js").Query} query which statements are shown; empty for all
 * @returns {HTMLElement[]}
 */
export function exportLinks(query) {
  const what = Object.keys(query).length ? "What is shown" : "The whole graph";
  const links = Object.entries(FORMATS).map(([name, purpose]) =>
    el("li", {}, el("a", { href: exportAddress(name, query), download: "" }, purpose)));
  return [el("p", {}, what), el("ul", {}, ...links)];
}
