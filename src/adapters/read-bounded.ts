/** Files that users name: only regular ones, and never more of them than is asked for. */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { codeOf } from './network-errors.ts';

/** For what is read only where it can be: undefined where there is none, and for what must not be read. */
export const textOrNothing = (path: string, most: number): string | undefined => {
  const read = readBounded(path, most);
  return read.kind === 'text' ? read.text : undefined;
};

export type BoundedText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'none' }
  /** `why` ends a sentence: `EACCES`, `it is no regular file`. */
  | { readonly kind: 'refused'; readonly why: string; readonly isDirectory?: boolean; readonly cause?: unknown }
  /** Bytes, as the system reports them. */
  | { readonly kind: 'too-large'; readonly size: number };

/** Read to the end, or until there is one byte more than `most`. */
const bytesOf = (descriptor: number, most: number): Buffer => {
  const chunks: Buffer[] = [];
  for (let left = most + 1; left > 0; ) {
    const chunk = Buffer.allocUnsafe(Math.min(left, 65_536));
    const count = readSync(descriptor, chunk, 0, chunk.length, null);
    if (count === 0) break;
    chunks.push(chunk.subarray(0, count));
    left -= count;
  }
  return Buffer.concat(chunks);
};

/** A FIFO would be waited for, and a device never ends: what is no regular file is refused unread. @param most bytes */
export const readBounded = (path: string, most: number): BoundedText => {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = fstatSync(descriptor);
    if (stat.isDirectory()) return { kind: 'refused', why: 'it is a directory', isDirectory: true };
    if (!stat.isFile()) return { kind: 'refused', why: 'it is no regular file' };
    const bytes = bytesOf(descriptor, most);
    return bytes.length > most
      ? { kind: 'too-large', size: Math.max(stat.size, bytes.length) }
      : { kind: 'text', text: bytes.toString('utf8') };
  } catch (cause) {
    const code = codeOf(cause) ?? String(cause);
    // ENXIO: a socket, which cannot be opened.
    if (code === 'ENXIO') return { kind: 'refused', why: 'it is no regular file', cause };
    return code === 'ENOENT' ? { kind: 'none' } : { kind: 'refused', why: code, cause };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
};
