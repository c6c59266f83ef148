import { describe, expect, it } from 'vitest';
import type { NetworkView, Presence } from '../../../src/contracts/engine.ts';
import { diagnoseNetwork } from '../../../src/doctor/network.ts';
import { PROBE_KINDS } from '../../../src/wiring/probe-kinds.ts';
import { aService } from '../../builders/nodes.ts';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const RUNNING: Presence = { running: true, says: 'running', lacks: [], addresses: [] };

describe('the network of a stack', () => {
  it('is asked for in every container, and never in more than three at a time', async () => {
    const asked: string[] = [];
    let now = 0;
    let most = 0;
    const network: NetworkView = {
      presences: async () => new Map(NAMES.map((name) => [name, RUNNING])),
      reach: async (name, targets) => {
        asked.push(name);
        now += 1;
        most = Math.max(most, now);
        await Promise.resolve();
        now -= 1;
        return { kind: 'asked', reached: targets.map(() => ({ kind: 'reached', address: '10.0.0.1', ms: 1 })) };
      },
    };
    const nodes = NAMES.map((name) => aService(name));
    await diagnoseNetwork({ nodes, networks: [], probes: PROBE_KINDS }, { network }, new AbortController().signal);
    expect(asked.toSorted()).toEqual(NAMES);
    expect(most).toBe(3);
  });
});
