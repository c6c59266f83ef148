/** OP_MSG: mongodb/specifications source/message/OP_MSG.md. Body (kind 0) and document sequences (kind 1). */
import { Buffer } from 'node:buffer';
import { type Document, readDocument, writeDocument } from './bson-codec.ts';
import { crc32c } from './crc32c.ts';
import { HEADER_BYTES, OP_MSG, readHeader, writeHeader } from './frames.ts';

const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
const EXHAUST_ALLOWED = 1 << 16;
/** Bits 0 to 15 must be understood by the receiver; we know two of them. */
const UNKNOWN_REQUIRED = 0xffff & ~(CHECKSUM_PRESENT | MORE_TO_COME);

export interface Message {
  readonly requestId: number;
  readonly responseTo: number;
  /** Document sequences are already fields of it. */
  readonly body: Document;
  /** The sender wants no answer. */
  readonly moreToCome: boolean;
  readonly exhaustAllowed: boolean;
}

export class MalformedMessage extends Error {}

const readSequence = (section: Buffer): [string, Document[]] => {
  const end = section.indexOf(0);
  if (end < 0) throw new MalformedMessage('a document sequence has no name');
  const documents: Document[] = [];
  for (let at = end + 1; at < section.length; ) {
    const length = section.readInt32LE(at);
    if (length < 5 || at + length > section.length) throw new MalformedMessage('a document sequence is cut off');
    documents.push(readDocument(section.subarray(at, at + length)));
    at += length;
  }
  return [section.toString('utf8', 0, end), documents];
};

const readSections = (sections: Buffer): Document => {
  let body: Document | undefined;
  const sequences: Array<[string, Document[]]> = [];
  for (let at = 0; at < sections.length; ) {
    const kind = sections[at];
    const length = sections.readInt32LE(at + 1);
    if (length < 4 || at + 1 + length > sections.length) throw new MalformedMessage('a section is cut off');
    const content = sections.subarray(at + 1, at + 1 + length);
    if (kind === 0 && body === undefined) body = readDocument(content);
    else if (kind === 1) sequences.push(readSequence(content.subarray(4)));
    else throw new MalformedMessage(`unexpected section kind ${kind}`);
    at += 1 + length;
  }
  if (body === undefined) throw new MalformedMessage('no body section');
  return { ...body, ...Object.fromEntries(sequences) };
};

/** @throws MalformedMessage, RangeError or BSONError when the bytes are no OP_MSG: cut the connection */
export const readMessage = (frame: Buffer): Message => {
  const { requestId, responseTo } = readHeader(frame);
  const flags = frame.readUInt32LE(HEADER_BYTES);
  if (flags & UNKNOWN_REQUIRED) throw new MalformedMessage(`unknown required flags ${flags & UNKNOWN_REQUIRED}`);
  const hasChecksum = (flags & CHECKSUM_PRESENT) !== 0;
  const end = hasChecksum ? frame.length - 4 : frame.length;
  if (hasChecksum && crc32c(frame.subarray(0, end)) !== frame.readUInt32LE(end))
    throw new MalformedMessage('checksum does not match');
  return {
    requestId,
    responseTo,
    body: readSections(frame.subarray(HEADER_BYTES + 4, end)),
    moreToCome: (flags & MORE_TO_COME) !== 0,
    exhaustAllowed: (flags & EXHAUST_ALLOWED) !== 0,
  };
};

export interface Outgoing {
  readonly requestId: number;
  readonly responseTo: number;
  readonly body: Document;
  readonly moreToCome?: boolean;
}

export const writeMessage = (message: Outgoing): Buffer => {
  const body = writeDocument(message.body);
  const frame = Buffer.alloc(HEADER_BYTES + 5 + body.length);
  writeHeader(frame, {
    length: frame.length,
    requestId: message.requestId,
    responseTo: message.responseTo,
    opCode: OP_MSG,
  });
  frame.writeUInt32LE(message.moreToCome === true ? MORE_TO_COME : 0, HEADER_BYTES);
  frame.set(body, HEADER_BYTES + 5);
  return frame;
};
