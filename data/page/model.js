/**
 * The shapes that the page's pieces share, and the graph that a list of statements makes.
 *
 * The modules of this folder run in two places: as they are in the served page, and joined into one
 * script in the exported file (graph/export/html.py). So that they can be joined, each import is one
 * line of plain names from "./x.js", each export stands before its declaration, and no two modules
 * declare the same top-level name. A test holds them to it.
 *
 * @typedef {{id: string, label: string, type: string, text?: string, start?: number, end?: number}} NodeUse
 * @typedef {{value: string, datatype: string, text?: string, start?: number, end?: number}} ValueUse
 * @typedef {{id: string, label: string, text: string, start: number, end: number}} PredicateUse
 * @typedef {{text: string, start: string | null, end: string | null}} TimeSpan
 * @typedef {{
 *   id: string, article: string, sentence: string, start: number, end: number,
 *   subject: NodeUse, predicate: PredicateUse, object: NodeUse | ValueUse,
 *   arguments: (({role: string}) & (NodeUse | ValueUse))[],
 *   modality: string, polarity: string, attributedTo: NodeUse | null,
 *   time: TimeSpan | null, place: NodeUse | null, confidence: number,
 * }} Statement      A statement as the REST API gives it.
 * @typedef {{id: string, title?: string | null, text?: string, url?: string | null,
 *   published?: string | null, publisher?: string | null}} ArticleInfo
 * @typedef {{id: string, label: string, type: string, degree: number, x?: number, y?: number,
 *   facts?: string}} GraphNode
 * @typedef {{source: string, target: string, kind: string, label: string, modality: string,
 *   polarity: string, statements: number, support: number}} GraphEdge
 * @typedef {{nodes: GraphNode[], edges: GraphEdge[]}} Graph
 */

/** The kind of the thin lines from a concept to what its phrase names; no statement. */
export const MENTIONS = "mentions";

const BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean";

/**
 * True if the clause has no object (*the minister resigned*): its object is then the value `true`.
 * @param {Statement} statement
 */
export function isFact({ object }) {
  return "datatype" in object && object.datatype === BOOLEAN && object.value === "true";
}

/**
 * How a statement is meant: what is only somebody's words is claimed, whatever form they gave it.
 * @param {Statement} statement
 */
function commitment(statement) {
  return statement.modality === "asserted" && statement.attributedTo ? "claimed" : statement.modality;
}

/**
 * How several statements of one thing are meant: asserted if one is, else all there is, with commas.
 * @param {Statement[]} said
 */
function commitments(said) {
  const all = new Set(said.map(commitment));
  return all.has("asserted") ? "asserted" : [...all].sort().join(",");
}

/**
 * The node that a statement's object is in the graph; a literal becomes a node of type Value.
 * @param {NodeUse | ValueUse} object
 * @returns {NodeUse}
 */
function nodeOf(object) {
  if ("id" in object) return object;
  return { id: `value:${object.datatype} ${object.value}`, label: object.value, type: "Value" };
}

/**
 * The graph of some statements, as `graph.network` makes it in Python: one edge for each subject,
 * predicate, object and polarity; clauses without an object are facts of their subject.
 * @param {Statement[]} statements
 * @param {Map<string, string[]>} [mentions] ids of the entities that a concept's phrase names, by its id
 * @returns {Graph}
 */
export function graphOf(statements, mentions = new Map()) {
  /** @type {Map<string, GraphNode>} */
  const nodes = new Map();
  /** @type {Map<string, Statement[]>} */
  const groups = new Map();
  for (const statement of statements) {
    const ends = isFact(statement) ? [statement.subject] : [statement.subject, nodeOf(statement.object)];
    for (const { id, label, type } of ends) if (!nodes.has(id)) nodes.set(id, { id, label, type, degree: 0, facts: "" });
    const key = JSON.stringify([...ends.map((end) => end.id), statement.predicate.id, statement.polarity]);
    groups.set(key, [...(groups.get(key) ?? []), statement]);
  }
  /** @type {GraphEdge[]} */
  const edges = [];
  for (const said of groups.values()) {
    if (isFact(said[0])) tell(/** @type {GraphNode} */ (nodes.get(said[0].subject.id)), said);
    else edges.push(edgeOf(said));
  }
  for (const [source, targets] of mentions) {
    for (const target of nodes.has(source) ? targets : []) {
      if (nodes.has(target)) edges.push(mentionEdge(source, target));
    }
  }
  for (const edge of edges) {
    for (const id of [edge.source, edge.target]) /** @type {GraphNode} */ (nodes.get(id)).degree += 1;
  }
  return { nodes: [...nodes.values()], edges };
}

/** Add a fact to its subject, worded so that it claims no more than the articles. @param {GraphNode} node
 * @param {Statement[]} said */
function tell(node, said) {
  const meant = commitments(said).replaceAll(",", ", ");
  const denied = said[0].polarity === "negative" ? "not " : "";
  const fact = `${denied}${said[0].predicate.label}${meant === "asserted" ? "" : ` (${meant})`}`;
  node.facts = node.facts ? `${node.facts}; ${fact}` : fact;
}

/** @param {string} source @param {string} target @returns {GraphEdge} */
function mentionEdge(source, target) {
  const kind = MENTIONS;
  return { source, target, kind, label: kind, polarity: "positive", modality: "asserted", statements: 0, support: 0 };
}

/** @param {Statement[]} said @returns {GraphEdge} */
function edgeOf(said) {
  const { subject, predicate, object, polarity } = said[0];
  return {
    source: subject.id,
    target: nodeOf(object).id,
    kind: predicate.id,
    label: predicate.label,
    polarity,
    modality: commitments(said),
    statements: said.length,
    support: new Set(said.map((one) => one.article)).size,
  };
}

/**
 * The part of a graph that its `limit` best connected nodes make; `keep` is always among them.
 * @param {Graph} graph @param {number} limit @param {string | null} [keep]
 * @returns {Graph}
 */
export function bestConnected(graph, limit, keep = null) {
  if (graph.nodes.length <= limit) return graph;
  const ranked = [...graph.nodes].sort((a, b) => b.degree - a.degree);
  const nodes = ranked.slice(0, limit);
  const kept = graph.nodes.find((node) => node.id === keep);
  if (kept && !nodes.includes(kept)) nodes[limit - 1] = kept;
  const ids = new Set(nodes.map((node) => node.id));
  return { nodes, edges: graph.edges.filter((edge) => ids.has(edge.source) && ids.has(edge.target)) };
}

/**
 * The part of a graph within one step of a node.
 * @param {Graph} graph @param {string} id
 * @returns {Graph}
 */
export function neighbourhood(graph, id) {
  const ids = new Set([id]);
  for (const { source, target } of graph.edges) {
    if (source === id) ids.add(target);
    if (target === id) ids.add(source);
  }
  return {
    nodes: graph.nodes.filter((node) => ids.has(node.id)),
    edges: graph.edges.filter((edge) => ids.has(edge.source) && ids.has(edge.target)),
  };
}
