/** How one member of a set asks another: a kept connection, one request at a time per link, no retries. */

import type { Buffer } from 'node:buffer';
import { connect, type Socket } from 'node:net';
import { afterReal } from '../../kit/real-time.ts';
import { type Seal, sealed } from '../access/key-file.ts';
import { type Document, toNumber } from './bson-codec.ts';
import { createFrameReader } from './frames.ts';
import { nextRequestId } from './listener.ts';
import { readMessage, writeMessage } from './op-msg.ts';

export interface Address {
  readonly host: string;
  readonly port: number;
}

export interface Link {
  /** @throws Error when the other side cannot be reached, goes away, says nothing in `timeoutMs` real ms, or answers `ok: 0` */
  call(command: Document, timeoutMs: number): Promise<Document>;
  close(): void;
}

/** The other side answered, and refused. */
export class PeerRefusal extends Error {
  readonly code: number;
  readonly codeName: string;

  constructor(reply: Document) {
    super(String(reply.errmsg ?? 'refused'));
    this.code = toNumber(reply.code) ?? 0;
    this.codeName = String(reply.codeName ?? '');
  }
}

interface Waiting {
  readonly resolve: (reply: Document) => void;
  readonly reject: (error: Error) => void;
}

/**
 * @param resolve where the host is now; undefined when the name leads nowhere
 * @param onLost called when an open connection is closed by the other side
 * @param seal shown with every question
 */
export const createLink = (
  resolve: () => Address | undefined,
  name: string,
  onLost: () => void,
  seal: Seal | undefined,
): Link => {
  let socket: Socket | undefined;
  let closed = false;
  const waiting = new Map<number, Waiting>();

  const drop = (lost: Socket, error: Error): void => {
    if (socket !== lost) return;
    socket = undefined;
    lost.destroy();
    const failed = [...waiting.values()];
    waiting.clear();
    for (const one of failed) one.reject(error);
    // Only a connection that once answered was lost; one that never opened is simply not there.
    if (!closed && lost.bytesRead > 0) onLost();
  };

  const open = (): Socket => {
    const address = resolve();
    if (address === undefined) throw new Error(`Could not find address for ${name}: Host not found`);
    const created = connect({ host: address.host, port: address.port, noDelay: true });
    created.unref();
    const read = createFrameReader();
    created.on('data', (chunk: Buffer) => {
      for (const frame of read(chunk) ?? []) {
        const message = readMessage(frame);
        const one = waiting.get(message.responseTo);
        waiting.delete(message.responseTo);
        if (toNumber(message.body.ok) === 1) one?.resolve(message.body);
        else one?.reject(new PeerRefusal(message.body));
      }
    });
    created.on('error', (error) => drop(created, new Error(`Error connecting to ${name} :: ${error.message}`)));
    created.on('close', () => drop(created, new Error(`connection to ${name} was closed`)));
    return created;
  };

  return {
    call: (command, timeoutMs) =>
      new Promise((resolveCall, reject) => {
        if (closed) return reject(new Error('link is closed'));
        try {
          socket ??= open();
        } catch (error) {
          return reject(error as Error);
        }
        const requestId = nextRequestId();
        const cancel = afterReal(timeoutMs, () => {
          waiting.delete(requestId);
          reject(new Error(`${name} did not answer in ${timeoutMs} ms`));
        });
        const settle =
          <T>(next: (value: T) => void) =>
          (value: T) => {
            cancel();
            next(value);
          };
        waiting.set(requestId, { resolve: settle(resolveCall), reject: settle(reject) });
        socket.write(writeMessage({ requestId, responseTo: 0, body: { ...sealed(seal, command), $db: 'admin' } }));
      }),
    close: () => {
      closed = true;
      if (socket) drop(socket, new Error('link is closed'));
    },
  };
};
