/** A Docker Engine of its own on which a stack without a word about images finds all of them: stand-ins, and real nginx. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { buildStack } from '../../../src/stack/build-stack.ts';
import { servicesOf } from '../../../src/stack/services-of.ts';
import type { Stack } from '../../../src/stack/stack.ts';
import { defaultConfig, ownHouse } from '../../../src/wiring/own-house.ts';
import { aPrivateEngine, NEWER, type PrivateEngine } from './private-engine.ts';

const execute = promisify(execFile);

/** What test/e2e/images/build.mjs exports. */
export interface BuiltImages {
  readonly STANDINS: Readonly<Record<string, string>>;
  readonly NGINX: string;
  readonly BASE: string;
  buildImages(): Promise<readonly string[]>;
}

const defaultStack = (): Stack => buildStack(defaultConfig(), ownHouse());

type Played = readonly [standin: string, name: string];

/**
 * Each image of this clone that plays one of the default stack, beside the vendor's own default name; for those of CI jobs
 * it is enough that there is one. Our tools are not among them.
 */
const vendorNames = ({ STANDINS, NGINX, BASE }: BuiltImages): readonly Played[] => {
  const { images, toolsImage, nodes } = defaultStack();
  const services = servicesOf({ nodes });
  const used = new Set(services.map(({ container }) => container.image));
  const played: Readonly<Record<string, string | undefined>> = { ...STANDINS, nginx: NGINX };
  const ofServices = Object.entries(images).flatMap(([key, name]): readonly Played[] => {
    if (name === toolsImage || !used.has(name)) return [];
    const standin = played[key];
    if (standin === undefined) throw new Error(`nothing plays images.${key}`);
    return [[standin, name]];
  });
  const ofJobs = services.flatMap(({ needs }) => needs.alsoRuns?.amd64 ?? []);
  return [...ofServices, ...ofJobs.map((name): Played => [BASE, name])];
};

/** Builds what is missing of the images, and starts the engine. It ends with `remove()`. */
export const anEngineOfVendors = async (images: BuiltImages): Promise<PrivateEngine> => {
  await images.buildImages();
  const engine = await aPrivateEngine(NEWER);
  const names = vendorNames(images);
  await engine.load([...new Set(names.map(([standin]) => standin))]);
  for (const [standin, name] of names) await execute('docker', ['--host', engine.socket, 'tag', standin, name]);
  return engine;
};
