/** Which entries are on a majority: the commit point. */
import { votersOf, writeMajorityOf } from './config.ts';
import { type Node, PRIMARY, selfOf } from './node.ts';

/** How many data-bearing members (voters only, if asked) have the entry `index`. */
export const holders = (node: Node, index: number, votersOnly: boolean): number => {
  const self = selfOf(node);
  const members = (votersOnly && node.config ? votersOf(node.config) : (node.config?.members ?? [])).filter(
    ({ arbiterOnly }) => !arbiterOnly,
  );
  return members.filter(({ id }) =>
    id === self?.id ? node.journal.last().index >= index : (node.peers.get(id)?.matched ?? 0) >= index,
  ).length;
};

/** As in Raft only an entry of the own term commits by counting; it carries the older ones with it. */
export const recount = (node: Node): void => {
  if (node.state !== PRIMARY || node.config === undefined) return;
  const self = selfOf(node);
  const needed = writeMajorityOf(node.config);
  const positions = votersOf(node.config)
    .filter(({ arbiterOnly }) => !arbiterOnly)
    .map(({ id }) => (id === self?.id ? node.journal.last().index : (node.peers.get(id)?.matched ?? 0)))
    .sort((a, b) => b - a);
  const index = positions[needed - 1] ?? 0;
  if (index > node.committed && node.journal.termAt(index) === node.term) {
    node.committed = index;
  }
};
