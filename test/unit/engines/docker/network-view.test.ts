import { describe, expect, it } from 'vitest';
import type { Containers } from '../../../../src/engines/docker/containers.ts';
import { createNetworkView } from '../../../../src/engines/docker/network-view.ts';
import { aContainer, aProject } from '../../../fakes/fake-containers.ts';

const TARGETS = [{ service: 'mongo', port: 27017 }];
const signal = new AbortController().signal;

/** Containers in which the probe says `text`. */
const view = (text: string | Error) => {
  const run: string[] = [];
  const containers: Pick<Containers, 'hold'> = {
    hold: async (id, command, onOutput) => {
      run.push(`${id}: ${command.join(' ')}`);
      if (text instanceof Error) throw text;
      // In pieces, as streams come.
      for (const piece of [text.slice(0, 5), text.slice(5)]) onOutput(piece);
      return { write: () => undefined, ended: Promise.resolve(), close: async () => undefined };
    },
  };
  const all = [
    aContainer('bot'),
    aContainer('mongo', { state: 'exited', exitCode: 137, networks: { by_hand: '' } }),
    aContainer('set', { oneOff: true }),
  ];
  const roster = {
    renew: async () => all,
    find: async (service: string) => all.find((each) => each.service === service),
  };
  return { run, ...createNetworkView({ containers, roster, project: aProject({ bot: {}, mongo: {} }) }) };
};

describe('the network as containers see it', () => {
  it('has the container of every service: whether it runs, where it is missing, and all its addresses', async () => {
    expect(Object.fromEntries(await view('').presences())).toEqual({
      bot: { running: true, says: 'running', lacks: [], addresses: ['10.0.0.2'] },
      mongo: { running: false, says: 'exited with 137', lacks: ['demo_net'], addresses: [] },
    });
  });

  it('is asked by the probe inside the container, for all targets at once', async () => {
    const reached = [{ kind: 'no-name', why: 'DNS: no such host (ENOTFOUND)' }];
    const { run, reach } = view(`${JSON.stringify({ reached })}\n`);
    expect(await reach('bot', TARGETS, signal)).toEqual({ kind: 'asked', reached });
    expect(run).toEqual(['id of bot: /opt/chatops/chatops-probe reach mongo:27017 --json']);
  });

  it('reports why a container could not be asked', async () => {
    expect(await view('').reach('nobody', TARGETS, signal)).toEqual({ kind: 'not-asked', why: 'it has no container' });
    expect(await view('OCI runtime exec failed\nno such file').reach('bot', TARGETS, signal)).toEqual({
      kind: 'not-asked',
      why: 'its probe said: OCI runtime exec failed no such file',
    });
    expect(await view(new Error('container is paused')).reach('bot', TARGETS, signal)).toEqual({
      kind: 'not-asked',
      why: 'container is paused',
    });
  });

  it('stops when it is aborted', async () => {
    const aborted = AbortSignal.abort(new Error('stop'));
    await expect(view('').reach('bot', TARGETS, aborted)).rejects.toThrow('stop');
  });
});
