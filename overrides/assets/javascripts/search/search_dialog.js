/** The dialog: a combobox over the page (the pattern of the ARIA Authoring Practices Guide), results grouped by kind. */

import { openSearch } from "./open.js";
import { addressOf, button, details, districtChoice, element, filesRoot, fill, indexLink, marked, showStatus, siteRoot, waysOn } from "./elements.js";
import { words } from "./words.js";

const SHOWN = 12;
const PAUSE = 80; // milliseconds after a key before the query is asked

/** @type {Promise<import("./open.js").Search> | null} */
let search = null;

/**
 * Fetch the index.
 * @param {Promise<import("./index_files.js").FetchedIndex>} [index] if it is on its way
 */
export function prepare(index) {
  if (!search) {
    search = openSearch(filesRoot(), index).catch((problem) => {
      search = null;
      throw problem;
    });
  }
  return search;
}

/** @type {SearchDialog | undefined} */
let dialog;

/**
 * Take over the dialog that is shown. What opens and closes it is search_box.js.
 * @param {HTMLElement} layer
 */
export function openDialog(layer) {
  dialog = dialog ?? new SearchDialog(layer);
  dialog.ask();
}

class SearchDialog {
  /** @param {HTMLElement} layer */
  constructor(layer) {
    this.layer = layer;
    this.field = /** @type {HTMLInputElement} */ (layer.querySelector(".search-field"));
    this.status = /** @type {HTMLElement} */ (layer.querySelector(".search-status"));
    this.list = /** @type {HTMLElement} */ (layer.querySelector(".search-results"));
    this.foot = /** @type {HTMLElement} */ (layer.querySelector(".search-foot"));
    /** @type {HTMLElement[]} */
    this.options = [];
    this.active = -1;
    this.asked = 0;
    this.composing = false;
    /** @type {ReturnType<typeof districtChoice> | undefined} */
    this.choice = undefined;
    this.listen();
  }

  listen() {
    this.layer.addEventListener("keydown", (event) => this.onKey(event));
    this.field.addEventListener("compositionstart", () => (this.composing = true));
    this.field.addEventListener("compositionend", () => {
      this.composing = false;
      this.ask();
    });
    this.field.addEventListener("input", () => this.composing || this.ask());
  }

  ask() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.answer(this.field.value.trim()), PAUSE);
  }

  /** @param {string} query */
  async answer(query) {
    if (this.layer.hidden) return;
    const number = ++this.asked;
    setAddress(query);
    try {
      const opened = prepare();
      if (query && !this.status.textContent) this.status.textContent = words.searching;
      const choice = await this.choiceIn(await opened);
      if (choice && !choice.isMade) return this.askFor(query);
      const outcome = await (await opened).explore(query, { limit: SHOWN, district: choice?.district });
      if (number !== this.asked) return;
      this.show(query, outcome);
      if (choice?.district && query && !outcome.total) this.foot.prepend(button(words.district.widen, () => choice.widen()));
    } catch {
      if (number === this.asked) this.status.replaceChildren(words.failed, indexLink(words));
    }
  }

  /** @param {import("./open.js").Search} search */
  choiceIn(search) {
    this.choice = this.choice ?? districtChoice(search, this.status, words, () => this.ask());
    this.choice.catch(() => (this.choice = undefined));
    return this.choice;
  }

  /** Nothing is looked up before a district is chosen. @param {string} query */
  askFor(query) {
    this.status.textContent = query && words.district.ask;
  }

  /** @param {string} query @param {import("./engine.js").Outcome} outcome */
  show(query, outcome) {
    showStatus(this.status, query, outcome, words, () => this.answer(query));
    this.options = [];
    const groups = grouped(outcome.results).map(([label, results]) => this.group(label, results));
    this.list.replaceChildren(...groups);
    this.foot.replaceChildren(...this.footer(query, outcome));
    this.field.setAttribute("aria-expanded", String(this.options.length > 0));
    this.activate(-1);
  }

  /** @param {string} label @param {import("./results.js").Result[]} results */
  group(label, results) {
    const heading = element("div", { class: "search-kind", "aria-hidden": "true" }, label);
    const options = results.map((result) => this.option(result));
    return element("div", { role: "group", "aria-label": label }, heading, ...options);
  }

  /** @param {import("./results.js").Result} result */
  option(result) {
    const id = `search-option-${this.options.length}`;
    const name = element("span", { class: "search-name" }, ...marked(result.name, result.matches.name));
    const href = addressOf(result.url);
    const below = details(result, words);
    below.forEach((part, number) => (part.id = `${id}-${number}`));
    const label = [result.name, result.kindLabel, result.past].filter(Boolean).join("，");
    const spoken = { "aria-label": label, "aria-describedby": below.map((part) => part.id).join(" ") };
    const role = { role: "option", tabindex: "-1", "aria-selected": "false", ...spoken };
    const option = element("a", { id, class: "search-option", href, ...role }, name, ...below);
    this.options.push(option);
    return option;
  }

  /** @param {string} query @param {import("./engine.js").Outcome} outcome @returns {Node[]} */
  footer(query, outcome) {
    if (!outcome.total) return [waysOn(outcome, words, (text) => this.take(text))];
    if (outcome.total <= outcome.results.length) return [];
    const href = `${siteRoot()}search/?q=${encodeURIComponent(query.slice(0, 80))}`;
    return [element("a", { href, class: "search-all" }, fill(words.all, { count: outcome.total }))];
  }

  /** @param {string} name */
  take(name) {
    this.field.value = name;
    this.field.focus();
    this.ask();
  }

  /** @param {number} number of the option, or -1 for none */
  activate(number) {
    this.options[this.active]?.setAttribute("aria-selected", "false");
    this.active = number;
    const option = this.options[number];
    if (!option) return this.field.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", option.id);
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.isComposing || event.keyCode === 229) return; // the key belongs to the input method
    this.moves(event)[event.key]?.();
  }

  /** What keys do in the field. @param {KeyboardEvent} event @returns {Record<string, () => void>} */
  moves(event) {
    if (event.target !== this.field || !this.options.length) return {};
    const last = this.options.length - 1;
    const go = (/** @type {number} */ number) => () => {
      event.preventDefault();
      this.activate(number);
    };
    return {
      ArrowDown: go(this.active < last ? this.active + 1 : -1),
      ArrowUp: go(this.active < 0 ? last : this.active - 1),
      Enter: () => (this.options[this.active] ?? this.foot.querySelector("a")).click(),
    };
  }
}

/**
 * Kinds in the order of their best result.
 * @param {import("./results.js").Result[]} results
 * @returns {[string, import("./results.js").Result[]][]}
 */
function grouped(results) {
  const groups = new Map();
  for (const result of results) groups.set(result.kindLabel, [...(groups.get(result.kindLabel) ?? []), result]);
  return [...groups];
}

/** The query stands in the address, so that it can be sent on. @param {string} query */
function setAddress(query) {
  if (document.getElementById("search-page")) return;
  const address = new URL(location.href);
  if (query) address.searchParams.set("q", query.slice(0, 80));
  else address.searchParams.delete("q");
  history.replaceState(history.state, "", address);
}
