/** The day of a visit as it stands in the address: today, tomorrow, a day of the week for the next one, or a date. */

import { daysAfter, weekdayOf } from "../china_time.js";

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

/** @param {string} word @returns {boolean} */
export function isDate(word) {
  return /^\d{4}-\d\d-\d\d$/.test(word) && !Number.isNaN(Date.parse(word)) && daysAfter(word, 0) === word;
}
