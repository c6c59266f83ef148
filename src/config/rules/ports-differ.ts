import type { Additions } from '../additions.ts';
import type { Config } from '../config.ts';
import type { Finding } from '../finding.ts';
import { portNamed } from '../named.ts';
import type { Facts, Rule } from './rule.ts';

/** Only ports that are really opened can clash. */
const opened = (config: Config, ports: Additions['ports']): readonly string[] => [
  'http',
  ...(config.tls === undefined ? [] : ['https']),
  ...Object.entries(ports).flatMap(([name, port]) => (port.opened?.by(config) === false ? [] : [name])),
];

export const portsDiffer = (ports: Additions['ports']): Rule => ({
  name: 'ports-differ',
  reads: ['ports', 'tls', ...Object.values(ports).flatMap((port) => port.opened?.reads ?? [])],
  check: (facts) => {
    const { config } = facts;
    const names = opened(config, ports);
    return names.flatMap((second, index) =>
      names
        .slice(0, index)
        .flatMap((first) =>
          portNamed(config, first) === portNamed(config, second) ? clash(facts, first, second) : [],
        ),
    );
  },
});

/** Reported where it is written, not where the default stands. */
const clash = ({ config, written }: Facts, first: string, second: string): Finding => {
  const [at, other] = written.ports?.[second] === undefined ? [first, second] : [second, first];
  return {
    path: ['ports', at],
    message: `port ${portNamed(config, at)} is ports.${other} already`,
    fix: 'choose another port for one of the two',
  };
};
