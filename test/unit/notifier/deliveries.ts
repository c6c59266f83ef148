/** Deliveries for the tests: the project's own, and the vendor's samples where they are. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { contractsDir } from '../../helpers/available.ts';

export interface Delivery {
  readonly name: string;
  readonly header: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Updates of nothing that people care about, and a request of nothing: none is announced. */
export const SAYS_NOTHING: readonly string[] = [
  'empty',
  'issue-bookkeeping-null',
  'merge-request-bookkeeping',
  'merge-request-no-time',
];

const OWN = new URL('../../fixtures/notifier/payloads/', import.meta.url);

const readJson = (path: string | URL): Record<string, unknown> =>
  JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;

const jsonIn = (dir: string | URL): readonly string[] =>
  readdirSync(dir)
    .filter((file) => file.endsWith('.json'))
    .sort();

export const ownDelivery = (name: string): Delivery => {
  const { header, payload } = readJson(new URL(`${name}.json`, OWN)) as unknown as Delivery;
  return { name, header, payload };
};

export const ownDeliveries = (): readonly Delivery[] =>
  jsonIn(OWN).map((file) => ownDelivery(file.replace(/\.json$/, '')));

const samplesDir = (): string | undefined => {
  const dir = contractsDir();
  return dir !== undefined && existsSync(`${dir}/gitlab/webhooks`) ? `${dir}/gitlab/webhooks/` : undefined;
};

/** file → X-Gitlab-Event, from the table in the samples' README */
const headersIn = (dir: string): ReadonlyMap<string, string> => {
  const rows = readFileSync(`${dir}README.md`, 'utf8').matchAll(/^\| (\S+\.json) \| ([^|]+?) \|/gm);
  return new Map([...rows].map(([, file = '', header = '']) => [file, header]));
};

/** @returns undefined when this machine has no samples */
export const sampleDeliveries = (): readonly Delivery[] | undefined => {
  const dir = samplesDir();
  if (dir === undefined) return undefined;
  const headers = headersIn(dir);
  return jsonIn(dir).map((file) => {
    const document = readJson(dir + file);
    const name = file.replace(/\.json$/, '');
    // One sample is a whole entry of the delivery log.
    if (!file.startsWith('_')) return { name, header: headers.get(file) ?? '', payload: document };
    const { request_data, request_headers } = document as Record<string, Record<string, unknown>>;
    return { name, header: String(request_headers?.['X-Gitlab-Event'] ?? ''), payload: request_data ?? {} };
  });
};
