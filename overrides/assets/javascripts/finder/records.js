/** The records of a kind, and which of them answer a selection. No page is touched here. */

/**
 * A record: id, name, summary, visit, facts, places of its badges, and for each facet the places of its terms.
 * @typedef {[string, string, string, string, string, number[], number[][]]} Row
 * The file of few records that macros/pages/finder.py makes.
 * @typedef {{facets: Record<string, string[]>, badges: [string, string][], records: Row[], newest: number[] | null,
 *   applications?: import("./applications.js").Period[]}} Data
 * @typedef {import("../opening/visit.js").VisitState} VisitState
 * @typedef {{rows: Row[], unknown: Row[], closed: Row[], counts: Map<string, Map<string, number>>}} Outcome
 *   `rows`: what is found; `unknown` and `closed`: what would be, but for the day of the visit
 *   `counts`: facet → term → how many records there would be if this term were chosen in its facet
 */

const TERMS = 6; // where a row has its terms

export class Records {
  /** @param {Data} data */
  constructor(data) {
    this.badges = data.badges;
    this.applications = data.applications ?? [];
    this.facets = Object.entries(data.facets);
    this.byName = data.records;
    this.byNewest = data.newest?.map((place) => data.records[place]) ?? data.records;
    this.sorted = data.newest !== null;
  }

  /**
   * Set the terms of a facet that are not known when the site is made.
   * @param {string} name
   * @param {string[]} ids the facet's terms
   * @param {Map<Row, number[]>} places of the terms that records have
   */
  settle(name, ids, places) {
    const facet = this.facets.findIndex(([other]) => other === name);
    const number = facet < 0 ? this.facets.push([name, ids]) - 1 : facet;
    for (const row of this.byName) row[TERMS][number] = places.get(row) ?? [];
  }

  /** @param {number[]} days for each record a number that is higher the newer it is */
  sortByDay(days) {
    if (this.sorted) return;
    const places = [...this.byName.keys()].sort((one, other) => days[other] - days[one]);
    this.byNewest = places.map((place) => this.byName[place]);
    this.sorted = true;
  }

  /**
   * Find the records that have, for each facet with a selection, one of the chosen terms.
   * @param {import("./selection.js").Selection} selection
   * @param {(row: Row) => VisitState} stateOf of a record on the chosen day; what is not open is not counted
   * @returns {Outcome}
   */
  find({ terms, sort }, stateOf = () => "open") {
    const wanted = this.facets.map(([name, ids]) => marks(ids, terms.get(name)));
    const numbers = this.facets.map(([, ids]) => ids.map(() => 0));
    /** @type {Record<VisitState, Row[]>} */
    const found = { open: [], unknown: [], closed: [], none: [] };
    for (const row of sort === "newest" ? this.byNewest : this.byName) {
      const missed = missedFacets(row[TERMS], wanted);
      const state = stateOf(row);
      if (missed.length === 0) found[state].push(row);
      if (state !== "open") continue;
      // A record that only one facet keeps out would come in by another choice in that facet alone.
      const open = missed.length === 0 ? numbers.keys() : missed.length === 1 ? missed : [];
      for (const facet of open) for (const place of row[TERMS][facet]) numbers[facet][place]++;
    }
    return { rows: found.open, unknown: found.unknown, closed: found.closed, counts: this.named(numbers) };
  }

  /** @param {number[][]} numbers @returns {Outcome["counts"]} */
  named(numbers) {
    return new Map(
      this.facets.map(([name, ids], facet) => [name, new Map(ids.map((id, place) => [id, numbers[facet][place]]))]),
    );
  }
}

/**
 * @param {string[]} ids the terms of a facet
 * @param {string[] | undefined} chosen
 * @returns {boolean[] | null} for each term whether it is chosen; null where the facet keeps nothing out
 */
function marks(ids, chosen) {
  return chosen ? ids.map((id) => chosen.includes(id)) : null;
}

/**
 * @param {number[][]} terms of a record, by facet
 * @param {(boolean[] | null)[]} wanted
 * @returns {number[]} the facets that keep the record out
 */
function missedFacets(terms, wanted) {
  const missed = [];
  for (let facet = 0; facet < wanted.length; facet++) {
    const marked = wanted[facet];
    if (marked && !terms[facet].some((place) => marked[place])) missed.push(facet);
  }
  return missed;
}
