import { describe, expect, it } from 'vitest';
import type { ContainerEnd } from '../../../../src/engines/docker/containers.ts';
import { createEnds } from '../../../../src/engines/docker/ends.ts';

const anEnd = (rest: Partial<ContainerEnd> = {}): ContainerEnd => ({
  id: 'chat',
  exitCode: 1,
  outOfMemory: false,
  restarts: true,
  began: undefined,
  ...rest,
});

const followed = async () => {
  let report: (end: ContainerEnd) => void = () => undefined;
  let follows = 0;
  const followEnds = async (_: string, onEnd: (end: ContainerEnd) => void): Promise<void> => {
    follows += 1;
    report = onEnd;
  };
  const ends = createEnds('demo', { followEnds }, new AbortController().signal);
  await Promise.all([ends.follow(), ends.follow()]);
  return { ends, end: (rest?: Partial<ContainerEnd>) => report(anEnd(rest)), follows };
};

const never = async (): Promise<boolean> => false;

/** Whether it is settled once everything that is due has run. */
const settled = async (promise: Promise<unknown>): Promise<boolean> => {
  const open = Symbol('open');
  await new Promise((resolve) => setImmediate(resolve));
  return (await Promise.race([promise, Promise.resolve(open)])) !== open;
};

describe('the ends of containers', () => {
  it('are followed once, however many ask', async () => {
    expect((await followed()).follows).toBe(1);
  });

  it('are believed three times, as the engine starts it again; the fourth is the last', async () => {
    const { ends, end } = await followed();
    const givenUp = ends.givenUp('chat', never);
    for (let each = 0; each < 3; each += 1) end();
    expect(await settled(givenUp)).toBe(false);
    end({ exitCode: 137, outOfMemory: true });
    expect(await givenUp).toBe('its container ended with 137 (killed for memory), 4 times in this run');
  });

  it('are reported to everybody who waits for them', async () => {
    const { ends, end } = await followed();
    const both = Promise.all([ends.givenUp('chat', never), ends.givenUp('chat', never)]);
    end({ restarts: false });
    expect(await both).toEqual(['its container ended with 1', 'its container ended with 1']);
  });

  it('are not believed once when the engine does not start it again', async () => {
    const { ends, end } = await followed();
    const givenUp = ends.givenUp('chat', never);
    end({ restarts: false, exitCode: 0 });
    expect(await givenUp).toBe('its container ended with 0');
  });

  it('are not believed once when the cause is one that another start cannot fix', async () => {
    const { ends, end } = await followed();
    const givenUp = ends.givenUp('chat', async ({ exitCode }) => exitCode === 132);
    end({ exitCode: 1 });
    expect(await settled(givenUp)).toBe(false);
    end({ exitCode: 132 });
    expect(await givenUp).toBe('its container ended with 132, 2 times in this run');
  });

  it('count from before anybody asked: one that ended for good at once is not waited for', async () => {
    const { ends, end } = await followed();
    end({ restarts: false });
    expect(await ends.givenUp('chat', never)).toBe('its container ended with 1');
  });

  it('of another container are another matter', async () => {
    const { ends, end } = await followed();
    const givenUp = ends.givenUp('chat', never);
    end({ id: 'other', restarts: false });
    expect(await settled(givenUp)).toBe(false);
    expect(ends.of('chat')).toEqual([]);
  });
});
