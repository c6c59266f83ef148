/** Output of containers as the Engine API sends it. */
import { type Duplex, PassThrough } from 'node:stream';

/** What is written to it arrives as text. */
export const text = (listener: (chunk: string) => void): PassThrough => {
  const stream = new PassThrough({ encoding: 'utf8' });
  stream.on('data', listener);
  return stream;
};

/** Frames of eight bytes and a body (Engine API, "Attach to a container", "Stream format") → what was said. */
export const unframed = (bytes: Buffer): string => {
  const parts: Buffer[] = [];
  for (let at = 0; at + 8 <= bytes.length; ) {
    const size = bytes.readUInt32BE(at + 4);
    parts.push(bytes.subarray(at + 8, at + 8 + size));
    at += 8 + size;
  }
  return Buffer.concat(parts).toString('utf8');
};

/** Resolves when nothing more comes; never rejects. */
export const ended = (stream: Pick<Duplex, 'once'> | NodeJS.ReadableStream): Promise<void> =>
  new Promise((resolve) => {
    for (const event of ['end', 'close', 'error']) stream.once(event, () => resolve());
  });
