/**
 * What holds on one day: of all entries that a place has, those that count, and whether that is certain.
 * The twin of macros/records/hours/plan.py and holidays.py, which say why; tests/records/hours/cases.yml holds both.
 * Days are texts such as 2026-05-03, times are minutes since midnight.
 */

import { DAY_LENGTH, daysAfter, inWords, weekdayOf } from "../china_time.js";

/**
 * @typedef {{opens?: number, closes?: number, lastEntry?: number, booking?: boolean, note?: string}} Hours
 * @typedef {Hours & {part?: string, days: number[], weeks?: number[], season?: string, spans?: number[][],
 *   first?: string, last?: string}} Regular
 * @typedef {Hours & {first: string, last: string, reason?: string, part?: string, isClosed?: boolean}} Dated
 * @typedef {Hours & {names: string[], rule?: string, reason?: string}} Named
 * @typedef {[string, string, string, string, string, string[]]} Holiday
 *   name, short name, first and last day off, the festival, weekends that are worked
 * @typedef {{phone?: string, mustBook?: boolean, regular?: Regular[], dated?: Dated[], onHolidays?: string, named?: Named[],
 *   holidays?: Record<string, Holiday[]>}} Schedule
 * @typedef {"open" | "closed" | "unknown" | "silent"} State
 * @typedef {{state: State, hours: Hours[], reason: string, why: string, isSpecial: boolean, holiday: string}} Plan
 * @typedef {{missingYear: number, holiday: string, names: string[], singleNames: string[], isWorked: boolean}} Day
 */

const ORDINALS = "一二三四五六七八九十";
const BY_LAW = {
  "01-01": ["元旦", "元旦", "一"], "05-01": ["劳动节", "五一", "一"], "10-01": ["国庆节", "国庆", "一"],
  "10-02": ["国庆节", "国庆", "二"], "10-03": ["国庆节", "国庆", "三"],
};
const OPEN_END = "12-29";
const SUNDAY = 7;
const WORKING_DAYS = [1, 2, 3, 4, 5];
const WEEK = [...WORKING_DAYS, 6, SUNDAY];
const LAST_WEEK = -1;

/** @type {Plan} */
const SILENT = { state: "silent", hours: [], reason: "", why: "", isSpecial: false, holiday: "" };

/** @param {Partial<Plan>} values @returns {Plan} */
const planned = (values) => ({ ...SILENT, ...values });

/**
 * Return what holds on a day.
 * @param {Schedule} schedule
 * @param {string} day
 * @param {string} part the part of the place; empty for the place itself
 * @returns {Plan}
 */
export function planOf(schedule, day, part = "") {
  const dated = narrowest(schedule, day, part);
  if (dated.length > 0) return byDate(dated, part);
  const known = calendarDay(schedule.holidays ?? {}, day);
  const named = namedOn(schedule, known);
  if (named.length > 0) return byName(named, schedule, day, part, known.holiday || known.singleNames[0]);
  if (known.holiday) return onHoliday(schedule, day, part, known.holiday);
  if (known.missingYear) return unsure(schedule, day, part, known.missingYear);
  return known.isWorked ? onWorkedWeekend(schedule, day, part) : byWeek(schedule, day, part, weekdayOf(day));
}

/**
 * @param {Record<string, Holiday[]>} holidays
 * @param {string} day
 * @returns {Day}
 */
