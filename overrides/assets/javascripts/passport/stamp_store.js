/** The stamps that this browser keeps: id → day, in its own store and nowhere else; where that is refused, as long as the page is open. */

import { inShanghai } from "../china_time.js";

const NAME = "kepu-passport";
const TYPE = "kepu-passport-1";
const LARGEST = 100_000; // characters of a file; a passport of a thousand stamps has 40,000
/** @typedef {Record<string, string>} Stamps */

/** @type {Stamps} */
let current = {};
/** Whether the browser keeps stamps when the page is closed. */
export const kept = { works: true, wasBroken: false };

/** @param {string} text @returns {Stamps | null} what a file or the store says; null if that is no passport */
function read(text) {
  try {
    const found = JSON.parse(text);
    if (found.type !== TYPE || typeof found.stamps !== "object" || found.stamps === null) return null;
    const entries = Object.entries(found.stamps);
    return Object.fromEntries(entries.filter(([id, day]) => /^[a-z][a-z0-9-]{0,99}$/.test(id) && isDay(day)));
  } catch {
    return null;
  }
}

/** @param {unknown} day */
function isDay(day) {
  return typeof day === "string" && /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day));
}

/** @param {Stamps} stamps @returns {string} */
function written(stamps) {
  const entries = Object.entries(stamps).sort(([one], [other]) => (one < other ? -1 : 1));
  return `${JSON.stringify({ type: TYPE, stamps: Object.fromEntries(entries) }, null, 1)}\n`;
}

/** @returns {Stamps} all stamps, those that another tab has got meanwhile too */
export function stamps() {
  try {
    const text = localStorage.getItem(NAME);
    const stored = text === null ? {} : read(text);
    kept.wasBroken = stored === null;
    current = { ...current, ...stored };
  } catch {
    kept.works = false;
  }
  return current;
}

function keep() {
  try {
    localStorage.setItem(NAME, written(current));
    kept.wasBroken = false;
  } catch {
    kept.works = false;
  }
}

/** @param {string} identifier */
export function add(identifier) {
  current = { [identifier]: inShanghai(new Date()).day, ...stamps() };
  keep();
}

export function clear() {
  current = {};
  try {
    localStorage.removeItem(NAME);
  } catch {
    kept.works = false;
  }
}

/** @returns {string} the content of a file that `take` reads */
export function exported() {
  return written(stamps());
}

/** @param {string} text content of a file @returns {{found: number, added: number} | null} null if it is no passport */
export function take(text) {
  const found = text.length > LARGEST ? null : read(text);
  if (found === null) return null;
  const before = stamps();
  const added = Object.keys(found).filter((id) => !(id in before)).length;
  current = { ...before };
  for (const [id, day] of Object.entries(found)) if (!(id in before) || day < before[id]) current[id] = day;
  keep();
  return { found: Object.keys(found).length, added };
}
