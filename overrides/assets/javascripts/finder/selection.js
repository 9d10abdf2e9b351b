/** What a visitor has chosen, as it stands in the address: ?level=provincial&level=national&town=duruan&sort=newest */

/**
 * @typedef {Map<string, string[]>} Terms name of a facet → ids of the chosen terms, never empty
 * @typedef {{terms: Terms, sort: string}} Selection `sort` is empty for pinyin, or `newest`
 */

const SORT = "sort";
const SORTS = ["newest"];

/**
 * Read the selection out of an address; words that the form does not offer are left out.
 * @param {string} query e.g. location.search
 * @param {Map<string, string[]>} offered name of a facet → ids of its terms, both in the form's order
 * @returns {Selection}
 */
export function readSelection(query, offered) {
  const parameters = new URLSearchParams(query);
  /** @type {Terms} */
  const terms = new Map();
  for (const [facet, ids] of offered) {
    const asked = new Set(parameters.getAll(facet));
    const chosen = ids.filter((id) => asked.has(id));
    if (chosen.length > 0) terms.set(facet, chosen);
  }
  const sort = parameters.get(SORT) ?? "";
  return { terms, sort: SORTS.includes(sort) ? sort : "" };
}

/**
 * @param {Selection} selection
 * @returns {string} the query of the address with its question mark; empty where nothing is chosen
 */
export function writeSelection({ terms, sort }) {
  const parameters = new URLSearchParams();
  for (const [facet, ids] of terms) for (const id of ids) parameters.append(facet, id);
  if (sort) parameters.set(SORT, sort);
  const query = parameters.toString();
  return query && `?${query}`;
}
