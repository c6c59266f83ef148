/** Whether people would get an answer at the stack's addresses. Asked from this machine, as they would ask. */
import type { Http } from '../contracts/http.ts';
import { toChatopsError } from '../errors/chatops-error.ts';
import type { PublicUrls } from '../stack/stack.ts';

/** All are asked at once, and a run is over by then: a page that takes longer than this is no help to anybody, ms. */
const ASK_WITHIN_MS = 3_000;

/** A server's own fault, or that of the proxy before it; everything below is an answer, be it "log in". */
const isFault = (status: number): boolean => status >= 500;

/** @returns label → why nobody answers there; empty when all do, and when `signal` is aborted first. Never rejects. */
export const silentAddresses = async (
  urls: PublicUrls,
  http: Pick<Http, 'request'>,
  signal: AbortSignal,
): Promise<Readonly<Record<string, string>>> => {
  const whyNot = async (url: string): Promise<string | undefined> => {
    try {
      const { status } = await http.request({ method: 'GET', url, timeoutMs: ASK_WITHIN_MS, signal });
      return isFault(status) ? `it answers ${status}` : undefined;
    } catch (thrown) {
      if (signal.aborted) return undefined;
      const { why, what } = toChatopsError(thrown);
      return why ?? what;
    }
  };
  const asked = await Promise.all(
    Object.entries(urls).map(async ([label, url]) => [label, await whyNot(url)] as const),
  );
  return Object.fromEntries(asked.flatMap(([label, why]) => (why === undefined ? [] : [[label, why]])));
};
