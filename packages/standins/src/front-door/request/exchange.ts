/** One request on its way through the front door. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { VirtualServer } from '../config/model.ts';

export interface Exchange {
  readonly request: IncomingMessage;
  /** The client asked to switch protocols; its socket, and what came after the head. */
  readonly upgrade?: { readonly socket: Duplex; readonly head: Buffer };
  /** Made when it is needed: after a switch of protocols there is none. */
  readonly response: () => ServerResponse;
  /** Asks a client that waits for it to send its body. */
  readonly takeBody: () => void;
  readonly scheme: 'http' | 'https';
  readonly server: VirtualServer;
  /** Lower case, without port; the server's name when the client named none. */
  readonly host: string;
  /** Path and query as they were sent. */
  readonly target: string;
}

/** What is answered when it is not a back end's answer. Without a body nginx's own page is meant. */
export interface Reply {
  readonly status: number;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string | Buffer;
  readonly type?: string;
}
