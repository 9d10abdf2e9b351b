/** What a place says of the day of a visit: whether it opens then, and the sentence that tells why. */

import { daysAfter } from "../china_time.js";
import { about, isOver, lastNightOf, plansOf, sentence, weekday } from "./sentence.js";

/**
 * @typedef {"open" | "unknown" | "closed" | "none"} VisitState what is not known for certain is never open; none: what
 *   does not take place then
 * @typedef {{state: VisitState, text: string, order?: number}} Visit `order`: of what takes place, the earlier the less
 */

/**
 * @param {import("./plan.js").Schedule | string | null} schedule null where no hours are known; of a place that receives
 *   nobody at present, the word that says so
 * @param {string} day the day of the visit; of today, only what is left counts
 * @param {import("./sentence.js").Moment} now
 * @returns {Visit}
 */
export function visitOn(schedule, day, now) {
  if (typeof schedule === "string") return { state: "closed", text: schedule };
  const isToday = day === now.day;
  const text = schedule && (isToday ? sentence(schedule, now) : about(schedule, { day, minutes: null }, nameOf(day, now.day)));
  if (!text) return { state: "unknown", text: "开放时间没有公布" };
  return { state: isToday ? stateNow(schedule, now) : stateOf(plansOf(schedule, day).counting), text };
}

/** @param {import("./plan.js").Schedule} schedule @param {import("./sentence.js").Moment} now @returns {VisitState} */
function stateNow(schedule, now) {
  if (lastNightOf(schedule, now)) return "open";
  const { counting } = plansOf(schedule, now.day);
  return stateOf(counting.filter((plan) => plan.state !== "open" || !isOver(plan, now.minutes)));
}

/** @param {import("./plan.js").Plan[]} plans @returns {VisitState} */
function stateOf(plans) {
  if (plans.some(({ state }) => state === "open")) return "open";
  return plans.some(({ state }) => state === "unknown") ? "unknown" : "closed";
}

/** @param {string} day @param {string} today @returns {string} 12 月 6 日（周日） */
export function titleOf(day, today) {
  return `${nameOf(day, today)}（${weekday(day)}）`;
}

/** @param {string} day @param {string} today @returns {string} 今天, 明天, 12 月 6 日 or 2027 年 1 月 3 日 */
function nameOf(day, today) {
  if (day === today) return "今天";
  if (day === daysAfter(today, 1)) return "明天";
  const [year, month, number] = day.split("-").map(Number);
  return `${day.slice(0, 4) === today.slice(0, 4) ? "" : `${year} 年 `}${month} 月 ${number} 日`;
}
