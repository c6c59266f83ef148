import type { Rule } from './rule.ts';

export const tlsHasBothFiles: Rule = {
  name: 'tls-has-both-files',
  reads: ['tls'],
  check: ({ written: { tls } }) =>
    tls === undefined
      ? []
      : (['certificate', 'key'] as const)
          .filter((file) => tls[file] === undefined)
          .map((file) => ({
            path: ['tls', file],
            message: `tls needs certificate and key, and \`${file}\` is missing`,
            fix: `add \`${file}: <path of a PEM file>\`, or remove tls`,
          })),
};
