/** Bring together what names, texts and attributes say of each document. */

import { coverages, findAttributes, findPieces, weigh } from "./coverage.js";
import { squeeze } from "./fold.js";

/**
 * @typedef {object} Ranked
 * @property {number} document
 * @property {number} score
 * @property {import("./name_matching.js").NameMatch | null} name the match in a name, if that is what counts
 * @property {boolean} inPassing whether only the longer text has it
 *
 * @typedef {object} Ranking
 * @property {Ranked[]} ranked what answers, best first
 * @property {number[]} near documents that share much but do not answer
 * @property {Ranked[]} others all documents that share something but do not answer
 */

/**
 * A document answers if it covers this much of the query, or of one clause of it: less if it has more of the rare pieces
 * that hardly any other document has. Rows of how many such pieces, and the share to cover.
 */
const ANSWERS = [
  [1.9, 0.24],
  [1.4, 0.42],
  [0, 0.5],
];
/** What two of three characters tell is another word: 电子 in 电子烟. */
const SHORT = { characters: 3, share: 0.7 };
/** What full coverage by texts is worth, beside names. */
const TEXT = 0.86;
/** What the lesser of two reasons adds. */
const SECOND_REASON = 0.3;
/** Results below this part of the best one are left out. */
const NEAR_THE_BEST = 0.45;
const SHOWN_NEAR = 5;
/** What shares less of the query than this does not come near. */
const FLOOR = 0.4;
/** All of a short query, in passing. */
const MENTIONED = 0.49;
const NOTHING = { whole: 0, clause: 0, told: 0, inPassing: false };
/** What a closed or repealed document loses. */
const PAST = 0.05;
/** Misspelled matches must have this much of the query's weight right. */
const RIGHT = 0.5;

/**
 * @param {import("./query.js").Query} query
 * @param {import("./load_index.js").SearchIndex} index
 * @returns {Promise<Ranking>}
 */
export async function rank(query, index) {
  const total = index.catalogue.count;
  const finds = [
    ...(await findPieces(query, index)),
    ...findAttributes(query, index.catalogue, index.attributeWords),
  ];
  const covered = coverages(query, finds, total);
  const named = await nameMatches(query, index, weigh(query, finds, total));
  const { ranked, others } = scoreAll(query, named, covered, index.catalogue);
  const cut = (ranked[0]?.score ?? 0) * NEAR_THE_BEST;
  const near = others.filter(({ share }) => share >= FLOOR).slice(0, SHOWN_NEAR);
  return { ranked: ranked.filter(({ score }) => score >= cut), near: near.map(({ document }) => document), others };
}

/**
 * Tell what answers from what only comes near.
 * @param {import("./query.js").Query} query
 * @param {Map<number, import("./name_matching.js").NameMatch>} named
 * @param {Map<number, import("./coverage.js").Coverage>} covered
 * @param {import("./catalogue.js").Catalogue} catalogue
 * @returns {{ranked: Ranked[], others: (Ranked & {share: number})[]}} both best first
 */
function scoreAll(query, named, covered, { past, facets }) {
  const lists = new Set(facets.get("kind")?.get("lists"));
  const least = query.joined.length > SHORT.characters ? 0 : SHORT.share;
  /** @type {Ranked[]} */
  const ranked = [];
  /** @type {(Ranked & {share: number})[]} */
  const others = [];
  for (const document of new Set([...named.keys(), ...covered.keys()])) {
    const name = named.get(document) ?? null;
    if (lists.has(document) && !isWhole(name)) continue;
    const coverage = covered.get(document) ?? NOTHING;
    const answers = Math.max(coverage.whole, coverage.clause) >= Math.max(shareToCover(coverage), least);
    const one = scored(document, name, coverage, answers, past.has(document) ? PAST : 0);
    if (name || answers) ranked.push(one);
    else others.push({ ...one, share: Math.max(coverage.whole, coverage.clause) });
  }
  // A name or a word in somebody's longer text is worth showing when nothing else answers.
  if (!ranked.length && least) ranked.push(...others.filter(({ share }) => share >= MENTIONED));
  return { ranked: ranked.sort(bestFirst), others: others.sort(bestFirst) };
}

/**
 * A list answers to its name alone: part of that is part of the names of what it lists.
 * @param {import("./name_matching.js").NameMatch | null} name
 */
function isWhole(name) {
  return name !== null && name.to - name.from === name.entry.text.length;
}

/** @param {Ranked} a @param {Ranked} b */
export function bestFirst(a, b) {
  return b.score - a.score || a.document - b.document;
}

/** @param {import("./coverage.js").Coverage} coverage */
function shareToCover({ told }) {
  return ANSWERS.find(([pieces]) => told >= pieces)?.[1] ?? 1;
}

/**
 * @param {number} document
 * @param {import("./name_matching.js").NameMatch | null} name
 * @param {import("./coverage.js").Coverage} coverage
 * @param {boolean} answers
 * @param {number} late what to take off
 * @returns {Ranked}
 */
function scored(document, name, coverage, answers, late) {
  const byText = TEXT * (answers ? Math.max(coverage.whole, coverage.clause * 0.9) : coverage.whole);
  const byName = name?.score ?? 0;
  const score = Math.max(byName, byText) + SECOND_REASON * Math.min(byName, byText) - late;
  return { document, score, name: byName >= byText ? name : null, inPassing: coverage.inPassing };
}

/**
 * The best match of each document in a name.
 * @param {import("./query.js").Query} query
 * @param {import("./load_index.js").SearchIndex} index
 * @param {number[]} weights
 * @returns {Promise<Map<number, import("./name_matching.js").NameMatch>>}
 */
async function nameMatches(query, index, weights) {
  const { names } = index;
  const best = new Map();
  const keep = (/** @type {import("./name_matching.js").NameMatch[]} */ matches) => {
    for (const match of matches) {
      const known = best.get(match.entry.document);
      if (!known || match.score > known.score) best.set(match.entry.document, match);
    }
  };
  const forms = [...new Set([query.joined, query.core])].filter(Boolean);
  for (const form of forms) keep(names.written(form));
  if (forms.some((form) => /[a-z]/.test(form))) {
    await index.learnReadings();
    for (const form of forms) keep(names.spelled(form));
  }
  if (best.size === 0) {
    const [common] = await Promise.all([index.commonReadings(), index.learnReadings()]);
    for (const form of forms) keep(names.shortened(form));
    for (const form of forms) keep(names.misspelled(form, common).filter((match) => isRight(match, query, weights)));
  }
  return best;
}

/**
 * Whether enough of what the query tells stands in the name.
 * @param {import("./name_matching.js").NameMatch} match
 * @param {import("./query.js").Query} query
 * @param {number[]} weights
 */
function isRight(match, query, weights) {
  if (match.why === "sound") return true;
  const matched = match.entry.text.slice(match.from, match.to);
  let [right, all] = [0, 0];
  weights.forEach((weight, at) => {
    all += weight;
    if (matched.includes(query.text[at])) right += weight;
  });
  return right >= all * RIGHT && squeeze(query.text).length > 3;
}
