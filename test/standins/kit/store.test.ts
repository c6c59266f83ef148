import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '@chatops-up/standins/internal/kit/store';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '../../helpers/cases.ts';

const aPath = (): string => join(mkdtempSync(join(tmpdir(), 'chatops-store-')), 'state.jsonl');

describe('the state of a stand-in', () => {
  it('is there again after any changes, in order of first insertion', () => {
    const step = fc.record({
      key: fc.constantFrom('a', 'b', 'c', 'd'),
      value: fc.option(fc.jsonValue(), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(step), fc.nat(), (steps, reopenAt) => {
        const path = aPath();
        const model = new Map<string, unknown>();
        let store = openStore(path);
        steps.forEach(({ key, value }, index) => {
          if (index === reopenAt % (steps.length + 1)) {
            store.close();
            store = openStore(path);
          }
          const collection = store.collection<unknown>('things');
          if (value === undefined) {
            collection.delete(key);
            model.delete(key);
          } else {
            collection.put(key, value);
            model.set(key, value);
          }
        });
        store.close();
        const again = openStore(path);
        expect(again.collection('things').all()).toEqual(JSON.parse(JSON.stringify([...model.values()])));
        again.close();
      }),
      { numRuns: cases(60) },
    );
  });

  it('is on disk before a change returns', () => {
    const path = aPath();
    const store = openStore(path);
    store.collection('things').put('a', { n: 1 });
    expect(readFileSync(path, 'utf8')).toContain('"n":1');
    store.close();
  });

  it('forgets the half line of a write that a kill cut off', () => {
    const path = aPath();
    const store = openStore(path);
    store.collection('things').put('a', 1);
    store.close();
    appendFileSync(path, '{"c":"things","k":"b","v":');
    const again = openStore(path);
    expect(again.collection('things').all()).toEqual([1]);
    again.collection('things').put('c', 3);
    again.close();
    expect(openStore(path).collection('things').all()).toEqual([1, 3]);
  });

  it('says which line is damaged, and what to do', () => {
    const path = aPath();
    writeFileSync(path, '{"c":"things","k":"a","v":1}\nnonsense\n');
    expect(() => openStore(path)).toThrow(
      expect.objectContaining({
        code: 'STATE_DAMAGED',
        what: `${path} line 2 is not JSON`,
        next: expect.stringContaining('move'),
      }),
    );
  });
});
