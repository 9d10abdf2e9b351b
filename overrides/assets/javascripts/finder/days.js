/** The day of a visit as it stands in the address: today, tomorrow, a day of the week for the next one, or a date. */

const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const DAY_LENGTH = 24 * 60 * 60 * 1000;

/**
 * @param {string} word
 * @param {string} today as 2026-11-30, in China
 * @returns {string} the day in the same form; empty where the word is none, or its day is over
 */
export function dayOf(word, today) {
  if (word === "today") return today;
  if (word === "tomorrow") return after(today, 1);
  const weekday = WEEKDAYS.indexOf(word);
  if (weekday >= 0) return after(today, (weekday - new Date(today).getUTCDay() + 7) % 7);
  return isDate(word) && word >= today ? word : "";
}

/** @param {string} word @returns {boolean} */
export function isDate(word) {
  return /^\d{4}-\d\d-\d\d$/.test(word) && !Number.isNaN(Date.parse(word)) && after(word, 0) === word;
}

/** @param {string} day @param {number} count @returns {string} */
function after(day, count) {
  return new Date(Date.parse(day) + count * DAY_LENGTH).toISOString().slice(0, 10);
}
