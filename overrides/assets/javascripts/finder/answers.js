/** What a finder answers to a selection. It comes with the first one: readers who choose nothing don't pay for it. */

import { FACET, lastDays, watchApplications } from "./applications.js";
import { RecordLoader } from "./load_records.js";
import { ResultCards } from "./result_cards.js";
import { writeSelection } from "./selection.js";
import { fill, sentence } from "./sentence.js";
import { VisitDay } from "./visit_day.js";

/** @typedef {import("./selection.js").Selection} Selection */
/**
 * @typedef {object} Parts of the page
 * @property {import("./filter_form.js").FilterForm} form
 * @property {import("./sentence.js").Words} words
 * @property {import("./json_files.js").JsonFiles} files
 * @property {HTMLElement} status
 * @property {HTMLElement} place where the cards stand
 * @property {HTMLTemplateElement} blank a card without a record
 */
/**
 * @typedef {object} Owner
 * @property {() => Selection} chosen what the address asks for
 * @property {() => void} change is called when the same choice would be answered in another way
 * @property {(problem: unknown) => void} fail
 */

export class Answers {
  /** @param {Parts} parts @param {Owner} owner */
  constructor(parts, owner) {
    this.parts = parts;
    this.owner = owner;
    this.asked = 0;
    this.loader = new RecordLoader(parts.files);
    this.results = this.cardsIn(parts.place, (shown) => history.replaceState({ shown }, ""));
    this.day = parts.form.date ? new VisitDay(this.loader, parts.words, (place) => this.cardsIn(place)) : null;
    this.day?.watch(() => this.chosenDay(), owner.change);
    if (parts.form.offered.has(FACET)) watchApplications(() => owner.chosen().terms.has(FACET) && owner.change());
  }

  /** @param {HTMLElement} where @param {(shown: number) => void} [tell] @returns {ResultCards} */
  cardsIn(where, tell = () => {}) {
    const { blank, words } = this.parts;
    return new ResultCards(where, blank, words, { fill: (rows) => this.loader.fill(rows), tell, fail: this.owner.fail });
  }

  /** @returns {string | null} null where nothing can be shown anew: who has the focus on a card keeps it */
  chosenDay() {
    return this.loader.made && !this.parts.place.contains(document.activeElement) ? this.owner.chosen().day : null;
  }

  /** Show what a selection finds, unless another is asked for meanwhile. @param {Selection} selection */
  async answer(selection) {
    const number = ++this.asked;
    try {
      const found = await this.loader.records(selection.sort);
      const visits = this.day ? await this.day.visits(selection.day) : null;
      if (number === this.asked) await this.show(found, selection, visits);
    } catch (problem) {
      if (number === this.asked) this.owner.fail(problem);
    }
  }

  /**
   * @param {import("./records.js").Records} all
   * @param {Selection} selection
   * @param {import("./visit_day.js").Visits | null} visits
   */
  async show(all, selection, visits) {
    const { form, words, status } = this.parts;
    const outcome = all.find(selection, visits ? (row) => visits.of(row).state : undefined);
    const { rows, counts } = outcome;
    if (visits && selection.sort === "") rows.sort((one, other) => (visits.of(one).order ?? 0) - (visits.of(other).order ?? 0));
    const parts = visits ? this.day.parts(outcome, visits, all.badges) : [];
    const noteOf = visits ? (row) => visits.of(row).text : selection.terms.has(FACET) ? lastDays(all, words) : undefined;
    const labels = [...(visits ? [[fill(words.open, { day: visits.name })]] : []), ...form.labels()];
    form.count(counts);
    form.tell(rows.length);
    status.textContent = [sentence(labels, rows.length, words), ...parts.map(nameOf)].join("；");
    if (writeSelection(selection) === "") return this.results.restore();
    await this.results.show(rows, all.badges, history.state?.shown ?? 0, noteOf, parts);
  }
}

/** @param {HTMLDetailsElement} part @returns {string} */
function nameOf(part) {
  return part.querySelector("summary").textContent;
}
