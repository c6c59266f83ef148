import type { RequestKind } from '../../kit/ledger.ts';
import { refusal } from '../errors.ts';
import type { Server } from '../server.ts';
import { type Document, isDocument, toNumber } from '../wire/bson-codec.ts';
import type { Connection } from '../wire/listener.ts';

/** One command on one server. */
export interface Call {
  readonly server: Server;
  readonly body: Document;
  readonly db: string;
  readonly connection: Connection;
}

export interface Command {
  readonly name: string;
  /** Other spellings of it. */
  readonly aliases?: readonly string[];
  readonly counts: RequestKind;
  /** Which node states serve it: any, those that may be read from, the one that takes writes. */
  readonly needs: 'any' | 'readable' | 'primary';
  /** Served without a login although the server wants one. Default false. */
  readonly open?: boolean;
  /** `$clusterTime` and `operationTime` are added by the dispatcher. @throws CommandError */
  run(call: Call): Promise<Document> | Document;
}

/** The text after the command's name: a collection, usually. */
export const collectionOf = (call: Call): string => {
  const [first] = Object.values(call.body);
  if (typeof first !== 'string' || first === '')
    throw refusal('InvalidNamespace', `collection name has invalid type ${typeof first}`);
  return `${call.db}.${first}`;
};

export const documentOf = (value: unknown, what: string): Document => {
  if (!isDocument(value)) throw refusal('TypeMismatch', `${what} must be a document`);
  return value;
};

export const listOf = (value: unknown, what: string): Document[] => {
  if (!Array.isArray(value)) throw refusal('TypeMismatch', `${what} must be an array`);
  return value.map((one) => documentOf(one, what));
};

/** @throws CommandError BadValue for negative numbers */
export const countOf = (value: unknown, what: string): number | undefined => {
  const number = toNumber(value);
  if (number !== undefined && number < 0) throw refusal('BadValue', `${what} must not be negative`);
  return number;
};
