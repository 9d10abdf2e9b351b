/**
 * How much of a query each document covers: a character is covered where a piece of text, a word or an attribute that
 * it belongs to is found in the document. Characters that tell much weigh more than those that half the site has.
 */

import { pieces, postingsOf } from "./postings.js";

/** How well a find covers its characters, by where it was found. */
const IN_NAME = 1;
const IN_DESCRIPTION = 0.97;
const AS_ATTRIBUTE = 1;
const IN_PASSING = 0.5;

/**
 * @typedef {object} Find something of the query that documents have
 * @property {number} from
 * @property {number} to
 * @property {number} information how much it tells
 * @property {[number[], number][]} lists documents, and how well it covers there
 */

/**
 * @typedef {object} Coverage
 * @property {number} whole share of the query's weight that the document covers, 0 to 1
 * @property {number} clause the same for the clause that it covers best
 * @property {number} told information of the finds it has, in finds that one document alone has
 * @property {boolean} inPassing whether only its longer text has them
 */

/**
 * @param {import("./query.js").Query} query
 * @param {import("./load_index.js").SearchIndex} index
 * @returns {Promise<Find[]>}
 */
export async function findPieces(query, index) {
  const wanted = pieces(query.text).filter(({ piece, from }) => isTelling(query, from, from + piece.length));
  const postings = await postingsOf(index.files, index.shards, wanted.map(({ piece }) => piece));
  const total = index.catalogue.count;
  return wanted.map(({ piece, from }) => {
    const { described, mentioned } = postings.get(piece) ?? { described: [], mentioned: [] };
    const named = index.names.documentsWith(piece);
    const count = Math.max(named.length, described.length);
    /** @type {[number[], number][]} */
    const lists = [
      [named, IN_NAME],
      [described, IN_DESCRIPTION],
      [mentioned, IN_PASSING],
    ];
    return { from, to: from + piece.length, information: information(count, total), lists };
  });
}

/**
 * @param {import("./query.js").Query} query
 * @param {import("./catalogue.js").Catalogue} catalogue
 * @param {{text: string, documents: number[]}[]} labels
 * @returns {Find[]}
 */
export function findAttributes(query, catalogue, labels) {
  return labels.flatMap(({ text, documents }) => {
    const found = [];
    for (let from = query.text.indexOf(text); from >= 0; from = query.text.indexOf(text, from + text.length)) {
      const to = from + text.length;
      if (!isWholeWord(query.text, from, to)) continue;
      /** @type {[number[], number][]} */
      const lists = [[documents, AS_ATTRIBUTE]];
      found.push({ from, to, information: information(documents.length, catalogue.count), lists });
    }
    return found;
  });
}

/**
 * @param {import("./query.js").Query} query
 * @param {Find[]} finds
 * @param {number} total number of documents
 * @returns {Map<number, Coverage>}
 */
export function coverages(query, finds, total) {
  const weights = weigh(query, finds, total);
  const { documents, covered, told, own } = mark(finds, query, total);
  const clauses = clauseWeights(query, weights);
  const all = weights.reduce((sum, weight) => sum + weight, 0) || Infinity;
  const rare = information(1, total);
  const shares = new Float64Array(clauses.length);
  const measured = new Map();
  for (const document of documents) {
    shares.fill(0);
    weights.forEach((weight, at) => {
      shares[query.clauses[at]] += weight * covered[document * weights.length + at];
    });
    const whole = shares.reduce((sum, share) => sum + share, 0) / all;
    const clause = shares.reduce((most, share, number) => Math.max(most, share / clauses[number]), 0);
    measured.set(document, { whole, clause, told: told[document] / rare, inPassing: !own[document] });
  }
  return measured;
}

/**
 * Note for every document how well each character of the query is covered, and how much that tells.
 * @param {Find[]} finds
 * @param {import("./query.js").Query} query
 * @param {number} total number of documents
 */
function mark(finds, { text: { length }, worth }, total) {
  const covered = new Float32Array(total * length);
  const told = new Float64Array(total);
  const own = new Uint8Array(total);
  const last = new Int16Array(total).fill(-1);
  const documents = new Set();
  finds.forEach(({ from, to, information, lists }, number) => {
    for (const [having, strength] of lists)
      for (const document of having) {
        documents.add(document);
        if (last[document] === number) continue; // the best list came first
        last[document] = number;
        if (strength > IN_PASSING) own[document] = 1;
        told[document] += information * strength * worth[from];
        for (let at = document * length + from; at < document * length + to; at++)
          if (covered[at] < strength) covered[at] = strength;
      }
  });
  return { documents, covered, told, own };
}

/**
 * What each character of the query weighs.
 * @param {import("./query.js").Query} query
 * @param {Find[]} finds
 * @param {number} total number of documents
 */
export function weigh(query, finds, total) {
  const told = query.weights.map(() => information(0, total));
  for (const find of finds)
    if (find.lists.some(([documents]) => documents.length))
      for (let at = find.from; at < find.to; at++) told[at] = Math.min(told[at], find.information);
  return told.map((value, at) => value * query.weights[at]);
}

/**
 * The weight of each clause; without end if the clause is too short to be a query by itself.
 * @param {import("./query.js").Query} query
 * @param {number[]} weights
 */
function clauseWeights(query, weights) {
  const characters = new Array(Math.max(0, ...query.clauses) + 1).fill(0);
  const sums = [...characters];
  weights.forEach((weight, at) => {
    sums[query.clauses[at]] += weight;
    characters[query.clauses[at]] += query.weights[at];
  });
  return sums.map((sum, clause) => (characters[clause] >= 2 ? sum : Infinity));
}

/** @param {number} count @param {number} total */
function information(count, total) {
  return Math.log(1 + total / (count + 0.5));
}

/** @param {import("./query.js").Query} query @param {number} from @param {number} to */
function isTelling(query, from, to) {
  for (let at = from; at < to; at++) if (query.framing[at]) return false;
  return true;
}

/**
 * A number or Latin word must not go on at either end.
 * @param {string} text
 * @param {number} from
 * @param {number} to
 */
export function isWholeWord(text, from, to) {
  const joins = (/** @type {number} */ at) => /[a-z0-9]{2}/.test(text.slice(Math.max(0, at - 1), at + 1));
  return !joins(from) && !joins(to);
}
