import { describe, expect, it } from 'vitest';
import { gatesOnLeaves, neededFor } from '../../../src/stack/graph.ts';
import { aJob, aService, gate } from '../../builders/nodes.ts';

const database = aService('database');
const prepared = aJob('prepared', [gate('database', 'usable')]);
const chat = aService('chat', [gate('prepared', 'done')]);
const door = aService('door', [], { readyThrough: ['chat'] });
const other = aService('other', [gate('chat', 'usable')]);

describe('what a service cannot be reached without', () => {
  it('is itself, the services that it waits for through jobs as well, and the doors that lead to it', () => {
    expect(neededFor([other, door, chat, prepared, database], 'chat')).toEqual(['door', 'chat', 'database']);
  });

  it('is itself alone where nothing is waited for', () => {
    expect(neededFor([database, prepared, chat, other], 'database')).toEqual(['database']);
  });
});

describe('a proof of the whole', () => {
  it('waits for what nothing else waits for', () => {
    expect(gatesOnLeaves([database, prepared, chat, door, other])).toEqual([
      gate('door', 'usable'),
      gate('other', 'usable'),
    ]);
  });

  it('waits for no node that is not awaited', () => {
    expect(gatesOnLeaves([database, { ...other, awaited: false }, { ...aJob('proof'), awaited: false }])).toEqual([
      gate('database', 'usable'),
    ]);
  });
});
