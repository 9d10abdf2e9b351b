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

/** Look once; a page that stays open over midnight says so when it is opened again. */
export function startOverdue() {
  showOverdue(inShanghai(new Date()).day);
}
