/** Days and times of China, wherever the reader's clock is. Days are texts such as 2026-05-03. */

export const DAY_LENGTH = 24 * 60 * 60 * 1000;
const SUNDAY = 7;

/**
 * Read a point of time as people in China do.
 * @param {Date} date
 * @returns {{day: string, minutes: number}} day as 2026-05-03, and minutes since its midnight
 */
export function inShanghai(date) {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: "Asia/Shanghai", year: "numeric", month: "2-digit", day: "2-digit",
    hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  });
  const parts = Object.fromEntries(format.formatToParts(date).map(({ type, value }) => [type, value]));
  return {
    day: `${parts.year}-${parts.month}-${parts.day}`,
    minutes: Number(parts.hour) * 60 + Number(parts.minute),
  };
}

/**
 * @param {string} day
 * @param {number} count may be negative
 * @returns {string} the day so many days later
 */
export function daysAfter(day, count) {
  return new Date(Date.parse(day) + count * DAY_LENGTH).toISOString().slice(0, 10);
}

/** @param {string} day @returns {number} 1 for Monday to 7 for Sunday */
export function weekdayOf(day) {
  return new Date(day).getUTCDay() || SUNDAY;
}
