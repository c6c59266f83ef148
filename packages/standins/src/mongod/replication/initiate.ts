import { ObjectId } from 'bson';
import { refusal } from '../errors.ts';
import type { Document } from '../wire/bson-codec.ts';
import { isElectable, type ReplConfig, readConfig } from './config.ts';
import { installConfig } from './install.ts';
import { type Node, saveCopying } from './node.ts';
import { checkInitiateQuorum } from './quorum.ts';

/**
 * Which configuration an initiate asks for, if it may. Pure but for `isSelf`.
 * @throws CommandError 93: other set name, version not 1, invalid, or no member is this node
 */
export const checkInitiate = (document: Document, setName: string, isSelf: (host: string) => boolean): ReplConfig => {
  const config = readConfig(document, new ObjectId());
  if (config.name !== setName)
    throw refusal(
      'InvalidReplicaSetConfig',
      'Rejecting initiate with a set name that differs from command line set name, ' +
        `initiate set name: ${config.name}, command line set name: ${setName}`,
    );
  if (config.version !== 1)
    throw refusal('InvalidReplicaSetConfig', 'Configuration used to initiate a replica set must have version 1');
  const added = config.members.find(({ newlyAdded }) => newlyAdded);
  if (added) throw refusal('InvalidReplicaSetConfig', `Member ${added.host} has a newlyAdded field`);
  const selves = config.members.filter(({ host }) => isSelf(host));
  const [self] = selves;
  if (self === undefined)
    throw refusal(
      'InvalidReplicaSetConfig',
      `No host described in new configuration with {version: 1, term: 0} for replica set ${setName} maps to this node`,
    );
  if (selves.length > 1)
    throw refusal('InvalidReplicaSetConfig', `${selves.map(({ host }) => host).join(' and ')} all map to this node`);
  if (!isElectable(self)) throw refusal('InvalidReplicaSetConfig', `This node, ${self.host}, is not electable`);
  return { ...config, term: 0 };
};

/** Returns when the configuration is stored, before there is a primary. */
export const initiate = async (node: Node, document: Document): Promise<void> => {
  if (node.config !== undefined || node.initiating) throw refusal('AlreadyInitialized', 'already initialized');
  const config = checkInitiate(document, node.setName, node.isSelf);
  node.initiating = true;
  try {
    await checkInitiateQuorum(node, config);
    if (node.ended) throw refusal('InterruptedAtShutdown', 'interrupted at shutdown');
    saveCopying(node, false);
    node.journal.write(0);
    installConfig(node, config);
  } finally {
    node.initiating = false;
  }
};
