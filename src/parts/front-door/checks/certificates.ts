/** With TLS: the certificate that each public host shows. Of a proxy of others only where users come is asked. */

import { type Check, type CheckDeps, passed } from '../../../contracts/check.ts';
import type { Certificate } from '../../../contracts/tls.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';

const DAY_MS = 86_400_000;
/** Issuers renew a month before the end; two weeks before it, that has failed. */
const SOON_DAYS = 14;

const day = (date: Date): string => date.toISOString().slice(0, 10);

const bad = (what: string, why: string, next: string): ChatopsError =>
  new ChatopsError('UNEXPECTED_ANSWER', { what, why, next });

/** What speaks for a certificate, in one line. Pure. @throws ChatopsError UNEXPECTED_ANSWER with what speaks against it */
export const judgeCertificate = (seen: Certificate, host: string, now: Date): string => {
  const of = `the certificate of ${host}`;
  if (seen.validTo.getTime() <= now.getTime()) {
    throw bad(`${of} has expired`, `it was good until ${day(seen.validTo)}`, 'renew it, then reload the front door');
  }
  if (seen.validFrom.getTime() > now.getTime()) {
    throw bad(`${of} is not good yet`, `it begins on ${day(seen.validFrom)}`, 'compare the clocks of both machines');
  }
  if (seen.wrongName !== undefined) {
    const names = seen.names.join(', ') || 'nobody';
    throw bad(`${of} is for another name`, `it is for ${names}`, `get one that is also for ${host}`);
  }
  if (seen.distrusted !== undefined) {
    const next =
      'name the file of your own authority as `authority:` in chatops.yaml, or get a certificate of a public one';
    throw bad(`this machine does not trust ${of}`, `${seen.distrusted}, issued by ${seen.issuer}`, next);
  }
  const days = Math.floor((seen.validTo.getTime() - now.getTime()) / DAY_MS);
  const soon = days < SOON_DAYS ? '; renew it soon' : '';
  return `good until ${day(seen.validTo)} (${days} days), issued by ${seen.issuer}${soon}`;
};

export const certificateChecks = ({ stack, ports, tls, inside }: CheckDeps): readonly Check[] => {
  const { outer, https: own } = stack.door;
  const https = own ?? (!inside && outer?.scheme === 'https' ? outer.port : undefined);
  if (https === undefined) return [];
  return stack.hosts.map(({ name }) => ({
    area: 'front door',
    name: `certificate of ${name}`,
    run: async (signal) => {
      const at = inside ? ports.addresses.resolve({ service: 'nginx', port: https }) : { host: name, port: https };
      const seen = await tls.certificate({ ...at, name, signal });
      return passed(judgeCertificate(seen, name, ports.clock.date()));
    },
  }));
};
