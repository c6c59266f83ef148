/**
 * A chat that the relay posts to: the few words of it that all chats have. What a message looks like there is
 * the renderer's business; here it is the chat's own fields (`text`, `attachments`…).
 */
export type ChatBody = Readonly<Record<string, unknown>>;

/** It will not help to try again: what was sent is wrong for this chat. */
export interface Refused {
  readonly kind: 'refused';
  readonly why: string;
}

/** Not now: the chat is away, busy, or does not let us in. Nothing says whether it did what was asked. */
export interface Later {
  readonly kind: 'later';
  readonly why: string;
  /** How long the chat itself asks us to wait, ms. */
  readonly afterMs?: number;
}

/** `id` is absent where the chat reports none: such a message can never be changed. */
export type Posted = { readonly kind: 'done'; readonly id?: string } | Refused | Later;

/** `gone`: there is no such message any more, or it may not be changed any more. */
export type Updated = { readonly kind: 'done' } | { readonly kind: 'gone'; readonly why: string } | Refused | Later;

export type Found = { readonly kind: 'found'; readonly id: string } | { readonly kind: 'absent' } | Later;

/** None of these rejects but with the signal's reason. No `why` holds a secret or a hook's address. */
export interface ChatSink {
  /** Whether messages can be changed, and found again by their key: else none is sent twice only as long as all goes well. */
  readonly remembers: boolean;
  /** Reads: why nothing could be posted now into one of these channels; undefined when it could. */
  trouble(channels: readonly string[], signal: AbortSignal): Promise<string | undefined>;
  /** Reads: the message that was posted with this key, if it got there. */
  find(channel: string, key: string, signal: AbortSignal): Promise<Found>;
  /** Writes. `key`: 17 lower-case letters and digits, the same when the same message is tried again. */
  post(channel: string, key: string, body: ChatBody, signal: AbortSignal): Promise<Posted>;
  /** Writes; the same again changes nothing. */
  update(channel: string, id: string, key: string, body: ChatBody, signal: AbortSignal): Promise<Updated>;
}
