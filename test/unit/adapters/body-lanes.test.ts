import { describe, expect, it } from 'vitest';
import { createBodyLanes } from '../../../src/adapters/body-lanes.ts';

const lanes = () =>
  createBodyLanes([
    { largest: 10, inAll: 20 },
    { largest: 200, inAll: 100 },
  ]);

/** Who has been let in, in that order. */
const enter = (given: ReturnType<typeof lanes>) => {
  const inside: string[] = [];
  return {
    inside,
    come: async (name: string, bytes: number, signal = new AbortController().signal) => {
      const leave = await given.enter(bytes, signal);
      inside.push(name);
      return leave;
    },
  };
};

/** What was to happen by itself has happened. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('bodies in memory', () => {
  it('are no more than the lane holds: the next waits until one has left', async () => {
    const { inside, come } = enter(lanes());
    const leave = await come('first', 60);
    const second = come('second', 60);
    await settled();
    expect(inside).toEqual(['first']);
    leave();
    await second;
    expect(inside).toEqual(['first', 'second']);
  });

  it('that are small do not wait for large ones', async () => {
    const { inside, come } = enter(lanes());
    await come('large', 100);
    void come('waits', 100);
    await come('small', 10);
    expect(inside).toEqual(['large', 'small']);
  });

  it('larger than the whole lane go alone', async () => {
    const { inside, come } = enter(lanes());
    const leave = await come('huge', 1_000);
    void come('next', 11);
    await settled();
    expect(inside).toEqual(['huge']);
    leave();
    await settled();
    expect(inside).toEqual(['huge', 'next']);
  });

  it('give their place back once, however often it is said', async () => {
    const { inside, come } = enter(lanes());
    const leave = await come('first', 60);
    await come('beside', 40);
    leave();
    leave();
    void come('fits', 60);
    void come('does not', 60);
    await settled();
    expect(inside).toEqual(['first', 'beside', 'fits']);
  });

  it('whose sender went away while it waited hold up nobody', async () => {
    const { inside, come } = enter(lanes());
    await come('first', 60);
    const going = new AbortController();
    const gone = come('gone', 100, going.signal);
    void come('behind', 40);
    going.abort(new Error('went away'));
    await expect(gone).rejects.toThrow('went away');
    await settled();
    expect(inside).toEqual(['first', 'behind']);
  });
});
