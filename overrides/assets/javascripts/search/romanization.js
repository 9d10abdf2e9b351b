/** The ways in which people spell a character in Latin letters. */

/** What a southern ear hears as one sound. @type {[RegExp, string][]} */
const SOUTHERN = [
  [/^([zcs])h/, "$1"],
  [/^([zcs])(?!h)/, "$1h"],
  [/^n(?!g)/, "l"],
  [/^l/, "n"],
  [/^f/, "h"],
  [/^h(?=u)/, "f"],
  [/^hu(?=[aei])/, "f"],
  [/^r/, "l"],
  [/([aei])ng$/, "$1n"],
  [/([aei])n$/, "$1ng"],
];

/**
 * @typedef {Map<string, string[]>} Spellings character → spellings
 */

/**
 * @param {Record<string, string>} table syllable → characters
 * @returns {Spellings}
 */
export function readingsOf(table) {
  const readings = new Map();
  for (const [syllable, characters] of Object.entries(table))
    for (const character of characters) {
      const known = readings.get(character);
      if (known) known.push(syllable);
      else readings.set(character, [syllable]);
    }
  return readings;
}

/** @param {Spellings} readings @returns {Spellings} also lu for lü, which keyboards write lv */
export function typed(readings) {
  return mapped(readings, (syllable) =>
    /^[ln]v/.test(syllable) ? [syllable, syllable.replace("v", "u"), syllable.replace("v", "ue")] : [syllable],
  );
}

/** @param {Spellings} readings @returns {Spellings} */
export function southern(readings) {
  return mapped(readings, (syllable) => {
    const heard = new Set([syllable]);
    for (const [sound, other] of SOUTHERN) for (const known of [...heard]) heard.add(known.replace(sound, other));
    return [...heard];
  });
}

/** @param {Spellings} readings @returns {Spellings} first letters */
export function initials(readings) {
  return mapped(readings, (syllable) => [syllable[0]]);
}

/** @param {Spellings} readings @param {(syllable: string) => string[]} spell @returns {Spellings} */
function mapped(readings, spell) {
  const known = new Map();
  return new Map(
    [...readings].map(([character, syllables]) => {
      const key = syllables.join();
      if (!known.has(key)) known.set(key, [...new Set(syllables.flatMap(spell))]);
      return [character, known.get(key)];
    }),
  );
}

/**
 * Read a query along a name, character by character.
 * @param {string} query Chinese characters and Latin letters, without spaces
 * @param {string} name
 * @param {number} start where in the name
 * @param {Spellings} spellings
 * @returns {{end: number, whole: boolean} | null} where in the name the query ends; whole unless it stops in a syllable
 */
export function readAlong(query, name, start, spellings) {
  /** @param {number} at @param {number} place @returns {{end: number, whole: boolean} | null} */
  function from(at, place) {
    if (at === query.length) return { end: place, whole: true };
    if (place === name.length) return null;
    const character = name[place];
    if (character === query[at]) {
      const end = from(at + 1, place + 1);
      if (end) return end;
    }
    let stopped = null;
    for (const spelling of spellings.get(character) ?? []) {
      if (query.startsWith(spelling, at)) {
        const end = from(at + spelling.length, place + 1);
        if (end?.whole) return end;
        stopped = stopped ?? end;
      } else if (at > 0 && query.length - at < spelling.length && spelling.startsWith(query.slice(at))) {
        stopped = stopped ?? { end: place + 1, whole: false };
      }
    }
    return stopped;
  }
  return from(0, start);
}
