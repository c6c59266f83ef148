import { describe, expect, it } from 'vitest';
import { beginEarly } from '../../../../src/engines/docker/early-prober.ts';
import { createRoster } from '../../../../src/engines/docker/roster.ts';
import { aContainer, aProject, createFakeDocker } from '../../../fakes/fake-containers.ts';

const begin = (state: 'running' | 'exited' = 'running') => {
  const { containers } = createFakeDocker(aProject({ prober: {} }), [aContainer('prober', { state })]);
  const said: ((chunk: string) => void)[] = [];
  const closed: string[] = [];
  const early = beginEarly(createRoster('demo', containers), {
    hold: async (id, _command, onOutput) => {
      said.push(onOutput);
      return { write: () => undefined, ended: new Promise(() => undefined), close: async () => void closed.push(id) };
    },
  });
  return { early, said, closed, id: 'id of prober' };
};

describe('a program begun before it is needed', () => {
  it('hands over what it has said so far, and what it says then', async () => {
    const { early, said, id } = begin();
    await new Promise(setImmediate);
    said[0]?.('before ');
    const heard: string[] = [];
    expect(await early.take(id, (chunk) => heard.push(chunk))).toBeDefined();
    said[0]?.('after');
    expect(heard.join('')).toBe('before after');
  });

  it('is taken once, and stays open for who took it', async () => {
    const { early, closed, id } = begin();
    await early.take(id, () => undefined);
    expect(await early.take(id, () => undefined)).toBeUndefined();
    await early.close();
    expect(closed).toEqual([]);
  });

  it('is closed when it is that of another container', async () => {
    const { early, closed, id } = begin();
    expect(await early.take('another', () => undefined)).toBeUndefined();
    expect(closed).toEqual([id]);
  });

  it('is closed when nobody takes it', async () => {
    const { early, closed, id } = begin();
    await early.close();
    expect(closed).toEqual([id]);
  });

  it('is none where no prober runs', async () => {
    const { early, said, id } = begin('exited');
    expect(await early.take(id, () => undefined)).toBeUndefined();
    expect(said).toEqual([]);
  });

  it('is none where it cannot be begun: who needs it asks again, and is told why', async () => {
    const { containers } = createFakeDocker(aProject({ prober: {} }), [aContainer('prober')]);
    const early = beginEarly(createRoster('demo', containers), { hold: () => Promise.reject(new Error('gone')) });
    expect(await early.take('id of prober', () => undefined)).toBeUndefined();
    await early.close();
  });
});
