/** What takes place on some days, as macros/pages/finder_days.py tells it. */

import { DAY_LENGTH, daysAfter } from "../china_time.js";
import { titleOf } from "../opening/visit.js";

const MANY = 1_000_000; // more than there are moments on a day

/**
 * @param {number[]} times days after the first one and places of moments in turn, in their order
 * @param {{since: string, moments: string[]}} content the first day, and what is said of each time
 * @param {import("../days.js").Span} span
 * @param {string} today
 * @returns {import("../opening/visit.js").Visit}
 */
export function occurrencesIn(times, { since, moments }, [first, last], today) {
  const [from, to] = [first, last].map((day) => (Date.parse(day) - Date.parse(since)) / DAY_LENGTH);
  const found = [...pairs(times)].filter(([day]) => from <= day && day <= to);
  if (found.length === 0) return { state: "none", text: "" };
  const [day, place] = found[0];
  const title = titleOf(daysAfter(since, day), today);
  const rest = found.length > 1 ? `，之后还有 ${found.length - 1} 次` : "";
  return { state: "open", text: `${title}${moments[place]}${rest}`, order: day * MANY + place };
}

/** @param {number[]} numbers @returns {Generator<[number, number]>} */
function* pairs(numbers) {
  for (let place = 0; place < numbers.length; place += 2) yield [numbers[place], numbers[place + 1]];
}

/** @param {import("../days.js").Span} span @param {string} today @returns {string} 12 月 5 日（周六）至 12 月 6 日（周日） */
export function titleOfSpan([first, last], today) {
  return first === last ? titleOf(first, today) : `${titleOf(first, today)}至 ${titleOf(last, today)}`;
}
