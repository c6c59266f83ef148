/** What a forge sends its events to, and what becomes messages there. */
import type { ErrorCode } from '../errors/catalogue.ts';
import type { HttpTarget, ReceiverRef } from '../stack/stack.ts';
import type { Secret } from '../values/secret.ts';
import type { HttpResponse } from './http.ts';

/** The receiver that the graph names. Asks nothing yet. */
export type ReceiverOf = (ref: ReceiverRef, options?: ReceiverOptions) => Receiver;

export interface ReceiverOptions {
  /** Where it is read, when that is not where the forge reaches it. Default: the target of the reference. */
  readonly readAt?: HttpTarget;
}

/** Both methods throw ChatopsError: what logging in and reading throw. */
export interface Receiver {
  /** Reads. Undefined while there is none. */
  address(signal: AbortSignal): Promise<ReceiverAddress | undefined>;
  /**
   * Writes: from now on it takes the secret of `.env` and no other.
   * @throws StaleDecision when it does not take that one (any more)
   */
  forgetSecrets(signal: AbortSignal): Promise<void>;
  /** Writes: what was used before another receiver takes nothing any more, until it is wanted again. Fine where there is none. */
  retire(signal: AbortSignal): Promise<void>;
}

export interface ReceiverAddress {
  /** Messages that came through it bear this as `MessageParts.webhookId`. */
  readonly id: string;
  /** As people know it, e.g. `chatops-up:demo events`. */
  readonly name: string;
  /**
   * SHA-256 of the secrets it takes, lower-case hex, the current one first; none when they cannot be read. Of a former one
   * that the receiver does not name, any other text.
   */
  readonly takes: readonly string[];
  /** Why what is delivered would not become a message; undefined when nothing speaks against it. */
  readonly broken: string | undefined;
  /** It takes nothing at all. Default false. */
  readonly isOff?: boolean;
  /** Where the forge sends what is for this room. Who knows it may post there. */
  url(room: string): Secret;
  /** What its refusal of a delivery for a room means; undefined for an answer that is not its own, or that it never gives. */
  explain(answer: HttpResponse, room: string): DeliveryRefusal | undefined;
  /** The room of an address of this receiver; undefined for every other address, and where none is named. */
  roomOf(url: Secret): string | undefined;
}

/** Why a delivery was not taken. */
export interface DeliveryRefusal {
  readonly why: string;
  readonly next: string;
  /** Default DELIVERY_REFUSED. */
  readonly code?: ErrorCode;
}
