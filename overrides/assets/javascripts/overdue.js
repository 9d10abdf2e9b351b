/** Notices that a day brings about: the page was made earlier, so the browser looks at the calendar again. */

import { inShanghai } from "./opening_hours.js";

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
}
