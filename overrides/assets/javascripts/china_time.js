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

/** @param {string} date a day, or the month or year in which it lies @returns {string} 2026 年 5 月 3 日, 2026 年 5 月 */
export function inWords(date) {
  return date.split("-").map((part, place) => `${Number(part)} ${"年月日"[place]}`).join(" ");
}

/** @param {string} day @returns {number} 1 for Monday to 7 for Sunday */
export function weekdayOf(day) {
  return new Date(day).getUTCDay() || SUNDAY;
}

/** Look again every minute while the page is seen, and when it is seen again. @param {() => void | Promise<void>} look */
export function everyMinute(look) {
  const act = async () => document.hidden || look();
  document.addEventListener("visibilitychange", () => act().catch(console.warn));
  setInterval(() => act().catch(console.warn), 60_000);
}