function calendarDay(holidays, day) {
  const all = Object.values(holidays).flat();
  const off = all.filter(([, , first, last]) => first <= day && day <= last);
  const singleNames = all.map((holiday) => singleName(holiday, day)).filter(Boolean);
  const isWorked = all.some(([, , , , , work]) => work.includes(day));
  const found = { missingYear: 0, holiday: "", names: [], singleNames, isWorked };
  if (off.length > 0) {
    const holiday = `${off.map(([, short]) => short).join("、")}假期`;
    return { ...found, holiday, names: off.map(([name]) => name) };
  }
  if (singleNames.length > 0 || isWorked) return found;
  const byLaw = BY_LAW[day.slice(5)];
  if (byLaw) {
    const [name, short, ordinal] = byLaw;
    return { ...found, holiday: `${short}假期`, names: [name], singleNames: [`${name}第${ordinal}天`] };
  }
  const year = Number(day.slice(0, 4));
  if (!(year in holidays)) return { ...found, missingYear: year };
  const isOpenEnd = day.slice(5) >= OPEN_END && !(year + 1 in holidays);
  return isOpenEnd ? { ...found, missingYear: year + 1 } : found;
}

/**
 * @param {Holiday} holiday
 * @param {string} day
 * @returns {string} the day's own name in a holiday, such as 除夕 or 国庆节第一天; empty if it has none
 */
function singleName([name, , , last, festival], day) {
  const step = Math.round((Date.parse(day) - Date.parse(festival)) / DAY_LENGTH);
  if (name === "春节" && step === -1) return "除夕";
  if (step < 0 || step >= ORDINALS.length) return "";
  if (name === "春节") return `初${ORDINALS[step]}`;
  return day <= last ? `${name}第${ORDINALS[step]}天` : "";
}

/** @param {Schedule} schedule @param {string} day @param {string} part @returns {Dated[]} */
function narrowest(schedule, day, part) {
  const covering = (schedule.dated ?? []).filter(
    (entry) => entry.first <= day && day <= entry.last && ["", part].includes(entry.part ?? ""),
  );
  const rank = ({ first, last, part: own }) => 2 * ((Date.parse(last) - Date.parse(first)) / DAY_LENGTH) + (own ? 0 : 1);
  const least = Math.min(...covering.map(rank));
  return covering.filter((entry) => rank(entry) === least);
}

/** @param {Dated[]} dated @param {string} part @returns {Plan} */
function byDate(dated, part) {
  const closed = dated.find((entry) => entry.isClosed);
  if (closed) return planned({ state: "closed", reason: closed.reason ?? "" });
  if (part && !dated[0].part) return SILENT;
  return byHours(dated, { isSpecial: true });
}

/** @param {(Dated | Named)[]} entries @param {Partial<Plan>} values @returns {Plan} */
function byHours(entries, values) {
  const hours = entries.filter(({ opens, closes }) => opens !== undefined || closes !== undefined);
  if (hours.length > 0) return planned({ state: "open", hours, ...values });
  const notes = entries.map(({ reason }) => reason).filter(Boolean);
  return planned({ state: "unknown", why: "note", reason: [...new Set(notes)].join("；"), holiday: values.holiday ?? "" });
}

/** @param {Schedule} schedule @param {Day} known @returns {Named[]} */
function namedOn(schedule, known) {
  const of = (names) => (schedule.named ?? []).filter((entry) => entry.names.some((name) => names.includes(name)));
  const single = of(known.singleNames);
  return single.length > 0 ? single : of(known.names);
}

/**
 * @param {Named[]} named
 * @param {Schedule} schedule
 * @param {string} day
 * @param {string} part
 * @param {string} holiday
 * @returns {Plan}
 */
function byName(named, schedule, day, part, holiday) {
  for (const rule of ["closed", "announced", "as-sunday", "as-usual"]) {
    const entry = named.find((one) => one.rule === rule);
    if (entry) return byRule(rule, schedule, day, part, holiday, entry.reason ?? "");
  }
  return part ? SILENT : byHours(named, { holiday });
}

/** @param {Schedule} schedule @param {string} day @param {string} part @param {string} holiday @returns {Plan} */
function onHoliday(schedule, day, part, holiday) {
  if (schedule.onHolidays) return byRule(schedule.onHolidays, schedule, day, part, holiday, "");
  const usual = WEEK.map((weekday) => byWeek(schedule, day, part, weekday, holiday));
  if (usual.every(({ state }) => state === "closed" || state === "silent")) return usual[0];
  return planned({ state: "unknown", why: "holiday", holiday });
}

