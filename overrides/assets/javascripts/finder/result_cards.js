/** The cards of what was found. Data enter the page as text and attributes, never as markup. */

import { fill } from "./sentence.js";

const STEP = 24; // cards at a time

/** @typedef {import("./records.js").Row} Row */
/**
 * @typedef {{fill: (rows: Row[]) => Promise<void>, tell: (shown: number) => void, fail: (problem: unknown) => void}} Owner
 *   `fill` sees to it that rows have their texts, `tell` is told how many cards stand there once there are more, `fail`
 *   is told what went wrong when more were to be shown
 */

export class ResultCards {
  /**
   * @param {HTMLElement} place holds the cards that came with the page, which stand there again where nothing is chosen
   * @param {HTMLTemplateElement} blank a card without a record
   * @param {import("./sentence.js").Words} words
   * @param {Owner} owner
   */
  constructor(place, blank, words, owner) {
    this.place = place;
    this.blank = blank;
    this.words = words;
    this.owner = owner;
    this.asked = 0;
    this.original = [...place.childNodes];
    this.list = document.createElement("ul");
    this.list.className = "cards";
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.className = "finder-more";
    this.button.addEventListener("click", () => this.showMore().catch(owner.fail));
  }

  /** Show what came with the page. */
  restore() {
    this.asked++;
    this.place.removeAttribute("aria-busy");
    this.place.replaceChildren(...this.original);
  }

  /**
   * Show the first of some records; what stood there stays until their texts have come.
   * @param {Row[]} rows
   * @param {[string, string][]} badges label and style
   * @param {number} shown how many cards stood there when the visitor left
   * @param {(row: Row) => string} noteOf what else the card of a record says; empty for nothing
   * @param {Node[]} after what stands behind the cards
   */
  async show(rows, badges, shown, noteOf = () => "", after = []) {
    const number = ++this.asked;
    const first = rows.slice(0, Math.max(STEP, shown));
    this.place.setAttribute("aria-busy", "true");
    await this.owner.fill(first);
    if (number !== this.asked) return;
    this.rows = rows;
    this.badges = badges;
    this.noteOf = noteOf;
    this.list.replaceChildren();
    this.place.replaceChildren(...(rows.length > 0 ? [this.list, this.button] : []), ...after);
    this.place.removeAttribute("aria-busy");
    this.add(first);
  }

  /** Add the next cards and go to the first of them, so that a keyboard goes on from there. */
  async showMore() {
    const number = this.asked;
    const before = this.list.children.length;
    const next = this.rows.slice(before, before + STEP);
    await this.owner.fill(next);
    if (number !== this.asked || before !== this.list.children.length) return;
    this.add(next);
    this.list.children[before]?.querySelector("a")?.focus();
    this.owner.tell(this.list.children.length);
  }

  /** @param {Row[]} rows */
  add(rows) {
    this.list.append(...rows.map((row) => this.card(row)));
    const rest = this.rows.length - this.list.children.length;
    this.button.hidden = rest === 0;
    this.button.textContent = fill(this.words.more, { count: String(Math.min(rest, STEP)) });
  }

  /** @param {Row} row @returns {Node} */
  card(row) {
    const [id, name, summary, visit, traits, badges] = row;
    const card = /** @type {DocumentFragment} */ (this.blank.content.cloneNode(true));
    const link = /** @type {HTMLAnchorElement} */ (card.querySelector("a"));
    // Of a city it is the address in the district's site.
    link.setAttribute("href", /^https?:/.test(id) ? id : `${link.getAttribute("href")}${encodeURIComponent(id)}/`);
    link.textContent = name;
    setText(card, ".card-summary", summary);
    setText(card, ".card-visit", visit);
    setText(card, ".card-traits", traits);
    const note = this.noteOf(row);
    if (note) card.querySelector(".card-summary").before(paragraph("card-day", note));
    const blank = /** @type {HTMLElement} */ (card.querySelector(".badge"));
    blank.replaceWith(...badges.map((place) => badge(blank, this.badges[place])));
    return card;
  }
}

/** @param {HTMLElement} blank @param {[string, string]} badge @returns {Node} */
function badge(blank, [label, style]) {
  const made = /** @type {HTMLElement} */ (blank.cloneNode());
  made.className = `badge badge-${style}`;
  made.textContent = label;
  return made;
}

/** @param {string} name @param {string} text @returns {Node} */
function paragraph(name, text) {
  const made = document.createElement("p");
  made.className = name;
  made.textContent = text;
  return made;
}

/** @param {DocumentFragment} card @param {string} selector @param {string} text */
function setText(card, selector, text) {
  const place = card.querySelector(selector);
  if (text) place.textContent = text;
  else place.remove();
}
