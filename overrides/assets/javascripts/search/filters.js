/** Narrow results by attributes, and count what each further choice would leave. */

/**
 * @param {number} document
 * @param {import("./catalogue.js").Catalogue} catalogue
 * @param {Record<string, string[]>} filters facet → values, of which a document must have one
 * @param {string} [except] a facet that is not looked at
 */
export function passes(document, catalogue, filters, except) {
  return Object.entries(filters).every(
    ([facet, values]) =>
      facet === except || values.length === 0 || values.some((value) => catalogue.has(document, facet, value)),
  );
}

/**
 * @param {number[]} documents
 * @param {import("./catalogue.js").Catalogue} catalogue
 * @param {Record<string, string[]>} filters
 * @returns {Record<string, [string, string, number][]>} facet → rows of value, label, results left
 */
export function countLabels(documents, catalogue, filters) {
  /** @type {Record<string, [string, string, number][]>} */
  const counts = {};
  for (const [facet, labels] of catalogue.facets) {
    const left = new Set(documents.filter((document) => passes(document, catalogue, filters, facet)));
    counts[facet] = [...labels]
      .map(([value, having]) => row(facet, value, having.filter((document) => left.has(document)).length, catalogue))
      .filter(([value, , count]) => count || filters[facet]?.includes(value));
  }
  return counts;
}

/**
 * @param {string} facet
 * @param {string} value
 * @param {number} count
 * @param {import("./catalogue.js").Catalogue} catalogue
 * @returns {[string, string, number]}
 */
function row(facet, value, count, catalogue) {
  return [value, facet === "kind" ? (catalogue.kindLabels.get(value) ?? value) : value, count];
}
