import { describe, expect, it } from 'vitest';
import { isBlockedPort } from '../../../src/values/blocked-ports.ts';

/** Whether Node's `fetch` refuses the port before it asks for a connection; none is made. */
const isRefused = async (port: number): Promise<boolean> => {
  let hasAsked = false;
  const dispatcher = {
    dispatch: (_: object, handler: { onError(error: Error): void }) => {
      hasAsked = true;
      handler.onError(new Error('no connection is made'));
      return true;
    },
  };
  await fetch(`http://127.0.0.1:${port}`, { dispatcher } as RequestInit).catch(() => undefined);
  return !hasAsked;
};

describe('blocked ports', () => {
  it('are those that fetch refuses', async () => {
    const differ: number[] = [];
    // Above these it blocks none; asking for all 65,535 takes 20 s.
    for (const [first, last] of [
      [1, 6_800],
      [10_000, 10_100],
    ] as const)
      for (let port = first; port <= last; port += 1)
        if ((await isRefused(port)) !== isBlockedPort(port)) differ.push(port);
    expect(differ).toEqual([]);
  });
});
