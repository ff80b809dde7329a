/**
 * Finding entities by name in a list that is all there: the exported page's search.
 *
 * @import { Suggestion } from "./search.js"
 * @typedef {{id: string, label: string, type: string, aliases: string[]}} Findable
 */

const MOST = 12;

/** Lower case without accents, so that "sao" finds "São Paulo". @param {string} text */
export function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/**
 * How well a name fits: 3 the whole name, 2 its beginning, 1 the beginning of a word, 0 a part; -1 not.
 * @param {string} name folded @param {string} query folded
 */
function fit(name, query) {
  if (name === query) return 3;
  if (name.startsWith(query)) return 2;
  if (name.includes(` ${query}`)) return 1;
  return name.includes(query) ? 0 : -1;
}

/**
 * @param {Findable[]} entities @param {Map<string, number>} counts statements of each id
 * @returns {(query: string) => Suggestion[]} the best first: by fit, then by how much is said
 */
export function finder(entities, counts) {
  const names = entities.map((entity) => [entity.label, ...entity.aliases].map(folded));
  return (query) => {
    const wanted = folded(query);
    return entities
      .map((entity, index) => ({
        id: entity.id, label: entity.label, type: entity.type, count: counts.get(entity.id) ?? 0,
        fit: Math.max(...names[index].map((name) => fit(name, wanted))),
      }))
      .filter((one) => one.fit >= 0)
      .sort((a, b) => b.fit - a.fit || b.count - a.count || a.label.localeCompare(b.label))
      .slice(0, MOST);
  };
}
