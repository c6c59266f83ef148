import { describe, expect, it } from 'vitest';
import { nodesFor, withSession } from '../../../src/stages/with-session.ts';
import { aJob, aService } from '../../builders/nodes.ts';
import { aDesired, aWorld, proberOf } from './a-world.ts';

const nodes = [aService('chat'), proberOf(aService('prober')), aJob('setup')];

describe('what an engine runs of a stack', () => {
  it('is all of it where there is a network of its own', () => {
    expect(nodesFor(aDesired(nodes), aWorld({ network: true }).engine)).toEqual(nodes);
  });

  it('is all but what asks inside that network where there is none', () => {
    const names = nodesFor(aDesired(nodes), aWorld({ network: false }).engine).map(({ name }) => name);
    expect(names).toEqual(['chat', 'setup']);
  });
});

describe('a task with the engine opened', () => {
  it('is handed what the look at the machine was worth, after that look, and its session is closed', async () => {
    const world = aWorld({ cautions: ['little memory'] });
    const cautions = await withSession(aDesired(nodes), world, async (opened) => opened.cautions);
    expect(cautions).toEqual(['little memory']);
    expect(world.log).toEqual(['preflight', 'open']);
    expect(world.session.calls).toEqual(['close']);
  });

  it('closes its session when it fails', async () => {
    const world = aWorld();
    const failing = withSession(aDesired(nodes), world, async () => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(world.session.calls).toEqual(['close']);
  });

  it('asks inside the network where the engine has one, and names the answer', async () => {
    const ask = async () => ({ kind: 'ready', detail: 'asked inside' }) as const;
    const world = aWorld({
      inside: {
        ask,
        runJob: async () => undefined,
        decideJob: async () => ({ changes: [], conflicts: [], warnings: [] }),
        proof: () => undefined,
      },
    });
    const answer = await withSession(aDesired(nodes), world, ({ probeOf, signal }) =>
      probeOf({ what: 'tcp', endpoint: { service: 'chat', port: 1 } }).ask(signal),
    );
    expect(answer).toEqual({ kind: 'ready', detail: 'asked inside' });
  });
});
