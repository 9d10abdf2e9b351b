/**
 * The sentence about today: is the place open now, and if not, when next.
 * The twin of macros/records/hours/sentences.py, word for word; tests/records/hours/cases.yml holds both.
 */

import { daysAfter, weekdayOf } from "../china_time.js";
import { planOf } from "./plan.js";

/**
 * @typedef {import("./plan.js").Hours} Hours
 * @typedef {import("./plan.js").Plan} Plan
 * @typedef {import("./plan.js").Schedule} Schedule
 * @typedef {{day: string, minutes: number | null}} Moment day as 2026-05-03 and minutes since its midnight, in China;
 *   null for the day as a whole, of which nothing is said about now
 */

const DAY = 24 * 60;
const WEEK = 7;
const LONGEST_WAIT = 366;
const WEEKDAYS = "一二三四五六日";

/**
 * Tell a visitor about now; empty where nothing is known.
 * @param {Schedule} schedule
 * @param {Moment} now
 * @returns {string}
 */
export function sentence(schedule, now) {
  const lastNight = lastNightOf(schedule, now);
  return lastNight ? about(schedule, lastNight, "昨晚") : about(schedule, now, "今天");
}

/** @param {Schedule} schedule @param {Moment} now @returns {Moment | null} the same moment in last night's hours, if they go on */
export function lastNightOf(schedule, now) {
  const lastNight = { day: daysAfter(now.day, -1), minutes: now.minutes + DAY };
  const open = partsWhere(isOpen, schedule, now);
  return partsWhere(goesOn, schedule, lastNight).some((part) => !open.includes(part)) ? lastNight : null;
}

/**
 * @param {(hours: Hours, minutes: number) => boolean} holds
 * @param {Schedule} schedule
 * @param {Moment} moment
 * @returns {string[]} the parts of the place, itself as an empty name, of whose hours of a day something holds
 */
function partsWhere(holds, schedule, { day, minutes }) {
  const { main, parts } = plansOf(schedule, day);
  const plans = /** @type {[string, Plan][]} */ ([["", main], ...parts]);
  return plans.filter(([, { hours }]) => hours.some((one) => holds(one, minutes))).map(([part]) => part);
}

/** @param {Hours} hours @param {number} minutes @returns {boolean} */
function goesOn({ opens, closes }, minutes) {
  return opens !== undefined && closes !== undefined && minutes < closes;
}

/** @param {Hours} hours @param {number} minutes @returns {boolean} whether whoever comes now is let in for certain */
function isOpen(hours, minutes) {
  return isCertain(hours) && hours.opens <= minutes && goesOn(hours, minutes) && !isTooLate(hours, minutes);
}

/**
 * @param {Schedule} schedule
 * @param {string} day
 * @returns {{main: Plan, parts: [string, Plan][], counting: Plan[]}}
 *   the place itself; its parts, as far as something is known of them; and those that say whether the place is open
 */
export function plansOf(schedule, day) {
  const entries = [...(schedule.regular ?? []), ...(schedule.dated ?? [])];
  const names = [...new Set(entries.map(({ part }) => part).filter(Boolean))];
  const main = planOf(schedule, day);
  const named = names.map((name) => /** @type {[string, Plan]} */ ([name, planOf(schedule, day, name)]));
  const parts = named.filter(([, plan]) => plan.state !== "silent");
  const plans = parts.map(([, plan]) => plan);
  return { main, parts, counting: main.state === "silent" ? plans : [main] };
}

/** @param {Schedule} schedule @param {Moment} now @param {string} when 今天 or another word for the day @returns {string} */
export function about(schedule, now, when) {
  return new Telling(schedule, now, when).about();
}

class Telling {
  /** @param {Schedule} schedule @param {Moment} now @param {string} when */
  constructor(schedule, { day, minutes }, when) {
    this.schedule = schedule;
    this.day = day;
    this.minutes = minutes;
    this.when = when;
  }

