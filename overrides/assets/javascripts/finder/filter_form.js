/** The form of the finder: what it offers, what is chosen in it, and the counts beside its options. */

export class FilterForm {
  /** @param {HTMLFormElement} element */
  constructor(element) {
    this.element = element;
    /** @type {HTMLInputElement[]} */
    this.boxes = [...element.querySelectorAll("input[type=checkbox]")];
    /** @type {HTMLSelectElement | null} */
    this.sort = element.querySelector("select");
    /** @type {HTMLButtonElement} */
    this.clear = element.querySelector("[type=reset]");
    /** @type {Map<string, string[]>} name of a facet → ids of its terms */
    this.offered = new Map();
    for (const { name, value } of this.boxes) this.offered.set(name, [...(this.offered.get(name) ?? []), value]);
  }

  /** @returns {string} what is chosen, as a query */
  query() {
    return new URLSearchParams(/** @type {any} */ (new FormData(this.element))).toString();
  }

  /** @returns {string[][]} labels of what is chosen, by facet */
  labels() {
    return [...this.offered.keys()]
      .map((name) => this.boxes.filter((box) => box.name === name && box.checked).map(labelOf))
      .filter((labels) => labels.length > 0);
  }

  /** @param {import("./selection.js").Selection} selection */
  choose({ terms, sort }) {
    for (const box of this.boxes) {
      box.checked = terms.get(box.name)?.includes(box.value) ?? false;
      optionOf(box).classList.toggle("finder-chosen", box.checked);
    }
    if (this.sort) this.sort.value = sort;
    this.clear.hidden = terms.size === 0;
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
