/** The finder of a list page. Its data are fetched when the first choice is made, or stands in the address. */

import { readChoice, writeChoice } from "./choice.js";
import { Form } from "./form.js";
import { Results } from "./results.js";
import { sentence } from "./sentence.js";
import { Source } from "./source.js";

const form = new Form(/** @type {HTMLFormElement} */ (document.querySelector(".finder")));
const status = /** @type {HTMLElement} */ (document.querySelector(".finder-sentence"));
const place = /** @type {HTMLElement} */ (document.getElementById("results"));
const blank = /** @type {HTMLTemplateElement} */ (document.getElementById("finder-card"));
/** @type {import("./sentence.js").Words} */
const words = JSON.parse(document.getElementById("finder-words").textContent);
const source = new Source(form.element.dataset.source);
const results = new Results(place, blank, words, {
  fill: (rows) => source.fill(rows),
  tell: (shown) => history.replaceState({ shown }, ""),
  fail,
});

let asked = 0;

/** Show what the address asks for. */
async function answer() {
  const choice = readChoice(location.search, form.offered);
  const number = ++asked;
  form.choose(choice);
  if (!source.made) status.textContent = words.loading;
  try {
    const found = await source.records(choice.sort);
    if (number === asked) await show(found, choice);
  } catch (problem) {
    if (number === asked) fail(problem);
  }
}

/** @param {import("./records.js").Records} all @param {import("./choice.js").Choice} choice */
async function show(all, choice) {
  const { rows, counts } = all.find(choice);
  form.count(counts);
  status.textContent = sentence(form.labels(), rows.length, words);
  if (writeChoice(choice) === "") results.restore();
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

form.element.addEventListener("change", () => go(writeChoice(readChoice(form.query(), form.offered))));
form.element.addEventListener("reset", (event) => {
  event.preventDefault();
  const { sort } = readChoice(location.search, form.offered);
  go(writeChoice({ terms: new Map(), sort }));
  form.boxes[0].focus();
});
form.element.addEventListener("submit", (event) => {
  event.preventDefault();
  place.focus();
});
addEventListener("popstate", answer);
if (location.search) answer();
