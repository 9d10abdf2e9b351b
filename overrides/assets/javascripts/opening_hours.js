/**
 * Whether a place is open today, worked out from the hours that stand on its page.
 * Days and hours are those of Asia/Shanghai, wherever the reader's clock is.
 */

/**
 * @typedef {{day: string, weekday: string, time: string}} Moment
 *   `day` as 2026-05-03, `weekday` as one of 一二三四五六日, `time` as 09:30.
 * @typedef {{from?: string, to?: string, note?: string}} Hours
 * @typedef {Hours & {days: string[], lastEntry?: string, seasonal: boolean}} Regular
 * @typedef {Hours & {firstDay: string, lastDay: string}} Span
 * @typedef {{status: string, regular: Regular[], special: Span[], closures: Span[]}} Schedule
 */

const WEEKDAYS = { Mon: "一", Tue: "二", Wed: "三", Thu: "四", Fri: "五", Sat: "六", Sun: "日" };

/**
 * Read a point of time as people in China do.
 * @param {Date} date
 * @returns {Moment}
 */
export function inShanghai(date) {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: "Asia/Shanghai", year: "numeric", month: "2-digit", day: "2-digit",
    weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  });
  const parts = Object.fromEntries(format.formatToParts(date).map(({ type, value }) => [type, value]));
  return {
    day: `${parts.year}-${parts.month}-${parts.day}`,
    weekday: WEEKDAYS[parts.weekday],
    time: `${parts.hour}:${parts.minute}`,
  };
}

/**
 * Tell a visitor about today; empty where the page knows too little.
 * Closures come before special hours, special hours before regular ones.
 * @param {Schedule} schedule
 * @param {Moment} now
 * @returns {string}
 */
export function describeToday(schedule, now) {
  const today = `今天（周${now.weekday}）`;
  const covers = (span) => span.firstDay <= now.day && now.day <= span.lastDay;
  if (schedule.status === "suspended" || schedule.status === "closed") return "";
  const closure = schedule.closures.find(covers);
  if (closure) return `${today}不开放：${closure.note}`;
  const special = schedule.special.find(covers);
  if (special) return `${today}按特别时间开放：${describeHours([special], now) || special.note || "请看下面的说明"}`;
  if (schedule.regular.length === 0) return "";
  const regular = schedule.regular.filter((hours) => hours.days.includes(now.weekday));
  if (regular.some((hours) => hours.seasonal)) return `${today}的时间分季节，请看下表`;
  return regular.length > 0 ? `${today}${describeHours(regular, now)}` : `${today}不开放`;
}

/**
 * @param {(Hours & {lastEntry?: string})[]} hours
 * @param {Moment} now
 * @returns {string} e.g. 9:00–17:00，现在开放
 */
function describeHours(hours, now) {
  const known = hours.filter(({ from, to }) => from && to).sort((one, other) => (one.from < other.from ? -1 : 1));
  if (known.length === 0) return "";
  const spans = known.map(({ from, to }) => `${plain(from)}–${plain(to)}`).join("、");
  return `${spans}，${state(known, now.time)}`;
}

/**
 * @param {(Hours & {lastEntry?: string})[]} hours sorted by opening
 * @param {string} time
 * @returns {string}
 */
function state(hours, time) {
  const current = hours.find(({ from, to }) => from <= time && time < to);
  if (current?.lastEntry && time > current.lastEntry) return `已过最晚入场时间 ${plain(current.lastEntry)}`;
  if (current) return "现在开放";
  return hours.some(({ from }) => time < from) ? "还没到开放时间" : "已经关门";
}

/** @param {string} time 09:30 @returns {string} 9:30 */
function plain(time) {
  return time.replace(/^0/, "");
}

/**
 * Read the schedule out of a page.
 * @param {HTMLElement} place the element with `data-opening`
 * @returns {Schedule}
 */
export function readSchedule(place) {
  const read = (selector, make) => Array.from(place.querySelectorAll(selector), make);
  return {
    status: place.dataset.status ?? "",
    regular: read("[data-days]", ({ dataset }) => ({
      ...hoursOf(dataset),
      days: dataset.days.split(" "),
      lastEntry: dataset.lastEntry,
      seasonal: "season" in dataset,
    })),
    special: read("[data-special]", spanOf),
    closures: read("[data-closure]", spanOf),
  };
}

/** @param {DOMStringMap} dataset @returns {Hours} */
function hoursOf({ from, to }) {
  return { from, to };
}

/** @param {HTMLElement} element @returns {Span} */
function spanOf(element) {
  const { fromDate, toDate } = element.dataset;
  const note = element.querySelector("[data-note]")?.textContent ?? "";
  return { ...hoursOf(element.dataset), firstDay: fromDate, lastDay: toDate, note };
}

/** Show today's state on the page, and keep it right while the page stays open. */
export function startOpeningHours() {
  document.querySelectorAll("[data-opening]").forEach((place) => {
    const schedule = readSchedule(place);
    const line = place.querySelector("[data-opening-today]");
    const show = () => {
      line.textContent = describeToday(schedule, inShanghai(new Date()));
      line.hidden = line.textContent === "";
    };
    show();
    setInterval(show, 60_000);
  });
}
