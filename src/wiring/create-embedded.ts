/** The embedded engine put together. Loaded only when it is chosen. */
import { join } from 'node:path';
import type { Engine } from '../contracts/engine.ts';
import type { Part } from '../contracts/part.ts';
import type { Players } from '../contracts/players.ts';
import { createEmbeddedEngine } from '../engines/embedded/embedded-engine.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import type { Clean } from '../values/words/clean.ts';
import type { EngineCall, EngineNeeds } from './engine-kind.ts';
import { loadedFrom } from './loaded-from.ts';
import { parseFaults } from './parse-faults.ts';
import { createRelayPlayer } from './relay-player.ts';
import { STATE_DIR } from './stack-directory.ts';

const parseSpeed = (text: string | undefined): { readonly speed?: number } => {
  if (text === undefined) return {};
  const speed = Number(text);
  if (speed > 0) return { speed };
  throw new ChatopsError('USAGE', {
    what: 'CHATOPS_SPEED is not a positive number',
    why: text,
    next: 'give simulated milliseconds per real one, e.g. 200',
  });
};

const keyOfPort = (ports: Readonly<Record<string, number>>, port: number): string | undefined => {
  const found = Object.entries(ports).find(([, each]) => each === port);
  return found && `ports.${found[0]}`;
};

/** One for each role: what a later part brings takes the place of what an earlier one did. */
const playersOf = async (parts: readonly Part[], { env }: EngineCall, clean: Clean): Promise<Required<Players>> => {
  const choices = await loadedFrom(parts, ({ players }) => players?.());
  const all = choices.map((choose) => choose(env));
  return {
    roles: Object.assign({ relay: createRelayPlayer(clean) }, ...all.map(({ roles }) => roles)),
    real: Object.assign({}, ...all.map(({ real }) => real)),
    files: Object.assign({}, ...all.map(({ files }) => files)),
  };
};

/** @throws ChatopsError USAGE for a switch that was not understood */
export const createEmbedded = async (
  invocation: EngineCall,
  { files, secrets, desired, clean }: Pick<EngineNeeds, 'files' | 'secrets' | 'desired' | 'clean'>,
  why: string,
): Promise<Engine> => {
  const dir = join(invocation.dir, STATE_DIR, 'embedded');
  const folders = { stackDir: invocation.dir, dataDir: dir };
  const players = await playersOf(desired.house.parts, invocation, clean);
  return createEmbeddedEngine({
    dir,
    why,
    secrets,
    players,
    faults: parseFaults(invocation.env.CHATOPS_FAULTS),
    ...parseSpeed(invocation.env.CHATOPS_SPEED),
    portKey: (port) => keyOfPort(desired.config.ports, port),
    fileFor: async (stack, addresses, path) => players.files[path]?.(stack, addresses, folders) ?? files.read(path),
  });
};
