import { Binary } from 'bson';
import { type Conversation, MECHANISMS } from '../access/scram.ts';
import { CommandError, refusal } from '../errors.ts';
import { type Document, isDocument } from '../wire/bson-codec.ts';
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

const start = (call: Call): Document => {
  const { conversation, text } = begin(call);
  const skips = isDocument(call.body.options) && call.body.options.skipEmptyExchange === true;
  call.connection.memory.set('conversation', { conversation, skips });
  return { conversationId: 1, done: false, payload: payload(text) };
};

const saslStart: Command = { name: 'saslStart', counts: 'session', needs: 'any', open: true, run: start };

/**
 * The first step of a login that came along with a hello; nothing where it cannot be taken, and the client begins anew
 * (mongodb/specifications source/auth, "Speculative Authentication").
 */
export const speculated = (call: Call): Document => {
  const asked = call.body.speculativeAuthenticate;
  if (!isDocument(asked) || !('saslStart' in asked)) return {};
  try {
    return { speculativeAuthenticate: start({ ...call, body: asked, db: String(asked.db ?? 'admin') }) };
  } catch (error) {
    if (error instanceof CommandError) return {};
    throw error;
  }
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

export const authentication: readonly Command[] = [saslStart, saslContinue];