  /** The place itself, then its parts. @returns {string} */
  about() {
    let { main, parts } = plansOf(this.schedule, this.day);
    if (main.state === "silent") {
      if (parts.length === 0) return "";
      if (parts.every(([, { state }]) => state !== "open")) [main, parts] = [parts[0][1], []];
    }
    if (main.state === "unknown") return this.careful(main);
    const begin = `${this.when}（${weekday(this.day)}${main.holiday ? "，" : ""}${main.holiday}）`;
    const texts = main.state === "silent" ? [] : [this.state(main)];
    if (isTimeless(main)) texts[0] += `，${this.ask}`;
    const isOpen = main.state !== "closed";
    const ofParts = parts.map(([name, plan]) => this.ofPart(name, plan, isOpen)).filter(Boolean);
    const counting = main.state === "silent" ? parts.map(([, plan]) => plan) : [main];
    return begin + [...texts, ...ofParts].join("；") + this.next(counting);
  }

  /** @returns {string} what is demanded of everyone who comes while it is open */
  get demand() {
    return this.schedule.mustBook ? "，须预约" : "";
  }

  /** @returns {string} */
  get ask() {
    const { phone } = this.schedule;
    return phone ? `请先打电话 ${phone} 问清楚` : "请先问清楚再去";
  }

  /** @param {Plan} plan @returns {string} */
  careful({ why, reason, holiday }) {
    const { when } = this;
    const today = `${when}（${weekday(this.day)}）`;
    const known = {
      holiday: `${when}是${holiday}，是否开放没有公布`,
      announced: `${when}是${holiday}，是否开放另行通知${afterColon(reason)}`,
      worked: `${today}是调休上班日，是否开放没有公布`,
      year: `${reason} 年的放假安排还没有查到，${today}是否开放没有公布`,
      season: `${today}的开放时间分季节（${reason}），没有写明从几月到几月`,
      expired: `开放时间只写到 ${reason}，${today}是否开放没有公布`,
      note: `${today}和平时不同${afterColon(reason)}`,
    };
    return `${known[why]}，${this.ask}`;
  }

  /** @param {Plan[]} plans of the day @returns {string} */
  next(plans) {
    if (this.minutes === null || !plans.every((plan) => isOver(plan, this.minutes))) return "";
    for (let ahead = 1; ahead <= LONGEST_WAIT; ahead += 1) {
      const day = daysAfter(this.day, ahead);
      const { counting } = plansOf(this.schedule, day);
      if (counting.length === 0 || counting.some(({ state }) => state === "unknown")) return "";
      const opening = counting.flatMap(({ hours }) => hours);
      if (opening.length > 0) return `。下次开放：${spaced(dayIn(day, ahead, this.day), firstOpening(opening))}`;
    }
    return "";
  }

  /** @param {string} name @param {Plan} plan @param {boolean} isOpen whether the place itself is @returns {string} */
  ofPart(name, plan, isOpen) {
    if (plan.state === "unknown") return isOpen ? `${name}是否开放没有公布` : "";
    if (plan.state === "closed" && !isOpen) return "";
    return spaced(name, this.state(plan));
  }

  /** @param {Plan} plan @returns {string} e.g. 9:00–17:00，现在开放，须预约 */
  state(plan) {
    if (plan.state === "closed") return `不开放${afterColon(plan.reason)}`;
    const special = plan.isSpecial ? "按特别时间开放：" : "";
    const order = ({ opens, closes }) => (opens ?? closes ?? 0) * 10_000 + (closes ?? 0);
    const hours = [...plan.hours].sort((one, other) => order(one) - order(other));
    if (isTimeless(plan)) return `是开放日${[...new Set(hours.map(remark))].join("")}，几点开门没有公布`;
    if (hours.every((one) => isCertain(one) && one.opens === 0 && one.closes === DAY)) return `${special}全天开放${this.demand}`;
    const spans = hours.filter(span).map((one) => span(one) + remark(one));
    return `${special}${[...new Set(spans)].join("、")}${this.minutes === null ? "" : `，${this.stand(hours)}`}`;
  }

