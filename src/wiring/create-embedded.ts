/** The embedded engine put together. Loaded only when it is chosen: it brings every stand-in along. */
import { join } from 'node:path';
import type { Engine } from '../contracts/engine.ts';
import { createEmbeddedEngine } from '../engines/embedded/embedded-engine.ts';
import { loopbackPlaces } from '../engines/embedded/nginx-places.ts';
import { choosePlayers } from '../engines/embedded/players.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import { renderNginx } from '../parts/front-door/render.ts';
import type { EngineNeeds } from './choose-engine.ts';
import type { Invocation } from './invocation.ts';
import { parseFaults } from './parse-faults.ts';
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

/** @throws ChatopsError USAGE for a switch that was not understood */
export const createEmbedded = (
  invocation: Invocation,
  { files, secrets }: Pick<EngineNeeds, 'files' | 'secrets'>,
  why: string,
): Engine => {
  const dir = join(invocation.dir, STATE_DIR, 'embedded');
  const folders = { stackDir: invocation.dir, nginxDir: join(dir, 'nginx') };
  return createEmbeddedEngine({
    dir,
    why,
    secrets,
    players: choosePlayers(invocation.env),
    faults: parseFaults(invocation.env.CHATOPS_FAULTS),
    ...parseSpeed(invocation.env.CHATOPS_SPEED),
    fileFor: async (whole, addresses, path) =>
      path === 'nginx/nginx.conf'
        ? renderNginx(whole, loopbackPlaces(whole, addresses, folders)).find((file) => file.path === path)?.text
        : files.read(path),
  });
};
