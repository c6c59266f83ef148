/** Which images the suites on real containers run: stand-ins, or with CHATOPS_LIVE=1 those of the vendors. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { sectionOf } from '../../../src/config/section.ts';
import { RUNNER } from '../../../src/contracts/sections/runner.ts';
import { defaultConfig } from '../../../src/wiring/own-house.ts';
import { have } from '../../helpers/available.ts';
import { MATTERMOST, NGINX, POSTGRES, STANDINS, TOOLS } from '../images/build.mjs';

const execute = promisify(execFile);

/** The real servers, as a stack without a word about images gets them. */
export const LIVE = process.env.CHATOPS_LIVE === '1';

const defaults = defaultConfig();
/** Name under `images:` → the vendor's image. */
export const { tools: _, ...vendors } = defaults.images;
const jobImages = [sectionOf(defaults, RUNNER)?.image ?? []].flat();
/** What is overridden in chatops.yaml. The tools are of this checkout in any case. */
export const IMAGES: Readonly<Record<string, string>> = LIVE
  ? { tools: TOOLS }
  : { ...STANDINS, nginx: NGINX, tools: TOOLS };

/** Of a stack whose chat is Mattermost, besides: a stand-in, and the real PostgreSQL. */
export const MATTERMOST_IMAGES: Readonly<Record<string, string>> = LIVE
  ? {}
  : { mattermost: MATTERMOST, postgres: POSTGRES };

export const IMAGES_TEXT = LIVE
  ? `the real servers, in the vendors' images (${Object.values(vendors).join(', ')})`
  : `stand-in images for MongoDB, Rocket.Chat, Mattermost and GitLab (${[...Object.values(STANDINS), MATTERMOST].join(', ')}), real nginx and PostgreSQL (${NGINX}, ${POSTGRES})`;

/** A first start of the real GitLab takes 3 to 8 minutes on an ordinary machine, where its stand-in takes a second. */
export const within = (ms: number): number => (LIVE ? Math.max(ms * 10, 2_400_000) : ms);

/** A registry that does not answer is not waited for, ms. */
const ASK_WITHIN_MS = 20_000;

const whyNot = async (image: string): Promise<string | undefined> => {
  if (have('docker', ['image', 'inspect', image])) return undefined;
  try {
    await execute('docker', ['manifest', 'inspect', image], { timeout: ASK_WITHIN_MS });
    return undefined;
  } catch (thrown) {
    const { killed, stderr, message } = thrown as { killed?: boolean; stderr?: string; message: string };
    if (killed) return `no answer within ${ASK_WITHIN_MS / 1000} s`;
    return (stderr || message).trim().split('\n').at(-1);
  }
};

const refuse = (whys: readonly string[], next: readonly string[]): Error => {
  const error = new Error(
    [
      'nothing was run against the real servers, as was asked for',
      ...whys.map((why) => `  why   ${why}`),
      ...next.map((line, at) => (at === 0 ? `  next  ${line}` : `        ${line}`)),
    ].join('\n'),
  );
  // Where in the tests it was thrown helps nobody.
  delete error.stack;
  return error;
};

/**
 * Who asks for the real servers wants to hear that they cannot be had: that is a failure, not something left out.
 * @param noContainers why no containers can be run at all
 * @throws Error what, why, next
 */
export const requireVendorImages = async (noContainers: string | undefined): Promise<void> => {
  if (noContainers !== undefined) throw refuse([noContainers], ['fix that and ask again']);
  const images = [...new Set([...Object.values(vendors), ...jobImages])];
  const reasons = await Promise.all(images.map(async (image) => ({ image, why: await whyNot(image) })));
  /** reason → the images it holds for: mostly one for all. */
  const missing = new Map<string, readonly string[]>();
  for (const { image, why } of reasons) {
    if (why !== undefined) missing.set(why, [...(missing.get(why) ?? []), image]);
  }
  if (missing.size === 0) return;
  const whys = [...missing].map(([why, names]) => `no image ${names.join(', ')}: ${why}`);
  throw refuse(whys, [
    'give the Docker Engine a way to their registry, or load the images (`docker load`), and ask again;',
    '`npm run test:containers` runs the same scenarios against stand-ins',
  ]);
};
