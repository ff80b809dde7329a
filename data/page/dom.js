/** Making elements. Text is always set as text; nothing here parses HTML. */

/**
 * Make an element. `props` that name a property of the element are set as properties, the others
 * (`aria-*`, `role`, `data-*`) as attributes; null and undefined are left out.
 * @param {string} tag
 * @param {Record<string, unknown>} [props]
 * @param {...(Node | string | null)} children
 * @returns {HTMLElement}
 */
export function el(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined) continue;
    if (name in element) /** @type {any} */ (element)[name] = value;
    else element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/**
 * "1 article", "12 articles", "12,034 articles".
 * @param {number} count @param {string} one @param {string} [many]
 */
export function counted(count, one, many = `${one}s`) {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

/**
 * The address if it is one of the web; null for any other scheme (`javascript:` and the like).
 * @param {string | null | undefined} address
 */
export function webAddress(address) {
  if (!address || !URL.canParse(address)) return null;
  const { protocol, href } = new URL(address);
  return protocol === "https:" || protocol === "http:" ? href : null;
}

/** @type {Intl.DateTimeFormatOptions} */
const UTC = { timeZone: "UTC" };
const DAY = new Intl.DateTimeFormat("en-GB", { ...UTC, day: "numeric", month: "short", year: "numeric" });

const MONTH = new Intl.DateTimeFormat("en-GB", { ...UTC, month: "long", year: "numeric" });

/** @param {string} iso */
function utcDay(iso) {
  return new Date(`${iso}T00:00:00Z`);
}

/** @param {string} iso */
function dayText(iso) {
  const day = utcDay(iso);
  return Number.isNaN(day.getTime()) ? iso : DAY.format(day);
}

/**
 * An ISO date as a person writes it, in an element that keeps the machine's form.
 * @param {string} iso
 */
export function dayElement(iso) {
  return el("time", { dateTime: iso }, dayText(iso));
}

/**
 * A span of days as a person writes it: "20–26 Mar 2023", "March 2023", "2014", "until 3 May 2024".
 * @param {string | null} start @param {string | null} end ISO dates; null where it is open
 */
export function period(start, end) {
  if (!start || !end) return start ? `from ${dayText(start)}` : end ? `until ${dayText(end)}` : "";
  const [first, last] = [utcDay(start), utcDay(end)];
  const after = new Date(last.getTime() + 86_400_000);
  const whole = first.getUTCDate() === 1 && after.getUTCDate() === 1;
  const months = (after.getUTCFullYear() - first.getUTCFullYear()) * 12 + after.getUTCMonth() - first.getUTCMonth();
  if (whole && months === 12 && first.getUTCMonth() === 0) return String(first.getUTCFullYear());
  if (whole && months === 1) return MONTH.format(first);
  return Number.isNaN(first.getTime() + last.getTime()) || first > last ? `${start} – ${end}` : DAY.formatRange(first, last);
}

const TITLE_LENGTH = 90;

/**
 * What an article is called: its title, else how its text begins, else where it is from.
 * @param {{id: string, title?: string | null, text?: string, url?: string | null}} article
 */
export function titleOf({ id, title, text = "", url }) {
  const words = Array.from((title || text).trim().split(/\s+/).join(" "));
  if (words.length > TITLE_LENGTH) return `${words.slice(0, TITLE_LENGTH - 1).join("").trimEnd()}…`;
  return words.join("") || url || `Article ${id}`;
}

/** True if the visitor asked their system for less motion. */
export function wantsStillness() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
