/** What people call days near today: 今天, 明天, 这个周末. */

import { daysAfter, weekdayOf } from "./china_time.js";

/**
 * Say beside days on the page how people call them.
 * @param {string} today 2026-05-03
 */
export function nameDays(today) {
  const sunday = daysAfter(today, 7 - weekdayOf(today));
  const names = { [sunday]: "这个周末", [daysAfter(sunday, -1)]: "这个周末", [daysAfter(today, 1)]: "明天", [today]: "今天" };
  document.querySelectorAll("[data-day]").forEach((place) => {
    place.textContent = names[place.dataset.day] ?? "";
  });
}
