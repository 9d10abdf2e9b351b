/** The finder of a list page. Its data are fetched when the first selection is made, or stands in the address. */

import { FilterForm } from "./filter_form.js";
import { RecordLoader } from "./load_records.js";
import { ResultCards } from "./result_cards.js";
import { readSelection, writeSelection } from "./selection.js";
import { sentence } from "./sentence.js";

const form = new FilterForm(/** @type {HTMLFormElement} */ (document.querySelector(".finder")));
const status = /** @type {HTMLElement} */ (document.querySelector(".finder-sentence"));
const place = /** @type {HTMLElement} */ (document.getElementById("results"));
const blank = /** @type {HTMLTemplateElement} */ (document.getElementById("finder-card"));
/** @type {import("./sentence.js").Words} */
const words = JSON.parse(document.getElementById("finder-words").textContent);
const loader = new RecordLoader(form.element.dataset.source);
const results = new ResultCards(place, blank, words, {
  fill: (rows) => loader.fill(rows),
  tell: (shown) => history.replaceState({ shown }, ""),
  fail,
});

let asked = 0;

/** Show what the address asks for. */
async function answer() {
  const selection = readSelection(location.search, form.offered);
  const number = ++asked;
  form.choose(selection);
  if (!loader.made) status.textContent = words.loading;
  try {
    const found = await loader.records(selection.sort);
    if (number === asked) await show(found, selection);
  } catch (problem) {
    if (number === asked) fail(problem);
  }
}

/** @param {import("./records.js").Records} all @param {import("./selection.js").Selection} selection */
async function show(all, selection) {
  const { rows, counts } = all.find(selection);
  form.count(counts);
  status.textContent = sentence(form.labels(), rows.length, words);
  if (writeSelection(selection) === "") results.restore();
  else await results.show(rows, all.badges, history.state?.shown ?? 0);
}

/** Without data the links by term serve. @param {unknown} problem */
function fail(problem) {
  console.warn(problem);
  document.documentElement.dataset.finder = "failed";
  results.restore();
  status.textContent = words.failed;
}

/** A step that the back button takes back. @param {string} query */
function go(query) {
  history.pushState(null, "", location.pathname + query);
  answer();
}

form.element.addEventListener("change", () => go(writeSelection(readSelection(form.query(), form.offered))));
form.element.addEventListener("reset", (event) => {
  event.preventDefault();
  const { sort } = readSelection(location.search, form.offered);
  go(writeSelection({ terms: new Map(), sort }));
  form.boxes[0].focus();
});
form.element.addEventListener("submit", (event) => {
  event.preventDefault();
  place.focus();
});
addEventListener("popstate", answer);
if (location.search) answer();
