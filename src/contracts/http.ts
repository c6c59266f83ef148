export interface HttpRequest {
  readonly method: string;
  /** Absolute. Names under `.localhost` are the loopback address (RFC 6761 section 6.3). */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Connect here instead of the URL's host; the Host header stays the URL's. */
  readonly connectTo?: { readonly host: string; readonly port: number };
  /** Whole exchange, ms. Default 10 000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Largest body read, bytes; more is an UNEXPECTED_ANSWER. Default 16 MiB. */
  readonly maxBytes?: number;
}

export interface HttpResponse {
  readonly status: number;
  /** Lower-case names; repeated ones joined by comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** `cause` of an UNREACHABLE when no answer came in time: what was asked for may still be under way there. */
export class TimedOut extends Error {
  constructor(afterMs: number) {
    super(`timed out after ${afterMs} ms`);
    this.name = 'TimedOut';
  }
}

/** One request, one answer, any status. Redirects are not followed, nothing is retried. */
export interface Http {
  /**
   * @throws ChatopsError UNREACHABLE (refused, reset, DNS, timed out; `why` names which, never the query or headers; its
   * cause is a TimedOut when it is that)
   */
  request(request: HttpRequest): Promise<HttpResponse>;
  /** Tries a WebSocket upgrade at the URL and closes it again; resolves to the status of the answer (101 is success). */
  upgrade(request: Pick<HttpRequest, 'url' | 'connectTo' | 'timeoutMs' | 'signal'>): Promise<number>;
}
