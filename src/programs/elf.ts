/**
 * An ELF program that is to stand elsewhere: the loader it names (PT_INTERP) and the folder of its libraries (DT_RPATH),
 * replaced in place. Nothing moves: what a compiler appended to the program must stay where it is.
 * Offsets are those of a 64-bit little-endian ELF (System V ABI, "ELF Header", "Program Header", "Dynamic Section").
 */
import { ChatopsError } from '../errors/chatops-error.ts';

const PT_LOAD = 1;
const PT_DYNAMIC = 2;
const PT_INTERP = 3;
const DT_NULL = 0;
const DT_STRTAB = 5;
const DT_RPATH = 15;

interface Segment {
  readonly type: number;
  readonly offset: number;
  readonly address: number;
  readonly size: number;
}

const refuse = (why: string): ChatopsError =>
  new ChatopsError('INTERNAL', { what: 'the program cannot be made to stand elsewhere', why });

const word = (program: Buffer, at: number): number => Number(program.readBigUInt64LE(at));

const segments = (program: Buffer): readonly Segment[] => {
  if (program.length < 64 || program.readUInt32BE(0) !== 0x7f454c46 || program[4] !== 2 || program[5] !== 1) {
    throw refuse('it is no 64-bit little-endian ELF program');
  }
  const [first, size, count] = [word(program, 0x20), program.readUInt16LE(0x36), program.readUInt16LE(0x38)];
  return Array.from({ length: count }, (_, index) => {
    const at = first + index * size;
    return {
      type: program.readUInt32LE(at),
      offset: word(program, at + 8),
      address: word(program, at + 16),
      size: word(program, at + 32),
    };
  });
};

const find = (all: readonly Segment[], type: number, what: string): Segment => {
  const found = all.find((segment) => segment.type === type);
  if (found) return found;
  throw refuse(`it has no ${what}`);
};

/** Where in the file the text of DT_RPATH stands. */
const rpathOffset = (program: Buffer, all: readonly Segment[]): number => {
  const dynamic = find(all, PT_DYNAMIC, 'dynamic section');
  const entries = new Map<number, number>();
  for (let at = dynamic.offset; at < dynamic.offset + dynamic.size; at += 16) {
    const tag = word(program, at);
    if (tag === DT_NULL) break;
    entries.set(tag, word(program, at + 8));
  }
  const [strings, rpath] = [entries.get(DT_STRTAB), entries.get(DT_RPATH)];
  if (strings === undefined || rpath === undefined) throw refuse('it has no DT_RPATH');
  const address = strings + rpath;
  const load = all.find(
    (each) => each.type === PT_LOAD && each.address <= address && address < each.address + each.size,
  );
  if (!load) throw refuse('its DT_RPATH is in no segment');
  return address - load.address + load.offset;
};

const replace = (program: Buffer, at: number, room: number, text: string): void => {
  const bytes = Buffer.from(`${text}\0`, 'utf8');
  if (bytes.length > room) throw refuse(`${text} is longer than the ${room - 1} bytes there are`);
  program.fill(0, at, at + room);
  bytes.copy(program, at);
};

export interface ElfPaths {
  /** Absolute path of the dynamic loader. */
  readonly loader: string;
  /** Absolute path of the folder with the libraries. */
  readonly libraries: string;
}

/** A copy with other paths; none may be longer than what stands there. @throws ChatopsError INTERNAL */
export const relocated = (program: Buffer, { loader, libraries }: ElfPaths): Buffer => {
  const all = segments(program);
  const interpreter = find(all, PT_INTERP, 'loader');
  const rpath = rpathOffset(program, all);
  const copy = Buffer.from(program);
  replace(copy, interpreter.offset, interpreter.size, loader);
  replace(copy, rpath, program.indexOf(0, rpath) + 1 - rpath, libraries);
  return copy;
};
