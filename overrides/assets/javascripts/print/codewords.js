/**
 * The bytes of a QR code (ISO/IEC 18004): text in byte mode with error correction of level M, which mends about 15 %.
 * Versions 1 to 20 hold up to 666 bytes; an address that needs more would be too dense to be read from paper.
 */

const CORRECTION = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26]; // bytes a block
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16];

/** Powers of 2 in the field of 256 elements over x⁸+x⁴+x³+x²+1, and the exponent of each element. */
const POWER = new Uint8Array(255);
const EXPONENT = new Uint8Array(256);
for (let exponent = 0, power = 1; exponent < 255; exponent++) {
  POWER[exponent] = power;
  EXPONENT[power] = exponent;
  power = power < 128 ? power << 1 : (power << 1) ^ 0x11d;
}

/**
 * @param {string} text
 * @returns {{version: number, bytes: number[]} | null} null where the text is too long
 */
export function codewords(text) {
  const content = [...new TextEncoder().encode(text)];
  for (let version = 1; version <= BLOCKS.length; version++) {
    const room = bytesOf(version) - BLOCKS[version - 1] * CORRECTION[version - 1];
    if (content.length + lengthOfCount(version) / 8 + 0.5 <= room) return { version, bytes: encoded(content, version, room) };
  }
  return null;
}

/** @param {number} version @returns {number} how many bytes fit beside the fixed patterns */
export function bytesOf(version) {
  const size = 4 * version + 17;
  const along = version > 1 ? Math.floor(version / 7) + 2 : 0; // alignment patterns in a row
  const alignment = along && 25 * (along * along - 3) - 10 * (along - 2); // less what the timing lines have already
  const fixed = 3 * 64 + 2 * (size - 16) + 31 + alignment + (version > 6 ? 36 : 0);
  return Math.floor((size * size - fixed) / 8);
}

/** @param {number} version @returns {number} bits that tell how long the content is */
function lengthOfCount(version) {
  return version < 10 ? 8 : 16;
}

/** @param {number[]} content @param {number} version @param {number} room @returns {number[]} */
function encoded(content, version, room) {
  const bits = [...digits(0b0100, 4), ...digits(content.length, lengthOfCount(version))];
  for (const byte of content) bits.push(...digits(byte, 8));
  bits.push(...Array(4).fill(0)); // the end; what follows in its byte is 0 too
  const bytes = [];
  for (let start = 0; start + 8 <= bits.length; start += 8) bytes.push(parseInt(bits.slice(start, start + 8).join(""), 2));
  for (let filler = 0xec; bytes.length < room; filler ^= 0xec ^ 0x11) bytes.push(filler);
  return interleaved(bytes, BLOCKS[version - 1], correction(CORRECTION[version - 1]));
}

/** @param {number} value @param {number} length @returns {number[]} binary digits, the highest first */
function digits(value, length) {
  return Array.from({ length }, (_, place) => (value >> (length - 1 - place)) & 1);
}

/**
 * Cut data into blocks, the longer ones last, and mix them byte by byte, so that a stain hits each of them a little.
 * @param {number[]} bytes
 * @param {number} count of blocks
 * @param {(block: number[]) => number[]} correct
 */
function interleaved(bytes, count, correct) {
  const short = Math.floor(bytes.length / count);
  const blocks = [];
  for (let start = 0; blocks.length < count; ) {
    const end = start + short + (blocks.length >= count - (bytes.length % count) ? 1 : 0);
    blocks.push(bytes.slice(start, end));
    start = end;
  }
  return [...mixed(blocks), ...mixed(blocks.map(correct))];
}

/** @param {number[][]} rows @returns {number[]} the first of each row, then the second of each … */
function mixed(rows) {
  const longest = Math.max(...rows.map((row) => row.length));
  return Array.from({ length: longest }, (_, place) => rows.flatMap((row) => row.slice(place, place + 1))).flat();
}

/** @param {number} one @param {number} other @returns {number} the product in the field */
function product(one, other) {
  return one && other && POWER[(EXPONENT[one] + EXPONENT[other]) % 255];
}

/**
 * @param {number} length
 * @returns {(block: number[]) => number[]} makes the Reed-Solomon bytes of a block: the rest of a division by
 *   (x − 1)(x − 2)(x − 4)…, as many factors as there are bytes
 */
function correction(length) {
  let divisor = [1];
  for (let place = 0; place < length; place++)
    divisor = [...divisor, 0].map((value, at) => value ^ product(divisor[at - 1] ?? 0, POWER[place]));
  return (block) => {
    const rest = [...block, ...Array(length).fill(0)];
    block.forEach((_, at) => {
      const factor = rest[at];
      divisor.forEach((value, place) => (rest[at + place] ^= product(value, factor)));
    });
    return rest.slice(block.length);
  };
}
