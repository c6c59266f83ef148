/**
 * Gives an ELF program a DT_RPATH without moving a byte of it: the path is written over the name of a function that the
 * program offers to native add-ons, of which ours loads none. Programs that rewrite ELF files move the headers, and the
 * runtime for arm64 no longer starts after Debian 12's (patchelf 0.14.3).
 * Offsets: System V ABI, "ELF Header", "Section Header", "Symbol Table", "Dynamic Section"; 64-bit, little-endian.
 */

const SHT_DYNAMIC = 6;
const SHT_DYNSYM = 11;
const DT_NULL = 0n;
const DT_DEBUG = 21n;
const DT_RPATH = 15n;
const SYMBOL_SIZE = 24;
const ENTRY_SIZE = 16;

const sectionsOf = (program) => {
  const [first, size, count] = [Number(program.readBigUInt64LE(0x28)), program.readUInt16LE(0x3a), program.readUInt16LE(0x3c)];
  return Array.from({ length: count }, (_, index) => {
    const at = first + index * size;
    const [offset, length] = [Number(program.readBigUInt64LE(at + 24)), Number(program.readBigUInt64LE(at + 32))];
    return { type: program.readUInt32LE(at + 4), offset, length, link: program.readUInt32LE(at + 40) };
  });
};

/** Of the symbols that are defined in the program, the one with the longest name: where that begins, and its length. */
const longestName = (program, { offset, length }, strings) => {
  let longest = { at: 0, length: 0 };
  for (let at = offset; at < offset + length; at += SYMBOL_SIZE) {
    if (program.readUInt16LE(at + 6) === 0) continue;
    const begin = strings.offset + program.readUInt32LE(at);
    const long = program.indexOf(0, begin) - begin;
    if (long > longest.length) longest = { at: begin, length: long };
  }
  return longest;
};

/** An entry that nobody misses: one behind the end, as long as the last one stays an end; else the debugger's. */
const freeEntry = (program, { offset, length }) => {
  const places = Array.from({ length: length / ENTRY_SIZE }, (_, index) => offset + index * ENTRY_SIZE);
  const tagOf = (at) => program.readBigInt64LE(at);
  const end = places.findIndex((at) => tagOf(at) === DT_NULL);
  const found = end + 1 < places.length ? places[end] : places.find((at) => tagOf(at) === DT_DEBUG);
  if (found === undefined) throw new Error('its dynamic section has no room for a DT_RPATH');
  return found;
};

/** @returns a copy whose libraries are looked for in `path` first. @throws Error when there is no room for it */
export const withRpath = (program, path) => {
  const sections = sectionsOf(program);
  const symbols = sections.find(({ type }) => type === SHT_DYNSYM);
  const dynamic = sections.find(({ type }) => type === SHT_DYNAMIC);
  if (symbols === undefined || dynamic === undefined) throw new Error('it is no dynamic program');
  const strings = sections[symbols.link];
  const copy = Buffer.from(program);
  const name = longestName(copy, symbols, strings);
  const text = Buffer.from(`${path}\0`);
  if (text.length > name.length) throw new Error(`no name in it is as long as ${path}`);
  // Filled up with slashes, which change no path, so that a longer one finds the same room later.
  copy.fill('/', name.at, name.at + name.length);
  copy.write(path, name.at);
  const entry = freeEntry(copy, dynamic);
  copy.writeBigInt64LE(DT_RPATH, entry);
  copy.writeBigInt64LE(BigInt(name.at - strings.offset), entry + 8);
  return copy;
};
