/** Who the client is: the connection's other end, or whom a believed proxy names. Pure. */
import { isIP } from 'node:net';
import type { RealIp } from '../config/model.ts';

/** `10.0.0.7`, `10.0.0.7:4711`, `[::1]:4711`; undefined for anything else. */
const addressIn = (word: string): string | undefined => {
  const { bracketed, plain } = /^(?:\[(?<bracketed>[^\]]+)\](?::\d+)?|(?<plain>[^:]+):\d+)$/.exec(word)?.groups ?? {};
  const address = bracketed ?? plain ?? word;
  return isIP(address) === 0 ? undefined : address;
};

/**
 * As ngx_http_get_forwarded_addr_internal has it: from the right, as long as who is speaking is believed; where a word is
 * no address, who spoke last counts. Without `recursive` only the connection's other end speaks.
 */
export const clientAddress = (connected: string, said: string, { from, recursive }: RealIp): string => {
  const words = said.split(',').map((word) => word.trim());
  const isBelieved = (address: string): boolean => from.some((range) => range.holds(address));
  let client = connected;
  while (isBelieved(client) && words.length > 0) {
    const next = addressIn(words.pop() ?? '');
    if (next === undefined) return client;
    client = next;
    if (!recursive) return client;
  }
  return client;
};
