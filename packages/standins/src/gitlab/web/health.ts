/** Health paths: who may ask is decided by address; others get the bundled nginx's 404 bodies (gl:doc/administration/monitoring/health_check.md). */
import { BlockList, isIP } from 'node:net';
import type { StandinReply, StandinRequest } from '../../kit/http-standin.ts';
import { isSet } from '../access.ts';
import { nginxHealthReply } from '../boot.ts';
import type { HealthSwitches } from '../controls.ts';

const CHECKS = [
  'db_check',
  'cache_check',
  'redis_check',
  'sessions_check',
  'shared_state_check',
  'gitaly_check',
] as const;

const plainAddress = (address: string) => address.replace(/^::ffff:/, '');

/** @param entries addresses and ranges, `127.0.0.0/8` */
export const isListedAddress = (entries: readonly string[], address: string): boolean => {
  const list = new BlockList();
  for (const entry of entries) {
    const [base = '', bits] = entry.split('/');
    const family = isIP(base) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(base, family);
    else list.addSubnet(base, Number(bits), family);
  }
  const plain = plainAddress(address);
  return list.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
};

const okChecks = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, [{ status: 'ok' }]]));

const readiness = (
  request: StandinRequest,
  { readinessFailure, failingChecks }: Pick<HealthSwitches, 'readinessFailure' | 'failingChecks'>,
): StandinReply => {
  if (readinessFailure !== undefined)
    return { status: 503, body: { status: 'failed', master_check: [{ status: 'failed', message: readinessFailure }] } };
  const all = isSet(Object.fromEntries(request.query), 'all');
  if (all && failingChecks.length > 0) {
    const failed = failingChecks.map((name) => [name, [{ status: 'failed', message: `unexpected ${name}` }]]);
    return { status: 503, body: { status: 'failed', ...okChecks(['master_check']), ...Object.fromEntries(failed) } };
  }
  return { status: 200, body: { status: 'ok', ...okChecks(['master_check']), ...(all ? okChecks(CHECKS) : {}) } };
};

/** Undefined: not a health path. */
export const healthReply = (request: StandinRequest, switches: HealthSwitches): StandinReply | undefined => {
  const refused = nginxHealthReply(request.path, 404);
  if (refused === undefined) return undefined;
  if (!isListedAddress(switches.clientAllowList, request.remoteAddress)) return refused;
  if (request.path === '/-/readiness') return readiness(request, switches);
  if (request.path === '/-/liveness')
    return switches.stuck ? { status: 503, body: { status: 'failed' } } : { status: 200, body: { status: 'ok' } };
  const text = request.path === '/-/health' ? 'GitLab OK' : 'success';
  return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: text };
};
