/**
 * Understand wishes, as “周日开门的基地” or “免费 亲子”: words of data/terms/wishes.yml that fields of records answer, and
 * words that nothing here answers, which is said.
 */

import { DAY_LENGTH, inShanghai } from "../china_time.js";
import { spanOf } from "../days.js";
import { findAttributes, isWholeWord } from "./coverage.js";
import { decodeAscending } from "./numbers.js";
import { parseQuery } from "./query.js";
import { bestFirst, rank } from "./rank.js";

/** A query that is some document's name is asked for that document. */
const IS_NAME = 0.97;
/** What a document that fulfils all wishes scores. */
const FULFILLED = 0.9;
/** What the words beside the wishes tell of two documents that fulfil the same. */
const BESIDE = 0.1;
/** A kind that is named counts for more than a wish: no free base answers “免费的孵化器”. */
const KIND = 1.5;
/** What fulfilled wishes add where other words were found: as much of this as of the query they are. */
const ADDED = 0.3;
/** What is not understood is said if wishes are this part of a query that finds nothing. */
const ENOUGH = 0.5;
/** Wishes answer alone if they are this part of the query, and what its words find scores less than this. */
const MUCH = 0.4;
const FIRM = 0.5;

/**
 * @typedef {object} Wish
 * @property {string} label
 * @property {string[]} kinds whose records it is about
 * @property {boolean} told whether fields or days tell of it; without, its words mean the kinds, or nothing that is known
 * @property {string} when days on which something takes place, as `spanOf` reads them; empty for none
 *
 * @typedef {{text: string, wish: Wish}} WishWord
 * @typedef {object} Wishes
 * @property {WishWord[]} words the longest first
 * @property {string[]} examples queries to try
 * @property {[string, string, string][]} doors where to go on: name, address, size
 *
 * @typedef {{wish: Wish, from: number, to: number}} Wanted a wish, and where it stands in the query
 * @typedef {import("./rank.js").Ranked & {wishes?: string[]}} Granted
 * @typedef {{label: string, weight: number, documents: Set<number>}} Condition label: of a wish, else empty
 */

/** @type {Wishes} */
export const NO_WISHES = { words: [], examples: [], doors: [] };

/**
 * @param {{words: [string, string, number | string, ...string[]][]} & Wishes} content of wishes.json; rows of label,
 *   kinds, 1 if fields tell of it or the days that do, words
 * @returns {Wishes}
 */
export function readWishes({ words: rows, ...others }) {
  const words = rows.flatMap(([label, kinds, told, ...texts]) => {
    const when = typeof told === "string" ? told : "";
    const wish = { label, kinds: kinds.split(" ").filter(Boolean), told: Boolean(told), when };
    return texts.map((text) => ({ text, wish }));
  });
  return { ...others, words: words.sort((a, b) => b.text.length - a.text.length) };
}

/**
 * @param {string} text folded query
 * @param {WishWord[]} words the longest first
 * @returns {Wanted[]} in the order of the query, none over another
 */
export function findWishes(text, words) {
  const taken = new Array(text.length).fill(false);
  /** @type {Wanted[]} */
  const found = [];
  for (const { text: word, wish } of words)
    for (let from = text.indexOf(word); from >= 0; from = text.indexOf(word, from + word.length)) {
      const to = from + word.length;
      if (taken.slice(from, to).includes(true) || !isWholeWord(text, from, to)) continue;
      taken.fill(true, from, to);
      found.push({ wish, from, to });
    }
  return found.sort((a, b) => a.from - b.from);
}

/**
 * @param {import("./query.js").Query} query
 * @param {import("./rank.js").Ranking} direct what its words alone find
 * @param {import("./load_index.js").SearchIndex} index
 * @returns {Promise<{ranked: Granted[], unmet: string[]}>} unmet: what was not understood, or nobody fulfils
 */
export async function grant(query, direct, index) {
  const wanted = findWishes(query.text, (await index.wishes()).words);
  if (!wanted.length || isName(direct, query, wanted)) return { ranked: direct.ranked, unmet: [] };
  const conditions = await conditionsOf(query, wanted, index);
  const rest = restOf(query, wanted, index);
  const wished = wanted.reduce((sum, { from, to }) => sum + to - from, 0);
  const share = wished / (wished + rest.length);
  const ranked = rest.length
    ? await besideOthers(query, wanted, direct, conditions, share, index)
    : alone(direct, wanted, conditions, index);
  return { ranked, unmet: ranked.length || share >= ENOUGH ? unmetOf(wanted, conditions, ranked) : cannot(wanted) };
}

/**
 * Whether a query is some document's name, and wishes stand in it as part of the name alone: no “五年级 线路”.
 * @param {import("./rank.js").Ranking} direct
 * @param {import("./query.js").Query} query
 * @param {Wanted[]} wanted
 */
