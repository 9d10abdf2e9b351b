/** The documents by number: id, address, kind, names and attributes, as macros/search/catalogue.py writes them. */

import { squeeze } from "./fold.js";
import { decode, decodeAscending } from "./numbers.js";

/**
 * @typedef {object} Entry one name or alias
 * @property {number} document
 * @property {string} written as it is shown
 * @property {string} text folded, without spaces and punctuation
 * @property {boolean} alias
 */

export class Catalogue {
  /**
   * @param {any} index content of index.json
   * @param {(text: string) => string} fold
   */
  constructor(index, fold) {
    this.ids = frontDecoded(index.ids);
    this.count = this.ids.length;
    this.names = this.count ? index.names.split("\n").map((/** @type {string} */ line) => line.split("\t")) : [];
    this.urls = index.urls;
    /** @type {Map<string, string>} of a city: a district, with which ids begin, and where its site is */
    this.sites = new Map(Object.entries(index.sites ?? {}));
    /** @type {Map<number, string>} why a document no longer counts */
    this.past = new Map(readPast(index.past));
    /** @type {string[]} */
    this.kindOf = new Array(this.count);
    /** @type {Map<string, string>} */
    this.kindLabels = new Map();
    /** @type {Map<string, Map<string, number[]>>} facet → label → documents */
    this.facets = new Map([["kind", this.readKinds(index.kinds)], ...readFacets(index.facets)]);
    /** @type {Map<string, Set<number>>} documents that were asked for by facet and value */
    this.members = new Map();
    /** @type {Entry[]} */
    this.entries = this.names.flatMap((/** @type {string[]} */ written, /** @type {number} */ document) =>
      written.map((name, place) => ({ document, written: name, text: squeeze(fold(name)), alias: place > 0 })),
    );
  }

  /** @param {[string, string, string][]} rows */
  readKinds(rows) {
    const facet = new Map();
    for (const [kind, label, list] of rows) {
      const documents = decodeAscending(list);
      for (const document of documents) this.kindOf[document] = kind;
      this.kindLabels.set(kind, label);
      facet.set(kind, documents);
    }
    return facet;
  }

  /** @param {number} document */
  urlOf(document) {
    const [district, own] = this.ids[document].split("/");
    const site = this.sites.get(district);
    return this.urls[document] ?? `${site ?? ""}${this.kindOf[document]}/${site ? own : this.ids[document]}/`;
  }

  /** @param {number} document @param {string} facet @param {string} value */
  has(document, facet, value) {
    let members = this.members.get(`${facet}\t${value}`);
    if (!members) {
      members = new Set(this.facets.get(facet)?.get(value));
      this.members.set(`${facet}\t${value}`, members);
    }
    return members.has(document);
  }

  /** @param {any} facets content of facets.json */
  addFacets(facets) {
    for (const [name, facet] of readFacets(facets)) this.facets.set(name, facet);
  }
}

/**
 * @param {Record<string, Record<string, string>>} facets
 * @returns {[string, Map<string, number[]>][]}
 */
function readFacets(facets) {
  return Object.entries(facets).map(([name, labels]) => [
    name,
    new Map(Object.entries(labels).map(([label, list]) => [label, decodeAscending(list)])),
  ]);
}

/** @param {Record<string, string>} past why → documents @returns {[number, string][]} */
function readPast(past) {
  return Object.entries(past).flatMap(([why, list]) =>
    decodeAscending(list).map((/** @type {number} */ document) => /** @type {[number, string]} */ ([document, why])),
  );
}

/** @param {string} text @returns {string[]} */
function frontDecoded(text) {
  if (!text) return [];
  let before = "";
  return text.split("\n").map((line) => {
    let digits = 1;
    while (decode(line.slice(0, digits)).length === 0) digits++;
    before = before.slice(0, decode(line.slice(0, digits))[0]) + line.slice(digits);
    return before;
  });
}
