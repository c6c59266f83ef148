/** The port of a mongod: one request at a time per connection, in order; exhaust replies stream on. */
import type { Buffer } from 'node:buffer';
import { createServer, type Server, type Socket } from 'node:net';
import type { Document } from './bson-codec.ts';
import { createFrameReader, OP_MSG, OP_QUERY, readHeader } from './frames.ts';
import { MalformedMessage, readMessage, writeMessage } from './op-msg.ts';
import { readQuery, writeReply } from './op-query.ts';

export interface Connection {
  readonly id: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly closed: boolean;
  /** What commands remember about this connection (login, first hello). */
  readonly memory: Map<string, unknown>;
}

export interface WireReply {
  readonly body: Document;
  /** Asked after this answer went out, when the client allows exhaust replies; undefined ends the stream. */
  readonly next?: () => Promise<WireReply | 'cut'>;
}

export interface ListenerOptions {
  /** 'cut' closes the connection without an answer. */
  readonly answer: (body: Document, connection: Connection, legacy: boolean) => Promise<WireReply | 'cut'>;
  readonly onClosed?: (connection: Connection) => void;
}

export interface Listener {
  /** @param host default `127.0.0.1` @throws Node's EADDRINUSE and its like */
  listen(port: number, host?: string): Promise<void>;
  /** Shuts the port and cuts every connection. */
  shut(): Promise<void>;
  readonly connections: number;
}

let lastRequestId = 0;
export const nextRequestId = (): number => {
  lastRequestId = (lastRequestId + 1) & 0x7fffffff;
  return lastRequestId;
};

const handleMessage = async (
  frame: Buffer,
  socket: Socket,
  connection: Connection,
  options: ListenerOptions,
): Promise<void> => {
  const message = readMessage(frame);
  let answer = await options.answer(message.body, connection, false);
  let responseTo = message.requestId;
  for (;;) {
    if (answer === 'cut') return void socket.destroy();
    if (message.moreToCome || connection.closed) return;
    const streams = message.exhaustAllowed && answer.next !== undefined;
    const requestId = nextRequestId();
    socket.write(writeMessage({ requestId, responseTo, body: answer.body, moreToCome: streams }));
    if (!streams || answer.next === undefined) return;
    // An exhaust reply answers the reply before it (OP_MSG.md, exhaustAllowed).
    responseTo = requestId;
    answer = await answer.next();
  }
};

const handleQuery = async (
  frame: Buffer,
  socket: Socket,
  connection: Connection,
  options: ListenerOptions,
): Promise<void> => {
  const query = readQuery(frame);
  const db = query.namespace.split('.')[0] ?? 'admin';
  const answer = await options.answer({ ...query.body, $db: db }, connection, true);
  if (answer === 'cut') return void socket.destroy();
  if (!connection.closed) socket.write(writeReply(query.requestId, nextRequestId(), answer.body));
};

const handleFrame = (frame: Buffer, socket: Socket, connection: Connection, options: ListenerOptions) => {
  const { opCode } = readHeader(frame);
  if (opCode === OP_MSG) return handleMessage(frame, socket, connection, options);
  if (opCode === OP_QUERY) return handleQuery(frame, socket, connection, options);
  throw new MalformedMessage(`unsupported opcode ${opCode}`);
};

export const createListener = (options: ListenerOptions): Listener => {
  const sockets = new Map<Socket, { closed: boolean }>();
  let server: Server | undefined;
  let lastConnection = 0;

  const accept = (socket: Socket): void => {
    lastConnection += 1;
    const connection = {
      id: lastConnection,
      remoteAddress: socket.remoteAddress ?? '',
      remotePort: socket.remotePort ?? 0,
      closed: false,
      memory: new Map<string, unknown>(),
    };
    sockets.set(socket, connection);
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      connection.closed = true;
      options.onClosed?.(connection);
    });
    const read = createFrameReader();
    let queue = Promise.resolve();
    socket.on('data', (chunk: Buffer) => {
      const frames = read(chunk);
      if (frames === undefined) return void socket.destroy();
      for (const frame of frames)
        queue = queue
          .then(() => (connection.closed ? undefined : handleFrame(frame, socket, connection, options)))
          .catch(() => void socket.destroy());
    });
  };

  return {
    listen: (port, host = '127.0.0.1') =>
      new Promise((resolve, reject) => {
        const created = createServer({ noDelay: true }, accept);
        created.once('error', reject);
        created.listen(port, host, () => resolve());
        server = created;
      }),
    shut: () =>
      new Promise((resolve) => {
        const closing = server;
        server = undefined;
        for (const [socket, connection] of sockets) {
          // At once: the socket's own event comes too late for a stream of answers that never has to wait.
          connection.closed = true;
          socket.destroy();
        }
        if (!closing?.listening) return resolve();
        closing.close(() => resolve());
      }),
    get connections() {
      return sockets.size;
    },
  };
};