function isName({ ranked: [first] }, query, wanted) {
  if (!first?.name || first.score < IS_NAME || "means" in first) return false;
  const { text } = first.name.entry;
  return wanted.every(({ wish, from, to }) => !wish.told || text.includes(query.text.slice(from, to)));
}

/**
 * @param {import("./query.js").Query} query
 * @param {Wanted[]} wanted
 * @param {import("./load_index.js").SearchIndex} index
 * @returns {Promise<Condition[]>}
 */
async function conditionsOf(query, wanted, index) {
  const { catalogue } = index;
  const table = (await index.files.read("fulfilled.json", JSON.parse)) ?? {};
  const { day } = inShanghai(new Date());
  /** @type {Map<string, Condition>} */
  const conditions = new Map();
  for (const { wish } of wanted) {
    const { label, kinds, told, when } = wish;
    if (told) {
      const [list, days] = table[label] ?? ["", {}];
      const open = decodeAscending(list).filter((document) => !(days[document] < day));
      if (when) open.push(...(await takingPlace(when, day, index)));
      conditions.set(label, { label, weight: 1, documents: new Set(open) });
    } else if (kinds.length) {
      const documents = kinds.flatMap((kind) => catalogue.facets.get("kind")?.get(kind) ?? []);
      conditions.set(label, { label: "", weight: KIND, documents: new Set(documents) });
    }
  }
  const labels = findAttributes(query, catalogue, index.attributeWords).filter(isApart(wanted));
  for (const { from, to, lists } of labels) {
    const text = query.text.slice(from, to);
    const documents = new Set([...(conditions.get(text)?.documents ?? []), ...lists[0][0]]);
    conditions.set(text, { label: "", weight: 1, documents });
  }
  return [...conditions.values()];
}

/**
 * @param {string} when
 * @param {string} today
 * @param {import("./load_index.js").SearchIndex} index
 * @returns {Promise<number[]>} the documents of what takes place then
 */
async function takingPlace(when, today, index) {
  const span = spanOf(when, today);
  const { first, days = {} } = (await index.files.read("days.json", JSON.parse)) ?? {};
  if (!span) return [];
  const [from, to] = span.map((day) => (Date.parse(day) - Date.parse(first)) / DAY_LENGTH);
  return Object.keys(days).filter((document) => days[document].some((day) => from <= day && day <= to)).map(Number);
}

/** @param {Wanted[]} wanted @returns {(find: {from: number, to: number}) => boolean} */
function isApart(wanted) {
  return ({ from, to }) => wanted.every((other) => to <= other.from || other.to <= from);
}

/**
 * The characters that neither a wish nor an attribute explains, and that carry weight.
 * @param {import("./query.js").Query} query
 * @param {Wanted[]} wanted
 * @param {import("./load_index.js").SearchIndex} index
 */
function restOf(query, wanted, index) {
  const explained = [...wanted, ...findAttributes(query, index.catalogue, index.attributeWords)];
  return query.text
    .split("")
    .filter((_, at) => query.telling[at] && !explained.some(({ from, to }) => from <= at && at < to));
}

/**
 * Nothing but wishes: who fulfils most of them, else the lists of those that might.
 * @param {import("./rank.js").Ranking} direct
 * @param {Wanted[]} wanted
 * @param {Condition[]} conditions
 * @param {import("./load_index.js").SearchIndex} index
 * @returns {Granted[]}
 */
function alone(direct, wanted, conditions, index) {
  const winners = fulfilling(wanted, conditions, direct, index);
  const isGranted = winners.some(({ wishes }) => wishes?.length);
  const lists = isGranted ? [] : listsOf(wanted, index);
  const found = new Set([...lists, ...winners].map(({ document }) => document));
  const others = direct.ranked.filter(({ document, name }) => !found.has(document) && (name || !found.size));
  return [...lists, ...winners, ...others.map((one) => ({ ...one, score: one.score * FULFILLED * BESIDE }))];
}

/**
 * The kinds that all wishes are about; empty if they don't agree.
 * @param {Wanted[]} wanted
 */
function kindsOf(wanted) {
  const about = wanted.map(({ wish }) => wish.kinds).filter((kinds) => kinds.length);
  return new Set(about.length ? about.reduce((common, kinds) => common.filter((kind) => kinds.includes(kind))) : []);
}

/**
 * @param {Wanted[]} wanted
 * @param {Condition[]} conditions
 * @param {import("./rank.js").Ranking} direct
 * @param {import("./load_index.js").SearchIndex} index
 * @returns {Granted[]} the documents that fulfil most
 */
