/**
 * Retryable writes: the same session and transaction number is done once; a retry gets the first answer again,
 * also from a new primary, as the record replicates (docs: config.transactions).
 */
import { EJSON } from 'bson';
import type { Call } from './commands/command.ts';
import { type CodeName, refusal } from './errors.ts';
import { keyOf } from './storage/documents.ts';
import { type Document, isDocument, toNumber } from './wire/bson-codec.ts';

const RECORDS = 'config.transactions';

const identity = ({ body }: Call): { readonly key: unknown; readonly number: number } | undefined => {
  const number = toNumber(body.txnNumber);
  return number === undefined || !isDocument(body.lsid) ? undefined : { key: body.lsid.id, number };
};

const refuse = (codeName: CodeName, text: string) => {
  throw refusal(codeName, text);
};

/** The first answer, when this write was done before. @throws CommandError 20 on a standalone, 225 for an older number */
export const retried = (call: Call): Document | undefined => {
  const who = identity(call);
  if (who === undefined) return undefined;
  if (call.server.member === undefined)
    return refuse('IllegalOperation', 'Transaction numbers are only allowed on a replica set member or mongos');
  const record = call.server.documents.get(RECORDS, keyOf(who.key));
  const done = record === undefined ? undefined : toNumber(record.txnNum);
  if (done === undefined || done < who.number) return undefined;
  if (done > who.number) return refuse('TransactionTooOld', 'a newer transaction of this session has begun');
  return EJSON.parse(String(record?.answer), { relaxed: false });
};

/** Notes the answer of a write done for the first time; gives it back. */
export const remember = (call: Call, answer: Document): Document => {
  const who = identity(call);
  if (who === undefined) return answer;
  const key = keyOf(who.key);
  const before = call.server.documents.get(RECORDS, key);
  const after = { _id: who.key, txnNum: who.number, answer: EJSON.stringify(answer, { relaxed: false }) };
  call.server.write({ ns: RECORDS, key, before, after });
  return answer;
};
