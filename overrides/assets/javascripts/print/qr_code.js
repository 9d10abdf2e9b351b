/** A QR code (ISO/IEC 18004), of which codewords.js makes the bytes: its squares, and their drawing. */

import { codewords } from "./codewords.js";

/** @typedef {(boolean | null)[][]} Squares rows of squares, true for dark, null for one without a value yet */

const MARGIN = 4; // light squares around the code, as the standard asks
const NAMESPACE = "http://www.w3.org/2000/svg";

/** Patterns that turn squares over, so that no accident looks like a corner or a stripe. */
const MASKS = [
  (x, y) => (x + y) % 2,
  (x, y) => y % 2,
  (x) => x % 3,
  (x, y) => (x + y) % 3,
  (x, y) => (Math.floor(y / 2) + Math.floor(x / 3)) % 2,
  (x, y) => ((x * y) % 2) + ((x * y) % 3),
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2,
];

/**
 * @param {string} text
 * @returns {boolean[][] | null} rows of squares, true for dark, without the margin of four; null where it is too long
 */
export function squaresOf(text) {
  const found = codewords(text);
  if (!found) return null;
  const candidates = MASKS.map((_, mask) => drawn(found.version, found.bytes, mask));
  const faults = candidates.map(faultsOf);
  return candidates[faults.indexOf(Math.min(...faults))];
}

/** @param {string} text @param {string} label @returns {SVGSVGElement[]} one drawing; none where the text is too long */
export function drawingsOf(text, label) {
  const squares = squaresOf(text);
  if (!squares) return [];
  const size = squares.length + 2 * MARGIN;
  const image = document.createElementNS(NAMESPACE, "svg");
  image.setAttribute("viewBox", `0 0 ${size} ${size}`);
  image.setAttribute("role", "img");
  image.setAttribute("aria-label", label);
  const path = document.createElementNS(NAMESPACE, "path");
  const dark = squares.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x + MARGIN} ${y + MARGIN}h1v1h-1z` : "")));
  path.setAttribute("d", dark.join(""));
  image.append(path);
  return [image];
}

/** @param {number} version @param {number[]} bytes @param {number} mask @returns {boolean[][]} */
function drawn(version, bytes, mask) {
  const size = 4 * version + 17;
  /** @type {Squares} */
  const squares = Array.from({ length: size }, () => Array(size).fill(null));
  drawCorners(squares, size);
  drawAlignment(squares, version, size);
  for (let place = 8; place < size - 8; place++) squares[6][place] = squares[place][6] = place % 2 === 0;
  drawFormat(squares, size, mask);
  if (version > 6) drawVersion(squares, size, version);
  fill(squares, size, bytes, MASKS[mask]);
  return /** @type {boolean[][]} */ (squares);
}

/** Draw rings around a point: dark, light, dark … as far as asked. */
function drawRings(squares, centreX, centreY, radius, isDark) {
  for (let y = Math.max(0, centreY - radius); y <= centreY + radius; y++)
    for (let x = Math.max(0, centreX - radius); x <= centreX + radius; x++)
      if (squares[y] && x < squares.length) squares[y][x] = isDark(Math.max(Math.abs(x - centreX), Math.abs(y - centreY)));
}

function drawCorners(squares, size) {
  for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]]) drawRings(squares, x, y, 4, (ring) => ring < 2 || ring === 3);
}

function drawAlignment(squares, version, size) {
  if (version === 1) return;
  const gaps = Math.floor(version / 7) + 1;
  const step = 2 * Math.ceil((size - 13) / (2 * gaps));
  const places = [6, ...Array.from({ length: gaps }, (_, gap) => size - 7 - step * (gaps - 1 - gap))];
  const last = size - 7;
  const corners = [`6 6`, `6 ${last}`, `${last} 6`];
  for (const x of places)
    for (const y of places) if (!corners.includes(`${x} ${y}`)) drawRings(squares, x, y, 2, (ring) => ring !== 1);
}

/** @returns {number} the value with the rest of its division by a polynomial behind it, `length` bits long */
function protectedBits(value, length, polynomial) {
  let rest = value << length;
  for (let bit = 31; bit >= length; bit--) if ((rest >>> bit) & 1) rest ^= polynomial << (bit - length);
  return (value << length) | rest;
}

/** Which mask was used, twice; level M is 00. */
function drawFormat(squares, size, mask) {
  const bits = protectedBits(mask, 10, 0x537) ^ 0x5412;
  for (let bit = 0; bit < 15; bit++) {
    const isDark = ((bits >> bit) & 1) === 1;
    const along = bit < 6 ? bit : bit < 8 ? bit + 1 : size - 15 + bit;
    squares[along][8] = isDark;
    squares[8][bit < 8 ? size - 1 - bit : bit === 8 ? 7 : 14 - bit] = isDark;
  }
  squares[size - 8][8] = true;
}

function drawVersion(squares, size, version) {
  const bits = protectedBits(version, 12, 0x1f25);
  for (let bit = 0; bit < 18; bit++) {
    const [near, far] = [Math.floor(bit / 3), size - 11 + (bit % 3)];
    squares[near][far] = squares[far][near] = ((bits >> bit) & 1) === 1;
  }
}

/** Lay the bits into the free squares: two columns at a time from the right, up and down in turn. */
function fill(squares, size, bytes, mask) {
  let bit = 0;
  for (let right = size - 1, isUpward = true; right > 0; right -= 2, isUpward = !isUpward) {
    if (right === 6) right = 5; // the timing line
    for (let step = 0; step < size; step++) {
      const y = isUpward ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (squares[y][x] !== null) continue;
        const value = ((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1;
        squares[y][x] = (value === 1) !== (mask(x, y) === 0);
        bit++;
      }
    }
  }
}

/** @param {boolean[][]} squares @returns {number} how hard the code is to read, by the rules of the standard */
function faultsOf(squares) {
  const rows = squares.map((row) => row.map(Number).join(""));
  const columns = squares.map((_, x) => squares.map((row) => Number(row[x])).join(""));
  const lines = [...rows, ...columns].join(" ");
  const runs = [...lines.matchAll(/0{5,}|1{5,}/g)].reduce((sum, [run]) => sum + run.length - 2, 0);
  const corners = [...lines.matchAll(/(?=10111010000|00001011101)/g)].length;
  let blocks = 0;
  for (let y = 1; y < rows.length; y++)
    for (let x = 1; x < rows.length; x++)
      if (new Set([rows[y][x], rows[y][x - 1], rows[y - 1][x], rows[y - 1][x - 1]]).size === 1) blocks++;
  const dark = rows.join("").replace(/0/g, "").length / rows.length ** 2;
  return runs + 3 * blocks + 40 * corners + 10 * Math.floor(Math.abs(dark - 0.5) * 20);
}
