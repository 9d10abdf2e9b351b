/** Make what is shown of a document: name, snippet, where the query stands in them, and why it was found. */

import { squeeze } from "./fold.js";
import { pieces } from "./postings.js";

/**
 * @typedef {object} Result
 * @property {string} id
 * @property {string} url relative to the root of the site; of a city, the address in the district's site
 * @property {string} kind
 * @property {string} kindLabel
 * @property {string} name
 * @property {string} snippet its own description
 * @property {{name: [number, number][], snippet: [number, number][]}} matches from and to of what was found, rising
 * @property {number} score
 * @property {string} past why it no longer counts, as 已关闭, or empty
 * @property {{reason: string, text: string}} why reason: name, alias, text, mention, short, synonym, pinyin, southern,
 *   jyutping, initials, sound, spelling, wish; text: the alias, the words searched instead, the name probably meant, or
 *   the wishes that it fulfils
 */

/**
 * @param {import("./rank.js").Ranked[]} ranked
 * @param {import("./query.js").Query} query
 * @param {import("./load_index.js").SearchIndex} index
 * @returns {Promise<Result[]>}
 */
export function describe(ranked, query, index) {
  return Promise.all(ranked.map((one) => describeOne(one, query, index)));
}

/**
 * @param {import("./rank.js").Ranked & {means?: string}} one
 * @param {import("./query.js").Query} query
 * @param {import("./load_index.js").SearchIndex} index
 * @returns {Promise<Result>}
 */
async function describeOne(one, query, index) {
  const { catalogue, fold } = index;
  const { document, score } = one;
  const [name] = catalogue.names[document];
  const snippet = await textOf(document, index);
  const terms = termsOf(one.means ? `${query.text} ${fold(one.means)}` : query.text, query);
  const inName = one.name && !one.name.entry.alias ? [original(name, one.name.from, one.name.to, fold)] : [];
  return {
    id: catalogue.ids[document],
    url: catalogue.urlOf(document),
    kind: catalogue.kindOf[document],
    kindLabel: catalogue.kindLabels.get(catalogue.kindOf[document]) ?? "",
    name,
    snippet,
    matches: {
      name: merged([...inName, ...occurrences(fold(name), terms)]),
      snippet: merged(occurrences(fold(snippet), terms)),
    },
    score,
    past: catalogue.past.get(document) ?? "",
    why: PLACES.has(catalogue.kindOf[document]) ? { reason: "name", text: "" } : reasonOf(one),
  };
}

/** Pages and lists are found by many words, which are no names of theirs. */
const PLACES = new Set(["lists", "pages"]);

/** @param {import("./wishes.js").Granted & {means?: string}} one */
function reasonOf({ name, means, inPassing, wishes }) {
  if (wishes?.length) return { reason: "wish", text: wishes.join("、") };
  if (means) return { reason: "synonym", text: means };
  if (!name) return { reason: inPassing ? "mention" : "text", text: "" };
  const { written, alias } = name.entry;
  const isGuess = name.why === "sound" || name.why === "spelling";
  return { reason: name.why, text: alias || isGuess ? written : "" };
}

/** @param {number} document @param {import("./load_index.js").SearchIndex} index @returns {Promise<string>} */
async function textOf(document, { files, textsInFile }) {
  const texts = await files.read(`texts/${Math.floor(document / textsInFile)}.json`, JSON.parse);
  return texts?.[document % textsInFile] ?? "";
}

/** What is worth marking. @param {string} text folded @param {import("./query.js").Query} query */
function termsOf(text, query) {
  const { framing, words } = query;
  const telling = pieces(text).filter(({ piece, from }) => !framing[from] && !framing[from + piece.length - 1]);
  return new Set([...telling.map(({ piece }) => piece), ...words.filter((word) => word.length === 1)]);
}

/** @param {string} folded @param {Set<string>} terms @returns {[number, number][]} */
function occurrences(folded, terms) {
  /** @type {[number, number][]} */
  const found = [];
  for (const term of terms)
    for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + 1)) found.push([at, at + term.length]);
  return found;
}

/** @param {[number, number][]} ranges @returns {[number, number][]} rising, none touching another */
function merged(ranges) {
  /** @type {[number, number][]} */
  const result = [];
  for (const [from, to] of ranges.sort((a, b) => a[0] - b[0])) {
    const last = result[result.length - 1];
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}

/**
 * Where a part of the squeezed name stands in the name as written.
 * @param {string} name
 * @param {number} from
 * @param {number} to
 * @param {(text: string) => string} fold
 * @returns {[number, number]}
 */
function original(name, from, to, fold) {
  const folded = fold(name);
  const places = [];
  for (let at = 0; at < folded.length; ) {
    const character = String.fromCodePoint(folded.codePointAt(at) ?? 0);
    if (squeeze(character)) for (let unit = 0; unit < character.length; unit++) places.push(at + unit);
    at += character.length;
  }
  return [places[from], places[to - 1] + 1];
}
