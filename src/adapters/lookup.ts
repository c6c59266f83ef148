/**
 * Names under `.localhost` (and `localhost`) are the loopback address without asking anybody (RFC 6761 section 6.3):
 * resolvers of many systems do not know `chat.chatops.localhost`.
 */
import { type LookupAddress, lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isLocalName } from '../values/local-name.ts';

const LOOPBACK: readonly LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

/**
 * The names that `placeOf` knows a place for are that place, every other one is as `otherwise` says.
 * @param placeOf name → another name or an address; undefined: none of ours
 */
export const lookupWith =
  (targetOf: (name: string) => string | undefined, otherwise: LookupFunction): LookupFunction =>
  (name, options, done) =>
    otherwise(targetOf(name) ?? name, options, done);

export const lookupWithLoopback: LookupFunction = (name, options, done) => {
  if (!isLocalName(name)) return lookup(name, options, done);
  const family =
    options.family === 6 || options.family === 'IPv6'
      ? 6
      : options.family === 4 || options.family === 'IPv4'
        ? 4
        : undefined;
  const fitting = LOOPBACK.filter((entry) => family === undefined || entry.family === family);
  // As the system's resolver does: never inside the call itself.
  process.nextTick(() => {
    const [first] = fitting;
    if (options.all) done(null, [...fitting]);
    else done(null, first?.address ?? '127.0.0.1', first?.family ?? 4);
  });
};
