/** What of a request's and an answer's headers passes the front door. Pure. */
import type { Settings } from '../config/model.ts';
import type { Values } from '../config/template.ts';

export type HeaderLine = readonly [name: string, value: string];

export const linesOf = (raw: readonly string[]): readonly HeaderLine[] =>
  Array.from({ length: raw.length / 2 }, (_, index) => [raw[2 * index] ?? '', raw[2 * index + 1] ?? ''] as const);

/** Set or dropped by nginx itself unless `proxy_set_header` says otherwise (ngx_http_proxy_module.c, default headers). */
const OWN: readonly string[] = [
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'te',
  'keep-alive',
  'expect',
  'upgrade',
];

/** Names with other characters, an underscore too, are left out as invalid: nginx's defaults. */
const VALID_NAME = /^[A-Za-z\d-]+$/;

/** @param length of the body when it is known; undefined: in chunks; absent (null): none */
export const requestHeaders = (
  client: readonly HeaderLine[],
  { proxyHeaders }: Settings,
  values: Values,
  proxyHost: string,
  length: number | undefined | null,
): readonly HeaderLine[] => {
  const set = new Map<string, HeaderLine>([
    ['host', ['Host', proxyHost]],
    ['connection', ['Connection', 'close']],
    ...proxyHeaders.map(({ name, value }) => [name.toLowerCase(), [name, value(values)]] as [string, HeaderLine]),
  ]);
  const body: readonly HeaderLine[] =
    length === null
      ? []
      : length === undefined
        ? [['Transfer-Encoding', 'chunked']]
        : [['Content-Length', String(length)]];
  return [
    ...[...set.values()].filter(([, value]) => value !== ''),
    ...body,
    ...client.filter(
      ([name]) => !set.has(name.toLowerCase()) && !OWN.includes(name.toLowerCase()) && VALID_NAME.test(name),
    ),
  ];
};

/** Not passed on from a back end; about its own connection, or hidden by nginx (proxy_hide_header, defaults). */
const KEPT_BACK = /^(?:connection|keep-alive|transfer-encoding|upgrade|date|server|x-pad|x-accel-.*)$/i;

export const answerHeaders = (
  backEnd: readonly HeaderLine[],
  added: readonly HeaderLine[],
  location: (place: string) => string,
): readonly HeaderLine[] => [
  ['Server', 'nginx'],
  ...backEnd
    .filter(([name]) => !KEPT_BACK.test(name))
    .map(([name, value]) => [name, name.toLowerCase() === 'location' ? location(value) : value] as const),
  ...added,
];
