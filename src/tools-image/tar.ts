/**
 * Tar archives in the ustar form (POSIX.1-2024, pax, "ustar Interchange Format"), always with the same bytes for the
 * same entries: no time, no owner but root where none is named, names of at most 100 bytes. Pure.
 */

export type TarKind = 'file' | 'folder' | 'link';

export interface TarHead {
  /** Without a slash before it. */
  readonly path: string;
  readonly kind: TarKind;
  /** Permissions: `0o755`. */
  readonly mode: number;
  /** Id of the user, and of the group, that it belongs to. Default 0: root. */
  readonly owner?: number;
  /** Bytes of a file's content. Default 0. */
  readonly size?: number;
  /** Where a link leads. */
  readonly target?: string;
}

export interface TarFile extends TarHead {
  readonly content: Buffer;
}

/** Everything in an archive stands in blocks of this many bytes. */
const BLOCK = 512;
const LONGEST_NAME = 100;
const FLAGS: Readonly<Record<TarKind, string>> = { file: '0', folder: '5', link: '2' };

/** Two blocks of zeros. */
export const TAR_END = Buffer.alloc(2 * BLOCK);

/** What fills the last block of a content of that many bytes. */
export const tarPadding = (size: number): Buffer => Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);

const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`;

/** @throws RangeError for a name that is too long */
export const tarHeader = ({ path, kind, mode, owner = 0, size = 0, target = '' }: TarHead): Buffer => {
  const name = kind === 'folder' ? `${path}/` : path;
  if (Buffer.byteLength(name) > LONGEST_NAME || Buffer.byteLength(target) > LONGEST_NAME) {
    throw new RangeError(`${name} is longer than the ${LONGEST_NAME} bytes that a tar header has for it`);
  }
  const block = Buffer.alloc(BLOCK);
  const put = (text: string, at: number): void => void block.write(text, at, 'utf8');
  put(name, 0);
  put(octal(mode, 7), 100);
  put(octal(owner, 7), 108);
  put(octal(owner, 7), 116);
  put(octal(size, 11), 124);
  put(octal(0, 11), 136);
  put(' '.repeat(8), 148);
  put(FLAGS[kind], 156);
  put(target, 157);
  put('ustar\x0000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  put(`${octal(sum, 6)} `, 148);
  return block;
};

/** A whole archive. */
export const tarOf = (entries: readonly (TarHead | TarFile)[]): Buffer =>
  Buffer.concat([
    ...entries.flatMap((entry) => {
      const content = 'content' in entry ? entry.content : Buffer.alloc(0);
      return [tarHeader({ ...entry, size: content.length }), content, tarPadding(content.length)];
    }),
    TAR_END,
  ]);

const textAt = (block: Buffer, at: number, room: number): string => {
  const field = block.subarray(at, at + room);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end === -1 ? room : end);
};

/** The files of an archive that was made here, path → content; folders and links are left out. */
export const filesOfTar = (archive: Buffer): ReadonlyMap<string, Buffer> => {
  const files = new Map<string, Buffer>();
  for (let at = 0; at + BLOCK <= archive.length && archive[at] !== 0; ) {
    const header = archive.subarray(at, at + BLOCK);
    const size = Number.parseInt(textAt(header, 124, 12), 8);
    const begin = at + BLOCK;
    if (textAt(header, 156, 1) === FLAGS.file) files.set(textAt(header, 0, 100), archive.subarray(begin, begin + size));
    at = begin + size + tarPadding(size).length;
  }
  return files;
};
