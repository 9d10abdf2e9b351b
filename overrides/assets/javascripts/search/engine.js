/** The search itself, in a worker or on the page: answer queries from an index. */

import { countLabels, passes } from "./filters.js";
import { reword } from "./language.js";
import { numbersAlike, parseQuery } from "./query.js";
import { bestFirst, rank } from "./rank.js";
import { describe } from "./results.js";
import { grant } from "./wishes.js";

/**
 * @typedef {object} Outcome
 * @property {import("./results.js").Result[]} results best first
 * @property {number} total how many there are
 * @property {Record<string, [string, string, number][]>} facets facet → rows of value, label, results
 * @property {string[]} near names of documents that share something with a query that nothing answers
 * @property {string | null} reworded the words that were searched as well
 * @property {string[]} unmet wishes that were not understood, or that nobody fulfils
 * @property {[string, string, string][]} doors where to go on when nothing was found: name, address, size
 * @property {string[]} examples queries to try then
 * @property {boolean} partial whether a file of the index was missing
 */

/**
 * @param {import("./load_index.js").SearchIndex} opened
 * @param {string} text the query as typed
 * @param {{limit?: number, offset?: number, filters?: Record<string, string[]>, counts?: boolean, district?: string}} options
 * @returns {Promise<Outcome>}
 */
export async function explore(opened, text, { limit = 10, offset = 0, filters = {}, counts = false, district = "" }) {
  const { failures } = opened.files;
  const index = (await opened.within?.(district)) ?? opened;
  if (counts || Object.keys(filters).length) await needFacets(index);
  const query = parseQuery(numbersAlike(text), index.fold, index.words);
  const { ranked, near, reworded, unmet } = await answers(query, index, filters);
  const passed = ranked.filter(({ document }) => passes(document, index.catalogue, filters));
  const { doors, examples } = await index.wishes();
  const results = await describe(passed.slice(offset, offset + limit), query, index);
  return {
    results,
    total: passed.length,
    facets: counts ? countLabels(ranked.map(({ document }) => document), index.catalogue, filters) : {},
    near: passed.length ? [] : near.map((document) => index.catalogue.names[document][0]),
    reworded: results.some(({ why }) => why.reason === "synonym") ? reworded : null,
    unmet,
    doors: passed.length ? [] : doors,
    examples: passed.length ? [] : examples,
    partial: opened.files.failures > failures,
  };
}

/**
 * @param {import("./query.js").Query} query
 * @param {import("./load_index.js").SearchIndex} index
 * @param {Record<string, string[]>} filters
 */
async function answers(query, index, filters) {
  if (!query.joined) return { ranked: unasked(index, filters), near: [], reworded: null, unmet: [] };
  index.wishes(); // comes while the words are looked up
  const plain = await byWords(query, index);
  return { ...plain, ...(await grant(query, plain, index)) };
}

/**
 * @param {import("./query.js").Query} query
 * @param {import("./load_index.js").SearchIndex} index
 * @returns {Promise<import("./rank.js").Ranking & {reworded: string | null}>}
 */
async function byWords(query, index) {
  const plain = await rank(query, index);
  const other = reword(query.text, index.synonyms);
  if (!other) return { ...plain, reworded: null };
  const second = await rank(parseQuery(other.query, index.fold, index.words, other.worth), index);
  const { weight, means } = other;
  /** @type {Map<number, import("./rank.js").Ranked & {means?: string}>} */
  const best = new Map(second.ranked.map((one) => [one.document, { ...one, score: one.score * weight, means }]));
  for (const one of plain.ranked) if (one.score >= (best.get(one.document)?.score ?? 0)) best.set(one.document, one);
  const ranked = [...best.values()].sort(bestFirst);
  return { ...plain, ranked, reworded: means };
}

/**
 * Without words, filters alone list documents.
 * @param {import("./load_index.js").SearchIndex} index
 * @param {Record<string, string[]>} filters
 */
function unasked(index, filters) {
  if (!Object.values(filters).some((values) => values.length)) return [];
  return index.catalogue.ids.map((_, document) => ({ document, score: 0, name: null, inPassing: false }));
}

/** Facets of many labels are fetched when somebody filters or counts. @param {import("./load_index.js").SearchIndex} index */
async function needFacets(index) {
  const facets = await index.files.read("facets.json", JSON.parse);
  if (facets) index.catalogue.addFacets(facets);
}
