/**
 * The finder of a list page: its form, and the choice as it stands in the address. What answers is fetched when somebody
 * comes to the form, the data when the first selection is made, or stands in the address.
 */

import { inShanghai } from "../china_time.js";
import { FilterForm } from "./filter_form.js";
import { JsonFiles } from "./json_files.js";
import { readSelection, writeSelection } from "./selection.js";

const status = /** @type {HTMLElement} */ (document.querySelector(".finder-sentence"));
const place = /** @type {HTMLElement} */ (document.getElementById("results"));
const blank = /** @type {HTMLTemplateElement} */ (document.getElementById("finder-card"));
/** @type {import("./sentence.js").Words} */
const words = JSON.parse(document.getElementById("finder-words").textContent);
const form = new FilterForm(/** @type {HTMLFormElement} */ (document.querySelector(".finder")), words);
const files = new JsonFiles(form.element.dataset.source);

/** @type {Promise<import("./answers.js").Answers> | undefined} */
let answers;

function load() {
  answers = answers ?? fetched();
  return answers;
}

async function fetched() {
  try {
    const { Answers } = await import("./answers.js");
    return new Answers({ form, words, files, status, place, blank }, { chosen: () => read(location.search), change: answer, fail });
  } catch (problem) {
    answers = undefined;
    throw problem;
  }
}

/** @param {string} query @returns {import("./selection.js").Selection} */
function read(query) {
  const { day } = inShanghai(new Date());
  return readSelection(query, form.offered, (word) => form.takes(word, day));
}

/** Show what the address asks for. */
async function answer() {
  const selection = read(location.search);
  if (form.date) form.date.min = inShanghai(new Date()).day;
  form.choose(selection);
  if (!files.hasFirst) status.textContent = words.loading;
  files.first().catch(() => {}); // told where it is awaited; it need not wait for what answers
  try {
    const ready = await load();
    await ready.answer(selection);
  } catch (problem) {
    fail(problem);
  }
}

/** Without data the links by term serve. @param {unknown} problem */
function fail(problem) {
  console.warn(problem);
  document.documentElement.dataset.finder = "failed";
  answers?.then(({ results }) => results.restore(), () => {});
  status.textContent = words.failed;
}

/** A step that the back button takes back. @param {string} query */
function go(query) {
  if (query !== location.search) history.pushState(null, "", location.pathname + query);
  answer();
}

form.element.addEventListener("change", ({ target }) => go(writeSelection(read(form.query(target)))));
form.element.addEventListener("reset", (event) => {
  event.preventDefault();
  const { sort } = read(location.search);
  go(writeSelection({ terms: new Map(), sort, day: "" }));
  form.submit.focus();
});
form.element.addEventListener("submit", (event) => {
  event.preventDefault();
  form.unfold(false);
  // Of what is taller than the screen, focus alone would bring the middle into sight.
  place.focus({ preventScroll: true });
  status.scrollIntoView();
});
form.fold.addEventListener("click", (event) => {
  event.preventDefault();
  form.unfold(form.fold.getAttribute("aria-expanded") === "false");
});
form.fold.addEventListener("keydown", (event) => {
  if (event.key !== " ") return;
  event.preventDefault();
  form.fold.click();
});
// A finger gives the focus to nothing in some browsers; it unfolds the form before it chooses.
for (const nearing of ["focusin", "click"]) form.element.addEventListener(nearing, () => load().catch(() => {}), { once: true });
addEventListener("popstate", answer);
if (location.search) answer();