  /** @param {Hours[]} hours @returns {string} */
  stand(hours) {
    const { minutes } = this;
    const running = hours.filter(({ opens, closes }) => opens <= minutes && minutes < closes);
    const welcome = running.filter((one) => !isTooLate(one, minutes));
    if (welcome.some(isCertain)) return `现在开放${this.demand}`;
    if (welcome.length > 0) return welcome[0].booking ? "现在只接待预约的人" : "现在在开放时间内，请先看说明";
    if (hours.some(({ opens, closes }) => closes === undefined && opens <= minutes)) return "几点关门没有公布";
    if (hours.some(({ opens, closes }) => opens === undefined && minutes < closes)) return "几点开门没有公布";
    if (hours.some(({ opens }) => opens > minutes)) return "还没到开放时间";
    return running.length > 0 ? `已过最晚入场时间 ${time(running[0].lastEntry)}` : "已经关门";
  }
}

/** @param {Plan} plan @param {number} minutes @returns {boolean} */
export function isOver({ state, hours }, minutes) {
  if (state !== "open") return true;
  return hours.every((one) => one.closes !== undefined && (one.closes <= minutes || isTooLate(one, minutes)));
}

/** @param {Hours} hours @param {number} minutes @returns {boolean} */
function isTooLate({ lastEntry }, minutes) {
  return lastEntry !== undefined && lastEntry < minutes;
}

/** @param {string} day @param {number} ahead @param {string} today @returns {string} 周二, or 2027 年 3 月 15 日（周一） */
function dayIn(day, ahead, today) {
  if (ahead < WEEK) return weekday(day);
  const [year, month, number] = day.split("-").map(Number);
  return `${day.slice(0, 4) === today.slice(0, 4) ? "" : `${year} 年 `}${month} 月 ${number} 日（${weekday(day)}）`;
}

/** @param {Hours[]} opening @returns {string} */
function firstOpening(opening) {
  const first = opening.reduce((one, other) => ((other.opens ?? Infinity) < (one.opens ?? Infinity) ? other : one));
  return `${first.opens === undefined ? "" : time(first.opens)}${remark(first)}`;
}

/** @param {string} before @param {string} after @returns {string} */
function spaced(before, after) {
  return /^\d/.test(after) && !before.endsWith("）") ? `${before} ${after}` : before + after;
}

/** @param {Plan} plan @returns {boolean} */
function isTimeless({ state, hours }) {
  return state === "open" && hours.every(({ opens, closes }) => opens === undefined && closes === undefined);
}

/** @param {Hours} hours @returns {boolean} */
function isCertain({ opens, closes, booking, note }) {
  return opens !== undefined && closes !== undefined && !booking && !note;
}

/** @param {Hours} hours @returns {string} */
function span({ opens, closes }) {
  if (opens === undefined) return closes === undefined ? "" : `${time(closes)} 关门`;
  if (closes === undefined) return `${time(opens)} 开门`;
  return opens === 0 && closes === DAY ? "全天" : `${time(opens)}–${time(closes)}`;
}

/** @param {Hours} hours @returns {string} */
function remark({ booking, note }) {
  const remarks = [booking ? "须预约" : "", note ?? ""].filter(Boolean).join("，");
  return remarks ? `（${remarks}）` : "";
}

/** @param {number} minutes @returns {string} 9:30, or 次日 2:00 */
function time(minutes) {
  const inDay = minutes > DAY ? minutes - DAY : minutes;
  return `${minutes > DAY ? "次日 " : ""}${Math.floor(inDay / 60)}:${String(inDay % 60).padStart(2, "0")}`;
}

/** @param {string} day @returns {string} 周三 */
export function weekday(day) {
  return `周${WEEKDAYS[weekdayOf(day) - 1]}`;
}

/** @param {string} text @returns {string} */
function afterColon(text) {
  return text ? `：${text}` : "";
}
