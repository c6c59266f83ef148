/** Names that two parts want: nodes, roles, hosts and secrets must be unique in the graph. Pure. */
import type { Config } from '../config/config.ts';
import type { Finding } from '../config/finding.ts';
import type { Contribution, Part } from '../contracts/part.ts';
import { offersOf } from './offers.ts';

/** Each as messages show it: `node wiki`, `role wiki`. */
const claimsOf = ({ nodes = [], hosts = [], secrets = [] }: Contribution): readonly string[] => {
  const roles = new Set(nodes.flatMap((node) => (node.kind === 'service' ? [node.role] : [])));
  return [
    ...nodes.map(({ name }) => `node ${name}`),
    ...[...roles].map((role) => `role ${role}`),
    ...hosts.map(({ label }) => `host ${label}`),
    ...secrets.map(({ name }) => `secret ${name}`),
  ];
};

/** At the place of the part that came later; `config.parts` are the last ones of the house. */
export const takenTwice = (config: Config, parts: readonly Part[]): readonly Finding[] => {
  const takers = new Map<string, string>();
  const first = parts.length - config.parts.length;
  const offers = offersOf(config, parts);
  return parts.flatMap(({ name: taker, contribute }, index) => {
    const claims = claimsOf(contribute?.(config, offers) ?? {});
    const taken = claims.filter((claim) => takers.has(claim));
    const found = taken.map((claim) => ({
      // A part that code hands in stands nowhere in the file.
      path: index < first ? [] : ['parts', index - first],
      message: `the ${claim} of the part ${taker} is taken by the part ${takers.get(claim)}`,
      fix: 'take one of the two out, or give it another name',
    }));
    for (const claim of claims) takers.set(claim, takers.get(claim) ?? taker);
    return found;
  });
};
