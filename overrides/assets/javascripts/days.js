/** Days as they stand in the address: today, a day of the week for the next one, a date, this weekend, a span of dates. */

import { daysAfter, weekdayOf } from "./china_time.js";

/** @typedef {[string, string]} Span first and last day, both as 2026-11-30 */

const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/**
 * @param {string} word
 * @param {string} today as 2026-11-30, in China
 * @returns {string} the day in the same form; empty where the word is none, or its day is over
 */
export function dayOf(word, today) {
  if (word === "today") return today;
  if (word === "tomorrow") return daysAfter(today, 1);
  const weekday = WEEKDAYS.indexOf(word) + 1;
  if (weekday > 0) return daysAfter(today, (weekday - weekdayOf(today) + 7) % 7);
  return isDate(word) && word >= today ? word : "";
}

/**
 * @param {string} word one that `dayOf` knows, weekend, month, or two dates as 2026-10-01/2026-10-07
 * @param {string} today
 * @returns {Span | null} what of the days is not over; null where none is, or the word is none
 */
export function spanOf(word, today) {
  const [first, last] = daysOf(word, today);
  return first && last >= first && last >= today ? [first < today ? today : first, last] : null;
}

/** @param {string} word @param {string} today @returns {string[]} */
function daysOf(word, today) {
  const sunday = dayOf("sunday", today);
  if (word === "weekend") return [daysAfter(sunday, -1), sunday];
  if (word === "month") return [today, lastOfMonth(today)];
  const dates = word.split("/");
  if (dates.length === 2) return dates.every(isDate) ? dates : [];
  const day = dayOf(word, today);
  return [day, day];
}

/** @param {string} day @returns {string} */
function lastOfMonth(day) {
  const [year, month] = day.split("-").map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** @param {string} word @returns {boolean} */
export function isDate(word) {
  return /^\d{4}-\d\d-\d\d$/.test(word) && !Number.isNaN(Date.parse(word)) && daysAfter(word, 0) === word;
}
