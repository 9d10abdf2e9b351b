/**
 * Makes the form of a record live: items are added, moved and taken out without asking the server, and each step can be
 * taken back. Without scripts the form's buttons do the same by sending it.
 */

import { prepareDates } from "./dates.js";
import { prepareFiles, prepareProsePictures } from "./files.js";
import { History } from "./history.js";
import { act, prepareLists, retitle, spareValue, splitLines } from "./items.js";
import { prepareChecks } from "./checks.js";
import { prepareLooks } from "./look.js";
import { prepareProse } from "./prose.js";
import { prepareReferences } from "./references.js";
import { mendTime } from "./times.js";
import { prepareWeeks } from "./week.js";

/**
 * Give the fields below an element all that scripts add to them; what they have already is left.
 * @param {HTMLElement} part
 */
function prepare(part) {
  prepareLists(part);
  prepareChecks(part);
  prepareReferences(part);
  prepareProse(part);
  prepareLooks(part);
  prepareWeeks(part);
  prepareDates(part);
  prepareFiles(part, prepare);
  prepareProsePictures(part);
}

/**
 * Let a form live.
 * @param {HTMLElement} fields
 */
function connect(fields) {
  const form = fields.closest("form");
  if (!form) return;
  prepare(fields);
  const history = new History(fields, prepare);
  const changed = () => form.dispatchEvent(new CustomEvent("kepu:changed", { bubbles: true }));
  fields.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button[data-act]") : null;
    if (!(button instanceof HTMLButtonElement)) return;
    event.preventDefault();
    history.keep();
    act(button, prepare);
    history.keep();
    changed();
  });
  fields.addEventListener("kepu:touched", () => {
    history.keepSoon();
    changed();
  });
  fields.addEventListener("input", (event) => {
    history.keepSoon();
    if (!(event.target instanceof HTMLElement)) return;
    spareValue(event.target);
    retitle(event.target);
  });
  fields.addEventListener("change", (event) => {
    const target = event.target;
    if (!(target instanceof HTMLInputElement) || !target.closest('[data-form="TIME"]')) return;
    const meant = mendTime(target.value);
    if (meant === target.value) return;
    target.value = meant;
    target.dispatchEvent(new Event("input", { bubbles: true }));
  });
  fields.addEventListener("paste", (event) => splitLines(event));
  fields.addEventListener("keydown", (event) => {
    const isLine = event.target instanceof HTMLInputElement && event.target.type === "text";
    // The Enter key would send the whole form; in a list it goes on to the next value.
    if (event.key !== "Enter" || event.isComposing || event.defaultPrevented || !isLine) return;
    event.preventDefault();
    const next = event.target.closest("li")?.nextElementSibling?.querySelector("input");
    if (event.target.closest("[data-values]") && next instanceof HTMLElement) next.focus();
  });
  document.addEventListener("keydown", (event) => onUndo(event, history, changed));
  buttons(fields, history, changed);
  prepareProse(form);
  prepareLooks(form);
  prepareProsePictures(form);
  addEventListener("hashchange", () => goToField(fields));
  if (location.hash) goToField(fields);
}

/**
 * Take back or do again by the keyboard, but for typing in a text, which the browser takes back itself.
 * @param {KeyboardEvent} event
 * @param {History} history
 * @param {() => void} changed
 */
function onUndo(event, history, changed) {
  const key = event.key.toLowerCase();
  if (!(event.ctrlKey || event.metaKey) || event.altKey || (key !== "z" && key !== "y")) return;
  const typed = event.target instanceof HTMLElement && event.target.matches("textarea, input[type=text], input[type=search]");
  if (typed) return;
  event.preventDefault();
  if (history.step(key === "y" || event.shiftKey ? 1 : -1)) changed();
}

/**
 * Put the buttons for the whole form before it.
 * @param {HTMLElement} fields
 * @param {History} history
 * @param {() => void} changed
 */
function buttons(fields, history, changed) {
  const bar = document.createElement("p");
  bar.className = "form-buttons form-tools";
  const add = (/** @type {string} */ text, /** @type {() => void} */ does) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "form-small";
    button.textContent = text;
    button.addEventListener("click", does);
    bar.append(button);
    return button;
  };
  const back = add("撤销", () => history.step(-1) && changed());
  const again = add("重做", () => history.step(1) && changed());
  const all = add("全部展开", () => {
    const isOpen = all.getAttribute("aria-pressed") === "true";
    all.setAttribute("aria-pressed", String(!isOpen));
    for (const one of fields.querySelectorAll("details")) one.open = !isOpen;
  });
  all.setAttribute("aria-pressed", "false");
  const show = () => {
    back.disabled = !history.canGo(-1);
    again.disabled = !history.canGo(1);
  };
  history.onChange = show;
  show();
  fields.before(bar);
}

/**
 * Open what hides the field that the address leads to, and go there.
 * @param {HTMLElement} fields
 */
function goToField(fields) {
  const wanted = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!wanted || !fields.contains(wanted)) return;
  for (let outer = wanted.closest("details"); outer; outer = outer.parentElement?.closest("details") ?? null) outer.open = true;
  wanted.focus();
  wanted.scrollIntoView({ block: "center" });
}

for (const fields of document.querySelectorAll("[data-fields]")) connect(/** @type {HTMLElement} */ (fields));
