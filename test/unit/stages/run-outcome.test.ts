import { describe, expect, it } from 'vitest';
import { emitWarnings, journalled } from '../../../src/stages/run-outcome.ts';
import { aWorld } from './a-world.ts';

const change = { action: 'create', resource: 'room', name: 'ops', cause: 'there is none yet' } as const;

describe('events of a run', () => {
  it('are in the journal before they are reported, changes alone', () => {
    const world = aWorld();
    const seen: (readonly string[])[] = [];
    const sink = journalled({ ...world, events: { emit: () => void seen.push([...world.log]) } });
    sink.emit({ type: 'change', node: 'setup', change });
    sink.emit({ type: 'warning', node: 'setup', text: 'slow' });
    expect(seen).toEqual([['journal setup'], ['journal setup']]);
  });
});

describe('warnings', () => {
  it('are reported one by one, under the name they are about', () => {
    const world = aWorld();
    emitWarnings('preflight', ['little memory', 'little disk'], world);
    expect(world.reported).toEqual([
      { type: 'warning', node: 'preflight', text: 'little memory' },
      { type: 'warning', node: 'preflight', text: 'little disk' },
    ]);
  });
});
