/**
 * A chat, in the words of the proofs, checks and bots that talk in one. All methods throw ChatopsError: UNREACHABLE,
 * UNEXPECTED_ANSWER, LOGIN_REFUSED, TOKEN_INVALID, SECOND_FACTOR_NEEDED, PERMISSION_MISSING, RATE_LIMITED,
 * CHAT_READ_ONLY, or JOB_FAILED (any other refusal, with the server's own words).
 */
import type { HttpTarget } from '../stack/stack.ts';
import type { Credentials } from './credentials.ts';

/**
 * The chat at an address of the graph. Asks nothing yet.
 * @param speaks as `ChatOffer.speaks` says it
 */
export type ChatOf = (target: HttpTarget, speaks?: string) => Chat;

export interface Chat {
  /** Path below its address where browsers and bots open their WebSocket: `/websocket`. */
  readonly webSocketPath: string;
  /** @throws ChatopsError LOGIN_REFUSED, SECOND_FACTOR_NEEDED */
  login(credentials: Credentials, signal: AbortSignal): Promise<ChatSession>;
}

/** A logged-in account. */
export interface ChatSession {
  readonly me: { readonly id: string; readonly name: string };
  /** Reads one room as this account sees it; undefined when it does not. */
  room(name: string, signal: AbortSignal): Promise<Room | undefined>;
  /**
   * Reads. Why this account may not post in one of these rooms, one line; undefined: it may in all.
   * @throws ChatopsError UNEXPECTED_ANSWER when the server does not know the account that is logged in
   */
  whyMayNotPost(rooms: readonly string[], signal: AbortSignal): Promise<string | undefined>;
  /** Writes. @throws ChatopsError CHAT_READ_ONLY while the server takes no messages */
  post(roomId: string, text: string, signal: AbortSignal): Promise<ChatMessage>;
  /** Reads; undefined when there is no such message, or this account may not see it. */
  message(id: string, signal: AbortSignal): Promise<ChatMessage | undefined>;
  /**
   * Reads the newest messages of a room this account is in, newest first, `count` at most (100 is the largest).
   * What their attachments say (title, link, text, fields) is appended to `text`, each on its own line.
   */
  latest(room: Room, count: number, signal: AbortSignal): Promise<readonly ChatMessage[]>;
  /** Writes; of its own messages an account may delete each. Already gone is fine. */
  delete(message: Pick<ChatMessage, 'id' | 'roomId'>, signal: AbortSignal): Promise<void>;
  /** Opens a realtime session, and is called with every message of the account's rooms that arrives from now on, its own too. */
  listen(listener: (message: ArrivedMessage) => void, signal: AbortSignal): Promise<Listening>;
}

export interface Room {
  readonly id: string;
  readonly name: string;
}

/** A realtime session. The caller closes it. */
export interface Listening {
  /** Resolves when the session has ended, by either side, or has gone silent for good. */
  readonly ended: Promise<void>;
  /** How long nothing has been heard of the server, ms: it is asked for a sign of life before half a minute has passed. */
  silentMs(): number;
  close(): Promise<void>;
}

export interface ArrivedMessage {
  readonly roomId: string;
  readonly text: string;
  /** User id of its author. */
  readonly from: string;
}

export interface ChatMessage {
  readonly id: string;
  readonly roomId: string;
  readonly text: string;
  /** Its parts, as they were posted; absent when there is nothing but `text`. */
  readonly parts?: MessageParts;
}

/** What a room shows of a message: of one that was read, and of one a webhook's script would post. */
export interface MessageParts {
  /** Name shown instead of the poster's. */
  readonly alias?: string;
  readonly text: string;
  readonly attachments: readonly MessageAttachment[];
  /** The incoming webhook it came through. */
  readonly webhookId?: string;
}

export interface MessageAttachment {
  readonly author?: string;
  readonly title?: string;
  readonly link?: string;
  readonly text?: string;
  readonly fields: readonly { readonly title: string; readonly value: string }[];
}
