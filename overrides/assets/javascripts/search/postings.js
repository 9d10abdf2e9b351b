/** Which documents have a piece of text: read from the shards that macros/search/postings.py writes. */

import { decodeAscending } from "./numbers.js";

const RUN = /[\u3007\u3400-\u9fff]{2,}|[a-z0-9]+/g;

/**
 * Cut folded text as macros/search/tokens.py does.
 * @param {string} folded
 * @returns {{piece: string, from: number}[]} pairs of Chinese characters, Latin words, numbers, bus lines such as 32路
 */
export function pieces(folded) {
  const found = [];
  for (const match of folded.matchAll(RUN)) {
    const [run] = match;
    const from = match.index ?? 0;
    if (run[0] <= "z") {
      found.push({ piece: run, from });
      if (/^\d+$/.test(run) && /^ ?路/.test(folded.slice(from + run.length))) found.push({ piece: `${run}路`, from });
    } else for (let at = 0; at + 1 < run.length; at++) found.push({ piece: run.slice(at, at + 2), from: from + at });
  }
  return found;
}

/** @param {string} piece @param {number} shards */
export function shardOf(piece, shards) {
  let digest = 0;
  for (let at = 0; at < piece.length; at++) digest = (digest * 31 + piece.charCodeAt(at)) % 65521;
  return digest % shards;
}

/**
 * @param {import("./index_files.js").IndexFiles} files
 * @param {number} shards how many there are
 * @param {Iterable<string>} wanted pieces
 * @returns {Promise<Map<string, {described: number[], mentioned: number[]}>>} documents by description and by body
 */
export async function postingsOf(files, shards, wanted) {
  const found = new Map();
  await Promise.all(
    [...new Set(wanted)].map(async (piece) => {
      const shard = await files.read(`postings/${shardOf(piece, shards)}.txt`, readShard);
      const row = shard?.get(piece);
      if (row) found.set(piece, { described: decodeAscending(row[0]), mentioned: decodeAscending(row[1]) });
    }),
  );
  return found;
}

/** @param {string} text @returns {Map<string, string[]>} */
function readShard(text) {
  return new Map(
    text.split("\n").map((line) => {
      const [piece, ...lists] = line.split("\t");
      return [piece, lists];
    }),
  );
}
