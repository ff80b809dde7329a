/**
 * Where the page is, kept in the address after `#`, so that back, forward and links work from a
 * file as well as from a server: `#entity=Xi_Jinping`, `#entity=China&with=Russia`, `#article=0a1b`.
 *
 * @typedef {{entity?: string, with?: string, article?: string}} Route
 */

const ROUTE_KEYS = /** @type {const} */ (["entity", "with", "article"]);

/**
 * @param {string} hash
 * @returns {Route}
 */
export function routeFrom(hash) {
  const params = new URLSearchParams(hash.replace(/^#/, ""));
  /** @type {Route} */
  const route = {};
  for (const key of ROUTE_KEYS) {
    const value = params.get(key);
    if (value) route[key] = value;
  }
  return route;
}

/**
 * The link to a place of the page.
 * @param {Route} route
 */
export function linkTo(route) {
  return `#${new URLSearchParams(/** @type {Record<string, string>} */ (route))}`;
}

/** Go to a place, as a click on its link does. @param {Route} route */
export function goTo(route) {
  location.hash = linkTo(route);
}

/**
 * Call `visit` with the place now and at every change of it. The name of an element (the skip link's
 * target) is no place: it changes nothing.
 * @param {(route: Route) => void} visit
 */
export function followRoute(visit) {
  addEventListener("hashchange", () => {
    const anchor = location.hash.slice(1);
    if (!anchor || !document.getElementById(anchor)) visit(routeFrom(location.hash));
  });
  visit(routeFrom(location.hash));
}
