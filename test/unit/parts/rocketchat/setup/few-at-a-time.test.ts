import { describe, expect, it } from 'vitest';
import { fewAtATime } from '../../../../../src/parts/rocketchat/setup/few-at-a-time.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a few at a time', () => {
  it('answers in the order of the items, never more running than allowed', async () => {
    let runningNow = 0;
    let most = 0;
    const answers = await fewAtATime([5, 4, 3, 2, 1], 2, async (item) => {
      runningNow += 1;
      most = Math.max(most, runningNow);
      for (let left = item; left > 0; left -= 1) await turn();
      runningNow -= 1;
      return item * 10;
    });
    expect([answers, most]).toEqual([[50, 40, 30, 20, 10], 2]);
  });

  it('begins nothing after a failure, and throws it when the rest has ended', async () => {
    const begun: number[] = [];
    const ended: number[] = [];
    const work = fewAtATime([1, 2, 3, 4, 5, 6], 2, async (item) => {
      begun.push(item);
      await turn();
      if (item === 1) throw new Error('first');
      await turn();
      ended.push(item);
    });
    await expect(work).rejects.toThrow('first');
    expect([begun, ended]).toEqual([[1, 2], [2]]);
  });

  it('has nothing to do for no items', async () => {
    await expect(fewAtATime([], 3, turn)).resolves.toEqual([]);
  });
});
