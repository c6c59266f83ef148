import { connect } from 'node:net';

const WITHIN_MS = 2_000;

/** Whether a TCP connection opens; nothing is sent. */
export const reaches = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: WITHIN_MS });
    const end = (opened: boolean) => (): void => {
      socket.destroy();
      resolve(opened);
    };
    socket.once('connect', end(true)).once('error', end(false)).once('timeout', end(false));
  });
