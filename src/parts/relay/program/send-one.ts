/** One message of the outbox: sent once more, or found to be there already. */
import type { ChatBody, ChatSink, Posted, Refused, Updated } from '../../../contracts/chat-sink.ts';
import { type Sending, type Settled, settle } from './outbox.ts';
import type { RenderBody } from './render-body.ts';
import type { RelayState } from './state.ts';

export type Sent =
  | { readonly kind: 'settled'; readonly settle: (state: RelayState) => RelayState; readonly line?: string }
  | { readonly kind: 'later'; readonly why: string; readonly afterMs?: number };

export interface SendingDeps {
  readonly sink: ChatSink;
  readonly render: RenderBody;
}

const findOrPost = async (
  { how, key }: Sending,
  body: ChatBody,
  channel: string,
  sink: ChatSink,
  signal: AbortSignal,
): Promise<Posted> => {
  if (how === 'find-or-post' && sink.remembers) {
    const found = await sink.find(channel, key, signal);
    if (found.kind === 'found') return { kind: 'done', id: found.id };
    if (found.kind === 'later') return found;
  }
  return sink.post(channel, key, body, signal);
};

/** A message that cannot be written for this chat can never be sent: it must not hold up those behind it. */
const bodyOf = ({ item, how }: Sending, render: RenderBody): ChatBody | Refused => {
  try {
    return render(item.message, how === 'update' || item.run !== undefined);
  } catch (thrown) {
    return { kind: 'refused', why: thrown instanceof Error ? thrown.message : String(thrown) };
  }
};

const isRefused = (body: ChatBody | Refused): body is Refused => body.kind === 'refused';

const send = async (
  sending: Sending,
  channel: string,
  { sink, render }: SendingDeps,
  signal: AbortSignal,
): Promise<Posted | Updated> => {
  const body = bodyOf(sending, render);
  if (isRefused(body)) return body;
  if (sending.how !== 'update') return findOrPost(sending, body, channel, sink, signal);
  return sink.update(channel, sending.messageId, sending.key, body, signal);
};

export const sendOne = async (
  sending: Sending,
  channel: string,
  options: SendingDeps,
  signal: AbortSignal,
): Promise<Sent> => {
  const answer = await send(sending, channel, options, signal);
  if (answer.kind === 'later') return answer;
  const settled = (how: Settled, line?: string): Sent => ({
    kind: 'settled',
    settle: (state) => settle(state, sending, how),
    ...(line === undefined ? {} : { line }),
  });
  switch (answer.kind) {
    case 'refused':
      return settled({ kind: 'dropped' }, `a message was refused and is lost: ${answer.why}`);
    case 'gone':
      return settled(
        { kind: 'gone' },
        `a message cannot be changed any more, its news become a new one: ${answer.why}`,
      );
    default:
      if (sending.how === 'update') return settled({ kind: 'updated' });
      return settled({ kind: 'posted', ...('id' in answer && answer.id !== undefined ? { id: answer.id } : {}) });
  }
};
