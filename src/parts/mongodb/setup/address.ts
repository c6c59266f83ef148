import type { NodeAddress } from '../mongo.ts';

/** mongod's own port, used where a member's name has none. */
const DEFAULT_PORT = 27_017;

/** `host:port` as replica sets write it; IPv6 in brackets. */
export const parseAddress = (text: string): NodeAddress => {
  const groups = /^(?:\[(?<v6>[^\]]+)\]|(?<name>[^:]+))(?::(?<port>\d+))?$/.exec(text)?.groups;
  return { host: groups?.v6 ?? groups?.name ?? text, port: Number(groups?.port ?? DEFAULT_PORT) };
};
