/** The day of a visit: it parts places by whether they open then, and keeps out what does not take place then. */

import { everyMinute, inShanghai } from "../china_time.js";
import { spanOf } from "../days.js";
import { fill } from "./sentence.js";

/** @typedef {import("./records.js").Row} Row */
/** @typedef {{name: string, of: (row: Row) => import("../opening/visit.js").Visit, told: string}} Visits
 *    the name of the day or the days, what each record says of it, and all of that as one text */

export class VisitDay {
  /**
   * @param {import("./load_records.js").RecordLoader} loader
   * @param {import("./sentence.js").Words} words
   * @param {(place: HTMLElement) => import("./result_cards.js").ResultCards} cardsIn makes cards that stand in a place
   */
  constructor(loader, words, cardsIn) {
    this.loader = loader;
    this.words = words;
    this.cardsIn = cardsIn;
    this.told = "";
  }

  /** @returns {string} */
  get today() {
    return inShanghai(new Date()).day;
  }

  /** @param {string} word the day in the address @returns {Promise<Visits | null>} null where none is chosen */
  async visits(word) {
    const now = inShanghai(new Date());
    const span = word === "" ? null : spanOf(word, now.day);
    return span && this.loader.visits(span, now);
  }

  /**
   * The places that are not open, or of which that is unknown: folded, with cards once opened.
   * @param {import("./records.js").Outcome} outcome
   * @param {Visits} visits
   * @param {[string, string][]} badges
   * @returns {HTMLDetailsElement[]}
   */
  parts({ rows, unknown, closed }, visits, badges) {
    this.told = visits.told;
    const others = /** @type {[string, Row[]][]} */ ([[this.words.unknown, unknown], [this.words.closed, closed]]);
    const parts = others.filter(([, some]) => some.length > 0).map(([pattern, some]) => this.part(pattern, some, visits, badges));
    if (rows.length === 0 && parts.length > 0) parts[0].open = true;
    return parts;
  }

  /** @param {string} pattern @param {Row[]} rows @param {Visits} visits @param {[string, string][]} badges @returns {HTMLDetailsElement} */
  part(pattern, rows, visits, badges) {
    const part = document.createElement("details");
    part.className = "finder-part";
    const heading = document.createElement("summary");
    heading.textContent = fill(pattern, { count: String(rows.length), unit: this.words.unit });
    const inner = document.createElement("div");
    part.append(heading, inner);
    const cards = this.cardsIn(inner);
    part.addEventListener("toggle", () => cards.show(rows, badges, 0, (row) => visits.of(row).text).catch(cards.owner.fail), {
      once: true,
    });
    return part;
  }

  /**
   * What holds on a day changes with the hour, and at midnight today is another day.
   * @param {() => string | null} chosen the day in the address; null where nothing can be shown anew now
   * @param {() => void} change is called when a place says something else
   */
  watch(chosen, change) {
    everyMinute(async () => {
      const word = chosen();
      const visits = word ? await this.visits(word) : null;
      if (visits && visits.told !== this.told) change();
    });
  }
}
