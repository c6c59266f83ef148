import type { Long } from 'bson';
import { refusal } from '../errors.ts';
import { replicationAnswer, topologyCounter, topologyVersion } from '../replication/hello.ts';
import { type Document, isDocument, toBoolean, toNumber } from '../wire/bson-codec.ts';
import { speculated } from './authentication.ts';
import type { Call, Command } from './command.ts';

/** 25 is MongoDB 8.0 (mongodb/specifications source/wireversion-featurelist). */
const MAX_WIRE_VERSION = 25;

const LIMITS = {
  maxBsonObjectSize: 16_777_216,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
};

/** The hello answer now, without the envelope. */
export const helloAnswer = ({ server, connection, body }: Call): Document => {
  const isLegacy = !('hello' in body);
  const { isWritablePrimary, ...replication } = replicationAnswer(server.member);
  return {
    ...(toBoolean(body.helloOk) && { helloOk: true }),
    topologyVersion: topologyVersion(server),
    ...replication,
    [isLegacy ? 'ismaster' : 'isWritablePrimary']: isWritablePrimary,
    ...LIMITS,
    localTime: new Date(server.time.now()),
    logicalSessionTimeoutMinutes: 30,
    connectionId: connection.id,
    minWireVersion: 0,
    maxWireVersion: MAX_WIRE_VERSION,
    readOnly: false,
    ...mechanisms(server.users, body.saslSupportedMechs),
  };
};

const mechanisms = (users: Call['server']['users'], asked: unknown): Document => {
  if (typeof asked !== 'string') return {};
  const [db = '', ...name] = asked.split('.');
  const found = users.mechanisms(db, name.join('.'));
  return found.length > 0 ? { saslSupportedMechs: [...found] } : {};
};

/** An awaitable hello stays until something changed after the version it names, or its time is up (real ms). */
const awaitChange = async ({ server, connection, body }: Call): Promise<void> => {
  const known = body.topologyVersion;
  const waitMs = toNumber(body.maxAwaitTimeMS);
  if (!isDocument(known) || waitMs === undefined) return;
  if (!server.processId.equals(known.processId)) return;
  const counter = toNumber(known.counter as Long);
  await server.condition.until(() => topologyCounter(server) !== counter || connection.closed, waitMs);
  if (server.condition.ended) throw refusal('ShutdownInProgress', 'The server is in quiesce mode and will shut down');
};

export const hello: Command = {
  name: 'hello',
  aliases: ['isMaster', 'ismaster'],
  counts: 'read',
  needs: 'any',
  open: true,
  run: async (call) => {
    await awaitChange(call);
    return { ...helloAnswer(call), ...speculated(call) };
  },
};

/** A hello whose answers stream on (exhaust): the same question with the version just sent. */
export const isStreamable = (body: Document): boolean =>
  isDocument(body.topologyVersion) && toNumber(body.maxAwaitTimeMS) !== undefined;
