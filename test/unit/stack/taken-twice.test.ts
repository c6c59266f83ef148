import { describe, expect, it } from 'vitest';
import type { Part } from '../../../src/contracts/part.ts';
import { takenTwice } from '../../../src/stack/taken-twice.ts';
import { aConfig } from '../../builders/config.ts';
import { aService } from '../../builders/nodes.ts';

const partWith = (name: string, node: string, role: string): Part => ({
  name,
  contribute: () => ({
    nodes: [aService(node, [], { role })],
    secrets: [{ name: 'TOKEN', what: 'a token', kind: 'opaque', origin: 'given', note: '' }],
  }),
});

const wiki = partWith('wiki', 'wiki', 'wiki');

describe('names that two parts want', () => {
  it('are refused at the place of the later one', () => {
    const config = { ...aConfig(), parts: ['./other.mjs'] };
    expect(takenTwice(config, [wiki, partWith('other', 'wiki', 'pages')])).toEqual([
      {
        path: ['parts', 0],
        message: 'the node wiki of the part other is taken by the part wiki',
        fix: expect.any(String),
      },
      {
        path: ['parts', 0],
        message: 'the secret TOKEN of the part other is taken by the part wiki',
        fix: expect.any(String),
      },
    ]);
  });

  it('are refused at no place of the file where code hands the part in', () => {
    const found = takenTwice(aConfig(), [wiki, { ...partWith('other', 'pages', 'wiki') }]);
    expect(found.map(({ path, message }) => [path, message])).toEqual([
      [[], 'the role wiki of the part other is taken by the part wiki'],
      [[], 'the secret TOKEN of the part other is taken by the part wiki'],
    ]);
  });

  it('are none where each is wanted once, and a part that contributes nothing wants none', () => {
    expect(takenTwice(aConfig(), [wiki, { name: 'idle' }])).toEqual([]);
  });
});
