/** Clients that mean no good: many connections that say nothing, little, or far too much. */
import { connect, type Socket } from 'node:net';

export interface Crowd {
  /** Connections that the other side still holds. */
  held(): number;
  leave(): void;
}

export interface CrowdOptions {
  readonly url: string;
  readonly count: number;
  /** Sent at once. */
  readonly opening?: string;
  /** Then again and again, this much every 200 ms. */
  readonly drip?: string;
}

/** Resolves when all are connected. One that is ended by the other side comes again at once. */
export const sendCrowd = async ({ url, count, opening, drip }: CrowdOptions): Promise<Crowd> => {
  const { hostname, port } = new URL(url);
  const open = new Set<Socket>();
  let stays = true;

  const come = (): Promise<void> =>
    new Promise((resolve) => {
      const socket = connect(Number(port), hostname);
      open.add(socket);
      const timer = drip === undefined ? undefined : setInterval(() => socket.write(drip), 200);
      socket.on('connect', () => {
        if (opening !== undefined) socket.write(opening);
        resolve();
      });
      socket.on('error', () => undefined);
      socket.on('data', () => undefined);
      socket.on('close', () => {
        clearInterval(timer);
        open.delete(socket);
        // Renewed at the pace of a client that means it, without keeping this process from everything else.
        if (stays) setTimeout(() => stays && void come(), 50);
      });
    });

  await Promise.all(Array.from({ length: count }, come));
  return {
    held: () => open.size,
    leave: () => {
      stays = false;
      for (const socket of open) socket.destroy();
    },
  };
};

/** Heads that never end. */
export const DRIPPING_HEAD = {
  opening: 'POST /hooks/gitlab?channel=builds HTTP/1.1\r\nHost: relay\r\n',
  drip: 'X: x\r\n',
};

/** A delivery with the secret, whose body never ends. */
export const drippingBody = (secret: string) => ({
  opening: [
    'POST /hooks/gitlab?channel=builds HTTP/1.1',
    ...['Host: relay', 'Content-Type: application/json', `X-Gitlab-Token: ${secret}`, 'Content-Length: 1000000'],
    '',
    '{',
  ].join('\r\n'),
  drip: ' ',
});
