/** What index.json knows of the language: synonyms, and labels of attributes that people use as words. */

/**
 * @typedef {object} Reworded
 * @property {string} query
 * @property {number} weight
 * @property {string} means the words that were put in, as they are written
 * @property {[string, number][]} worth the words that were put in, folded, and what a character of them is worth: a
 *   short form that became a long one tells no more than before
 */

/**
 * Put what they mean in place of short forms.
 * @param {string} text folded query
 * @param {[string, string, number, string][]} synonyms rows of short form, meaning, weight, meaning as written
 * @returns {Reworded | null} null if there is nothing to put in
 */
export function reword(text, synonyms) {
  let [query, weight] = [text, 1];
  const means = [];
  /** @type {[string, number][]} */
  const worth = [];
  for (const [short, meaning, share, written] of [...synonyms].sort((a, b) => b[0].length - a[0].length)) {
    if (query.includes(meaning)) continue;
    const replaced = replaceWord(query, short, meaning);
    if (replaced === query) continue;
    query = replaced;
    weight *= share;
    means.push(written);
    worth.push([meaning, Math.min(1, short.length / meaning.length)]);
  }
  return means.length ? { query, weight, means: means.join(" "), worth } : null;
}

/**
 * Replace a short form; one of Latin letters only where it is a whole word.
 * @param {string} text
 * @param {string} short
 * @param {string} meaning
 */
function replaceWord(text, short, meaning) {
  if (!/^[a-z0-9]/.test(short)) return text.split(short).join(meaning);
  return text.replace(/[a-z0-9]+(?: [a-z0-9]+)*/g, (run) =>
    ` ${run} `.split(` ${short} `).join(` ${meaning} `).trim(),
  );
}

/**
 * Labels as they stand in queries: 科技场馆 for “科技场馆类”, 40人 beside “40 人”.
 * @param {import("./catalogue.js").Catalogue} catalogue
 * @param {(text: string) => string} fold
 * @returns {{text: string, documents: number[]}[]}
 */
export function attributeWords(catalogue, fold) {
  const words = [];
  for (const [facet, labels] of catalogue.facets)
    for (const [label, documents] of labels) {
      const shown = facet === "kind" ? (catalogue.kindLabels.get(label) ?? "") : label;
      const text = fold(shown).replace(/[“”"'‘’《》]/g, "").replace(/类$/, "");
      for (const written of new Set([text, text.replace(/ /g, "")])) if (written.length > 1) words.push({ text: written, documents });
    }
  return words;
}