function fulfilling(wanted, conditions, direct, { catalogue }) {
  const kinds = kindsOf(wanted);
  /** @type {Map<number, Condition[]>} */
  const having = new Map();
  for (const condition of conditions)
    for (const document of condition.documents)
      if (!kinds.size || kinds.has(catalogue.kindOf[document]))
        having.set(document, [...(having.get(document) ?? []), condition]);
  const sum = (/** @type {Condition[]} */ some) => some.reduce((total, { weight }) => total + weight, 0);
  const most = Math.max(0, ...[...having.values()].map(sum));
  const beside = new Map([...direct.others, ...direct.ranked].map(({ document, score }) => [document, score]));
  return [...having]
    .filter(([document, some]) => sum(some) === most && !catalogue.past.has(document))
    .map(([document, some]) => {
      const score = (FULFILLED * most) / sum(conditions) + BESIDE * Math.min(1, beside.get(document) ?? 0);
      return { document, score, name: null, inPassing: false, wishes: labelsOf(some) };
    })
    .sort(bestFirst);
}

/** @param {Condition[]} conditions */
function labelsOf(conditions) {
  return conditions.map(({ label }) => label).filter(Boolean);
}

/**
 * The lists of the kinds that a wish is about.
 * @param {Wanted[]} wanted
 * @param {import("./load_index.js").SearchIndex} index
 * @returns {Granted[]}
 */
function listsOf(wanted, { catalogue }) {
  const common = kindsOf(wanted);
  const named = wanted.filter(({ wish }) => !wish.told).flatMap(({ wish }) => wish.kinds);
  const kinds = common.size ? common : new Set(named.length ? named : wanted.flatMap(({ wish }) => wish.kinds));
  const documents = [...kinds].map((kind) => catalogue.ids.indexOf(`list:${kind}`)).filter((document) => document >= 0);
  return documents.map((document) => ({ document, score: 1, name: null, inPassing: false }));
}

/**
 * Wishes beside other words: the words decide, and fulfilled wishes go first among what they find.
 * @param {import("./query.js").Query} query
 * @param {Wanted[]} wanted
 * @param {import("./rank.js").Ranking} direct
 * @param {Condition[]} conditions
 * @param {number} share of the query that is wishes
 * @param {import("./load_index.js").SearchIndex} index
 * @returns {Promise<Granted[]>}
 */
async function besideOthers(query, wanted, direct, conditions, share, index) {
  if (!wanted.some(({ wish }) => wish.told)) return direct.ranked; // a kind may well be part of a name
  if (isFirm(direct)) return withWishes(direct.ranked, conditions, share);
  const isWished = (/** @type {number} */ at) => wanted.some(({ from, to }) => from <= at && at < to);
  const text = query.text.split("").map((unit, at) => (query.telling[at] && !isWished(at) ? unit : " "));
  const others = await rank(parseQuery(text.join(""), index.fold, index.words), index);
  // 绿源 of “绿源周日开门吗” begins a name; 科技 stands in many.
  const named = others.ranked.filter(({ name }) => name && name.why !== "spelling" && name.from === 0);
  if (direct.ranked.length && !named.length && share < MUCH) return withWishes(direct.ranked, conditions, share);
  if (named.length || share < MUCH) return withWishes(named.length ? named : others.ranked, conditions, share);
  const granted = fulfilling(wanted, conditions, others, index).filter(({ wishes }) => wishes?.length);
  if (granted.length) return granted;
  return direct.ranked.length ? withWishes(direct.ranked, conditions, share) : listsOf(wanted, index);
}

/**
 * Whether words found something that they tell much of.
 * @param {import("./rank.js").Ranking} direct
 */
function isFirm({ ranked: [first] }) {
  return Boolean(first) && (first.name !== null || first.score >= FIRM);
}

/**
 * @param {import("./rank.js").Ranked[]} ranked
 * @param {Condition[]} conditions
 * @param {number} share
 * @returns {Granted[]}
 */
function withWishes(ranked, conditions, share) {
  const all = conditions.reduce((total, { weight }) => total + weight, 0) || 1;
  return ranked
    .map((one) => {
      const some = conditions.filter(({ documents }) => documents.has(one.document));
      const part = some.reduce((total, { weight }) => total + weight, 0) / all;
      return { ...one, score: one.score + ADDED * share * part, wishes: labelsOf(some) };
    })
    .sort(bestFirst);
}

/**
 * @param {Wanted[]} wanted
 * @param {Condition[]} conditions
 * @param {Granted[]} ranked
 */
function unmetOf(wanted, conditions, ranked) {
  const met = new Set(ranked.flatMap(({ wishes }) => wishes ?? []));
  const unfulfilled = labelsOf(conditions).filter((label) => !met.has(label));
  return [...new Set([...cannot(wanted), ...unfulfilled])];
}

/** What nothing here answers. @param {Wanted[]} wanted */
function cannot(wanted) {
  return wanted.filter(({ wish }) => !wish.told && !wish.kinds.length).map(({ wish }) => wish.label);
}
