/** Lets one try the GETs of the documentation: asks what a form says and shows the answer below it. */
"use strict";

const SHOWN = 20000;

/** The address that a form asks: its parameters put into the path, or after the question mark. */
function addressOf(/** @type {HTMLFormElement} */ form) {
  let path = form.getAttribute("action") ?? "/";
  const query = new URLSearchParams();
  for (const field of form.querySelectorAll("input, select")) {
    const { name, value } = /** @type {HTMLInputElement} */ (field);
    if (field.getAttribute("data-in") === "path") path = path.replace(`{${name}}`, encodeURIComponent(value));
    else if (value) query.set(name, value);
  }
  return query.size ? `${path}?${query}` : path;
}

/** The text of an answer as a person reads it. */
function readable(/** @type {string} */ text, /** @type {string} */ type) {
  let shown = text;
  if (/[/+]json\b/.test(type)) {
    try {
      shown = JSON.stringify(JSON.parse(text), null, 2);
    } catch {
      shown = text;
    }
  }
  return shown.length > SHOWN ? `${shown.slice(0, SHOWN)}\n… (${shown.length - SHOWN} more characters)` : shown;
}

async function ask(/** @type {HTMLFormElement} */ form) {
  const output = form.querySelector("pre") ?? form.appendChild(document.createElement("pre"));
  output.setAttribute("role", "status");
  const address = addressOf(form);
  output.textContent = `GET ${address}\n…`;
  try {
    const response = await fetch(address, { headers: { Accept: "application/json, */*;q=0.5" } });
    const type = response.headers.get("content-type") ?? "";
    const text = readable(await response.text(), type);
    output.textContent = `GET ${address}\n${response.status} ${response.statusText}, ${type}\n\n${text}`;
  } catch {
    output.textContent = `GET ${address}\nThe server does not answer; see that it is running, then try again.`;
  }
}

document.addEventListener("submit", (event) => {
  event.preventDefault();
  ask(/** @type {HTMLFormElement} */ (event.target));
});

/** Open the part that the address names, so that links into the page show something. */
function reveal() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target instanceof HTMLDetailsElement) target.open = true;
}

addEventListener("hashchange", reveal);
reveal();
