/** The little of MongoDB that a chat server asks at its start, in whatever state a test wants it. */
import { createServer, type Server, type Socket } from 'node:net';
import { BSON, type Document } from 'bson';

export interface StubMongo {
  readonly port: number;
  /** Commands that came, `hello` left out. */
  readonly commands: string[];
  /** What `hello` says beside the fixed part; change it while the stub runs. */
  hello: Document;
  close(): Promise<void>;
}

export const PRIMARY: Document = {
  isWritablePrimary: true,
  setName: 'rs0',
  me: 'mongo:27017',
  primary: 'mongo:27017',
  hosts: ['mongo:27017'],
};

const OP_MSG = 2013;

const replyTo = (request: Buffer, answer: Document): Buffer => {
  const isMessage = request.readInt32LE(12) === OP_MSG;
  const body = BSON.serialize(answer);
  // OP_REPLY has flags, cursor id, start and count before the document; OP_MSG flags and the kind of section.
  const prefix = Buffer.alloc(isMessage ? 5 : 20);
  if (!isMessage) prefix.writeInt32LE(1, 16);
  const header = Buffer.alloc(16);
  header.writeInt32LE(16 + prefix.length + body.length, 0);
  header.writeInt32LE(1, 4);
  header.writeInt32LE(request.readInt32LE(4), 8);
  header.writeInt32LE(isMessage ? OP_MSG : 1, 12);
  return Buffer.concat([header, prefix, body]);
};

const commandOf = (request: Buffer): string => {
  if (request.readInt32LE(12) !== OP_MSG) return 'hello';
  const [name = ''] = Object.keys(BSON.deserialize(request.subarray(21)));
  return name;
};

export const startStubMongo = async (hello: Document = PRIMARY, maxWireVersion = 25): Promise<StubMongo> => {
  const sockets = new Set<Socket>();
  const commands: string[] = [];
  const stub = { hello };
  const answer = (command: string): Document => {
    if (/^(hello|ismaster|isMaster)$/.test(command))
      return {
        ...stub.hello,
        helloOk: true,
        maxBsonObjectSize: 16_777_216,
        maxMessageSizeBytes: 48_000_000,
        maxWriteBatchSize: 100_000,
        localTime: new Date(),
        minWireVersion: 0,
        maxWireVersion,
        ok: 1,
      };
    commands.push(command);
    return { n: 1, ok: 1 };
  };
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    let buffered = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      buffered = Buffer.concat([buffered, data]);
      while (buffered.length >= 4 && buffered.length >= buffered.readInt32LE(0)) {
        const request = buffered.subarray(0, buffered.readInt32LE(0));
        buffered = buffered.subarray(request.length);
        socket.write(replyTo(request, answer(commandOf(request))));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return Object.assign(stub, {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    commands,
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  });
};
