import type { PortsConfig } from '../config.ts';
import type { Finding } from '../finding.ts';
import type { Facts, Rule } from './rule.ts';

type PortName = keyof PortsConfig;

/** Only ports that are really opened can clash. */
const opened = ({ config }: Facts): readonly PortName[] => [
  'http',
  ...(config.tls === undefined ? [] : (['https'] as const)),
  ...(config.gitlab.kind === 'bundled' ? (['ssh'] as const) : []),
];

export const portsDiffer: Rule = {
  name: 'ports-differ',
  reads: ['ports', 'tls', 'gitlab.kind'],
  check: (facts) => {
    const names = opened(facts);
    return names.flatMap((second, index) =>
      names.slice(0, index).flatMap((first) => {
        const { ports } = facts.config;
        return ports[first] === ports[second] ? clash(facts, first, second) : [];
      }),
    );
  },
};

/** Told where a person wrote it, not where the default stands. */
const clash = ({ config, written }: Facts, first: PortName, second: PortName): Finding => {
  const [at, other] = written.ports?.[second] === undefined ? [first, second] : [second, first];
  return {
    path: ['ports', at],
    message: `port ${config.ports[at]} is ports.${other} already`,
    fix: 'choose another port for one of the two',
  };
};
