/** The form of the finder: what it offers, what is chosen in it, and the counts beside its options. */

import { dayOf, isDate, spanOf } from "../days.js";
import { fill } from "./sentence.js";

export class FilterForm {
  /**
   * @param {HTMLFormElement} element
   * @param {import("./sentence.js").Words} words
   */
  constructor(element, words) {
    this.words = words;
    this.element = element;
    /** @type {HTMLInputElement[]} */
    this.boxes = [...element.querySelectorAll("input[type=checkbox]")];
    /** @type {HTMLInputElement[]} */
    this.days = [...element.querySelectorAll("input[type=radio]")];
    /** @type {HTMLInputElement | null} */
    this.date = element.querySelector("input[type=date]");
    this.takesSpans = this.days.some(({ value }) => value === "weekend");
    /** @type {HTMLAnchorElement} */
    this.fold = element.querySelector(".finder-fold");
    for (const [name, value] of [["role", "button"], ["aria-expanded", "false"], ["aria-controls", "finder-facets"]]) {
      this.fold.setAttribute(name, value);
    }
    /** @type {HTMLButtonElement} */
    this.submit = element.querySelector("[type=submit]");
    /** @type {HTMLSelectElement | null} */
    this.sort = element.querySelector("select");
    /** @type {HTMLButtonElement} */
    this.clear = element.querySelector("[type=reset]");
    /** @type {Map<string, string[]>} name of a facet → ids of its terms */
    this.offered = new Map();
    for (const { name, value } of this.boxes) this.offered.set(name, [...(this.offered.get(name) ?? []), value]);
  }

  /**
   * @param {EventTarget | null} changed a date takes the place of a day in words, and the other way round
   * @returns {string} what is chosen, as a query
   */
  query(changed) {
    if (this.date && this.days.includes(/** @type {any} */ (changed))) this.date.value = "";
    const query = new URLSearchParams(/** @type {any} */ (new FormData(this.element)));
    if (this.date?.value) query.set("day", this.date.value);
    return query.toString();
  }

  /** @param {string} word of a day @param {string} today @returns {boolean} whether the form can ask for it */
  takes(word, today) {
    if (!this.date) return false;
    return this.takesSpans ? spanOf(word, today) !== null : dayOf(word, today) !== "";
  }

  /** @returns {string[][]} labels of what is chosen, by facet */
  labels() {
    return [...this.offered.keys()]
      .map((name) => this.boxes.filter((box) => box.name === name && box.checked).map(labelOf))
      .filter((labels) => labels.length > 0);
  }

  /** @param {import("./selection.js").Selection} selection */
  choose({ terms, sort, day }) {
    for (const radio of this.days) {
      radio.checked = radio.value === day;
      optionOf(radio).classList.toggle("finder-chosen", radio.checked && day !== "");
    }
    if (this.date) {
      this.date.value = isDate(day) ? day : "";
      optionOf(this.date).classList.toggle("finder-chosen", isDate(day));
    }
    for (const box of this.boxes) {
      box.checked = terms.get(box.name)?.includes(box.value) ?? false;
      optionOf(box).classList.toggle("finder-chosen", box.checked);
    }
    if (this.sort) this.sort.value = sort;
    this.clear.hidden = terms.size === 0 && !day;
    const number = [...terms.values()].flat().length;
    this.fold.textContent = number > 0 ? fill(this.words.chosen, { count: String(number) }) : this.words.filters;
  }

  /** On small screens. @param {boolean} isUnfolded whether all facets are shown */
  unfold(isUnfolded) {
    this.element.classList.toggle("finder-unfolded", isUnfolded);
    this.fold.setAttribute("aria-expanded", String(isUnfolded));
  }

  /** @param {number} count how many records the choice finds */
  tell(count) {
    this.submit.textContent = fill(this.words.results, { count: String(count), unit: this.words.unit });
  }

  /** @param {import("./records.js").Outcome["counts"]} counts */
  count(counts) {
    for (const box of this.boxes) {
      const count = counts.get(box.name)?.get(box.value) ?? 0;
      optionOf(box).querySelector(".count").textContent = String(count);
      optionOf(box).classList.toggle("finder-barren", count === 0);
    }
  }
}

/** @param {HTMLInputElement} box @returns {HTMLElement} */
function optionOf(box) {
  return /** @type {HTMLElement} */ (box.parentElement);
}

/** @param {HTMLInputElement} box @returns {string} */
function labelOf(box) {
  return optionOf(box).querySelector("span").textContent;
}
