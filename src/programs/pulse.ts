/** Shows a HEALTHCHECK that the process goes on: a port of its own loopback, which accepts connections and answers nothing. */
import { createServer } from 'node:net';
import { ChatopsError } from '../errors/chatops-error.ts';
import { LOOPBACK } from '../stack/edges.ts';

/** Connections at a time; a HEALTHCHECK needs one. */
const MOST_CONNECTIONS = 8;

export interface Pulse {
  readonly port: number;
  close(): Promise<void>;
}

/** @param port 0: a free one @throws ChatopsError PORT_TAKEN */
export const openPulse = async (port: number): Promise<Pulse> => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    // What is sent is read and dropped: unread, it would keep the connection open for as long as the other end likes.
    socket.resume();
    socket.end();
  });
  server.maxConnections = MOST_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(new ChatopsError('PORT_TAKEN', { what: `port ${port} cannot be opened`, why: cause.code ?? '', cause })),
    );
    server.listen(port, LOOPBACK, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
};
