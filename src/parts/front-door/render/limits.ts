/** How often an address may try passwords. Deliveries and everything else are not counted. */
import { directive, type Entry, pattern, variable } from './nginx-syntax.ts';

export const LOGIN_ZONE = 'sign_ins';

export interface Logins {
  /** In a row at once. */
  readonly burst: number;
  /** Each second after that. */
  readonly perSecond: number;
}

/** An office behind one address may arrive at nine; a list of passwords takes years. */
export const LOGINS: Logins = { burst: 60, perSecond: 2 };

/** Only what sends a password counts: an empty key is not limited (nginx: limit_req_zone). */
export const limitEntries = ({ perSecond }: Logins): readonly Entry[] => [
  variable('$sign_in', '$request_method', '', [['POST', pattern('$binary_remote_addr')]]),
  directive('limit_req_zone', pattern('$sign_in'), `zone=${LOGIN_ZONE}:1m`, `rate=${perSecond}r/s`),
  directive('limit_req_status', '429'),
];
