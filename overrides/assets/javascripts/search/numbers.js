/** Read the numbers that macros/search/numbers.py writes. */

const VALUES = new Uint8Array(128);
[..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"].forEach((digit, value) => {
  VALUES[digit.charCodeAt(0)] = value;
});

/**
 * @param {string} text
 * @returns {number[]} the numbers, one after another
 */
export function decode(text) {
  const numbers = [];
  for (let at = 0, number = 0, shift = 1; at < text.length; at++) {
    const value = VALUES[text.charCodeAt(at)];
    number += (value & 31) * shift;
    shift *= 32;
    if (value < 32) {
      numbers.push(number);
      number = 0;
      shift = 1;
    }
  }
  return numbers;
}

/**
 * @param {string} text
 * @returns {number[]} rising numbers, written as differences
 */
export function decodeAscending(text) {
  const numbers = decode(text);
  for (let at = 1; at < numbers.length; at++) numbers[at] += numbers[at - 1];
  return numbers;
}
