/**
 * The index of a city of many names lies in parts, one for each district (macros/hub/index_parts.py). What is asked of one
 * district, or of all, gets an index as if there were no others.
 */

import { decodeAscending } from "./numbers.js";

const FORMAT = 3;
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/**
 * @typedef {import("./index_files.js").IndexFiles} IndexFiles
 * @typedef {import("./load_index.js").SearchIndex} SearchIndex
 *
 * @typedef {object} Part
 * @property {number} number of its file
 * @property {string} id of the district; empty for the city's own lists
 * @property {string} name
 * @property {number} size how many documents it has
 * @property {number} first number of its first document in the city
 */

/**
 * @param {any} head content of index.json
 * @param {IndexFiles} files
 * @param {(content: any, files: IndexFiles) => SearchIndex} make
 * @returns {SearchIndex} with `districts` and `within` alone
 */
export function openParts(head, files, make) {
  if (head.format !== FORMAT) throw new Error(`index of format ${head.format}`);
  const all = readParts(head.parts);
  /** @type {Map<string, SearchIndex>} */
  const known = new Map();
  const districts = all.filter(({ id, size }) => id && size).map(({ id, name }) => [id, name]);
  const within = async (/** @type {string} */ district) => {
    const own = all.filter(({ id }) => id && id === district);
    const index = known.get(district) ?? (await indexOf(own.length ? own : all, head, files, make));
    if (index.catalogue.count) known.set(district, index); // else its names did not come, and the next query tries again
    return index;
  };
  return /** @type {any} */ ({ files, districts, within });
}

/** @param {[string, string, number][]} rows @returns {Part[]} */
function readParts(rows) {
  let first = 0;
  return rows.map(([id, name, size], number) => {
    first += size;
    return { number, id, name, size, first: first - size };
  });
}

/**
 * @param {Part[]} parts
 * @param {any} head
 * @param {IndexFiles} files
 * @param {(content: any, files: IndexFiles) => SearchIndex} make
 * @returns {Promise<SearchIndex>} without documents where names did not come
 */
async function indexOf(parts, head, files, make) {
  const columns = await Promise.all(parts.map(({ number }) => files.read(`names/${number}.json`, JSON.parse)));
  const content = columns.includes(null) ? together([], [], head) : together(parts, columns, head);
  return make(content, /** @type {any} */ (new PartFiles(files, parts[0], head.textsInFile)));
}

/**
 * What index.json of a smaller city holds.
 * @param {Part[]} parts
 * @param {any[]} columns of each
 * @param {any} head
 */
function together(parts, columns, head) {
  const base = parts[0]?.first ?? 0;
  const lines = (/** @type {string} */ name) =>
    columns.filter((_, place) => parts[place].size).map((column) => column[name]).join("\n");
  const list = (/** @type {(column: any) => string | undefined} */ of) =>
    written(columns.flatMap((column, place) => moved(of(column), parts[place].first - base)));
  const table = (/** @type {string[]} */ labels, /** @type {(column: any) => any} */ of) =>
    filled(labels.map((label) => [label, list((column) => of(column)?.[label])]));
  const everyOne = (/** @type {Part} */ { first, size }) =>
    written(Array.from({ length: size }, (_, place) => first - base + place));
  const kinds = head.kinds.map((/** @type {[string, string]} */ [kind, label]) => [kind, label, list((column) => column.kinds[kind])]);
  const facets = Object.keys(head.facets).map((name) => [name, table(head.facets[name], (column) => column.facets[name])]);
  const districts = parts.filter(({ id }) => id).map((part) => [part.name, everyOne(part)]);
  return {
    ...head,
    ids: lines("ids"),
    names: lines("names"),
    urls: columns[0]?.urls ?? {},
    kinds: kinds.filter((/** @type {string[]} */ [, , documents]) => documents),
    past: table([...new Set(columns.flatMap(({ past }) => Object.keys(past)))], ({ past }) => past),
    facets: { ...Object.fromEntries(facets), district: filled(districts) },
  };
}

