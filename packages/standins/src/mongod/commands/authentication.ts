import { Binary } from 'bson';
import { refusal } from '../errors.ts';
import { type Conversation, MECHANISMS } from '../users.ts';
import { isDocument } from '../wire/bson-codec.ts';
import type { Call, Command } from './command.ts';

const textOf = (payload: unknown): string => {
  if (payload instanceof Binary) return Buffer.from(payload.value()).toString('utf8');
  throw refusal('FailedToParse', 'payload must be binary data');
};

const payload = (text: string) => new Binary(Buffer.from(text, 'utf8'));

const begin = (call: Call): { conversation: Conversation; text: string } => {
  const of = MECHANISMS.find((one) => one === call.body.mechanism);
  if (of === undefined)
    throw refusal('AuthenticationFailed', `Unsupported mechanism '${call.body.mechanism}' on authentication database`);
  const conversation = call.server.users.begin(of, call.db, textOf(call.body.payload));
  return { conversation, text: conversation.serverFirst };
};

const saslStart: Command = {
  name: 'saslStart',
  counts: 'session',
  needs: 'any',
  open: true,
  run: (call) => {
    const { conversation, text } = begin(call);
    const skips = isDocument(call.body.options) && call.body.options.skipEmptyExchange === true;
    call.connection.memory.set('conversation', { conversation, skips });
    return { conversationId: 1, done: false, payload: payload(text) };
  },
};

const saslContinue: Command = {
  name: 'saslContinue',
  counts: 'session',
  needs: 'any',
  open: true,
  run: ({ body, connection }) => {
    const kept = connection.memory.get('conversation') as { conversation: Conversation; skips: boolean } | undefined;
    if (kept === undefined) throw refusal('ProtocolError', 'No SASL session state found');
    // The empty exchange at the end, for clients that do not skip it.
    if (connection.memory.get('authenticating') === true) {
      connection.memory.delete('conversation');
      connection.memory.delete('authenticating');
      return { conversationId: 1, done: true, payload: payload('') };
    }
    try {
      const final = kept.conversation.finish(textOf(body.payload));
      connection.memory.set('user', { user: kept.conversation.name, db: kept.conversation.db });
      if (kept.skips) connection.memory.delete('conversation');
      else connection.memory.set('authenticating', true);
      return { conversationId: 1, done: kept.skips, payload: payload(final) };
    } catch (error) {
      connection.memory.delete('conversation');
      throw error;
    }
  },
};

const createUser: Command = {
  name: 'createUser',
  counts: 'write',
  needs: 'primary',
  run: ({ server, db, body }) => {
    if (typeof body.createUser !== 'string' || typeof body.pwd !== 'string')
      throw refusal('BadValue', 'createUser needs a name and a pwd');
    server.users.create(db, body.createUser, body.pwd, Array.isArray(body.roles) ? body.roles : []);
    return {};
  },
};

const dropUser: Command = {
  name: 'dropUser',
  counts: 'write',
  needs: 'primary',
  run: ({ server, db, body }) => {
    if (!server.users.drop(db, String(body.dropUser)))
      throw refusal('UserNotFound', `User '${body.dropUser}@${db}' not found`);
    return {};
  },
};

const usersInfo: Command = {
  name: 'usersInfo',
  counts: 'read',
  needs: 'readable',
  run: ({ server, db, body }) => {
    const wanted = isDocument(body.usersInfo) ? body.usersInfo.user : body.usersInfo;
    return { users: server.users.list(db).filter(({ user }) => typeof wanted !== 'string' || user === wanted) };
  },
};

export const authentication: readonly Command[] = [saslStart, saslContinue, createUser, dropUser, usersInfo];
