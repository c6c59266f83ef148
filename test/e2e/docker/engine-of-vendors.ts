/** A Docker Engine of its own on which a stack without a word about images finds all of them: stand-ins, and real nginx. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { defaultConfig } from '../../../src/wiring/own-house.ts';
import { aPrivateEngine, NEWER, type PrivateEngine } from './private-engine.ts';

const execute = promisify(execFile);

/** What test/e2e/images/build.mjs exports. */
export interface BuiltImages {
  readonly STANDINS: Readonly<Record<string, string>>;
  readonly NGINX: string;
  buildImages(): Promise<readonly string[]>;
}

/** Each image of this clone that plays one, beside the vendor's own default name. Our tools are not among them. */
const vendorNames = ({ STANDINS, NGINX }: BuiltImages): readonly (readonly [standin: string, name: string])[] => {
  const { tools: _, ...vendors } = defaultConfig().images;
  const played: Readonly<Record<string, string | undefined>> = { ...STANDINS, nginx: NGINX };
  return Object.entries(vendors).map(([key, name]) => {
    const standin = played[key];
    if (standin === undefined || name === undefined) throw new Error(`nothing plays images.${key}`);
    return [standin, name] as const;
  });
};

/** Builds what is missing of the images, and starts the engine. It ends with `remove()`. */
export const anEngineOfVendors = async (images: BuiltImages): Promise<PrivateEngine> => {
  await images.buildImages();
  const engine = await aPrivateEngine(NEWER);
  const names = vendorNames(images);
  await engine.load(names.map(([standin]) => standin));
  for (const [standin, name] of names) await execute('docker', ['--host', engine.socket, 'tag', standin, name]);
  return engine;
};
