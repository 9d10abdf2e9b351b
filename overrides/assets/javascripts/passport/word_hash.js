/** Whether a word is the one on the wall: the browser's half of what `kepu stamp` does (macros/editing/stamp.py). */

import { pbkdf2 } from "./sha256.js";

const ROUNDS = 50_000;

/** @param {string} word @returns {string} letters and numbers alone, without case and width */
export function bareWord(word) {
  return word.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

/** @param {string} stamp k1-star-hall-0766… @returns {{identifier: string, hash: string}} the id is that of the day on which it was made */
export function partsOf(stamp) {
  const [, identifier, hash] = stamp.match(/^k1-(.*)-([0-9a-f]{32})$/);
  return { identifier, hash };
}

/** @param {string} stamp @param {string} word @returns {Promise<boolean>} */
export async function opens(stamp, word) {
  const { identifier, hash } = partsOf(stamp);
  return (await pbkdf2(bareWord(word), `kepu-passport:${identifier}`, ROUNDS)).startsWith(hash);
}
