/** What the reader's day decides on a page that was made earlier: whether a place is open, what is due, what is over. */

import { everyMinute, inShanghai } from "./china_time.js";

/** Show today's sentence on the page (opening/sentence.js), and keep it right while the page stays open. */
export function startOpeningHours() {
  document.querySelectorAll("[data-opening]").forEach((place) => showToday(place).catch(console.warn));
}

/** @param {Element} place */
async function showToday(place) {
  const { sentence } = await import("./opening/sentence.js");
  const schedule = JSON.parse(place.querySelector("[data-opening-schedule]").textContent);
  const line = place.querySelector("[data-opening-today]");
  const show = () => {
    line.textContent = sentence(schedule, inShanghai(new Date()));
    line.hidden = line.textContent === "";
  };
  show();
  everyMinute(show);
}

/**
 * Show what is due once its last day is over, in China's time.
 * @param {string} today 2026-05-03
 */
export function showOverdue(today) {
  document.querySelectorAll("[data-last-day][hidden]").forEach((notice) => {
    notice.hidden = today <= notice.dataset.lastDay;
  });
}

/**
 * Hide what is over or has not begun, and the list around it once all of it is; what is said instead stands behind the list.
 * @param {string} today 2026-05-03
 */
export function hidePast(today) {
  document.querySelectorAll("[data-until], [data-from], [data-before]").forEach((item) => {
    const { from, until, before } = item.dataset;
    item.hidden = until < today || from > today || before <= today; // What is not said compares as false.
  });
  document.querySelectorAll("[data-passing]").forEach((list) => {
    list.hidden = list.querySelector("li:not([hidden])") === null;
    const instead = list.nextElementSibling;
    if (instead !== null && instead.matches("[data-instead]")) instead.hidden = !list.hidden;
  });
}

/** Look once; a page that stays open over midnight says so when it is opened again. */
export function startOverdue() {
  const today = inShanghai(new Date()).day;
  showOverdue(today);
  hidePast(today);
  if (document.querySelector("[data-day]")) import("./day_names.js").then(({ nameDays }) => nameDays(today), console.warn);
}
