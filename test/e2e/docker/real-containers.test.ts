/**
 * Suites on real containers: one file, so that images are made ready once and a small machine runs one stack at a time.
 * CHATOPS_SUITES says which: `changed` (what has changed since all were green), or names; default: all.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leftOut } from '../../helpers/available.ts';
import { chosenSuites } from './choosing/chosen-suites.ts';
import type { SuiteName } from './choosing/suites.ts';
import { composeAlone } from './compose-alone.ts';
import { buildAllImages, whyNoContainers } from './containers.ts';
import { diagnosis } from './diagnosis.ts';
import { doctor } from './doctor.ts';
import { faults } from './faults.ts';
import { foreignPart } from './foreign-part.ts';
import { health } from './health.ts';
import { imagesLock } from './images-lock.ts';
import { LIVE, requireVendorImages, vendors } from './images-used.ts';
import { writeLiveResult } from './live-result.ts';
import { loop } from './loop.ts';
import { loopWithTls } from './loop-tls.ts';
import { mainJob } from './main-job.ts';
import { mattermost } from './mattermost.ts';
import { networks } from './networks.ts';
import { oldEngine } from './old-engine.ts';
import { proxies } from './proxies.ts';
import { randomKills } from './random-kills.ts';
import { OVER_TCP, reachEngine } from './reach-engine.ts';
import { relay } from './relay.ts';
import { relayStack } from './relay-stack.ts';
import { restarts } from './restarts.ts';
import { timedSuite, timesTaken } from './suite-times.ts';
import { takeover } from './takeover.ts';

const DEFINED: Readonly<Record<SuiteName, () => void>> = {
  'compose-alone': composeAlone,
  health,
  doctor,
  networks,
  'main-job': mainJob,
  loop,
  'loop-tls': loopWithTls,
  faults,
  relay,
  'relay-stack': relayStack,
  mattermost,
  'foreign-part': foreignPart,
  'images-lock': imagesLock,
  proxies,
  takeover,
  diagnosis,
  restarts,
  'old-engine': oldEngine,
  'random-kills': randomKills,
};

// Minutes, where everything else takes seconds: CI asks for it.
const asked = process.env.CHATOPS_CONTAINERS === '1';
if (asked) await reachEngine();
const why = asked ? whyNoContainers() : 'ask for it with `npm run test:containers`';
if (LIVE) await requireVendorImages(why);
else if (why !== undefined) leftOut('docker e2e', why);
// A suite may also say by itself that it cannot run here.
const suites = why === undefined ? chosenSuites({ overTcp: OVER_TCP, live: LIVE }) : [];

describe.runIf(why === undefined)('on real containers', () => {
  beforeAll(async () => void (await buildAllImages()), 240_000);

  it('no image is built again of which nothing has changed', async () => {
    expect(await buildAllImages()).toEqual([]);
  });

  for (const name of suites) timedSuite(name, DEFINED[name]);

  // biome-ignore lint/correctness/noEmptyPattern: Vitest takes it for a list of fixtures, and refuses any other form.
  afterAll(({}, all) => {
    if (!LIVE || all.tasks.some(({ result }) => result?.state === 'fail')) return;
    const file = writeLiveResult('test/live/results', new Date(), vendors, timesTaken());
    process.stderr.write(`the real servers were seen to work: commit ${file}, then run \`npm run docs\`\n`);
  });
});
