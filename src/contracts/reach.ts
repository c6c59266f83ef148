/** Whether one container reaches a port of another by its name: resolved, then connected to, no byte sent. */
import type { Endpoint } from '../stack/stack.ts';

export type Reached =
  /** `ms`: until the connection stood, the name looked up before. */
  | { readonly kind: 'reached'; readonly address: string; readonly ms: number }
  | { readonly kind: 'no-name'; readonly why: string }
  | { readonly kind: 'not-reached'; readonly address: string; readonly how: Failure; readonly why: string };

export type Failure = 'refused' | 'timed-out' | 'no-route' | 'failed';

export interface ReachOptions {
  /** For the name, and again for the connection. Default 2 000. */
  readonly timeoutMs?: number;
}

/** Never rejects. */
export type Reach = (target: Endpoint, options?: ReachOptions) => Promise<Reached>;
