/** Look through all names and aliases: written as they are, spelled in Latin letters, or typed wrong. */

import { align } from "./alignment.js";
import { initials, readAlong, readingsOf, southern, typed } from "./romanization.js";

/**
 * @typedef {object} NameMatch
 * @property {number} score 0 to 1
 * @property {"name" | "alias" | "short" | "pinyin" | "southern" | "jyutping" | "initials" | "sound" | "spelling"} why
 * @property {import("./catalogue.js").Entry} entry
 * @property {number} from where in the entry's text it begins
 * @property {number} to where it ends
 */

const EQUAL = 1;
const BEGINS = 0.94;
const CONTAINS = 0.9;
const ALIAS = 0.03; // what an alias loses against the name
const FULLNESS = 0.04; // what the share of the name that the query covers may add
const SHORTENED = 0.72;
const GAP = 0.005; // what each character that a short form leaves out takes off
const MISSPELLED = 0.82;
const MISTAKE = 0.12; // what each mistake takes off
const PARTIAL_SYLLABLE = 0.05;

/** How far each way of spelling is to be trusted. @type {[NameMatch["why"], number][]} */
const SPELLED = [
  ["pinyin", 0.88],
  ["jyutping", 0.8],
  ["southern", 0.76],
  ["initials", 0.72],
];

const SAME_SOUND = 0.3; // cost of a character in place of another that is read the same
const LONGEST_MISSPELLED = 32;
const LONGEST_SHORT_FORM = 6;
const LATIN = /^[a-z0-9]$/;

export class Names {
  /** @param {import("./catalogue.js").Entry[]} entries */
  constructor(entries) {
    this.entries = entries;
    /** @type {Record<string, string>} */
    this.syllables = {};
    /** @type {import("./romanization.js").Spellings} */
    this.pinyin = new Map();
    /** @type {import("./romanization.js").Spellings} */
    this.jyutping = new Map();
    /** @type {Map<string, import("./romanization.js").Spellings>} */
    this.spellings = new Map();
    /** @type {Map<string, number[]> | null} */
    this.places = null;
  }

  /**
   * Learn how the characters of the names are read.
   * @param {{pinyin: Record<string, string>, jyutping: Record<string, string>}} readings syllable → characters
   */
  learn({ pinyin, jyutping }) {
    this.syllables = pinyin;
    this.pinyin = readingsOf(pinyin);
    this.jyutping = readingsOf(jyutping);
    this.spellings.clear();
  }

  /**
   * Names that have the query in them, or are it.
   * @param {string} query folded, without spaces and punctuation
   * @returns {NameMatch[]}
   */
  written(query) {
    /** @type {NameMatch[]} */
    const found = [];
    if (!query) return found;
    for (const entry of this.entries) {
      const from = entry.text.indexOf(query);
      if (from < 0) continue;
      const to = from + query.length;
      const why = entry.alias ? "alias" : "name";
      found.push({ score: placed(entry.text, from, to, FULLNESS) - (entry.alias ? ALIAS : 0), why, entry, from, to });
    }
    return found;
  }

  /**
   * Names that a query with Latin letters spells.
   * @param {string} query folded, without spaces and punctuation
   * @returns {NameMatch[]}
   */
  spelled(query) {
    if (!/[a-z]/.test(query)) return [];
    // One or two letters spell a syllable of half the names: they only mean anything as initials.
    const ways = /^[a-z]{1,2}$/.test(query) ? SPELLED.filter(([why]) => why === "initials") : SPELLED;
    return ways.flatMap(([why, trust]) => this.spelledAs(query, why, trust));
  }

  /** @param {string} query @param {NameMatch["why"]} why @param {number} trust @returns {NameMatch[]} */
  spelledAs(query, why, trust) {
    /** @type {NameMatch[]} */
    const found = [];
    const spellings = this.spellingsFor(why);
    for (const [character, places] of this.placesOf()) {
      if (character !== query[0] && !beginsWithOne(query, spellings.get(character))) continue;
      for (let at = 0; at < places.length; at += 2) {
        const [entry, from] = [this.entries[places[at]], places[at + 1]];
        const end = readAlong(query, entry.text, from, spellings);
        if (!end || (why === "initials" && query.length < 4 && from > 0)) continue;
        const score = trust * placed(entry.text, from, end.end, 0) - (end.whole ? 0 : PARTIAL_SYLLABLE);
        found.push({ score, why, entry, from, to: end.end });
      }
    }
    return found;
  }

  /**
   * Names that the query is a short form of, as 浙科馆 of 浙江省科技馆: its characters stand in order.
   * @param {string} query folded, without spaces and punctuation
   * @returns {NameMatch[]}
   */
  shortened(query) {
    if (query.length < 3 || query.length > LONGEST_SHORT_FORM || /[a-z0-9]/.test(query)) return [];
    /** @type {NameMatch[]} */
    const found = [];
    for (const entry of this.entries) {
      const span = spread(query, entry.text);
      if (!span) continue;
      const left = span.to - span.from - query.length;
      found.push({ ...span, score: SHORTENED - GAP * left, why: "short", entry });
    }
    return found;
  }

