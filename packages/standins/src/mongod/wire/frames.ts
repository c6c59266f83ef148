import { Buffer } from 'node:buffer';

export const HEADER_BYTES = 16;
/** maxMessageSizeBytes of a mongod. */
export const MAX_MESSAGE_BYTES = 48_000_000;

export const OP_REPLY = 1;
export const OP_QUERY = 2004;
export const OP_MSG = 2013;

export interface Header {
  readonly length: number;
  readonly requestId: number;
  readonly responseTo: number;
  readonly opCode: number;
}

export const readHeader = (frame: Buffer): Header => ({
  length: frame.readInt32LE(0),
  requestId: frame.readInt32LE(4),
  responseTo: frame.readInt32LE(8),
  opCode: frame.readInt32LE(12),
});

export const writeHeader = (target: Buffer, header: Header): void => {
  target.writeInt32LE(header.length, 0);
  target.writeInt32LE(header.requestId, 4);
  target.writeInt32LE(header.responseTo, 8);
  target.writeInt32LE(header.opCode, 12);
};

/**
 * Cuts a stream into whole messages.
 * @returns what to call with each chunk; it gives the messages completed by it, or undefined when the stream is not this protocol
 */
export const createFrameReader = (): ((chunk: Buffer) => Buffer[] | undefined) => {
  let pending: Buffer[] = [];
  let size = 0;
  return (chunk) => {
    pending.push(chunk);
    size += chunk.length;
    const frames: Buffer[] = [];
    while (size >= 4) {
      if ((pending[0] as Buffer).length < 4) pending = [Buffer.concat(pending)];
      const length = (pending[0] as Buffer).readInt32LE(0);
      if (length < HEADER_BYTES || length > MAX_MESSAGE_BYTES) return undefined;
      if (size < length) break;
      const all = pending.length === 1 ? (pending[0] as Buffer) : Buffer.concat(pending);
      frames.push(all.subarray(0, length));
      size -= length;
      pending = size > 0 ? [all.subarray(length)] : [];
    }
    return frames;
  };
};
