import { ApiError } from '../api-error.ts';
import type { Chat } from '../chat.ts';
import type { IntegrationDoc, UserDoc } from '../documents.ts';
import { viewMessage } from '../domain/messages.ts';
import { postTo, targetsOf } from '../domain/webhook-message.ts';

type Fields = Readonly<Record<string, unknown>>;

export type Delivery =
  | { readonly success: true; readonly more: Fields }
  | { readonly success: false; readonly body: Fields };

const failure = (error: string): Delivery => ({ success: false, body: { success: false, error } });

const wordOf = (thrown: unknown): string => {
  if (!(thrown instanceof ApiError)) throw thrown;
  return thrown.code ?? thrown.reason;
};

/** Since 8.3.0 a backslash and an n in a text are a line feed (#38983). */
const withLineFeeds = (chat: Chat, content: Fields): Fields => {
  if (!chat.traits.unescapesLineFeeds) return content;
  const fix = (value: unknown) => (typeof value === 'string' ? value.replaceAll('\\n', '\n') : value);
  return {
    ...content,
    ...(content.text === undefined ? {} : { text: fix(content.text) }),
    ...(content.msg === undefined ? {} : { msg: fix(content.msg) }),
  };
};

interface Attempt {
  readonly channel: string;
  readonly error?: string;
  readonly message?: Fields;
}

/** Each target by itself: some may fail, all failing is a refusal (7.9+, #36386). */
const deliverSeparately = (targets: readonly string[], post: (target: string) => Fields): Delivery => {
  const responses = targets.map((channel): Attempt => {
    try {
      return { channel, message: post(channel) };
    } catch (thrown) {
      return { channel, error: wordOf(thrown) };
    }
  });
  const allFailed = responses.every(({ error }) => error !== undefined);
  return allFailed ? { success: false, body: { success: false, responses } } : { success: true, more: { responses } };
};

/** Without `separateResponse` the first bad target stops all. */
export const deliver = (chat: Chat, integration: IntegrationDoc, poster: UserDoc, content: Fields): Delivery => {
  const named = content.channel ?? content.roomId;
  if (named && !integration.overrideDestinationChannelEnabled)
    return failure('overriding destination channel is disabled for this integration');
  const targets = named ? targetsOf(named) : integration.channel;
  if (targets.length === 0) return failure('invalid-channel');
  const message = { ...withLineFeeds(chat, content), bot: { i: integration._id } };
  const post = (target: string) => viewMessage(postTo(chat, poster, target, message, integration.extra).message);
  if (chat.traits.hasSeparateResponse && content.separateResponse === true) return deliverSeparately(targets, post);
  try {
    for (const target of targets) post(target);
    return { success: true, more: {} };
  } catch (thrown) {
    return failure(wordOf(thrown));
  }
};
