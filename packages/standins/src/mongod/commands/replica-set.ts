/** The replSet* commands that clients use. */
import { refusal } from '../errors.ts';
import { configDocument, type ReplConfig } from '../replication/config.ts';
import { initiate } from '../replication/initiate.ts';
import type { Node } from '../replication/node.ts';
import { isConfigCommitted, reconfig } from '../replication/reconfig.ts';
import { statusAnswer } from '../replication/status.ts';
import { stepDown } from '../replication/step-down.ts';
import { patienceMs } from '../replication/timing.ts';
import { isDocument, toBoolean, toNumber } from '../wire/bson-codec.ts';
import { type Call, type Command, documentOf } from './command.ts';

const memberOf = ({ server }: Call): Node => {
  if (server.member === undefined) throw refusal('NoReplicationEnabled', 'not running with --replSet');
  return server.member;
};

const configured = (call: Call): { node: Node; config: ReplConfig } => {
  const node = memberOf(call);
  if (node.config === undefined) throw refusal('NotYetInitialized', 'no replset config has been received');
  return { node, config: node.config };
};

const replSetInitiate: Command = {
  name: 'replSetInitiate',
  counts: 'write',
  needs: 'any',
  run: async (call) => {
    const { server, body } = call;
    if (server.member === undefined)
      throw refusal('NoReplicationEnabled', 'This node was not started with replication enabled.');
    const given = isDocument(body.replSetInitiate) ? body.replSetInitiate : {};
    const isEmpty = Object.keys(given).length === 0;
    // Without a configuration the machine's own name is taken, in a container its id.
    const config = isEmpty
      ? { _id: server.member.setName, version: 1, members: [{ _id: 0, host: server.name }] }
      : given;
    await initiate(server.member, config);
    return isEmpty
      ? { info2: 'no configuration specified. Using a default configuration for the set', me: server.name }
      : {};
  },
};

const replSetReconfig: Command = {
  name: 'replSetReconfig',
  counts: 'write',
  needs: 'any',
  run: async (call) => {
    const { node } = call.server.member?.initiating === true ? { node: memberOf(call) } : configured(call);
    const maxTimeMs = toNumber(call.body.maxTimeMS);
    await reconfig(node, documentOf(call.body.replSetReconfig, 'replSetReconfig'), {
      force: toBoolean(call.body.force),
      patienceMs: maxTimeMs === undefined || maxTimeMs === 0 ? undefined : patienceMs(node.time, maxTimeMs),
    });
    return {};
  },
};

const replSetGetConfig: Command = {
  name: 'replSetGetConfig',
  counts: 'read',
  needs: 'any',
  run: (call) => {
    const { node, config } = configured(call);
    const commitment = toBoolean(call.body.commitmentStatus) ? { commitmentStatus: isConfigCommitted(node) } : {};
    return { config: configDocument(config, 'client'), ...commitment };
  },
};

const replSetGetStatus: Command = {
  name: 'replSetGetStatus',
  counts: 'read',
  needs: 'any',
  run: (call) => {
    const { node, config } = configured(call);
    return statusAnswer(node, config, Math.floor((node.time.now() - call.server.startedAtMs) / 1000));
  },
};

const seconds = (value: unknown, fallback: number): number => (toNumber(value) ?? fallback) * 1000;

const replSetStepDown: Command = {
  name: 'replSetStepDown',
  counts: 'write',
  needs: 'any',
  run: async (call) => {
    const { node } = configured(call);
    const forMs = seconds(call.body.replSetStepDown, 60);
    const force = toBoolean(call.body.force);
    const catchUpMs = seconds(call.body.secondaryCatchUpPeriodSecs, force ? 0 : 10);
    if (forMs < catchUpMs) throw refusal('BadValue', 'stepdown period must be longer than secondaryCatchUpPeriodSecs');
    await stepDown(node, { forMs, catchUpMs, force });
    return {};
  },
};

const replSetFreeze: Command = {
  name: 'replSetFreeze',
  counts: 'write',
  needs: 'any',
  run: (call) => {
    const { node } = configured(call);
    const forMs = seconds(call.body.replSetFreeze, 0);
    node.frozenUntil = node.time.now() + forMs;
    node.cancelElection?.();
    node.cancelElection = undefined;
    node.changed();
    return forMs === 0 ? { info: 'unfreezing' } : {};
  },
};

export const replicaSet: readonly Command[] = [
  replSetInitiate,
  replSetReconfig,
  replSetGetConfig,
  replSetGetStatus,
  replSetStepDown,
  replSetFreeze,
];
