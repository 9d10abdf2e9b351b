/** The search itself, in a worker or on the page: load the index of a build, answer questions from it. */

import { Catalogue } from "./catalogue.js";
import { countLabels, passes } from "./filters.js";
import { foldWith } from "./fold.js";
import { attributeWords, reword } from "./language.js";
import { Names } from "./names.js";
import { understand } from "./question.js";
import { bestFirst, rank } from "./rank.js";
import { describe } from "./results.js";
import { readingsOf } from "./spelling.js";
import { Store, textOf } from "./store.js";

const FORMAT = 1;

/**
 * @typedef {object} Library what a query needs to know
 * @property {Store} store
 * @property {number} shards
 * @property {number} textsInFile
 * @property {Catalogue} catalogue
 * @property {Names} names
 * @property {(text: string) => string} fold
 * @property {{framing: string[], aspects: string[]}} words
 * @property {[string, string, number, string][]} synonyms
 * @property {{text: string, documents: number[]}[]} attributeWords
 * @property {() => Promise<void>} learnReadings of the characters in names, fetched when first asked for
 * @property {() => Promise<import("./spelling.js").Spellings>} commonReadings of other characters, likewise
 */

/**
 * @typedef {object} Outcome
 * @property {import("./results.js").Result[]} results best first
 * @property {number} total how many there are
 * @property {Record<string, [string, string, number][]>} facets facet → rows of value, label, results
 * @property {string[]} near names of documents that share something with a query that nothing answers
 * @property {string | null} reworded the words that were searched as well
 * @property {boolean} partial whether a file of the index was missing
 */

/**
 * @param {string} root address of the site, ending with a slash
 * @param {typeof fetch} get
 * @returns {Promise<string>} the folder of the build that is published now
 */
export async function currentFolder(root, get) {
  // Not even revalidated: a server may tell builds apart by date and size, which two manifests can share.
  const { build } = JSON.parse(await textOf(`${root}assets/search/manifest.json`, get, { cache: "no-store" }));
  return `${root}assets/search/${build}/`;
}

/**
 * @param {string} folder
 * @param {typeof fetch} get
 * @returns {Promise<Library>}
 */
export async function openLibrary(folder, get) {
  const index = JSON.parse(await textOf(`${folder}index.json`, get));
  if (index.format !== FORMAT) throw new Error(`index of format ${index.format}`);
  const fold = foldWith(index.forms);
  const catalogue = new Catalogue(index, fold);
  const store = new Store(folder, get);
  const names = new Names(catalogue.entries);
  return {
    store,
    shards: index.shards,
    textsInFile: index.textsInFile,
    catalogue,
    names,
    fold,
    words: { framing: index.framing.split(" "), aspects: index.aspects.split(" ") },
    synonyms: index.synonyms,
    attributeWords: attributeWords(catalogue, fold),
    learnReadings: () => store.file("readings.json", (text) => names.learn(JSON.parse(text))),
    commonReadings: async () => (await store.file("common.json", (text) => readingsOf(JSON.parse(text)))) ?? new Map(),
  };
}

/**
 * @param {Library} library
 * @param {string} query
 * @param {{limit?: number, offset?: number, filters?: Record<string, string[]>, counts?: boolean}} options
 * @returns {Promise<Outcome>}
 */
export async function explore(library, query, { limit = 10, offset = 0, filters = {}, counts = false }) {
  const { failures } = library.store;
  if (counts || Object.keys(filters).length) await needFacets(library);
  const question = understand(query, library.fold, library.words);
  const { ranked, near, reworded } = await answers(question, library, filters);
  const passed = ranked.filter(({ document }) => passes(document, library.catalogue, filters));
  const results = await describe(passed.slice(offset, offset + limit), question, library);
  return {
    results,
    total: passed.length,
    facets: counts ? countLabels(ranked.map(({ document }) => document), library.catalogue, filters) : {},
    near: passed.length ? [] : near.map((document) => library.catalogue.names[document][0]),
    reworded: results.some(({ why }) => why.reason === "synonym") ? reworded : null,
    partial: library.store.failures > failures,
  };
}

/**
 * @param {import("./question.js").Question} question
 * @param {Library} library
 * @param {Record<string, string[]>} filters
 */
async function answers(question, library, filters) {
  if (!question.joined) return { ranked: unasked(library, filters), near: [], reworded: null };
  const plain = await rank(question, library);
  const other = reword(question.text, library.synonyms);
  if (!other) return { ...plain, reworded: null };
  const second = await rank(understand(other.query, library.fold, library.words, other.worth), library);
  const { weight, means } = other;
  /** @type {Map<number, import("./rank.js").Ranked & {means?: string}>} */
  const best = new Map(second.ranked.map((one) => [one.document, { ...one, score: one.score * weight, means }]));
  for (const one of plain.ranked) if (one.score >= (best.get(one.document)?.score ?? 0)) best.set(one.document, one);
  const ranked = [...best.values()].sort(bestFirst);
  return { ranked, near: plain.near, reworded: means };
}

/**
 * Without words, filters alone list documents.
 * @param {Library} library
 * @param {Record<string, string[]>} filters
 */
function unasked(library, filters) {
  if (!Object.values(filters).some((values) => values.length)) return [];
  return library.catalogue.ids.map((_, document) => ({ document, score: 0, name: null, inPassing: false }));
}

/** Facets of many labels are fetched when somebody filters or counts. @param {Library} library */
async function needFacets(library) {
  const facets = await library.store.file("facets.json", JSON.parse);
  if (facets) library.catalogue.addFacets(facets);
}
