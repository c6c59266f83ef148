/** The bytes: what is on the wire is written here by hand, not by the stand-in's own code. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { crc32c } from '@chatops-up/standins/internal/mongod/wire/crc32c';
import { createFrameReader } from '@chatops-up/standins/internal/mongod/wire/frames';
import { type Document, deserialize, serialize } from 'bson';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atEnd } from '../../helpers/at-end.ts';
import { admin, direct, startNode } from './nodes.ts';

const header = (length: number, opCode: number, requestId = 7): Buffer => {
  const bytes = Buffer.alloc(16);
  for (const [at, value] of [length, requestId, 0, opCode].entries()) bytes.writeInt32LE(value, at * 4);
  return bytes;
};

const int32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
};

const opMsg = (flags: number, ...sections: Buffer[]): Buffer => {
  const body = Buffer.concat([int32(flags), ...sections]);
  return Buffer.concat([header(16 + body.length, 2013), body]);
};

const body = (document: Document): Buffer => Buffer.concat([Buffer.from([0]), serialize(document)]);

const sequence = (name: string, documents: readonly Document[]): Buffer => {
  const content = Buffer.concat([Buffer.from(`${name}\0`), ...documents.map((document) => serialize(document))]);
  return Buffer.concat([Buffer.from([1]), int32(content.length + 4), content]);
};

const opQuery = (namespace: string, document: Document): Buffer => {
  const content = Buffer.concat([int32(0), Buffer.from(`${namespace}\0`), int32(0), int32(-1), serialize(document)]);
  return Buffer.concat([header(16 + content.length, 2004), content]);
};

const connected = async (): Promise<Socket> => {
  const node = await startNode();
  await direct(node);
  const socket = connect(node.port, '127.0.0.1');
  atEnd(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
};

interface Reply {
  readonly requestId: number;
  readonly responseTo: number;
  readonly opCode: number;
  readonly flags: number;
  readonly document: Document;
}

/** The next `count` whole answers. */
const answers = async (socket: Socket, count: number): Promise<Reply[]> => {
  const found: Reply[] = [];
  let bytes = Buffer.alloc(0);
  while (found.length < count) {
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    bytes = Buffer.concat([bytes, chunk]);
    for (; bytes.length >= 4 && bytes.length >= bytes.readInt32LE(0); bytes = bytes.subarray(bytes.readInt32LE(0))) {
      const opCode = bytes.readInt32LE(12);
      found.push({
        requestId: bytes.readInt32LE(4),
        responseTo: bytes.readInt32LE(8),
        opCode,
        flags: bytes.readInt32LE(16),
        document: deserialize(bytes.subarray(opCode === 1 ? 36 : 21, bytes.readInt32LE(0))),
      });
    }
  }
  return found;
};

const asked = async (socket: Socket, request: Buffer): Promise<Reply> => {
  socket.write(request);
  return (await answers(socket, 1))[0] as Reply;
};

const isCut = async (request: Buffer): Promise<boolean> => {
  const socket = await connected();
  socket.write(request);
  await once(socket, 'close');
  return true;
};

const PING = { ping: 1, $db: 'admin' };

