import type { Addresses } from '../../contracts/addresses.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';
import { type Places, placeKey } from './places.ts';

/** Of servers that another process runs: what has no place there is not among them. */
export const runningAddresses = (places: Places): Addresses => ({
  resolve: ({ service, port }) => {
    const place = places[placeKey(service, port)];
    if (place !== undefined) return { host: '127.0.0.1', port: place };
    throw new ChatopsError('UNREACHABLE', {
      what: `${service}:${port} is not among the servers that run`,
      why: 'they were started from another chatops.yaml',
      next: 'end them (`chatops-up down`) and run `chatops-up up`',
    });
  },
});
