/** The page /search/: every result, filters with live counts, all of it in the address. */

import { openSearch } from "./open.js";
import { addressOf, button, details, districtChoice, element, filesRoot, fill, indexLink, marked, showStatus, waysOn } from "./elements.js";
import { words } from "./words.js";

const STEP = 20; // results at a time
const PAUSE = 150; // milliseconds after a key before the query is asked
const CHOICES = 12; // labels of a facet, those with most results, beside the chosen ones

const page = /** @type {HTMLElement} */ (document.getElementById("search-page"));
const field = /** @type {HTMLInputElement} */ (page.querySelector(".search-field"));
const status = /** @type {HTMLElement} */ (page.querySelector(".search-status"));
const fold = /** @type {HTMLDetailsElement} */ (page.querySelector(".search-facets"));
const facetPlace = /** @type {HTMLElement} */ (fold.querySelector("div"));
const wide = matchMedia("(min-width: 50rem)");
const list = /** @type {HTMLElement} */ (page.querySelector(".search-list"));

/** @typedef {{q: string, filters: Record<string, string[]>}} State */

/** @type {Promise<import("./open.js").Search> | null} */
let search = null;
/** @type {ReturnType<typeof districtChoice> | null} */
let choice = null;
let asked = 0;
let limit = STEP;

/** @returns {State} what the address asks for */
function readAddress() {
  const parameters = new URLSearchParams(location.search);
  /** @type {Record<string, string[]>} */
  const filters = {};
  for (const facet of Object.keys(words.facets)) if (parameters.has(facet)) filters[facet] = parameters.getAll(facet);
  return { q: parameters.get("q") ?? "", filters };
}

/** @param {State} state @param {"pushState" | "replaceState"} how */
function writeAddress({ q, filters }, how) {
  const parameters = new URLSearchParams(q ? { q: q.slice(0, 80) } : {});
  for (const [facet, values] of Object.entries(filters)) for (const value of values) parameters.append(facet, value);
  const text = parameters.toString();
  history[how](null, "", location.pathname + (text ? `?${text}` : ""));
}

/** @param {State} state */
async function answer(state) {
  const number = ++asked;
  try {
    search = search ?? openSearch(filesRoot());
    if (state.q && !status.textContent) status.textContent = words.searching;
    const made = state.filters.district ? null : await choiceIn(await search);
    if (made && !made.isMade) return askFor(state);
    const district = made?.district;
    const outcome = await (await search).explore(state.q, { limit, filters: state.filters, counts: true, district });
    if (number !== asked) return;
    if (district) delete outcome.facets.district;
    show(state, outcome);
    if (made && district && state.q && !outcome.total) list.prepend(button(words.district.widen, () => made.widen()));
  } catch {
    search = null;
    if (number === asked) status.replaceChildren(words.failed, indexLink(words));
  }
}

/** @param {import("./open.js").Search} opened */
function choiceIn(opened) {
  choice = choice ?? districtChoice(opened, status, words, () => answer(readAddress()));
  choice.catch(() => (choice = null));
  return choice;
}

/** Nothing is looked up before a district is chosen. @param {State} state */
function askFor({ q, filters }) {
  status.textContent = q || Object.keys(filters).length ? words.district.ask : "";
}

/** @param {State} state @param {import("./engine.js").Outcome} outcome */
function show(state, outcome) {
  showStatus(status, state.q, outcome, words, () => answer(state));
  showFacets(state, outcome);
  const cards = outcome.results.map(card);
  const rest = outcome.total > cards.length ? [button(words.more, () => more(state))] : [];
  const look = (/** @type {string} */ name) => change({ q: name, filters: {} });
  const none = outcome.total ? [] : [waysOn(outcome, words, look)];
  list.replaceChildren(element("ol", { class: "search-cards" }, ...cards), ...rest, ...none);
}

/** @param {State} state */
function more(state) {
  limit += STEP;
  answer(state);
}

/** @param {import("./results.js").Result} result */
function card(result) {
  const name = marked(result.name, result.matches.name);
  const link = element("a", { href: addressOf(result.url), class: "search-name" }, ...name);
  const kind = element("span", { class: "search-kind" }, result.kindLabel);
  return element("li", { class: "search-card" }, kind, link, ...details(result, words));
}

/** Beside the results all filters are in sight; above them they are folded, but for what was chosen. */
function foldFacets() {
  fold.open = wide.matches || Object.keys(readAddress().filters).length > 0;
}

/** @param {State} state @param {import("./engine.js").Outcome} outcome */
function showFacets(state, outcome) {
  const focused = document.activeElement?.id;
  const groups = Object.entries(words.facets)
    .filter(([facet]) => outcome.facets[facet]?.length)
    .map(([facet, title]) => facetGroup(facet, page.dataset[facet] ?? String(title), state, outcome.facets[facet]));
  if (Object.keys(state.filters).length) groups.push(button(words.clear, () => change({ q: state.q, filters: {} })));
  facetPlace.replaceChildren(...groups);
  fold.hidden = groups.length === 0;
  if (focused) document.getElementById(focused)?.focus();
}

/** @param {string} facet @param {string} title @param {State} state @param {[string, string, number][]} rows */
function facetGroup(facet, title, state, rows) {
  const chosen = state.filters[facet] ?? [];
  const most = [...rows].sort((a, b) => Number(chosen.includes(b[0])) - Number(chosen.includes(a[0])) || b[2] - a[2]);
  const choices = most.slice(0, Math.max(CHOICES, chosen.length)).map(([value, label, count]) => {
    const box = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox", id: `facet-${facet}-${value}` }));
    box.checked = chosen.includes(value);
    box.addEventListener("change", () => choose(state, facet, value, box.checked));
    return element("label", { class: "search-choice" }, box, " ", fill(words.option, { label, count }));
  });
  return element("fieldset", { class: "search-facet" }, element("legend", {}, title), ...choices);
}

/** @param {State} state @param {string} facet @param {string} value @param {boolean} wanted */
function choose({ q, filters }, facet, value, wanted) {
  const values = (filters[facet] ?? []).filter((other) => other !== value).concat(wanted ? value : []);
  const { [facet]: _, ...others } = filters;
  change({ q, filters: values.length ? { ...others, [facet]: values } : others });
}

/** A step that the back button takes back. @param {State} state */
function change(state) {
  field.value = state.q;
  limit = STEP;
  writeAddress(state, "pushState");
  answer(state);
}

function restore() {
  const state = readAddress();
  field.value = state.q;
  limit = STEP;
  foldFacets();
  answer(state);
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
function typed() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const state = { q: field.value.trim(), filters: readAddress().filters };
    limit = STEP;
    writeAddress(state, "replaceState");
    answer(state);
  }, PAUSE);
}

wide.addEventListener("change", foldFacets);
field.addEventListener("input", (event) => /** @type {InputEvent} */ (event).isComposing || typed());
field.addEventListener("compositionend", typed);
page.querySelector("form")?.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  change({ q: field.value.trim(), filters: readAddress().filters });
});
window.addEventListener("popstate", restore);
restore();
