/** What can be applied for on the reader's day in China: a facet that cannot be settled when the site is made. */

import { everyMinute, inShanghai, inWords } from "../china_time.js";
import { fill } from "./sentence.js";

export const FACET = "application";

/** @typedef {import("./records.js").Row} Row */
/** @typedef {[number, string | null, string | null]} Period place of a policy among all by name, first and last day, of some
 *    only month or year; null where nobody says */

/**
 * Give records the facet's only term as far as they have it on a day.
 * @param {import("./records.js").Records} records
 * @param {string} day
 */
export function settleApplications(records, day) {
  if (records.applications.length === 0) return;
  const isOpen = ([, opens, closes]) => (opens ?? day) <= day && day.slice(0, closes?.length) <= (closes ?? day);
  const open = records.applications.filter(isOpen);
  records.settle(FACET, ["open"], new Map(open.map(([place]) => [records.byName[place], [0]])));
}

/**
 * @param {import("./records.js").Records} records
 * @param {import("./sentence.js").Words} words
 * @returns {(row: Row) => string} until when one can apply
 */
export function lastDays(records, words) {
  const days = new Map(records.applications.map(([place, , closes]) => [records.byName[place], closes]));
  return (row) => {
    const day = days.get(row);
    return day ? fill(words.until, { day: inWords(day) }) : words.lasting;
  };
}

/** At midnight other policies may be open. @param {() => void} change is called on another day */
export function watchApplications(change) {
  let { day } = inShanghai(new Date());
  everyMinute(() => {
    const now = inShanghai(new Date());
    if (now.day === day) return;
    day = now.day;
    change();
  });
}
