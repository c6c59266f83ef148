import { describe, expect, it } from 'vitest';
import { createHookPlaces } from '../../../../src/parts/gitlab/client/hook-places.ts';

const APP = { kind: 'project', path: 'ops/app' } as const;

/** Files in memory. */
const inMemory = (text?: string) => {
  const written: string[] = [];
  const places = createHookPlaces({
    read: async () => written.at(-1) ?? text,
    write: async (_, next) => void written.push(next),
  });
  return { places, written };
};

describe('places where hooks of ours were made', () => {
  it('are kept across runs, each once', async () => {
    const { places, written } = inMemory();
    await places.add(APP);
    await places.add({ kind: 'instance' });
    await places.add({ ...APP });
    expect(await places.read()).toEqual([APP, { kind: 'instance' }]);
    expect(written).toHaveLength(2);
  });

  it.each([undefined, '', 'not JSON', '{"kind":"project"}', '[{"kind":"project"}]'])(
    'are none where the file holds %j, and a new one is kept',
    async (text) => {
      const { places } = inMemory(text);
      expect(await places.read()).toEqual([]);
      await places.add(APP);
      expect(await places.read()).toEqual([APP]);
    },
  );
});
