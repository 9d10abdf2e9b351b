/**
 * Where the records of a finder come from. Few lie in one file. Of many, the first file has their terms alone; texts are
 * fetched for the cards that are shown, days when somebody wants the newest first (macros/pages/finder.py).
 */

import { inShanghai } from "../china_time.js";
import { settleApplications } from "./applications.js";
import { readColumn } from "./columns.js";
import { Records } from "./records.js";

/** @typedef {import("./records.js").Row} Row */
/** @typedef {import("./columns.js").Column} Column */
/**
 * @typedef {{facets: Record<string, string[]>, badges: [string, string][], terms: (Column & {sets: number[][]})[],
 *   texts: {folder: string, size: number}, dated: boolean, applications?: import("./applications.js").Period[]}} First
 */

const ID = 0; // where a row has its id, which is null until its texts are there
const TEXTS = 6; // how many of a row's fields are texts
const PLACE = 7; // where a row without texts has its place among all

export class RecordLoader {
  /** @param {import("./json_files.js").JsonFiles} files */
  constructor(files) {
    this.files = files;
    /** @type {Records | null} */
    this.made = null;
    /** @type {Map<Row, number> | null} */
    this.places = null;
  }

  /**
   * @param {string} sort how they will be sorted
   * @returns {Promise<Records>}
   */
  async records(sort) {
    const data = await this.files.first();
    this.made = this.made ?? new Records(data.texts ? unfold(data) : data);
    if (sort === "newest" && data.texts && data.dated) {
      this.made.sortByDay(readColumn(await this.files.file(`${data.texts.folder}days.json`)));
    }
    settleApplications(this.made, inShanghai(new Date()).day);
    return this.made;
  }

  /**
   * @param {import("../days.js").Span} span of the visit; where places have hours, a single day
   * @param {import("../opening/sentence.js").Moment} now
   * @returns {Promise<import("./visit_day.js").Visits>}
   */
  async visits(span, now) {
    const { hours, dates } = await this.files.first();
    return hours ? this.openings(hours, span[0], now) : this.occurrences(dates, span, now);
  }

  /**
   * @param {string} dates address of the file that tells when things take place
   * @param {import("../days.js").Span} span
   * @param {import("../opening/sentence.js").Moment} now
   * @returns {Promise<import("./visit_day.js").Visits>}
   */
  async occurrences(dates, span, now) {
    const [{ sets, ...content }, { occurrencesIn, titleOfSpan }] = await Promise.all([
      this.files.file(dates), import("./occurrences.js"),
    ]);
    const visits = sets.map((times) => occurrencesIn(times, content, span, now.day));
    return { name: titleOfSpan(span, now.day), ...this.perRow(visits, content) };
  }

  /**
   * @param {string} hours address of the file
   * @param {string} day
   * @param {import("../opening/sentence.js").Moment} now
   * @returns {Promise<import("./visit_day.js").Visits>}
   */
  async openings(hours, day, now) {
    const [{ holidays, sets, ...column }, { titleOf, visitOn }] = await Promise.all([this.files.file(hours), import("../opening/visit.js")]);
    const visits = sets.map((schedule) => {
      return visitOn(schedule && typeof schedule === "object" ? { ...schedule, holidays } : schedule, day, now);
    });
    return { name: titleOf(day, now.day), ...this.perRow(visits, column) };
  }

  /** @param {import("../opening/visit.js").Visit[]} visits @param {Column} column place of the visit that each record has */
  perRow(visits, column) {
    const numbers = readColumn(column);
    if (!this.places) this.places = new Map(this.made.byName.map((row, place) => [row, place]));
    return { of: (/** @type {Row} */ row) => visits[numbers[this.places.get(row)]], told: JSON.stringify(visits) };
  }

  /**
   * See to it that rows have their texts.
   * @param {Row[]} rows
   */
  async fill(rows) {
    const bare = rows.filter((row) => row[ID] === null);
    if (bare.length === 0) return;
    const { texts } = await this.files.first();
    const number = (row) => Math.floor(row[PLACE] / texts.size);
    const fetched = new Map();
    await Promise.all(
      [...new Set(bare.map(number))].map(async (one) => fetched.set(one, await this.files.file(`${texts.folder}${one}.json`))),
    );
    for (const row of bare) row.splice(0, TEXTS, ...fetched.get(number(row))[row[PLACE] % texts.size]);
  }
}

/**
 * @param {First} data
 * @returns {import("./records.js").Data} the same with a row for each record
 */
function unfold({ facets, badges, terms, applications }) {
  const columns = terms.map((column) => readColumn(column).map((place) => column.sets[place]));
  const records = columns[0].map((_, place) => {
    return [null, null, null, null, null, null, columns.map((column) => column[place]), place];
  });
  return { facets, badges, records: /** @type {any} */ (records), newest: null, applications };
}