/** @param {string | undefined} list @param {number} by */
function moved(list, by) {
  return decodeAscending(list ?? "").map((number) => number + by);
}

/** The labels that have documents. @param {string[][]} rows */
function filled(rows) {
  return Object.fromEntries(rows.filter(([, list]) => list));
}

/** The files that all districts share, as if they were about the documents of one alone; or as they are, for all. */
class PartFiles {
  /** @param {IndexFiles} files @param {Part} part @param {number} textsInFile */
  constructor(files, part, textsInFile) {
    this.files = files;
    this.part = part;
    this.textsInFile = textsInFile;
    /** @type {Map<string, Promise<any>>} */
    this.made = new Map();
  }

  /** @param {string} path @param {(text: string) => any} parse */
  async read(path, parse) {
    if (path.startsWith("texts/")) return this.texts(Number.parseInt(path.slice(6), 10));
    const text = await this.files.read(path, (whole) => whole);
    if (text === null) return null;
    if (!this.made.has(path)) this.made.set(path, parse(this.own(path, text)));
    return this.made.get(path);
  }

  /** Texts of as many documents as a file has, which lie in two. @param {number} number */
  async texts(number) {
    const first = this.part.first + number * this.textsInFile;
    const place = Math.floor(first / this.textsInFile);
    const read = (/** @type {number} */ file) => this.files.read(`texts/${file}.json`, JSON.parse);
    const [these, next] = await Promise.all([read(place), first % this.textsInFile ? read(place + 1) : []]);
    return [...(these ?? new Array(this.textsInFile).fill("")), ...(next ?? [])].slice(first % this.textsInFile);
  }

  /** @param {string} path @param {string} text */
  own(path, text) {
    if (!this.part.id) return text;
    const list = (/** @type {string} */ whole) => written(this.here(decodeAscending(whole)));
    if (path.startsWith("postings/")) {
      const rows = text.split("\n").map((line) => line.split("\t"));
      return rows.map(([piece, ...lists]) => [piece, ...lists.map(list)].join("\t")).join("\n");
    }
    const change = CHANGES[path];
    return change ? JSON.stringify(change(JSON.parse(text), list, (number) => this.here([number])[0])) : text;
  }

  /** @param {number[]} documents of the city @returns {number[]} */
  here(documents) {
    const { first, size } = this.part;
    return documents.map((document) => document - first).filter((document) => document >= 0 && document < size);
  }
}

/**
 * How the documents in files of JSON become those of a district.
 * @type {Record<string, (content: any, list: (whole: string) => string, number: Renumber) => any>}
 */
const CHANGES = {
  "facets.json": (facets, list) => mapped(facets, (labels) => mapped(labels, list)),
  "fulfilled.json": (wishes, list, number) => mapped(wishes, ([whole, days]) => [list(whole), renumbered(days, number)]),
  "days.json": ({ days = {}, ...others }, _, number) => ({ ...others, days: renumbered(days, number) }),
};

/** @param {Record<string, any>} table @param {(value: any) => any} change */
function mapped(table, change) {
  return Object.fromEntries(Object.entries(table).map(([name, value]) => [name, change(value)]));
}

/** @typedef {(document: number) => number | undefined} Renumber */

/** @param {Record<string, any>} table by document @param {Renumber} number */
function renumbered(table, number) {
  const rows = Object.entries(table).map(([document, value]) => [number(Number(document)), value]);
  return Object.fromEntries(rows.filter(([document]) => document !== undefined));
}

/** @param {number[]} numbers rising @returns {string} as macros/search/numbers.py writes them */
function written(numbers) {
  return numbers.map((number, place) => encode(number - (place ? numbers[place - 1] : 0))).join("");
}

/** @param {number} number @returns {string} */
function encode(number) {
  return number < 32 ? DIGITS[number] : DIGITS[(number % 32) + 32] + encode(Math.floor(number / 32));
}
