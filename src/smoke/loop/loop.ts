/**
 * The whole circle on a project of its own: push → pipeline → runner → webhook → message. Read it from top to bottom;
 * the first hop that breaks is named, what comes after it is left out, and the project is removed in any case.
 */

import { credentialsOf } from '../../contracts/credentials.ts';
import type { ForgeProject } from '../../contracts/forge.ts';
import { forgeOf, requireForge } from '../../contracts/public-forge.ts';
import { readAddress, requireWhole } from '../../contracts/read-address.ts';
import { requireRunner } from '../../contracts/require-runner.ts';
import { toChatopsError } from '../../errors/chatops-error.ts';
import { announcedRooms, receiverOf, tokenFor } from '../../stack/offers.ts';
import type { SmokeDeps } from '../deps.ts';
import { showsOneLine } from '../message-line.ts';
import type { CheckOutcome } from '../outcome.ts';
import { failedOutcome, isDeadline, leftOutOutcome, runCheck } from '../run-check.ts';
import { cleanUp } from './clean-up.ts';
import { hearsOfIt } from './hears.ts';
import {
  awaitDelivered,
  awaitMessage,
  awaitPipeline,
  awaitSuccess,
  awaitTaken,
  type OpenRoom,
  openRoom,
  type Watch,
} from './hops.ts';
import { planScratch, SCRATCH_COMMENT } from './scratch.ts';
import { sweepCheck } from './sweep.ts';

/** In order; those of the runner are left out in a stack without one. */
export const HOPS = ['scratch project', 'hook', 'push', 'pipeline', 'runner', 'job', 'webhook', 'message'] as const;
export type Hop = (typeof HOPS)[number];
const RUNNER_HOPS: readonly Hop[] = ['pipeline', 'runner', 'job'];
/** Whatever happens meanwhile: a project that the forge makes after we have gone would stay, ms. */
const MAKE_WITHIN_MS = 20_000;

class HopBroken extends Error {}

type Found<T> = readonly [value: T, answer: string];

/** Times each hop and reports it; the first that fails ends the loop. */
const createHops = ({ ports: { clock }, report }: SmokeDeps, signal: AbortSignal) => {
  const reported = new Set<string>();
  const record = (outcome: CheckOutcome): void => {
    reported.add(outcome.name);
    report(outcome);
  };
  const hop = async <T>(name: Hop, work: () => Promise<Found<T>>): Promise<T> => {
    const startedAt = clock.now();
    try {
      signal.throwIfAborted();
      const [value, answer] = await work();
      record({ area: 'loop', name, result: 'passed', tookMs: clock.now() - startedAt, answer });
      return value;
    } catch (thrown) {
      if (signal.aborted && !isDeadline(signal.reason)) throw signal.reason;
      record(failedOutcome({ area: 'loop', name }, toChatopsError(thrown), clock.now() - startedAt));
      throw new HopBroken(name);
    }
  };
  const leaveOut = (names: readonly Hop[], why: string): void => {
    for (const name of names) if (!reported.has(name)) record(leftOutOutcome({ area: 'loop', name }, why));
  };
  return { hop, leaveOut };
};

