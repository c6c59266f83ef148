/** After a switch of protocols: two sockets, one stream, closed together. */

import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { wallClockMs } from '../../kit/real-time.ts';
import type { HeaderLine } from './headers.ts';
import { linesOf } from './headers.ts';

const headText = (answer: IncomingMessage, added: readonly HeaderLine[]): string => {
  const lines: readonly HeaderLine[] = [
    ['Server', 'nginx'],
    ['Date', new Date(wallClockMs()).toUTCString()],
    ...linesOf(answer.rawHeaders).filter(([name]) => !/^(?:server|date)$/i.test(name)),
    ...added,
  ];
  const head = `HTTP/1.1 ${answer.statusCode ?? 101} ${answer.statusMessage ?? ''}`;
  return `${[head, ...lines.map(([name, value]) => `${name}: ${value}`)].join('\r\n')}\r\n\r\n`;
};

/** @param silentMs either side may be silent for so long, ms */
export const joinSockets = (
  client: { readonly socket: Duplex; readonly head: Buffer },
  backEnd: { readonly socket: Socket; readonly head: Buffer; readonly answer: IncomingMessage },
  added: readonly HeaderLine[],
  silentMs: number,
): void => {
  const close = () => {
    client.socket.destroy();
    backEnd.socket.destroy();
  };
  for (const socket of [client.socket, backEnd.socket]) {
    socket.on('error', close);
    socket.on('close', close);
  }
  backEnd.socket.setTimeout(silentMs, close);
  client.socket.write(headText(backEnd.answer, added));
  if (backEnd.head.length > 0) client.socket.write(backEnd.head);
  if (client.head.length > 0) backEnd.socket.write(client.head);
  client.socket.pipe(backEnd.socket);
  backEnd.socket.pipe(client.socket);
};
