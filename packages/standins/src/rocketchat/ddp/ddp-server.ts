import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Faults } from '../../kit/faults.ts';
import type { Ledger } from '../../kit/ledger.ts';
import { afterReal } from '../../kit/real-time.ts';
import { clientAddress } from '../api/client-address.ts';
import type { Chat } from '../chat.ts';
import type { Frame } from './frames.ts';
import { startHeartbeat } from './heartbeat.ts';
import { createDdpSession } from './session.ts';

export interface DdpServer {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

const PATHS = ['/websocket', '/sockjs/websocket'];
const FRAME_LIMIT_BYTES = 1_000_000;

export interface DdpServerOptions {
  readonly chat: Chat;
  readonly ledger: Ledger;
  readonly faults: Faults;
  /** Real ms without a word after which a client is pinged, and after as many more dropped. */
  readonly heartbeatMs: number;
}

/** Meteor's websocket: `/websocket`, and SockJS's raw form of it. */
export const createDdpServer = ({ chat, ledger, faults, heartbeatMs }: DdpServerOptions): DdpServer => {
  const server = new WebSocketServer({ noServer: true, maxPayload: FRAME_LIMIT_BYTES });

  const serve = (socket: WebSocket, address: string): void => {
    const send = (frame: Frame): void => {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame));
    };
    const session = createDdpSession({ chat, ledger, address, send, close: () => socket.close() });
    const stopListening = chat.news.listen(session.hear);
    const heartbeat = startHeartbeat({
      everyMs: heartbeatMs,
      ping: () => send({ msg: 'ping' }),
      drop: () => socket.terminate(),
      after: afterReal,
    });
    socket.on('message', (data) => {
      heartbeat.heard();
      session.receive(data.toString());
    });
    socket.on('close', () => {
      heartbeat.stop();
      stopListening();
    });
    // A frame too large or malformed ends the connection; 'close' follows.
    socket.on('error', () => undefined);
    // Sent before anything else by the real server; clients ignore it.
    send({ server_id: '0' });
  };

  return {
    upgrade: (request, socket, head) => {
      const [path = ''] = (request.url ?? '').split('?');
      const fault = faults.take(`GET ${path}`)?.effect;
      const isOurs = PATHS.includes(path.replace(/\/$/, ''));
      if (!isOurs || fault?.kind === 'reset') return void socket.destroy();
      if (fault?.kind === 'status' || fault?.kind === 'html')
        return void socket.end(`HTTP/1.1 ${fault.status} Fault\r\nConnection: close\r\n\r\n`);
      const address = clientAddress(request.headers, request.socket.remoteAddress ?? '', chat.env);
      const proceed = (): void => server.handleUpgrade(request, socket, head, (one) => serve(one, address));
      if (fault?.kind === 'delay') afterReal(fault.ms, proceed);
      else proceed();
    },
    close: () => {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
};
