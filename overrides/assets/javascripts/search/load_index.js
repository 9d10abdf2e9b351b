/** Make of a fetched index what a query needs to know. */

import { Catalogue } from "./catalogue.js";
import { foldWith } from "./fold.js";
import { IndexFiles } from "./index_files.js";
import { attributeWords } from "./language.js";
import { Names } from "./name_matching.js";
import { readingsOf } from "./romanization.js";
import { NO_WISHES, readWishes } from "./wishes.js";

const FORMAT = 2;

/**
 * @typedef {object} SearchIndex
 * @property {IndexFiles} files
 * @property {number} shards
 * @property {number} textsInFile
 * @property {Catalogue} catalogue
 * @property {Names} names
 * @property {(text: string) => string} fold
 * @property {{framing: string[], aspects: string[]}} words
 * @property {[string, string, number, string][]} synonyms
 * @property {{text: string, documents: number[]}[]} attributeWords
 * @property {() => Promise<import("./wishes.js").Wishes>} wishes what is understood of wishes, fetched with the first query
 * @property {() => Promise<void>} learnReadings of the characters in names, fetched when first asked for
 * @property {() => Promise<import("./romanization.js").Spellings>} commonReadings of other characters, likewise
 * @property {[string, string][]} [districts] of a city of many names, whose index lies in parts (parts.js): id and name
 * @property {(district: string) => Promise<SearchIndex>} [within] of such a city: what is of one district, or of all
 */

/**
 * @param {import("./index_files.js").FetchedIndex} fetched
 * @param {typeof fetch} get
 * @returns {Promise<SearchIndex>}
 */
export async function openIndex({ folder, text }, get) {
  const [content, files] = [JSON.parse(text), new IndexFiles(folder, get)];
  if (content.parts) return (await import("./parts.js")).openParts(content, files, indexOf);
  if (content.format !== FORMAT) throw new Error(`index of format ${content.format}`);
  return indexOf(content, files);
}

/** @param {any} content of index.json @param {IndexFiles} files @returns {SearchIndex} */
function indexOf(content, files) {
  const fold = foldWith(content.forms);
  const catalogue = new Catalogue(content, fold);
  const names = new Names(catalogue.entries);
  return {
    files,
    shards: content.shards,
    textsInFile: content.textsInFile,
    catalogue,
    names,
    fold,
    words: { framing: content.framing.split(" "), aspects: content.aspects.split(" ") },
    synonyms: content.synonyms,
    attributeWords: attributeWords(catalogue, fold),
    wishes: async () => (await files.read("wishes.json", (text) => readWishes(JSON.parse(text)))) ?? NO_WISHES,
    learnReadings: () => files.read("readings.json", (readings) => names.learn(JSON.parse(readings))),
    commonReadings: async () => (await files.read("common.json", (table) => readingsOf(JSON.parse(table)))) ?? new Map(),
  };
}
