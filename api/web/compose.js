/** The dialog in which one pastes an article to have it read. */
import { el } from "./page/dom.js";
import { goTo } from "./page/route.js";
import { addArticle } from "./client.js";

/** @param {string} label @param {HTMLElement} input @param {string} [hint] */
function field(label, input, hint) {
  return el("label", { className: "field" }, el("span", {}, label, hint ? el("small", {}, ` ${hint}`) : null), input);
}

/**
 * @param {() => void} onRead called when an article was read
 * @returns {HTMLDialogElement}
 */
export function composeDialog(onRead) {
  const text = /** @type {HTMLTextAreaElement} */ (el("textarea", { name: "text", rows: 12, required: true, placeholder: "Paste the text of a news article in English." }));
  const title = /** @type {HTMLInputElement} */ (el("input", { name: "title", type: "text", autocomplete: "off" }));
  const published = /** @type {HTMLInputElement} */ (el("input", { name: "published", type: "date" }));
  const problem = el("p", { className: "problem", role: "alert", hidden: true });
  const send = /** @type {HTMLButtonElement} */ (el("button", { type: "submit", className: "primary" }, "Read it"));
  const cancel = el("button", { type: "button" }, "Cancel");
  const form = el("form", { method: "dialog" },
    el("h2", { id: "compose-title" }, "Read an article"), field("Text", text),
    el("div", { className: "pair" }, field("Title", title, "if it has one"), field("Published", published, "to date “next week”")),
    problem, el("div", { className: "actions" }, cancel, send));
  const dialog = /** @type {HTMLDialogElement} */ (el("dialog", { className: "compose", "aria-labelledby": "compose-title" }, form));
  cancel.addEventListener("click", () => dialog.close());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    send.disabled = true;
    send.textContent = "Reading …";
    problem.hidden = true;
    try {
      const { article } = await addArticle({ text: text.value, title: title.value || undefined, published: published.value || undefined });
      /** @type {HTMLFormElement} */ (form).reset();
      dialog.close();
      onRead();
      goTo({ article: article.id });
    } catch (error) {
      problem.textContent = error instanceof Error ? error.message : String(error);
      problem.hidden = false;
    } finally {
      send.disabled = false;
      send.textContent = "Read it";
    }
  });
  return dialog;
}
