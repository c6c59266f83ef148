import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { PARTS } from '../../src/wiring/parts.ts';
import type { LiveResult } from '../../test/e2e/docker/live-result.ts';
import { type Page, page } from './page.ts';
import { table } from './tables.ts';

const DATA = 'test/live/vendors.json';
/** Of `npm run test:live`, a file a run. */
const RESULTS = 'test/live/results';

interface Vendor {
  /** Sources, with their versions. */
  readonly read: readonly string[];
  /** What plays it, or is it, in the tests of this repository. */
  readonly here: string;
}

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

export const liveResults = (folder: string): readonly LiveResult[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .map((name) => read(`${folder}/${name}`) as LiveResult)
        .toSorted((one, other) => one.at.localeCompare(other.at))
    : [];

/** The day; of that very image. */
export const lastRun = (name: string, reference: string, results: readonly LiveResult[]): string =>
  results.findLast(({ images }) => images[name] === reference)?.at.slice(0, 10) ?? '**never**';

const rows = (results: readonly LiveResult[]): readonly (readonly string[])[] => {
  const vendors = read(DATA) as Readonly<Record<string, Vendor>>;
  const images = PARTS.flatMap((part) => Object.entries(part.images ?? {}));
  return images.map(([name, { reference }]) => {
    const vendor = vendors[name];
    if (vendor === undefined) throw new Error(`${DATA} says nothing of ${name}`);
    const sources = vendor.read.length === 0 ? 'nothing' : vendor.read.join('; ');
    return [`\`${reference}\``, sources, vendor.here, lastRun(name, reference, results)];
  });
};

const body = (): string => `What is known of the images that a stack is made of by default, and how.

${table(['image', 'source that was read', 'in the tests here', 'run live'], rows(liveResults(RESULTS)))}
"Run live" is the day on which \`npm run test:live\` last passed with that very image, by a file in \`${RESULTS}/\`. Where it says
**never**, no word of ours about the vendor's server was seen to hold: it follows from its source and documentation, and the stand-in
shares our reading of them. Other versions than these are accepted as far as chatops.yaml's rules know them.
`;

export const compatibilityPage = (): Page => page('docs/compatibility.md', 'Compatibility', DATA, body());