/** @param withinMs how long the whole run may take: by then, and a while, its project is gone */
export const runLoop = async (deps: SmokeDeps, withinMs: number, signal: AbortSignal): Promise<void> => {
  const { stack, ports } = deps;
  const { hop, leaveOut } = createHops(deps, signal);
  const receiver = receiverOf(stack);
  const [roomName] = announcedRooms(stack);
  if (!receiver || roomName === undefined) {
    return leaveOut(
      HOPS,
      'nothing is announced in this stack (chatops.yaml has no `announce`), so no event could become a message',
    );
  }
  const word = ports.randomWord();
  const scratch = planScratch(stack, word, { now: ports.clock.date(), withinMs });
  const { runner } = stack.offers;
  const withRunner = runner !== undefined;
  let project: ForgeProject | undefined;
  let pushed: OpenRoom | undefined;
  let tried = false;
  let isWhole = false;
  deps.report(await runCheck(sweepCheck(deps), ports.clock, signal));
  try {
    const forge = forgeOf(deps);
    const { title } = requireForge(deps).ref;
    const watch: Watch = { forge, title, clock: ports.clock, signal };
    const made = await hop('scratch project', async () => {
      tried = true;
      project = await forge.createProject(scratch.path, scratch.description, AbortSignal.timeout(MAKE_WITHIN_MS));
      return [project, project.path];
    });
    const place = { kind: 'project', id: made.id } as const;
    const webhook = await hop('hook', async () => {
      const found = await readAddress(receiver, ports, signal);
      requireWhole(found);
      const { id } = await forge.createHook(
        place,
        {
          name: `${stack.mark} smoke`,
          description: scratch.description,
          url: found.url(roomName),
          // The receiver knows no hook of this project: it sends what the first one into the room sends.
          secret: tokenFor(stack, roomName, ports.secrets.read(receiver.ref.secret)),
          events: ['push', 'pipeline'],
        },
        signal,
      );
      return [{ id, receiver: found }, `hook ${id} to #${roomName}`];
    });
    const room = await hop('push', async () => {
      const session = await ports
        .chat({ kind: 'url', url: receiver.publicUrl }, receiver.speaks)
        .login(credentialsOf(ports.secrets, receiver.bot), signal);
      const opened = await openRoom(session, roomName, signal);
      pushed = opened;
      const { runUntagged = true, tags = [] } = runner ?? {};
      const commit = { branch: 'main', message: `Smoke test ${word}` };
      if (withRunner) {
        const job = { job: 'smoke', tags: runUntagged ? [] : tags, command: `echo smoke ${word}` };
        await forge.addPipelineFile(made.id, { ...commit, ...job, comment: SCRATCH_COMMENT }, signal);
      } else {
        await forge.addFile(made.id, { ...commit, path: 'README.md', content: `${SCRATCH_COMMENT}\n` }, signal);
      }
      return [opened, 'one commit on main'];
    });
    if (!withRunner) leaveOut(RUNNER_HOPS, 'this stack has no runner');
    const pipeline = withRunner ? await runPipeline(deps, made, watch, hop) : undefined;
    await hop('webhook', async () => {
      const to = { room: roomName, receiver: webhook.receiver, receiverUrl: receiver.receiverUrl };
      const sent = await awaitDelivered(watch, place, webhook.id, withRunner ? 'pipeline' : 'push', to);
      return [
        sent,
        sent === undefined
          ? `this ${title} keeps no log of deliveries`
          : `${sent} events delivered, all taken by the chat`,
      ];
    });
    const secret = ports.secrets.read(receiver.ref.secret);
    if (!(await hearsOfIt(deps, { project: made.path, room: roomName, secret }))) {
      leaveOut(
        ['message'],
        `#${roomName} does not hear of pushes to main and successful pipelines, as chatops.yaml asks`,
      );
      isWhole = true;
      return;
    }
    await hop('message', async () => {
      const message = await awaitMessage(room, made, pipeline, watch);
      return [message, `"${showsOneLine(message.text)}"`];
    });
    isWhole = true;
  } catch (thrown) {
    if (!(thrown instanceof HopBroken)) throw thrown;
    leaveOut(HOPS, `not reached: hop "${thrown.message}" is broken`);
  } finally {
    if (tried) await cleanUp(deps, { scratch, project, room: pushed, isWhole });
  }
};

type RunHop = ReturnType<typeof createHops>['hop'];

/** @returns the number of the pipeline that has passed */
const runPipeline = async (deps: SmokeDeps, project: ForgeProject, watch: Watch, hop: RunHop): Promise<number> => {
  const pipeline = await hop('pipeline', async () => {
    const found = await awaitPipeline(watch, project);
    return [found, `pipeline ${found.id}`];
  });
  await hop('runner', async () => {
    const runner = await requireRunner(deps, watch.signal);
    if (runner.type === 'project') await watch.forge.lendRunner(project.id, runner.id, watch.signal);
    const job = await awaitTaken(watch, project, pipeline);
    return [job, `job ${job.id} was taken by ${job.runner ?? 'a runner'}`];
  });
  await hop('job', async () => {
    const job = await awaitSuccess(watch, project, pipeline);
    return [job, `job ${job.id} passed`];
  });
  return pipeline.id;
};
