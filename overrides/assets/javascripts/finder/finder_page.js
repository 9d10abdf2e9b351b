/** The finder of a list page. Its data are fetched when the first selection is made, or stands in the address. */

import { inShanghai } from "../opening_hours.js";
import { dayOf } from "./days.js";
import { FilterForm } from "./filter_form.js";
import { RecordLoader } from "./load_records.js";
import { ResultCards } from "./result_cards.js";
import { readSelection, writeSelection } from "./selection.js";
import { fill, sentence } from "./sentence.js";

const A_MINUTE = 60_000;

const status = /** @type {HTMLElement} */ (document.querySelector(".finder-sentence"));
const place = /** @type {HTMLElement} */ (document.getElementById("results"));
const blank = /** @type {HTMLTemplateElement} */ (document.getElementById("finder-card"));
/** @type {import("./sentence.js").Words} */
const words = JSON.parse(document.getElementById("finder-words").textContent);
const form = new FilterForm(/** @type {HTMLFormElement} */ (document.querySelector(".finder")), words);
const loader = new RecordLoader(form.element.dataset.source);
const results = new ResultCards(place, blank, words, {
  fill: (rows) => loader.fill(rows),
  tell: (shown) => history.replaceState({ shown }, ""),
  fail,
});

/** @typedef {import("./records.js").Row} Row */
/** @typedef {{name: string, of: (row: Row) => import("../opening/visit.js").Visit, told: string}} Visits
 *    of the chosen day; `told` changes when any place says something else */

let asked = 0;
let told = "";

/** @returns {import("./selection.js").Selection} what the address asks for */
const selected = () => readSelection(location.search, form.offered, today());

/** @returns {string} empty where no day can be chosen */
function today() {
  return form.date ? inShanghai(new Date()).day : "";
}

/** Show what the address asks for. */
async function answer() {
  const selection = selected();
  const number = ++asked;
  if (form.date) form.date.min = today();
  form.choose(selection);
  if (!loader.made) status.textContent = words.loading;
  try {
    const found = await loader.records(selection.sort);
    const visits = await visitsOn(selection.day);
    if (number === asked) await show(found, selection, visits);
  } catch (problem) {
    if (number === asked) fail(problem);
  }
}

/** @param {string} word the day in the address @returns {Promise<Visits | null>} null where none is chosen */
async function visitsOn(word) {
  const now = inShanghai(new Date());
  return word === "" ? null : loader.visits(dayOf(word, now.day), now);
}

/**
 * @param {import("./records.js").Records} all
 * @param {import("./selection.js").Selection} selection
 * @param {Visits | null} visits
 */
async function show(all, selection, visits) {
  const { rows, unknown, closed, counts } = all.find(selection, visits ? (row) => visits.of(row).state : undefined);
  const day = visits ? [[fill(words.open, { day: visits.name })]] : [];
  const noteOf = visits ? (row) => visits.of(row).text : undefined;
  const others = [[words.unknown, unknown], [words.closed, closed]].filter(([, some]) => some.length > 0);
  const parts = others.map(([pattern, some]) => partOf(pattern, some, all.badges, noteOf));
  told = visits?.told ?? "";
  form.count(counts);
  form.tell(rows.length);
  status.textContent = [sentence([...day, ...form.labels()], rows.length, words), ...parts.map(nameOf)].join("；");
  if (rows.length === 0 && parts.length > 0) parts[0].open = true;
  if (writeSelection(selection) === "") results.restore();
  else await results.show(rows, all.badges, history.state?.shown ?? 0, noteOf, parts);
}

/**
 * The places that are not open on the chosen day, or of which that is unknown: folded, with cards once it is opened.
 * @param {string} pattern
 * @param {Row[]} rows
 * @param {[string, string][]} badges
 * @param {(row: Row) => string} noteOf
 * @returns {HTMLDetailsElement}
 */
function partOf(pattern, rows, badges, noteOf) {
  const part = document.createElement("details");
  part.className = "finder-part";
  const heading = document.createElement("summary");
  heading.textContent = fill(pattern, { count: String(rows.length), unit: words.unit });
  const inner = document.createElement("div");
  part.append(heading, inner);
  const cards = new ResultCards(inner, blank, words, { fill: (some) => loader.fill(some), tell: () => {}, fail });
  part.addEventListener("toggle", () => cards.show(rows, badges, 0, noteOf).catch(fail), { once: true });
  return part;
}

/** @param {HTMLDetailsElement} part @returns {string} */
function nameOf(part) {
  return part.querySelector("summary").textContent;
}

/** What holds on a day changes with the hour, and at midnight today is another day. */
async function refresh() {
  const { day } = selected();
  const visits = document.hidden || !loader.made ? null : await visitsOn(day);
  if (visits && visits.told !== told && !place.contains(document.activeElement)) answer();
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
  if (query !== location.search) history.pushState(null, "", location.pathname + query);
  answer();
}

form.element.addEventListener("change", ({ target }) => {
  go(writeSelection(readSelection(form.query(target), form.offered, today())));
});
form.element.addEventListener("reset", (event) => {
  event.preventDefault();
  const { sort } = selected();
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
document.addEventListener("visibilitychange", () => refresh().catch(console.warn));
setInterval(() => refresh().catch(console.warn), A_MINUTE);
addEventListener("popstate", answer);
if (location.search) answer();
