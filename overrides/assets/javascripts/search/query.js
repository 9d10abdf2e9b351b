/** Take a query apart: what carries weight, and which parts of it belong together. */

import { NOT_WRITTEN, squeeze } from "./fold.js";

/** What is read of a query: more is an accident, as when a whole page is pasted. */
const LONGEST = 80;
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\ufeff]+/g;
const CLAUSE_END = /[,.!?;:，。！？；：、…~]/;
const LIGHT = 0.1;
const ASPECT = 0.3;

/**
 * @typedef {object} Query
 * @property {string} text folded
 * @property {string} joined without spaces and punctuation
 * @property {string} core the same without phrases that carry no weight
 * @property {string[]} words the parts between spaces and punctuation
 * @property {number[]} weights of each character of the text: 1, less in a word like 请问, 0 for punctuation
 * @property {number[]} worth of each character of the text: less than 1 where a short form was spelled out
 * @property {boolean[]} framing whether a character belongs to a phrase like 请问, which is not looked up at all
 * @property {boolean[]} telling whether a character belongs to no word of little weight
 * @property {number[]} clauses for each character the number of its clause
 */

/**
 * @param {string} typed
 * @param {(text: string) => string} fold
 * @param {{framing: string[], aspects: string[]}} words words of little weight, each list the longest first
 * @param {[string, number][]} [spelled] what was put in place of short forms, and what a character of it is worth
 * @returns {Query}
 */
export function parseQuery(typed, fold, { framing: phrases, aspects }, spelled = []) {
  const text = fold(wellFormed(typed.slice(0, LONGEST)).replace(CONTROL, " ").trim());
  const units = text.split("");
  const { framing, light } = mark(text, phrases);
  const aspect = mark(text, aspects).framing;
  const weights = units.map((unit, at) => (squeeze(unit) ? (light[at] ? LIGHT : aspect[at] ? ASPECT : 1) : 0));
  const worth = valueOf(text, spelled);
  const bare = weights.every((weight) => weight < 1); // nothing but light words: they are what is meant
  return {
    text,
    joined: squeeze(text),
    core: bare ? "" : squeeze(units.map((unit, at) => (framing[at] ? " " : unit)).join("")),
    words: text.split(NOT_WRITTEN).filter(Boolean),
    weights: (bare ? weights.map((weight) => (weight ? 1 : 0)) : weights).map((weight, at) => weight * worth[at]),
    worth,
    telling: weights.map((weight) => weight === 1),
    framing: bare ? framing.fill(false) : framing,
    clauses: numberClauses(units),
  };
}

const TELEPHONE = /^[\d\s()（）+＋\-‐-―－]{7,}$/;
const DATE = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/;
const TIME = /^\d{1,2}[:：]\d{2}$/;

/**
 * A telephone number as its digits alone and a day as eight of them, as the index has both; a time of day says nothing.
 * @param {string} typed
 */
export function numbersAlike(typed) {
  const text = typed.trim();
  if (TIME.test(text)) return "";
  const day = DATE.exec(text);
  if (day) return day[1] + day[2].padStart(2, "0") + day[3].padStart(2, "0");
  const digits = text.replace(/\D/g, "");
  return TELEPHONE.test(text) && digits.length >= 7 ? digits : typed;
}

/** An unpaired surrogate becomes a space. @param {string} text */
function wellFormed(text) {
  return Array.from(text, (character) => (/^[\ud800-\udfff]$/.test(character) ? " " : character)).join("");
}

/**
 * Mark the characters of light words. One character alone may be part of another word (能 in 能源), so it only loses
 * weight; a longer phrase is framing.
 * @param {string} text
 * @param {string[]} phrases
 */
function mark(text, phrases) {
  const framing = new Array(text.length).fill(false);
  const light = new Array(text.length).fill(false);
  for (const phrase of phrases)
    for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
      if (phrase.length > 1 && light[at]) continue;
      light.fill(true, at, at + phrase.length);
      if (phrase.length > 1) framing.fill(true, at, at + phrase.length);
    }
  return { framing, light };
}

/**
 * @param {string} text
 * @param {[string, number][]} spelled
 */
function valueOf(text, spelled) {
  const worth = new Array(text.length).fill(1);
  for (const [words, value] of spelled)
    for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1))
      worth.fill(value, at, at + words.length);
  return worth;
}

/** @param {string[]} units */
function numberClauses(units) {
  let clause = 0;
  return units.map((unit) => (CLAUSE_END.test(unit) ? clause++ : clause));
}
