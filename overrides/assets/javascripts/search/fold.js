/**
 * Fold width, case and script of every character, as macros/text/fold.py does: one UTF-16 unit stays one unit, so a
 * place in folded text is the same place in the text that a reader sees.
 */

/**
 * @param {string[]} forms strings of a simplified character and the characters that fold to it
 * @returns {(text: string) => string}
 */
export function foldWith(forms) {
  const simplified = new Map();
  for (const [character, ...others] of forms) for (const other of others) simplified.set(other, character);
  const known = new Map();

  /** @param {string} unit */
  function foldUnit(unit) {
    const lower = single(single(unit, unit.normalize("NFKC")), unit.normalize("NFKC").toLowerCase());
    return simplified.get(lower) ?? lower;
  }

  return (text) => {
    let folded = "";
    for (let at = 0; at < text.length; at++) {
      const unit = text[at];
      let result = known.get(unit);
      if (result === undefined) known.set(unit, (result = foldUnit(unit)));
      folded += result;
    }
    return folded;
  };
}

/** @param {string} unit @param {string} folded */
function single(unit, folded) {
  return folded.length === 1 ? folded : unit;
}

/** What names are compared by: folded text without spaces and punctuation. */
export const NOT_WRITTEN = /[^\p{L}\p{N}]+/gu;

/** @param {string} folded */
export function squeeze(folded) {
  return folded.replace(NOT_WRITTEN, "");
}
