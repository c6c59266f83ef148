import { realDeadline } from '../../kit/real-time.ts';
export interface FetchRequest {
  readonly url: string;
  readonly options: Readonly<Record<string, unknown>>;
}

export type FetchAnswer =
  | {
      readonly ok: boolean;
      readonly status: number;
      readonly statusText: string;
      readonly url: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  | { readonly failed: string };

/** A name and port inside the stack's network → where it is on loopback. */
export type Resolve = (host: string, port: number) => { readonly host: string; readonly port: number } | undefined;

const target = (url: string, resolve: Resolve): string => {
  const parsed = new URL(url);
  const port = Number(parsed.port || (parsed.protocol === 'https:' ? 443 : 80));
  const found = resolve(parsed.hostname, port);
  if (found) parsed.host = `${found.host}:${found.port}`;
  return parsed.href;
};

const bodyOf = (options: FetchRequest['options']): string | undefined => {
  const { body } = options;
  if (body === undefined || body === null) return undefined;
  return typeof body === 'string' ? body : JSON.stringify(body);
};

const headersOf = (options: FetchRequest['options']): Record<string, string> =>
  Object.fromEntries(
    Object.entries((options.headers ?? {}) as Record<string, unknown>).map(([name, value]) => [name, String(value)]),
  );

const FETCH_LIMIT_MS = 10_000;

/** A script's `fetch`, done outside: names of the stack lead to its servers, and every failure is an answer. */
export const fetchForScript = async ({ url, options }: FetchRequest, resolve: Resolve): Promise<FetchAnswer> => {
  try {
    const body = bodyOf(options);
    const response = await fetch(target(url, resolve), {
      method: typeof options.method === 'string' ? options.method : 'GET',
      headers: headersOf(options),
      ...(body === undefined ? {} : { body }),
      signal: realDeadline(FETCH_LIMIT_MS),
    });
    return {
      ok: response.ok,
      status: response.status,
      statusText: response.statusText,
      url: response.url,
      headers: Object.fromEntries(response.headers),
      body: await response.text(),
    };
  } catch (thrown) {
    return { failed: thrown instanceof Error ? thrown.message : String(thrown) };
  }
};
