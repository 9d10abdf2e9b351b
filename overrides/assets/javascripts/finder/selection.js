/** What a visitor has chosen, as it stands in the address: ?day=sunday&level=provincial&level=national&sort=newest */

/**
 * @typedef {Map<string, string[]>} Terms name of a facet → ids of the chosen terms, never empty
 * @typedef {{terms: Terms, sort: string, day: string}} Selection `sort` is empty for pinyin, or `newest`; `day` is empty
 *   or a word that `spanOf` knows
 */

const SORT = "sort";
const DAY = "day";
const SORTS = ["newest"];

/**
 * Read the selection out of an address; words that the form does not offer are left out.
 * @param {string} query e.g. location.search
 * @param {Map<string, string[]>} offered name of a facet → ids of its terms, both in the form's order
 * @param {(word: string) => boolean} isDay whether a word is a day that can be chosen now
 * @returns {Selection}
 */
export function readSelection(query, offered, isDay) {
  const parameters = new URLSearchParams(query);
  /** @type {Terms} */
  const terms = new Map();
  for (const [facet, ids] of offered) {
    const asked = new Set(parameters.getAll(facet));
    const chosen = ids.filter((id) => asked.has(id));
    if (chosen.length > 0) terms.set(facet, chosen);
  }
  const sort = parameters.get(SORT) ?? "";
  const days = parameters.getAll(DAY).filter(isDay);
  return { terms, sort: SORTS.includes(sort) ? sort : "", day: days.pop() ?? "" };
}

/**
 * @param {Selection} selection
 * @returns {string} the query of the address with its question mark; empty where nothing is chosen
 */
export function writeSelection({ terms, sort, day }) {
  const parameters = new URLSearchParams();
  if (day) parameters.set(DAY, day);
  for (const [facet, ids] of terms) for (const id of ids) parameters.append(facet, id);
  if (sort) parameters.set(SORT, sort);
  const query = parameters.toString();
  return query && `?${query}`;
}
