import { describe, expect, it } from 'vitest';
import { reachTable } from '../../../src/stack/reach-table.ts';
import type { Stack } from '../../../src/stack/stack.ts';
import { PROBE_KINDS } from '../../../src/wiring/probe-kinds.ts';
import { aStack } from '../../builders/stack.ts';

/** `mongo:27017` → how it is reached from there. */
const reachOf = (from: string | undefined, stack: Stack = aStack()): Readonly<Record<string, string>> => {
  const row = reachTable(stack, PROBE_KINDS).find((each) => each.from === from);
  return Object.fromEntries(row?.cells.map(({ to, reach }) => [`${to.service}:${to.port}`, reach]) ?? []);
};

describe('the table of reach', () => {
  it('has every service and job, and untrusted code last', () => {
    const rows = reachTable(aStack(), PROBE_KINDS).map(({ from }) => from);
    expect(rows).toEqual([...aStack().nodes.map(({ name }) => name), undefined]);
  });

  it('gives untrusted code the front door and refuses it everything else', () => {
    expect(reachOf(undefined)).toEqual({
      'mongo:27017': 'refused',
      'rocketchat:3000': 'refused',
      'bot:9098': 'refused',
      'gitlab:80': 'refused',
      'gitlab:22': 'refused',
      'gitlab-runner:9252': 'refused',
      'nginx:8080': 'needed',
    });
  });

  it('distinguishes a way that is needed from one that is only there, and counts a public name as its front door', () => {
    expect(reachOf('gitlab-runner')).toMatchObject({
      'gitlab:80': 'needed',
      'gitlab:22': 'beside',
      'nginx:8080': 'needed',
      'mongo:27017': 'refused',
    });
  });

  it('has no row for untrusted code where none joins a network of ours', () => {
    const stack = aStack({ gitlab: { kind: 'none', announce: [] } });
    expect(reachTable(stack, PROBE_KINDS).map(({ from }) => from)).not.toContain(undefined);
  });
});