/**
 * @param {string} rule
 * @param {Schedule} schedule
 * @param {string} day
 * @param {string} part
 * @param {string} holiday
 * @param {string} reason
 * @returns {Plan}
 */
function byRule(rule, schedule, day, part, holiday, reason) {
  if (rule === "closed") return planned({ state: "closed", reason, holiday });
  if (rule === "announced") return planned({ state: "unknown", why: "announced", reason, holiday });
  return byWeek(schedule, day, part, rule === "as-sunday" ? SUNDAY : weekdayOf(day), holiday);
}

/**
 * @param {Schedule} schedule
 * @param {string} day
 * @param {string} part
 * @param {number} weekday
 * @param {string} holiday
 * @returns {Plan}
 */
function byWeek(schedule, day, part, weekday, holiday = "") {
  const own = (schedule.regular ?? []).filter((entry) => (entry.part ?? "") === part);
  if (own.length === 0) return SILENT;
  if (own.every(({ last }) => last && last < day)) {
    const last = own.map((entry) => entry.last).sort()[own.length - 1];
    return planned({ state: "unknown", why: "expired", reason: inWords(last), holiday });
  }
  const hours = own.filter((entry) => mayCover(entry, day, weekday));
  const seasons = hours.filter(({ season, spans }) => season && !spans).map(({ season }) => season);
  if (seasons.length > 0) {
    return planned({ state: "unknown", why: "season", reason: [...new Set(seasons)].join("、"), holiday });
  }
  return planned({ state: hours.length > 0 ? "open" : "closed", hours, holiday });
}

/** @param {Regular} entry @param {string} day @param {number} weekday @returns {boolean} */
function mayCover({ days, weeks, spans, first, last }, day, weekday) {
  if (!days.includes(weekday) || (first && day < first) || (last && last < day)) return false;
  const week = Math.floor((Number(day.slice(8)) + 6) / 7);
  const isLast = daysAfter(day, 7).slice(0, 7) !== day.slice(0, 7);
  if (weeks && !weeks.includes(week) && !(isLast && weeks.includes(LAST_WEEK))) return false;
  const number = Number(day.slice(5, 7)) * 100 + Number(day.slice(8));
  const isWithin = ([begin, end]) =>
    begin <= end ? begin <= number && number <= end : number >= begin || number <= end;
  return !spans || spans.some(isWithin);
}

/** @param {Schedule} schedule @param {string} day @param {string} part @returns {Plan} */
function onWorkedWeekend(schedule, day, part) {
  const usual = byWeek(schedule, day, part, weekdayOf(day));
  if (usual.state === "silent" || usual.state === "unknown") return usual;
  const working = WORKING_DAYS.some((weekday) => byWeek(schedule, day, part, weekday).state !== "closed");
  return (usual.state === "open") === working ? usual : planned({ state: "unknown", why: "worked" });
}

/** @param {Schedule} schedule @param {string} day @param {string} part @param {number} missingYear @returns {Plan} */
function unsure(schedule, day, part, missingYear) {
  const usual = byWeek(schedule, day, part, weekdayOf(day));
  const possible = [onHoliday(schedule, day, part, "")];
  if (!WORKING_DAYS.includes(weekdayOf(day))) possible.push(onWorkedWeekend(schedule, day, part));
  const isNamed = (schedule.named ?? []).length > 0;
  if (usual.state === "silent" || (!isNamed && possible.every((other) => isSame(other, usual)))) return usual;
  return planned({ state: "unknown", why: "year", reason: String(missingYear) });
}

/** @param {Plan} one @param {Plan} other @returns {boolean} */
function isSame(one, other) {
  const key = ({ hours, ...rest }) =>
    JSON.stringify([rest, hours.map(({ opens, closes, lastEntry, booking, note }) => [opens, closes, lastEntry, booking, note])]);
  return key(one) === key(other);
}
