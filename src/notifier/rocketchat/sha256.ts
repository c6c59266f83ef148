/** SHA-256 (FIPS 180-4) in plain language, since the sandbox offers none. */
const rotate = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

const firstPrimes = (count: number): readonly number[] => {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n += 1) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  return primes;
};

/** The first 32 bits of the fraction. */
const fraction = (value: number): number => ((value - Math.floor(value)) * 4_294_967_296) | 0;

const PRIMES = firstPrimes(64);
const ROUNDS = PRIMES.map((prime) => fraction(Math.cbrt(prime)));
const START = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));

const utf8 = (text: string): number[] => {
  const bytes: number[] = [];
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0;
    // Half a pair is no character; U+FFFD stands for it, as everywhere.
    const code = point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return bytes;
};

/** Filled up to whole blocks of 64 bytes, the length in bits at the end. */
const padded = (bytes: number[]): readonly number[] => {
  const bits = bytes.length * 8;
  const all = [...bytes, 0x80];
  while (all.length % 64 !== 56) all.push(0);
  for (let shift = 56; shift >= 0; shift -= 8) all.push(Math.floor(bits / 2 ** shift) & 255);
  return all;
};

const schedule = (bytes: readonly number[], start: number): readonly number[] => {
  const at = (index: number): number => bytes[start + index] ?? 0;
  const words: number[] = [];
  const word = (index: number): number => words[index] ?? 0;
  for (let i = 0; i < 16; i += 1)
    words.push((at(i * 4) << 24) | (at(i * 4 + 1) << 16) | (at(i * 4 + 2) << 8) | at(i * 4 + 3));
  for (let i = 16; i < 64; i += 1) {
    const s0 = rotate(word(i - 15), 7) ^ rotate(word(i - 15), 18) ^ (word(i - 15) >>> 3);
    const s1 = rotate(word(i - 2), 17) ^ rotate(word(i - 2), 19) ^ (word(i - 2) >>> 10);
    words.push((word(i - 16) + s0 + word(i - 7) + s1) | 0);
  }
  return words;
};

const compress = (state: readonly number[], words: readonly number[]): readonly number[] => {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let i = 0; i < 64; i += 1) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (ROUNDS[i] ?? 0) + (words[i] ?? 0)) | 0;
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
  }
  return [a, b, c, d, e, f, g, h].map((value, index) => (value + (state[index] ?? 0)) | 0);
};

/** Lower-case hexadecimal digest of a text's UTF-8 bytes. */
export const sha256 = (text: string): string => {
  const bytes = padded(utf8(text));
  let state: readonly number[] = START;
  for (let start = 0; start < bytes.length; start += 64) state = compress(state, schedule(bytes, start));
  return state.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
};
