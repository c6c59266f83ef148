/** What the command does with ports: it finds a free one, sees that one is free, and hears when one is open. */
import { type AddressInfo, connect, createServer } from 'node:net';

/** Opens the port for a moment. @param port 0: any free one @throws Node's EADDRINUSE, EACCES, EADDRNOTAVAIL */
export const claimPort = (host: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, host, () => {
      const { port: given } = server.address() as AddressInfo;
      server.close(() => resolve(given));
    });
  });

/** Where a client of this machine finds what listens on `host`. */
export const placeFor = (host: string): string =>
  host === '0.0.0.0' ? '127.0.0.1' : host === '::' || host === '::0' ? '::1' : host;

export const accepts = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, placeFor(host));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
