import { isLoopback } from '../../values/bind-address.ts';
import { isLocalName } from '../../values/local-name.ts';
import type { Rule } from './rule.ts';

/** Passwords and sessions of everybody would cross the network readable. */
export const plainHttpStaysLocal: Rule = {
  name: 'plain-http-stays-local',
  reads: ['domain', 'bind', 'tls', 'public'],
  check: ({ config: { domain, bind, tls, public: outer } }) =>
    tls !== undefined || outer?.scheme === 'https' || isLocalName(domain) || isLoopback(bind)
      ? []
      : [
          {
            path: ['domain'],
            message: `${domain} is reached by plain HTTP: anybody on the way reads passwords and sessions`,
            fix: 'give `tls` a certificate, say with `public` that a proxy has one, or `bind: 127.0.0.1` where only this machine, or a proxy on it, is to reach the stack',
            warning: true,
          },
        ],
};
