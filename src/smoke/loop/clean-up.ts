/** Takes away what a loop has made, in time of its own: the project, and what was announced of it in the room. */

import type { Forge, ForgeProject } from '../../contracts/forge.ts';
import { forgeOf, requireForge } from '../../contracts/public-forge.ts';
import { toChatopsError } from '../../errors/chatops-error.ts';
import type { SmokeDeps } from '../deps.ts';
import { failedOutcome, leftOutOutcome } from '../run-check.ts';
import { messagesNaming, takeBack } from '../take-back.ts';
import type { OpenRoom } from './hops.ts';
import { notRemoved, SCRATCH_PREFIX, type Scratch } from './scratch.ts';

const PROJECT = { area: 'loop', name: 'scratch project removed' } as const;
const MESSAGES = { area: 'loop', name: 'messages taken back' } as const;
/** Also after the deadline and Ctrl-C, ms. */
const CLEAN_UP_WITHIN_MS = 20_000;
/** What the forge was just doing when the loop was broken off (making the project, delivering an event) takes a moment, ms. */
const UNDER_WAY_MS = 1_500;

export interface Made {
  readonly scratch: Scratch;
  /** Undefined when the answer to its making was lost, or there was none. */
  readonly project: ForgeProject | undefined;
  /** Undefined before anything was pushed. */
  readonly room: OpenRoom | undefined;
  /** Every hop has passed: nothing is under way any more. */
  readonly isWhole: boolean;
}

const findByMark = async (forge: Forge, { description }: Scratch, signal: AbortSignal) =>
  (await forge.searchProjects(SCRATCH_PREFIX, signal)).find((project) => project.description === description);

const removeProject = async (
  { ports: { clock } }: SmokeDeps,
  forge: Forge,
  { scratch, project }: Made,
  signal: AbortSignal,
): Promise<string> => {
  let found = project ?? (await findByMark(forge, scratch, signal));
  if (!found) {
    await clock.sleep(UNDER_WAY_MS, signal);
    found = await findByMark(forge, scratch, signal);
  }
  if (!found) return 'it was never made';
  await forge.deleteProject(found.id, signal);
  return `${found.path} is removed`;
};

/** Each failure is an outcome of its own. */
export const cleanUp = async (deps: SmokeDeps, made: Made): Promise<void> => {
  const { clock } = deps.ports;
  const signal = AbortSignal.timeout(CLEAN_UP_WITHIN_MS);
  let startedAt = clock.now();
  try {
    const answer = await removeProject(deps, forgeOf(deps), made, signal);
    deps.report({ ...PROJECT, result: 'passed', tookMs: clock.now() - startedAt, answer });
  } catch (thrown) {
    const error = notRemoved(
      made.scratch,
      requireForge(deps).ref.title,
      made.project !== undefined,
      toChatopsError(thrown),
    );
    deps.report(failedOutcome(PROJECT, error, clock.now() - startedAt));
  }
  if (!made.room) return;
  startedAt = clock.now();
  const { session, room } = made.room;
  try {
    if (!made.isWhole) await clock.sleep(UNDER_WAY_MS, signal);
    const messages = await messagesNaming(session, room, made.scratch.name, signal);
    const stay = await takeBack(session, messages, signal);
    if (stay !== undefined) return deps.report(leftOutOutcome(MESSAGES, `they stay in #${room.name}: ${stay}`));
    const answer = `${messages.length} of #${room.name}`;
    deps.report({ ...MESSAGES, result: 'passed', tookMs: clock.now() - startedAt, answer });
  } catch (thrown) {
    deps.report(leftOutOutcome(MESSAGES, `they stay in #${room.name}: ${toChatopsError(thrown).message}`));
  }
};
