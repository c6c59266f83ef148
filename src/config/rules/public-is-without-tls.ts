import type { Rule } from './rule.ts';

/** One end of TLS: with both nobody could say which of the two addresses is the public one. */
export const publicIsWithoutTls: Rule = {
  name: 'public-is-without-tls',
  reads: ['public', 'tls'],
  check: ({ written }) =>
    written.public === undefined || written.tls === undefined
      ? []
      : [
          {
            path: ['public'],
            message:
              '`public` says that TLS ends at a proxy before the front door, `tls` that it ends at the front door',
            fix: 'remove `tls`: that proxy asks the front door at `ports.http`; or remove `public` if it only passes connections on',
          },
        ],
};
