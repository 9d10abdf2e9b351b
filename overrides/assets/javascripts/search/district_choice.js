/** In a city of many names, the district whose names are fetched before the first answer. */

const NAME = "kepu-search-district";
const ALL = "*"; // no id of a district

export class DistrictChoice {
  /**
   * @param {[string, string][]} districts id and name of each
   * @param {HTMLElement} place what the choice stands before
   * @param {import("./elements.js").Words} words
   * @param {() => void} changed
   */
  constructor(districts, place, words, changed) {
    const { label, none, all } = words.district;
    this.changed = changed;
    this.select = document.createElement("select");
    // All of them last: arrow keys choose what they pass over.
    this.select.append(new Option(none, ""), ...districts.map(([id, name]) => new Option(name, id)), new Option(all, ALL));
    // Of this visit first: that somebody looked further once is not remembered for longer.
    for (const store of ["sessionStorage", "localStorage"]) if (!this.isMade) this.select.value = remembered(store);
    if (!this.isMade) this.select.selectedIndex = 0; // also where a district has gone
    this.select.options[0].disabled = true;
    this.select.addEventListener("change", () => this.choose("localStorage"));
    const line = document.createElement("label");
    line.className = "search-status finder-sort"; // looks that are there: no other page carries some for it
    line.append(label, " ", this.select);
    place.before(line);
  }

  get isMade() {
    return Boolean(this.select.value);
  }

  /** Its id; empty for all of them. */
  get district() {
    return this.select.value === ALL ? "" : this.select.value;
  }

  /** Look in the whole city, on this visit. */
  widen() {
    this.select.value = ALL;
    this.choose("sessionStorage");
  }

  /** @param {"sessionStorage" | "localStorage"} store */
  choose(store) {
    remember("sessionStorage", store === "sessionStorage" ? this.select.value : "");
    if (store === "localStorage") remember(store, this.select.value);
    this.changed();
  }
}

/** @param {string} store @returns {string} */
function remembered(store) {
  try {
    return window[/** @type {"localStorage"} */ (store)].getItem(NAME) ?? "";
  } catch {
    return ""; // a browser may refuse storage
  }
}

/** @param {"sessionStorage" | "localStorage"} store @param {string} value */
function remember(store, value) {
  try {
    window[store].setItem(NAME, value);
  } catch {
    // The choice lasts as long as the page.
  }
}
