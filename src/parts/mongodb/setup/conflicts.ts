/** What stands in the way of the set and only the user may clear away. Pure. */
import type { Conflict } from '../../../contracts/job.ts';
import type { WantedReplicaSet } from './membership.ts';
import { configOf, primaryOf, replicaSetId, type SeenNode, type SeenReplicaSet } from './seen.ts';

const RESOURCE = 'replica set';

const nameOf = ({ service, host }: SeenNode): string => service ?? host;

const otherSet = (wanted: WantedReplicaSet, node: SeenNode): readonly Conflict[] => {
  const seen = configOf(node)?._id;
  if (seen === undefined || seen === wanted.set) return [];
  return [
    {
      resource: RESOURCE,
      name: wanted.set,
      why: `${nameOf(node)} belongs to the set ${seen}; a set cannot be renamed`,
      next: `set mongo.set to ${seen} in chatops.yaml, or empty the volume ${nameOf(node)}-data`,
    },
  ];
};

/** Two sets of one name: a member was initiated on its own, its data never came from the others. */
const otherOrigin = (seen: SeenReplicaSet): readonly Conflict[] => {
  const known = seen.nodes.flatMap((node) => {
    const id = replicaSetId(configOf(node));
    return id === undefined ? [] : [{ node, id }];
  });
  const primary = primaryOf(seen);
  const first = known.find(({ node }) => node.host === primary?.host) ?? known[0];
  if (first === undefined) return [];
  return known
    .filter(({ id }) => id !== first.id)
    .map(({ node, id }) => ({
      resource: 'replica-set member',
      name: nameOf(node),
      why: `it and ${nameOf(first.node)} were initiated apart (replicaSetId ${id} and ${first.id}): two sets of one name, with different data`,
      next: `keep the one whose data is needed; empty the volume of the other (${nameOf(node)}-data or ${nameOf(first.node)}-data) and run the command again`,
    }));
};

/** Every wanted node has a config and none of them is in it: no PRIMARY will ever come of that. */
const lostName = (wanted: WantedReplicaSet, seen: SeenReplicaSet): readonly Conflict[] => {
  const left = seen.nodes.filter(({ answer }) => answer.kind === 'ghost' && answer.config !== undefined);
  const [first] = left;
  if (first === undefined || left.length < seen.nodes.length) return [];
  const names = configOf(first)?.members.map(({ host }) => host) ?? [];
  return [
    {
      resource: RESOURCE,
      name: wanted.set,
      why: `its members are ${names.join(', ')}, none of which is ${nameOf(first)} as it is reached now`,
      next:
        names.length === 1
          ? `only a forced reconfiguration helps, and that is for you to decide: \`mongosh --host ${first.host} --eval 'c = rs.conf(); c.members[0].host = "${first.host}"; rs.reconfig(c, {force: true})'\``
          : `start the named members, or empty the volume ${nameOf(first)}-data`,
    },
  ];
};

export const findConflicts = (wanted: WantedReplicaSet, seen: SeenReplicaSet): readonly Conflict[] => {
  const others = seen.nodes.flatMap((node) => otherSet(wanted, node));
  if (others.length > 0) return others;
  const origins = otherOrigin(seen);
  return origins.length > 0 ? origins : lostName(wanted, seen);
};
