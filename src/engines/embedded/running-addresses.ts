import type { Addresses } from '../../contracts/addresses.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';
import { endpointKey, type LoopbackPorts } from './loopback-ports.ts';

/** Of servers that another process runs: what has no place there is not among them. */
export const runningAddresses = (ports: LoopbackPorts): Addresses => ({
  resolve: ({ service, port }) => {
    const own = ports[endpointKey(service, port)];
    if (own !== undefined) return { host: '127.0.0.1', port: own };
    throw new ChatopsError('UNREACHABLE', {
      what: `${service}:${port} is not among the servers that run`,
      why: 'they were started from another chatops.yaml',
      next: 'end them (`chatops-up down`) and run `chatops-up up`',
    });
  },
});
