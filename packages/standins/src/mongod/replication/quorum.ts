/** Before a configuration is taken: do the members it names answer, and are they free to join? */
import { refusal } from '../errors.ts';
import { type Document, toNumber } from '../wire/bson-codec.ts';
import { createLink } from '../wire/link.ts';
import { isElectable, type Member, type ReplConfig } from './config.ts';
import { heartbeatQuestion } from './heartbeats.ts';
import type { Node } from './node.ts';
import { realSpan } from './timing.ts';

interface Asked {
  readonly member: Member;
  readonly reply?: Document;
  readonly failure?: string;
}

const askOne = async (node: Node, config: ReplConfig, member: Member): Promise<Asked> => {
  const link = createLink(
    () => node.resolve(member.host),
    member.host,
    () => undefined,
    node.seal,
  );
  try {
    const question = { ...heartbeatQuestion(node, config), checkOnly: true };
    return { member, reply: await link.call(question, realSpan(node.time, 10_000, 2_000)) };
  } catch (error) {
    return { member, failure: (error as Error).message };
  } finally {
    link.close();
  }
};

const askOthers = (node: Node, config: ReplConfig): Promise<Asked[]> =>
  Promise.all(config.members.filter(({ host }) => !node.isSelf(host)).map((member) => askOne(node, config, member)));

const failures = (asked: readonly Asked[]): string =>
  asked
    .flatMap(({ member, failure }) => (failure === undefined ? [] : [`${member.host} failed with ${failure}`]))
    .join(', ');

const refuseOtherSets = (asked: readonly Asked[], config: ReplConfig): void => {
  for (const { member, reply } of asked) {
    if (reply === undefined) continue;
    if (reply.set !== config.name)
      throw refusal('NewReplicaSetConfigurationIncompatible', `Our set name did not match that of ${member.host}`);
    if (reply.replicaSetId !== undefined && !config.replicaSetId.equals(reply.replicaSetId))
      throw refusal(
        'NewReplicaSetConfigurationIncompatible',
        `Our replica set ID did not match that of ${member.host}`,
      );
  }
};

/** @throws CommandError 74 when a member does not answer, 110 when one holds data, 103 when one is of another set */
export const checkInitiateQuorum = async (node: Node, config: ReplConfig): Promise<void> => {
  const asked = await askOthers(node, config);
  refuseOtherSets(asked, config);
  const holder = asked.find(({ reply }) => reply?.hasData === true);
  if (holder)
    throw refusal('CannotInitializeNodeWithData', `'${holder.member.host}' has data already, cannot initiate set.`);
  if (asked.some(({ failure }) => failure !== undefined))
    throw refusal(
      'NodeNotFound',
      `replSetInitiate quorum check failed because not all proposed set members responded affirmatively: ${failures(asked)}`,
    );
};

/** @throws CommandError 74 when too few voters answer or nobody electable does, 103 when one is of another set */
export const checkReconfigQuorum = async (node: Node, config: ReplConfig): Promise<void> => {
  const asked = await askOthers(node, config);
  refuseOtherSets(asked, config);
  const newer = asked.find(({ reply }) => (toNumber(reply?.v) ?? -1) >= config.version);
  if (newer)
    throw refusal(
      'NewReplicaSetConfigurationIncompatible',
      `Our config version of ${config.version} is no larger than the version on ${newer.member.host}`,
    );
  const silent = new Set(asked.filter(({ failure }) => failure !== undefined).map(({ member }) => member.id));
  const answering = config.members.filter(({ id }) => !silent.has(id));
  // A newcomer counts here with the vote it will have.
  const voters = config.members.filter(({ votes }) => votes > 0);
  const needed = Math.floor(voters.length / 2) + 1;
  const up = voters.filter(({ id }) => !silent.has(id));
  if (up.length < needed)
    throw refusal(
      'NodeNotFound',
      `Quorum check failed because not enough voting nodes responded; required ${needed} but only the following ` +
        `${up.length} voting nodes responded: ${up.map(({ host }) => host).join(', ')}; ` +
        `the following nodes did not respond affirmatively: ${failures(asked)}`,
    );
  if (!answering.some(isElectable)) throw refusal('NodeNotFound', 'no electable nodes responded');
};
