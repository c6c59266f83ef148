/**
 * Which connection is ended so that a new one can stay. Pure. Refusing the new one instead would let those who open
 * enough connections, and say nothing on them, keep everybody else out.
 */

/**
 * `unproven`: has not shown the secret. `receiving`: showed it, and its body is on the way. `resting`: has delivered,
 * and may deliver again. `answering`: everything has arrived; such a connection is never ended for another.
 */
export type ConnectionStanding = 'unproven' | 'receiving' | 'resting' | 'answering';

export interface HeldConnection {
  /** As the operating system says it; '' when the other side is gone already. */
  readonly address: string;
  readonly standing: ConnectionStanding;
}

export interface MostConnections {
  readonly inAll: number;
  /** From one address. */
  readonly perAddress: number;
}

/**
 * The oldest of the many: where most have shown nothing, of those, where most are slow bodies, of those. So the few that
 * have just come among many others have the time to say what they want.
 */
const dispensable = <H extends HeldConnection>(open: readonly H[]): H | undefined => {
  const unproven = open.filter(({ standing }) => standing === 'unproven');
  const receiving = open.filter(({ standing }) => standing === 'receiving');
  const many = receiving.length > unproven.length ? receiving : unproven;
  return many[0] ?? open.find(({ standing }) => standing === 'resting');
};

/** Those of the address that has the most. */
const crowdOf = <H extends HeldConnection>(open: readonly H[]): readonly H[] => {
  const byAddress = new Map<string, H[]>();
  for (const held of open) byAddress.set(held.address, [...(byAddress.get(held.address) ?? []), held]);
  return [...byAddress.values()].reduce<readonly H[]>((most, each) => (each.length > most.length ? each : most), []);
};

/**
 * @param open the oldest first, the new one last
 * @returns whom to end: undefined when all may stay, the new one itself when no other can be spared
 */
export const whoMakesRoom = <H extends HeldConnection>(open: readonly H[], most: MostConnections): H | undefined => {
  const newest = open.at(-1);
  if (newest === undefined) return undefined;
  const neighbours = open.filter(({ address }) => address === newest.address);
  if (neighbours.length > most.perAddress) return dispensable(neighbours.slice(0, -1)) ?? newest;
  if (open.length <= most.inAll) return undefined;
  return dispensable(crowdOf(open).filter((held) => held !== newest)) ?? dispensable(open.slice(0, -1)) ?? newest;
};
