/** Numbers as macros/pages/finder.py writes them: in one text, each with the same number of digits of six bits. */

/** @typedef {{digits: number, numbers: string}} Column */

const DIGITS = new Map(
  [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"].map((digit, value) => [digit, value]),
);

/**
 * @param {Column} column
 * @returns {number[]}
 */
export function readColumn({ digits, numbers }) {
  const read = [];
  for (let start = 0; start < numbers.length; start += digits) {
    let number = 0;
    for (let place = start; place < start + digits; place++) number = number * 64 + DIGITS.get(numbers[place]);
    read.push(number);
  }
  return read;
}
