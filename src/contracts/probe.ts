import type { ChatopsError } from '../errors/chatops-error.ts';

/** Asks one question, once, and changes nothing. Waiting and deadlines belong to the gate. */
export interface Probe {
  /** Names what is asked in reports, e.g. `http`. */
  readonly id: string;
  /** Never throws for what was foreseen; rejects only when `signal` is aborted. */
  ask(signal: AbortSignal): Promise<Answer>;
}

export type Answer =
  | {
      readonly kind: 'ready';
      readonly detail?: string;
      /** Why it may soon be so no more, and that nobody sees to it: one line, no secret. */
      readonly caution?: string;
    }
  /** Expected while a service starts. One line, no secret. */
  | {
      readonly kind: 'not-ready';
      readonly reason: string;
      /** Nobody came through to what was to be asked: this says nothing of it. Default false. */
      readonly unasked?: true;
    }
  /** Waiting will not fix it: wrong password, revoked token, wrong kind of server, our bug. */
  | { readonly kind: 'cannot-tell'; readonly error: ChatopsError };

export const ready = (detail?: string): Answer =>
  detail === undefined ? { kind: 'ready' } : { kind: 'ready', detail };
export const readyBut = (detail: string, caution: string): Answer => ({ kind: 'ready', detail, caution });
export const notReady = (reason: string): Answer => ({ kind: 'not-ready', reason });
/** There was no way to ask. */
export const unasked = (reason: string): Answer => ({ kind: 'not-ready', reason, unasked: true });
export const cannotTell = (error: ChatopsError): Answer => ({ kind: 'cannot-tell', error });
