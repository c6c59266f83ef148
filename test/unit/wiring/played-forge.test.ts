import { describe, expect, it } from 'vitest';
import type { Part } from '../../../src/contracts/part.ts';
import type { PlayedForge } from '../../../src/contracts/played-forge.ts';
import { PARTS } from '../../../src/wiring/parts.ts';
import { loadPlayedForge } from '../../../src/wiring/played-forge.ts';

const forge = (exampleUrl: string): PlayedForge => ({
  samples: [],
  exampleUrl,
  exampleConfig: '',
  largestCapturedMib: 1,
  play: () => {
    throw new Error('it plays nothing');
  },
  captured: () => {
    throw new Error('it knows nothing');
  },
});
const aForge = (name: string): Part => ({ name, playedForge: async () => forge(`https://${name}.example.org`) });

describe('the forge that is played', () => {
  it('is the later of two, as with what parts offer', async () => {
    const { exampleUrl } = await loadPlayedForge([aForge('one'), { name: 'chat' }, aForge('two'), { name: 'wiki' }]);
    expect(exampleUrl).toBe('https://two.example.org');
  });

  it('stands among our own parts, with events of every day', async () => {
    const { samples } = await loadPlayedForge(PARTS);
    expect(samples.flatMap(({ everyday }) => everyday ?? []).toSorted()).toEqual([
      'pipeline-failed',
      'pipeline-passed',
      'push',
    ]);
  });

  it('is a fault of ours where no part is one', async () => {
    await expect(loadPlayedForge([{ name: 'chat' }])).rejects.toMatchObject({ code: 'INTERNAL' });
  });
});
