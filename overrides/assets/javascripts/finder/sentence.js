/** Say a choice as a sentence, e.g. 省级、农业科学、杜阮镇的科普基地：2 处. The wording comes from the page. */

/** @typedef {Record<"all" | "some" | "none" | "or" | "and" | "more" | "loading" | "failed" | "open" | "unknown" |
 *   "closed" | "until" | "lasting" | "results" | "filters" | "chosen" | "kind" | "unit", string>} Words */

/**
 * @param {string[][]} labels the chosen labels, by facet
 * @param {number} count
 * @param {Words} words
 * @returns {string}
 */
export function sentence(labels, count, words) {
  const choice = labels.map((alternatives) => alternatives.join(words.or)).join(words.and);
  const pattern = choice === "" ? words.all : count === 0 ? words.none : words.some;
  return fill(pattern, { choice, count: String(count), kind: words.kind, unit: words.unit });
}

/**
 * @param {string} pattern text with names in braces
 * @param {Record<string, string>} values
 * @returns {string}
 */
export function fill(pattern, values) {
  return pattern.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}
