/** OP_QUERY as drivers still send it: only the first hello of a connection, on `<db>.$cmd`; answered by OP_REPLY. */
import { Buffer } from 'node:buffer';
import { type Document, isDocument, readDocument, writeDocument } from './bson-codec.ts';
import { HEADER_BYTES, OP_REPLY, readHeader, writeHeader } from './frames.ts';
import { MalformedMessage } from './op-msg.ts';

export interface Query {
  readonly requestId: number;
  readonly namespace: string;
  readonly body: Document;
}

export const readQuery = (frame: Buffer): Query => {
  const nameStart = HEADER_BYTES + 4;
  const nameEnd = frame.indexOf(0, nameStart);
  if (nameEnd < 0) throw new MalformedMessage('no collection name');
  const at = nameEnd + 1 + 8;
  const length = frame.readInt32LE(at);
  if (length < 5 || at + length > frame.length) throw new MalformedMessage('the query is cut off');
  const document = readDocument(frame.subarray(at, at + length));
  return {
    requestId: readHeader(frame).requestId,
    namespace: frame.toString('utf8', nameStart, nameEnd),
    // Old clients wrap the command: {$query: {...}, $readPreference: {...}}.
    body: isDocument(document.$query) ? document.$query : document,
  };
};

const AWAIT_CAPABLE = 8;

export const writeReply = (responseTo: number, requestId: number, document: Document): Buffer => {
  const body = writeDocument(document);
  const frame = Buffer.alloc(HEADER_BYTES + 20 + body.length);
  writeHeader(frame, { length: frame.length, requestId, responseTo, opCode: OP_REPLY });
  frame.writeInt32LE(AWAIT_CAPABLE, HEADER_BYTES);
  frame.writeInt32LE(1, HEADER_BYTES + 16);
  frame.set(body, HEADER_BYTES + 20);
  return frame;
};
