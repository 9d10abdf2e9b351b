/** The finder of a list page. Its data are fetched when the first selection is made, or stands in the address. */

import { FACET, lastDays, watchApplications } from "./applications.js";
import { FilterForm } from "./filter_form.js";
import { RecordLoader } from "./load_records.js";
import { ResultCards } from "./result_cards.js";
import { readSelection, writeSelection } from "./selection.js";
import { fill, sentence } from "./sentence.js";
import { VisitDay } from "./visit_day.js";

const status = /** @type {HTMLElement} */ (document.querySelector(".finder-sentence"));
const place = /** @type {HTMLElement} */ (document.getElementById("results"));
const blank = /** @type {HTMLTemplateElement} */ (document.getElementById("finder-card"));
/** @type {import("./sentence.js").Words} */
const words = JSON.parse(document.getElementById("finder-words").textContent);
const form = new FilterForm(/** @type {HTMLFormElement} */ (document.querySelector(".finder")), words);
const loader = new RecordLoader(form.element.dataset.source);
const results = cardsIn(place, (shown) => history.replaceState({ shown }, ""));
const day = form.date ? new VisitDay(loader, words, cardsIn) : null;

let asked = 0;

/** @param {HTMLElement} where @param {(shown: number) => void} [tell] @returns {ResultCards} */
function cardsIn(where, tell = () => {}) {
  return new ResultCards(where, blank, words, { fill: (rows) => loader.fill(rows), tell, fail });
}

/** @param {string} query @returns {import("./selection.js").Selection} */
const read = (query) => readSelection(query, form.offered, day ? day.today : "");

/** Show what the address asks for. */
async function answer() {
  const selection = read(location.search);
  const number = ++asked;
  if (day) form.date.min = day.today;
  form.choose(selection);
  if (!loader.made) status.textContent = words.loading;
  try {
    const found = await loader.records(selection.sort);
    const visits = day ? await day.visits(selection.day) : null;
    if (number === asked) await show(found, selection, visits);
  } catch (problem) {
    if (number === asked) fail(problem);
  }
}

/**
 * @param {import("./records.js").Records} all
 * @param {import("./selection.js").Selection} selection
 * @param {import("./visit_day.js").Visits | null} visits
 */
async function show(all, selection, visits) {
  const outcome = all.find(selection, visits ? (row) => visits.of(row).state : undefined);
  const { rows, counts } = outcome;
  const parts = visits ? day.parts(outcome, visits, all.badges) : [];
  const noteOf = visits ? (row) => visits.of(row).text : selection.terms.has(FACET) ? lastDays(all, words) : undefined;
  const labels = [...(visits ? [[fill(words.open, { day: visits.name })]] : []), ...form.labels()];
  form.count(counts);
  form.tell(rows.length);
  status.textContent = [sentence(labels, rows.length, words), ...parts.map(nameOf)].join("；");
  if (writeSelection(selection) === "") return results.restore();
  await results.show(rows, all.badges, history.state?.shown ?? 0, noteOf, parts);
}

/** @param {HTMLDetailsElement} part @returns {string} */
function nameOf(part) {
  return part.querySelector("summary").textContent;
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
// Who has the focus on a card keeps it.
const chosenDay = () => (loader.made && !place.contains(document.activeElement) ? read(location.search).day : null);
day?.watch(chosenDay, answer);
if (form.offered.has(FACET)) watchApplications(() => read(location.search).terms.has(FACET) && answer());
addEventListener("popstate", answer);
if (location.search) answer();
