/** Scratch projects of runs that were killed: removed by the next loop, which knows that they are dead by their deadline. */

import { type Check, passed } from '../../contracts/check.ts';
import { credentialsOf } from '../../contracts/credentials.ts';
import type { ForgeProject } from '../../contracts/forge.ts';
import { forgeOf } from '../../contracts/public-forge.ts';
import { announcedRooms, receiverOf } from '../../stack/offers.ts';
import type { SmokeDeps } from '../deps.ts';
import { messagesNaming, takeBack } from '../take-back.ts';
import { leftBehind, SCRATCH_PREFIX } from './scratch.ts';

const lastName = ({ path }: ForgeProject): string => path.slice(path.lastIndexOf('/') + 1);

/** What was announced of it in the room. Best effort: old messages may be out of reach, and harm nobody. */
const takeBackMessages = async (
  { stack, ports }: SmokeDeps,
  projects: readonly ForgeProject[],
  signal: AbortSignal,
): Promise<void> => {
  const receiver = receiverOf(stack);
  const [name] = announcedRooms(stack);
  if (!receiver || name === undefined) return;
  const session = await ports
    .chat({ kind: 'url', url: receiver.publicUrl }, receiver.speaks)
    .login(credentialsOf(ports.secrets, receiver.bot), signal);
  const room = await session.room(name, signal);
  if (!room) return;
  for (const project of projects) {
    await takeBack(session, await messagesNaming(session, room, lastName(project), signal), signal);
  }
};

/** Only what bears this stack's mark, whole, and is past the time by which its own run would have removed it. */
export const sweepCheck = (deps: SmokeDeps): Check => ({
  area: 'loop',
  name: 'left-over scratch projects',
  run: async (signal) => {
    const forge = forgeOf(deps);
    const now = deps.ports.clock.date();
    const found = (await forge.searchProjects(SCRATCH_PREFIX, signal)).flatMap((project) => {
      const at = leftBehind(deps.stack, project, now);
      return at === undefined ? [] : [{ project, at }];
    });
    if (found.length === 0) return passed('none');
    for (const { project } of found) await forge.deleteProject(project.id, signal);
    await takeBackMessages(
      deps,
      found.map(({ project }) => project),
      signal,
    );
    const removed = found.map(({ project, at }) => `${project.path} of a run at ${at} that did not end by itself`);
    return passed(`removed ${removed.join(', ')}`);
  },
});
