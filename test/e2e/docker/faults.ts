/** Faults in the middle of a run, on real containers: the next run converges, and nothing is there twice. */
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import Docker from 'dockerode';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Running } from '../../helpers/cli.ts';
import { crashingRocketChat } from '../images/build.mjs';
import { aContainerStack, type ContainerStack } from './containers.ts';
import { expectConverged } from './counting.ts';
import { LIVE, within } from './images-used.ts';

/** The main process of a container, as the kernel kills it: the engine takes that for a crash and starts it again. */
const crash = async (stack: ContainerStack, service: string): Promise<void> => {
  const { [service]: container } = await stack.containers();
  const pid = Number(await stack.docker('inspect', '--format', '{{.State.Pid}}', container?.id ?? service));
  process.kill(pid, 'SIGKILL');
};

/** Kills the container of a job as soon as the engine says that it has started: a job may take but a moment. */
const killAtStart = async (stack: ContainerStack, job: string, running: Running): Promise<void> => {
  const docker = new Docker();
  const label = [`io.chatops-up.project=${stack.name}`, `io.chatops-up.run=${job}`];
  const events = (await docker.getEvents({ filters: { type: ['container'], event: ['start'], label } })) as Readable;
  void running.ended.then(() => events.destroy(new Error(`the run ended and ${job} had no container of its own`)));
  const [line] = (await once(events, 'data')) as [Buffer];
  const { id } = JSON.parse(String(line).split('\n')[0] ?? '') as { id: string };
  await docker.getContainer(id).kill();
  events.destroy();
};

// Each takes two first starts of GitLab: of the real one a few will do.
const CRASH_LATER_MS = LIVE ? [250] : [0, 60, 250];
const KILLED_JOBS = LIVE
  ? ['rocketchat-setup']
  : ['mongo-replica-set', 'rocketchat-setup', 'gitlab-setup', 'conversation'];

export const faults = (): void => {
  describe('a fault in the middle of a run', () => {
    let stack: ContainerStack;

    beforeAll(async () => {
      stack = await aContainerStack();
    });
    beforeEach(async () => {
      expect(await stack.drive(['down', '--volumes', '--yes']).ended).toMatchObject({ status: 0 });
    }, within(60_000));
    afterAll(() => stack?.remove(), within(60_000));

    const upUntil = async (said: string): Promise<Running> => {
      const running = stack.drive(['up']);
      await running.says(said);
      return running;
    };

    for (const laterMs of CRASH_LATER_MS) {
      it(
        `mongo crashes ${laterMs} ms after its set began to be made: the run itself survives it`,
        async () => {
          const running = await upUntil('mongo-replica-set: running');
          await sleep(laterMs);
          await crash(stack, 'mongo');
          expect(await running.ended).toMatchObject({ status: 0 });
          await expectConverged(stack);
        },
        within(240_000),
      );
    }

    it(
      'mongo is killed while its set is made and stays down: the run ends at once, the next one starts it again',
      async () => {
        const running = stack.drive(['up']);
        const making = running.says('mongo-replica-set: running');
        await running.says('mongo: started');
        const { mongo } = await stack.containers();
        await making;
        // As a user does it: the engine does not start it again.
        await stack.docker('kill', mongo?.id ?? 'mongo');
        const { status, stdout } = await running.ended;
        expect(stdout).toContain('service mongo ended while mongo-replica-set was at work');
        expect(status).toBe(1);
        await expectConverged(stack);
      },
      within(300_000),
    );

    it.each(KILLED_JOBS)(
      'the container of %s is killed in the middle of it',
      async (job) => {
        const running = stack.drive(['up']);
        await killAtStart(stack, job, running);
        const { status, stdout } = await running.ended;
        expect(stdout).toContain(`the container of ${job} ended with 137`);
        expect(status).toBe(1);
        await expectConverged(stack);
      },
      within(240_000),
    );

    it(
      'the prober crashes while the others ask through it',
      async () => {
        const running = await upUntil('rocketchat-setup: running');
        await crash(stack, 'prober');
        await running.ended;
        await expectConverged(stack);
      },
      within(240_000),
    );

    it(
      'the prober is killed and stays down: the run ends at once, the next one starts it again',
      async () => {
        const running = stack.drive(['up']);
        const asking = running.says('mongo-replica-set: running');
        await running.says('prober: ready');
        const { prober } = await stack.containers();
        await asking;
        await stack.docker('kill', prober?.id ?? 'prober');
        const { status, stdout } = await running.ended;
        expect(stdout).toContain('nothing can be asked any more: the prober has ended');
        expect(status).toBe(1);
        await expectConverged(stack);
      },
      within(300_000),
    );
  });

  // Only a stand-in can be made to.
  if (LIVE) return;
  describe('a Rocket.Chat that crashes twice before it comes up', () => {
    let stack: ContainerStack;

    beforeAll(async () => {
      stack = await aContainerStack({ images: { rocketchat: crashingRocketChat(2) } });
    }, within(60_000));
    afterAll(() => stack?.remove(), within(60_000));

    it(
      'is started again by the engine, and the run goes on waiting for it',
      async () => {
        const first = await stack.drive(['up']).ended;
        expect(first).toMatchObject({ status: 0, stderr: '' });
        const { rocketchat } = await stack.containers();
        const restarts = await stack.docker('inspect', '--format', '{{.RestartCount}}', rocketchat?.id ?? '');
        expect(Number(restarts)).toBe(2);
        await expectConverged(stack);
      },
      within(240_000),
    );
  });
};
