/**
 * A search box with suggestions: the combobox pattern of WAI-ARIA, over any source of entities.
 *
 * @typedef {{id: string, label: string, type: string, count: number}} Suggestion
 * @typedef {(query: string) => Suggestion[] | Promise<Suggestion[]>} Suggest
 */
import { counted, el } from "./dom.js";
import { goTo } from "./route.js";
import { typeLook } from "./look.js";

const PAUSE_MS = 120;

export class SearchBox {
  /** @param {Suggest} suggest @param {(error: unknown) => void} [onError] */
  constructor(suggest, onError = () => {}) {
    this.suggest = suggest;
    this.onError = onError;
    /** @type {Suggestion[]} */
    this.found = [];
    this.active = -1;
    this.asked = 0;
    this.timer = 0;
    this.list = el("ul", { id: "suggestions", role: "listbox", "aria-label": "Entities", hidden: true });
    this.input = /** @type {HTMLInputElement} */ (el("input", {
      id: "search", type: "text", role: "combobox", placeholder: "Search people, places, organisations …",
      autocomplete: "off", spellcheck: false, "aria-label": "Search entities", "aria-autocomplete": "list",
      "aria-expanded": "false", "aria-controls": "suggestions",
    }));
    this.status = el("p", { className: "visually-hidden", "aria-live": "polite" });
    this.element = el("search", { className: "search" }, this.input, el("kbd", { "aria-hidden": "true" }, "/"), this.list, this.status);
    this.listen();
  }

  listen() {
    this.input.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), PAUSE_MS);
    });
    this.input.addEventListener("focus", () => this.input.value && this.ask());
    this.input.addEventListener("blur", () => this.close());
    this.input.addEventListener("keydown", (event) => this.key(event));
    // Before the blur that a click brings, so that the list is still there to be clicked.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target instanceof Element && event.target.closest("[role=option]");
      if (option) this.choose(this.found[[...this.list.children].indexOf(option)]);
    });
    addEventListener("keydown", (event) => {
      const typing = event.target instanceof Element && event.target.closest("input, textarea, select");
      if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      this.input.focus();
      this.input.select();
    });
  }

  /** Ask for suggestions; an answer that comes after a newer question is dropped. */
  async ask() {
    clearTimeout(this.timer);
    const turn = (this.asked += 1);
    const query = this.input.value.trim();
    try {
      const found = query ? await this.suggest(query) : [];
      if (turn === this.asked) this.open(found, query);
    } catch (error) {
      this.onError(error);
    }
  }

  /** @param {Suggestion[]} found @param {string} query */
  open(found, query) {
    this.found = found;
    this.list.replaceChildren(...found.map((one, index) => option(one, index)));
    this.list.hidden = found.length === 0;
    this.input.setAttribute("aria-expanded", String(found.length > 0));
    this.point(-1);
    const nothing = Boolean(query) && found.length === 0;
    const words = nothing ? `No entity is called “${query}”; try another name, or a part of it.` : counted(found.length, "suggestion");
    this.status.textContent = query ? words : "";
    this.status.className = nothing ? "none" : "visually-hidden";
    this.element.classList.toggle("nothing", nothing);
  }

  close() {
    this.asked += 1;
    this.open([], "");
  }

  /** @param {number} index of the option that the arrow keys are at; -1 for none */
  point(index) {
    this.active = index;
    [...this.list.children].forEach((child, at) => child.setAttribute("aria-selected", String(at === index)));
    const child = this.list.children[index];
    child?.scrollIntoView({ block: "nearest" });
    if (child) this.input.setAttribute("aria-activedescendant", child.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  /** @param {KeyboardEvent} event */
  async key(event) {
    if (event.isComposing) return;
    const count = this.found.length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!count) await this.ask();
      else if (event.key === "ArrowDown") this.point((this.active + 1) % count);
      else this.point((Math.max(this.active, 0) + count - 1) % count);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!count) await this.ask();
      this.choose(this.found[Math.max(0, this.active)]);
    } else if (event.key === "Escape") {
      if (!count) this.input.value = "";
      this.close();
    }
  }

  /** @param {Suggestion | undefined} one */
  choose(one) {
    if (!one) return;
    this.input.value = one.label;
    this.close();
    goTo({ entity: one.id });
  }
}

/** @param {Suggestion} one @param {number} index */
function option({ label, type, count }, index) {
  return el("li", { role: "option", id: `suggestion-${index}`, "aria-selected": "false" },
    el("span", { className: "entity", "data-type": type }, label),
    el("span", { className: "hint" }, `${typeLook(type).name} · ${counted(count, "statement")}`));
}