describe('the wire protocol', () => {
  it('answers a legacy hello by OP_REPLY, and says that it knows the new one', async () => {
    const reply = await asked(await connected(), opQuery('admin.$cmd', { ismaster: 1, helloOk: true }));
    expect(reply).toMatchObject({ opCode: 1, responseTo: 7, document: { ok: 1, helloOk: true, ismaster: false } });
    expect(reply.document.isWritablePrimary).toBeUndefined();
  });

  it('refuses every other OP_QUERY with 352', async () => {
    const reply = await asked(await connected(), opQuery('admin.$cmd', { ping: 1 }));
    expect(reply.document).toMatchObject({ ok: 0, code: 352 });
  });

  it('reads document sequences as fields', async () => {
    const socket = await connected();
    const insert = opMsg(0, body({ insert: 'x', $db: 'app' }), sequence('documents', [{ n: 1 }, { n: 2 }]));
    // A ghost takes no writes: the refusal shows that it was understood as an insert.
    expect((await asked(socket, insert)).document).toMatchObject({ code: 10107 });
  });

  it('takes a right checksum and cuts the connection on a wrong one', async () => {
    const bare = opMsg(1, body(PING));
    const withLength = Buffer.concat([header(bare.length + 4, 2013), bare.subarray(16)]);
    const sum = Buffer.alloc(4);
    sum.writeUInt32LE(crc32c(withLength));
    expect((await asked(await connected(), Buffer.concat([withLength, sum]))).document.ok).toBe(1);
    sum.writeUInt32LE(crc32c(withLength) ^ 1);
    expect(await isCut(Buffer.concat([withLength, sum]))).toBe(true);
  });

  it('knows the check value of CRC-32C', () => {
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
  });

  it('answers in order, and nothing where the client wants no answer', async () => {
    const socket = await connected();
    const silent = opMsg(2, body({ insert: 'x', documents: [{ n: 1 }], $db: 'app', writeConcern: { w: 0 } }));
    socket.write(Buffer.concat([silent, opMsg(0, body(PING)), opMsg(0, body({ nothing: 1, $db: 'admin' }))]));
    const [first, second] = await answers(socket, 2);
    expect(first?.document).toMatchObject({ ok: 1 });
    expect(second?.document).toMatchObject({ ok: 0, code: 59, codeName: 'CommandNotFound' });
  });

  it('streams hello: one question, an answer at once and one with every change, each answering the one before', async () => {
    const node = await startNode();
    const client = await direct(node);
    const socket = connect(node.port, '127.0.0.1');
    atEnd(() => void socket.destroy());
    const { document } = await asked(socket, opMsg(0, body({ hello: 1, $db: 'admin' })));
    const { processId, counter } = document.topologyVersion;
    const topologyVersion = { processId, counter };
    socket.write(opMsg(1 << 16, body({ hello: 1, topologyVersion, maxAwaitTimeMS: 10_000, $db: 'admin' })));
    await admin(client, { replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host: node.host }] } });
    const [first, second] = await answers(socket, 2);
    expect(first).toMatchObject({ flags: 2, responseTo: 7, document: { setName: 'rs0' } });
    expect(second).toMatchObject({ flags: 2, responseTo: first?.requestId });
    expect(second?.document.topologyVersion.counter).toBeGreaterThan(first?.document.topologyVersion.counter);
  });

  it.each([
    ['an unknown opcode', Buffer.concat([header(20, 2012), int32(0)])],
    ['an unknown required flag', opMsg(4, body(PING))],
    ['two bodies', opMsg(0, body(PING), body(PING))],
    ['an unknown section kind', opMsg(0, Buffer.from([9, 5, 0, 0, 0, 0]))],
    ['a length below a header', header(3, 2013)],
    ['a length beyond the limit', header(2_000_000_000, 2013)],
    ['a document longer than its message', opMsg(0, Buffer.from([0, 255, 0, 0, 0, 0]))],
    ['plain text', Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n')],
  ])('cuts the connection on %s', async (_name, request) => {
    expect(await isCut(request)).toBe(true);
  });

  it('cuts a stream into the same messages wherever it is torn', () => {
    const messages = fc.array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(messages, fc.integer({ min: 1, max: 23 }), (contents, step) => {
        const frames = contents.map((content) => Buffer.concat([header(16 + content.length, 2013), content]));
        const stream = Buffer.concat(frames);
        const read = createFrameReader();
        const found: Buffer[] = [];
        for (let at = 0; at < stream.length; at += step) found.push(...(read(stream.subarray(at, at + step)) ?? []));
        expect(found.map((frame) => frame.toString('hex'))).toEqual(frames.map((frame) => frame.toString('hex')));
      }),
    );
  });
});
