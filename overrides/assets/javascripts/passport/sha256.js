/**
 * SHA-256 (FIPS 180-4) and PBKDF2 with it (RFC 8018), of our own: `crypto.subtle` is missing on pages that come over plain http.
 */

const BLOCK = 64;
const START = Uint32Array.from(primes(8), (prime) => fraction(prime ** (1 / 2)));
const ROUNDS = Uint32Array.from(primes(64), (prime) => fraction(prime ** (1 / 3)));
const words = new Uint32Array(64);

/** @param {number} count @returns {number[]} */
function primes(count) {
  const found = [];
  for (let number = 2; found.length < count; number++) if (found.every((prime) => number % prime)) found.push(number);
  return found;
}

/** @param {number} value @returns {number} the first 32 bits behind its point */
function fraction(value) {
  return (value - Math.floor(value)) * 2 ** 32;
}

/** Work one block of 16 words into a state. @param {Uint32Array} state @param {Uint32Array} block @returns {Uint32Array} a new state */
function compress(state, block) {
  words.set(block);
  for (let place = 16; place < 64; place++) {
    const early = words[place - 15];
    const late = words[place - 2];
    const one = ((early >>> 7) | (early << 25)) ^ ((early >>> 18) | (early << 14)) ^ (early >>> 3);
    const other = ((late >>> 17) | (late << 15)) ^ ((late >>> 19) | (late << 13)) ^ (late >>> 10);
    words[place] = words[place - 16] + one + words[place - 7] + other;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let place = 0; place < 64; place++) {
    const mixed = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const first = (h + mixed + ((e & f) ^ (~e & g)) + ROUNDS[place] + words[place]) | 0;
    const turned = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const second = (turned + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  return Uint32Array.of(
    state[0] + a, state[1] + b, state[2] + c, state[3] + d, state[4] + e, state[5] + f, state[6] + g, state[7] + h,
  );
}

/** @param {Uint8Array} bytes @param {Uint32Array} state @param {number} before how many bytes the state has taken @returns {Uint32Array} */
function digest(bytes, state = START, before = 0) {
  const padded = new DataView(new ArrayBuffer(Math.ceil((bytes.length + 9) / BLOCK) * BLOCK));
  new Uint8Array(padded.buffer).set(bytes);
  padded.setUint8(bytes.length, 0x80);
  padded.setUint32(padded.byteLength - 4, (before + bytes.length) * 8);
  let result = state;
  for (let start = 0; start < padded.byteLength; start += BLOCK) {
    result = compress(result, Uint32Array.from({ length: 16 }, (_, place) => padded.getUint32(start + place * 4)));
  }
  return result;
}

/** @param {Uint32Array} state @returns {Uint8Array} */
function bytesOf(state) {
  const view = new DataView(new ArrayBuffer(32));
  state.forEach((word, place) => view.setUint32(place * 4, word));
  return new Uint8Array(view.buffer);
}

/** @param {Uint32Array} state @returns {Uint32Array} the block of a digest that follows a block of a key, padded */
function followed(state) {
  const block = new Uint32Array(16);
  block.set(state);
  block[8] = 0x80000000;
  block[15] = (BLOCK + 32) * 8;
  return block;
}

/**
 * The first 32 bytes of PBKDF2 with HMAC-SHA-256, in hexadecimal digits. It stops now and then, so that the page stays alive.
 * @param {string} password @param {string} salt @param {number} rounds
 * @returns {Promise<string>}
 */
export async function pbkdf2(password, salt, rounds) {
  const encoder = new TextEncoder();
  const secret = encoder.encode(password);
  const key = new Uint8Array(BLOCK);
  key.set(secret.length > BLOCK ? bytesOf(digest(secret)) : secret);
  const [inner, outer] = [0x36, 0x5c].map((pad) => {
    const view = new DataView(key.map((byte) => byte ^ pad).buffer);
    return compress(START, Uint32Array.from({ length: 16 }, (_, place) => view.getUint32(place * 4)));
  });
  let step = compress(outer, followed(digest(Uint8Array.of(...encoder.encode(salt), 0, 0, 0, 1), inner, BLOCK)));
  const sum = step.slice();
  for (let round = 1; round < rounds; round++) {
    step = compress(outer, followed(compress(inner, followed(step))));
    for (let place = 0; place < 8; place++) sum[place] ^= step[place];
    if (round % 5000 === 0) await new Promise((go) => setTimeout(go));
  }
  return [...bytesOf(sum)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
