/**
 * `chatops-probe install DIR`: the probe alone, in a folder that a Dockerfile copies or compose mounts, for people who
 * use nothing else of ours.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createToolsPackages } from '../adapters/tools-packages.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import { ARCHITECTURES, architectureOf, TOOLS_PACKAGES } from '../tools-image/architecture.ts';
import { filesOfLayer, type ToolsFiles } from '../tools-image/layer.ts';
import type { Outlet } from '../values/words/outlet.ts';
import { installCommand } from './install.ts';

/** Where the folder is in containers. */
const PLACE = '/opt/chatops';

const usage = (why: string): ChatopsError =>
  new ChatopsError('USAGE', {
    what: 'the command line was not understood',
    why,
    next: 'chatops-probe install <directory> [--at /opt/chatops] [--cpu amd64|arm64]',
  });

const wordsOf = (argv: readonly string[]) => {
  try {
    const options = { at: { type: 'string', default: PLACE }, cpu: { type: 'string', default: process.arch } } as const;
    return parseArgs({ args: [...argv], allowPositionals: true, options });
  } catch (thrown) {
    throw usage((thrown as Error).message);
  }
};

const filesFor = async (cpu: string): Promise<ToolsFiles> => {
  const architecture = architectureOf(cpu);
  if (architecture === undefined) throw usage(`there is no probe for ${cpu}, only for ${ARCHITECTURES.join(' and ')}`);
  const packages = createToolsPackages();
  const found = packages.find(architecture);
  if (found === undefined) {
    throw new ChatopsError('IMAGE_MISSING', {
      what: `there is nothing here to take the probe for ${architecture} from`,
      why: `the package ${TOOLS_PACKAGES[architecture]} is not installed`,
      next: `\`npm install --force ${TOOLS_PACKAGES[architecture]}\` adds it`,
    });
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of found.layer()) chunks.push(chunk);
  return filesOfLayer(Buffer.concat(chunks));
};

/** @returns the exit status @throws ChatopsError USAGE, IMAGE_MISSING, DIRECTORY_UNUSABLE */
export const installProbe = async (argv: readonly string[], out: Outlet): Promise<number> => {
  const { values, positionals } = wordsOf(argv);
  const [directory, ...more] = positionals;
  if (directory === undefined || more.length > 0) throw usage('name one directory');
  return installCommand({ out }, { target: resolve(directory), runsIn: values.at, files: () => filesFor(values.cpu) });
};
