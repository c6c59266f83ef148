/** One request, from its body to its answer: login, node state, faults, ledger, concerns, envelope. */

import { Binary, Long } from 'bson';
import type { FaultRule, Faults } from '../kit/faults.ts';
import type { Ledger, RequestKind } from '../kit/ledger.ts';
import { pauseReal } from '../kit/real-time.ts';
import { checkRights } from './access/authorize.ts';
import type { Call, Command } from './commands/command.ts';
import { isStreamable } from './commands/hello.ts';
import { commandNamed } from './commands/index.ts';
import { awaitWriteConcern, checkWriteConcern } from './concerns.ts';
import { CommandError, refusal } from './errors.ts';
import { topologyVersion } from './replication/hello.ts';
import { PRIMARY, SECONDARY } from './replication/node.ts';
import { remember, retried } from './retryable.ts';
import type { Server } from './server.ts';
import { timestampOf } from './storage/journal.ts';
import { type Document, isDocument } from './wire/bson-codec.ts';
import type { Connection, WireReply } from './wire/listener.ts';

export interface Dispatch {
  readonly server: Server;
  readonly ledger: Ledger;
  readonly faults: Faults;
}

const nameOf = (body: Document): string => Object.keys(body)[0] ?? '';

const maySecondaryServe = (body: Document): boolean =>
  isDocument(body.$readPreference) && body.$readPreference.mode !== 'primary';

const checkState = ({ server, body }: Call, needs: Command['needs']): void => {
  const state = server.member?.state;
  if (needs === 'any' || state === undefined || state === PRIMARY) return;
  if (needs === 'primary') throw refusal('NotWritablePrimary', 'not primary');
  if (state !== SECONDARY) throw refusal('NotPrimaryOrSecondary', 'node is not in primary or recovering state');
  if (!maySecondaryServe(body)) throw refusal('NotPrimaryNoSecondaryOk', 'not primary and secondaryOk=false');
};

const checkTransaction = ({ server, body }: Call): void => {
  if (body.autocommit !== false) return;
  if (server.member === undefined)
    throw refusal('IllegalOperation', 'Transaction numbers are only allowed on a replica set member or mongos');
  throw refusal('CommandNotSupported', 'this stand-in plays no multi-document transactions');
};

const run = async (call: Call, command: Command): Promise<Document> => {
  if (command.open !== true) checkRights(call, command.name);
  checkState(call, command.needs);
  checkTransaction(call);
  if (command.needs !== 'primary') return command.run(call);
  const concern: Document = isDocument(call.body.writeConcern) ? call.body.writeConcern : {};
  checkWriteConcern(call.server, concern);
  const done = retried(call) ?? remember(call, await command.run(call));
  call.server.member?.changed();
  const unmet = await awaitWriteConcern(call.server, concern);
  return { ...done, ...unmet, ...labelled(call.body, unmet.writeConcernError?.code) };
};

/** Errors after which a client may send the same write again (mongodb/specifications source/retryable-writes). */
const RETRYABLE = new Set([6, 7, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436]);

const labelled = (body: Document, code: number | undefined): Document =>
  code !== undefined && body.txnNumber !== undefined && RETRYABLE.has(code)
    ? { errorLabels: ['RetryableWriteError'] }
    : {};

const STATE_CHANGES = new Set([91, 189, 10107, 11600, 11602, 13435, 13436]);

const refused = (error: unknown, { server, body }: Pick<Call, 'server' | 'body'>): Document => {
  const known =
    error instanceof CommandError
      ? error
      : refusal('InternalError', error instanceof Error ? `stand-in fault: ${error.stack}` : String(error));
  return {
    // Lets a client distinguish an old error from a new one (SDAM, topologyVersion).
    ...(STATE_CHANGES.has(known.code) && { topologyVersion: topologyVersion(server) }),
    ok: 0,
    errmsg: known.message,
    code: known.code,
    codeName: known.codeName,
    ...labelled(body, known.code),
    ...known.extra,
  };
};

/** Members send the time of the cluster with every answer; clients carry it around. */
const clusterFields = ({ member, journal }: Server): Document => {
  if (member?.config === undefined) return {};
  const clusterTime = timestampOf(journal.last());
  const signature = { hash: new Binary(new Uint8Array(20)), keyId: Long.ZERO };
  return { $clusterTime: { clusterTime, signature }, operationTime: clusterTime };
};

const kindOf = (command: Command | undefined, { connection, body }: Call): RequestKind => {
  if (command?.name !== 'hello') return command?.counts ?? 'read';
  const isFirst = !connection.memory.has('greeted');
  connection.memory.set('greeted', true);
  return isFirst || 'client' in body ? 'session' : 'read';
};

/** What a fault makes of the answer: another one, none ('cut'), or the real one (undefined). */
const faultAnswer = ({ effect }: FaultRule, body: Document): Document | 'cut' | undefined => {
  if (effect.kind === 'delay') return undefined;
  if (effect.kind !== 'code') return 'cut';
  const { code, codeName } = effect;
  return { ok: 0, errmsg: 'a fault on demand', code, codeName, ...labelled(body, code) };
};

const work = async (call: Call, name: string): Promise<Document> => {
  const command = commandNamed(name);
  try {
    if (command === undefined) throw refusal('CommandNotFound', `no such command: '${name}'`);
    return { ...(await run(call, command)), ok: 1 };
  } catch (error) {
    return refused(error, call);
  }
};

export const createDispatch = ({ server, ledger, faults }: Dispatch) => {
  const answer = async (body: Document, connection: Connection, legacy: boolean): Promise<WireReply | 'cut'> => {
    const name = nameOf(body);
    const call: Call = { server, body, db: String(body.$db ?? 'admin'), connection };
    const command = commandNamed(name);
    if (legacy && command?.name !== 'hello')
      return { body: refused(refusal('UnsupportedOpQueryCommand', `Unsupported OP_QUERY command: ${name}.`), call) };
    ledger.count(kindOf(command, call), command?.name ?? name);
    const fault = faults.take(command?.name ?? name);
    if (fault?.effect.kind === 'delay') await pauseReal(fault.effect.ms);
    const instead = fault === undefined ? undefined : faultAnswer(fault, body);
    const done = instead === undefined || fault?.afterWork === true ? await work(call, name) : undefined;
    if (instead === 'cut') return 'cut';
    const reply = { ...(instead ?? done), ...clusterFields(server) } as Document;
    return { body: reply, ...(streams(command, body, reply) && { next: () => next(body, reply, connection) }) };
  };
  const streams = (command: Command | undefined, body: Document, reply: Document): boolean =>
    command?.name === 'hello' && reply.ok === 1 && isStreamable(body);
  const next = (body: Document, reply: Document, connection: Connection) =>
    answer({ ...body, topologyVersion: reply.topologyVersion }, connection, false);
  return answer;
};
