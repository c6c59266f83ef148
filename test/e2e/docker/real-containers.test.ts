/** Suites on real containers: one file, so that images are built once and a small machine runs one stack at a time. */
import { beforeAll, describe } from 'vitest';
import { leftOut } from '../../helpers/available.ts';
import { composeAlone } from './compose-alone.ts';
import { buildAllImages, whyNoContainers } from './containers.ts';
import { diagnosis } from './diagnosis.ts';
import { doctor } from './doctor.ts';
import { faults } from './faults.ts';
import { health } from './health.ts';
import { LIVE, requireVendorImages } from './images-used.ts';
import { loop } from './loop.ts';
import { loopWithTls } from './loop-tls.ts';
import { mainJob } from './main-job.ts';
import { oldEngine } from './old-engine.ts';
import { randomKills } from './random-kills.ts';
import { reachEngine } from './reach-engine.ts';
import { relay } from './relay.ts';
import { restarts } from './restarts.ts';

// Minutes, where everything else takes seconds: CI asks for it.
const asked = process.env.CHATOPS_CONTAINERS === '1';
if (asked) await reachEngine();
const why = asked ? whyNoContainers() : 'ask for it with `npm run test:containers`';
if (LIVE) await requireVendorImages(why);
else if (why !== undefined) leftOut('docker e2e', why);

describe.runIf(why === undefined)('on real containers', () => {
  beforeAll(buildAllImages, 240_000);
  composeAlone();
  health();
  doctor();
  mainJob();
  loop();
  loopWithTls();
  faults();
  // Of engines, or with many first starts: the vendors' servers would take hours and tell nothing more.
  if (LIVE) return;
  relay();
  diagnosis();
  // Each says by itself where it cannot run.
  if (why === undefined) {
    restarts();
    oldEngine();
  }
  randomKills();
});