  /**
   * Names that have something like the query in them.
   * @param {string} query folded, without spaces and punctuation
   * @param {import("./romanization.js").Spellings} common readings of characters that may stand in no name
   * @returns {NameMatch[]}
   */
  misspelled(query, common) {
    if (query.length < 3 || query.length > LONGEST_MISSPELLED) return [];
    const allowed = query.length < 4 ? SAME_SOUND : query.length < 9 ? 1 : 2;
    const readings = (/** @type {string} */ character) => this.pinyin.get(character) ?? common.get(character);
    const wrong = (/** @type {string} */ a, /** @type {string} */ b) =>
      a === b ? 0 : sharesOne(readings(a), this.pinyin.get(b)) ? SAME_SOUND : 1;
    /** @type {NameMatch[]} */
    const found = [];
    for (const entry of this.alike(query, allowed, readings)) {
      const { cost, from, to } = align(query, entry.text, wrong);
      if (cost === 0 || cost > allowed) continue;
      const why = cost < 1 ? "sound" : "spelling";
      found.push({ score: MISSPELLED - MISTAKE * cost, why, entry, from, to });
    }
    return found;
  }

  /**
   * Entries with enough of the query's characters.
   * @param {string} query
   * @param {number} allowed
   * @param {(character: string) => string[] | undefined} readings
   */
  alike(query, allowed, readings) {
    const characters = [...new Set(query)];
    const shared = new Uint8Array(this.entries.length);
    const last = new Int8Array(this.entries.length).fill(-1);
    characters.forEach((character, number) => {
      for (const near of this.soundingLike(character, readings(character))) {
        const places = this.placesOf().get(near) ?? [];
        for (let at = 0; at < places.length; at += 2) {
          if (last[places[at]] === number) continue;
          last[places[at]] = number;
          shared[places[at]]++;
        }
      }
    });
    const enough = characters.length - Math.ceil(allowed);
    return this.entries.filter((_, entry) => shared[entry] >= enough);
  }

  /**
   * The character, and those of names that are read like it.
   * @param {string} character
   * @param {string[]} [syllables]
   */
  soundingLike(character, syllables = []) {
    return new Set([character, ...syllables.flatMap((syllable) => [...(this.syllables[syllable] ?? "")])]);
  }

  /**
   * Documents with a piece of text in a name.
   * @param {string} piece
   * @returns {number[]} rising
   */
  documentsWith(piece) {
    const documents = new Set();
    const places = this.placesOf().get(piece[0]) ?? [];
    for (let at = 0; at < places.length; at += 2) {
      const { document, text } = this.entries[places[at]];
      if (standsAt(text, piece, places[at + 1])) documents.add(document);
    }
    return [...documents];
  }

  /** Character → entry, place in it, entry, place … */
  placesOf() {
    this.places = this.places ?? placesByCharacter(this.entries);
    return this.places;
  }

  /** @param {NameMatch["why"]} why */
  spellingsFor(why) {
    let spellings = this.spellings.get(why);
    if (!spellings) this.spellings.set(why, (spellings = this.makeSpellings(why)));
    return spellings;
  }

  /** @param {NameMatch["why"]} why */
  makeSpellings(why) {
    if (why === "jyutping") return this.jyutping;
    const make = { pinyin: typed, southern, initials }[/** @type {"pinyin"} */ (why)];
    return make(this.pinyin);
  }
}

/**
 * How good a match is by its place in the name.
 * @param {string} text
 * @param {number} from
 * @param {number} to
 * @param {number} fullness
 */
function placed(text, from, to, fullness) {
  const share = (to - from) / text.length;
  if (share === 1) return EQUAL;
  return (from === 0 ? BEGINS : CONTAINS) + fullness * share;
}

/**
 * Where the characters of the query stand in order.
 * @param {string} query
 * @param {string} text
 * @returns {{from: number, to: number} | null}
 */
function spread(query, text) {
  const from = text.indexOf(query[0]);
  let to = from;
  for (let at = 0; at < query.length && to >= 0; at++) to = text.indexOf(query[at], to) + 1 || -1;
  return to < 0 ? null : { from, to };
}

/** @param {string} query @param {string[] | undefined} spellings */
function beginsWithOne(query, spellings) {
  return spellings?.some((spelling) => query.startsWith(spelling)) ?? false;
}

/** @param {string[] | undefined} some @param {string[] | undefined} others */
function sharesOne(some, others) {
  return Boolean(some && others?.some((syllable) => some.includes(syllable)));
}

/** @param {import("./catalogue.js").Entry[]} entries */
function placesByCharacter(entries) {
  const places = new Map();
  entries.forEach((entry, number) => {
    for (let at = 0; at < entry.text.length; at++) {
      const known = places.get(entry.text[at]);
      if (known) known.push(number, at);
      else places.set(entry.text[at], [number, at]);
    }
  });
  return places;
}

/**
 * Whether a piece stands at a place; a Latin word must not go on at either end.
 * @param {string} text
 * @param {string} piece
 * @param {number} at
 */
function standsAt(text, piece, at) {
  if (!text.startsWith(piece, at)) return false;
  return piece[0] > "z" || !(LATIN.test(text[at - 1]) || LATIN.test(text[at + piece.length]));
}
