/**
 * Who must not be reached: proven at each of its addresses, as a name that is not known there does not say that the
 * address cannot be reached. Pure.
 */
import { mayReach } from '../stack/networks.ts';
import { servicesOf } from '../stack/services-of.ts';
import type { Endpoint } from '../stack/stack.ts';
import { type Broken, type Networked, type NetworkSeen, targetsOf } from './seen.ts';

interface ForbiddenAddress {
  readonly of: Endpoint;
  readonly at: Endpoint;
}

/** Ports of the services that share no network with `source`, at each of their addresses. */
const forbiddenOf = (
  source: string,
  networked: Networked,
  presences: NetworkSeen['presences'],
): readonly ForbiddenAddress[] =>
  servicesOf(networked)
    .filter(({ name }) => !mayReach(networked.networks, source, name))
    .flatMap(({ name, container }) =>
      (presences.get(name)?.addresses ?? []).flatMap((address) =>
        container.listens.map((port) => ({ of: { service: name, port }, at: { service: address, port } })),
      ),
    );

/** What one service is asked for: all targets by name, then the addresses of those it must not reach. */
export const questionsFor = (
  source: string,
  networked: Networked,
  presences: NetworkSeen['presences'],
): readonly Endpoint[] => [...targetsOf(networked), ...forbiddenOf(source, networked, presences).map(({ at }) => at)];

/** A container with several addresses may be reached at each of them. */
export const reachedInSpite = (
  source: string,
  networked: Networked,
  { presences, answers }: NetworkSeen,
): readonly Broken[] => {
  const answer = answers.get(source);
  if (answer?.kind !== 'asked') return [];
  const first = targetsOf(networked).length;
  return forbiddenOf(source, networked, presences).flatMap(({ of, at }, index) => {
    if (answer.reached[first + index]?.kind !== 'reached') return [];
    return [
      {
        from: source,
        to: of,
        why: `it is reached at ${at.service}, and the two share no network: nothing of the stack goes this way`,
        next: 'run `chatops-up up`; if it is still so, see what joins them: `docker inspect` of both, and the rules of the firewall',
      },
    ];
  });
};
