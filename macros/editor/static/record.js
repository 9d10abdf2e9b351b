/**
 * Makes a record's form live: faults stand at their fields while one types, the page beside shows what would be published,
 * leaving asks. Everything goes through the same addresses as the form without scripts.
 */

import "./keys.js";
import { startPreview } from "./preview.js";

/** How long after the last key the form is looked at, in milliseconds. */
const PAUSE = 120;

/** @typedef {{names: string[], level: string, message: string, address: string}} Problem */

const form = /** @type {HTMLFormElement} */ (document.getElementById("form"));
const state = /** @type {HTMLElement} */ (form.querySelector("[data-state]"));
const summary = /** @type {HTMLElement} */ (form.querySelector("[data-faults]"));
const preview = startPreview(form, post);

let isEdited = "edited" in form.dataset;
let isLeaving = false;
/** @type {AbortController | null} */
let asked = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;

/**
 * Send the form as it stands to one of its addresses.
 * @param {string} name last part of the address
 * @param {AbortSignal} signal ends it
 * @returns {Promise<Response>}
 */
function post(name, signal) {
  const pairs = [...new FormData(form)].map(([key, value]) => [key, String(value)]);
  const address = new URL(name, new URL(form.getAttribute("action") || "", location.href));
  return fetch(address, { method: "POST", body: new URLSearchParams(pairs), signal });
}

/** @param {string} name @returns {string | undefined} the title of a field */
function titleOf(name) {
  const input = document.getElementById(`field-${name}`);
  const label = input?.closest("[data-path]")?.querySelector(".form-title") || form.querySelector(`label[for="field-${CSS.escape(name)}"]`);
  return label?.firstChild?.textContent?.trim();
}

/** Put the messages at their fields and into the summary. @param {Problem[]} problems */
function showProblems(problems) {
  for (const place of form.querySelectorAll('[id^="fault-"]')) {
    place.replaceChildren();
    place.setAttribute("hidden", "");
    document.getElementById(place.id.replace("fault-", "field-"))?.removeAttribute("aria-invalid");
  }
  const items = problems.map(({ names, level, message, address }) => {
    const name = names.find((one) => document.getElementById(`fault-${one}`));
    const isError = level === "错误";
    if (name !== undefined) showAt(name, message, isError);
    return item(name, message, isError, address);
  });
  const list = /** @type {HTMLElement} */ (summary.querySelector("ul"));
  list.replaceChildren(...items);
  summary.hidden = !items.length;
}

/** @param {string} name @param {string} message @param {boolean} isError */
function showAt(name, message, isError) {
  const place = /** @type {HTMLElement} */ (document.getElementById(`fault-${name}`));
  const line = document.createElement("p");
  line.className = isError ? "form-problem" : "form-problem form-notice";
  line.textContent = message;
  place.append(line);
  place.hidden = false;
  if (isError) document.getElementById(`field-${name}`)?.setAttribute("aria-invalid", "true");
}

/**
 * @param {string | undefined} name
 * @param {string} message
 * @param {boolean} isError
 * @param {string} address of the form of another record, or empty
 * @returns {HTMLElement}
 */
function item(name, message, isError, address) {
  const line = document.createElement("li");
  line.className = isError ? "fault-error" : "fault-notice";
  const title = name === undefined ? undefined : titleOf(name);
  if (name !== undefined && title) {
    const link = document.createElement("a");
    link.href = `#field-${name}`;
    link.textContent = title;
    line.append(link, "：");
  } else if (address) {
    const link = document.createElement("a");
    link.href = address;
    link.target = "_blank";
    link.textContent = "另一条记录";
    line.append(link, "：");
  }
  line.append(message);
  return line;
}

/** Ask for the faults of the form as it stands; an answer that comes too late is dropped. */
async function check() {
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await post("check", asked.signal);
    if (!answer.ok) return;
    const { problems, changed } = await answer.json();
    showProblems(problems);
    isEdited = changed;
    state.textContent = changed ? "有改动，还没有保存" : "";
    form.dispatchEvent(new CustomEvent("kepu:checked", { detail: problems }));
    if (!problems.some((/** @type {Problem} */ one) => one.level === "错误")) preview.refresh(changed);
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "AbortError")) {
      state.textContent = "编辑器没有回答；请看打开它的窗口还在不在。填的内容还在这一页上";
    }
  }
}

function edited() {
  isEdited = true;
  clearTimeout(waiting);
  waiting = setTimeout(check, PAUSE);
}

form.addEventListener("input", edited);
form.addEventListener("kepu:changed", edited);
form.addEventListener("submit", () => {
  isLeaving = true;
});
addEventListener("pageshow", () => {
  isLeaving = false;
});
addEventListener("beforeunload", (event) => {
  if (isEdited && !isLeaving) event.preventDefault();
});

// A link to a field, of the summary or of the list of fields, opens what the field is folded into.
form.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[href^="#field-"]') : null;
  if (!(link instanceof HTMLAnchorElement)) return;
  const field = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!field) return;
  event.preventDefault();
  for (let folded = field.closest("details"); folded; folded = folded.parentElement?.closest("details") || null) folded.open = true;
  field.focus();
  field.scrollIntoView({ block: "center" });
});

/** @type {HTMLElement | null} */ (document.querySelector("[data-alert]"))?.focus();
if (isEdited) check();
