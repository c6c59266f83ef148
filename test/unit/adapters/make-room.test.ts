import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ConnectionStanding, type HeldConnection, whoMakesRoom } from '../../../src/adapters/make-room.ts';

const MOST = { inAll: 6, perAddress: 3 };

const held = (address: string, standing: ConnectionStanding = 'unproven'): HeldConnection => ({ address, standing });

describe('a new connection', () => {
  it('ends none while there is room', () => {
    expect(whoMakesRoom([held('a'), held('a'), held('b')], MOST)).toBeUndefined();
  });

  it('ends the oldest of its own address that has not shown the secret', () => {
    const open = [held('b'), held('a', 'receiving'), held('a'), held('a'), held('a')];
    expect(whoMakesRoom(open, MOST)).toBe(open[2]);
  });

  it('ends the slowest body of its address, and no one that has just come, where most are slow bodies', () => {
    const open = [held('a', 'receiving'), held('a', 'receiving'), held('a'), held('a', 'receiving')];
    expect(whoMakesRoom(open, MOST)).toBe(open[0]);
  });

  it('ends one that has delivered before only when there is no slower one', () => {
    const open = [held('a', 'resting'), held('a', 'receiving'), held('a', 'answering'), held('a')];
    expect(whoMakesRoom(open, MOST)).toBe(open[1]);
    const others = [held('a', 'resting'), held('a', 'answering'), held('a', 'answering'), held('a')];
    expect(whoMakesRoom(others, MOST)).toBe(others[0]);
  });

  it('leaves again itself when all others are being answered', () => {
    const open = [held('a', 'answering'), held('a', 'answering'), held('a', 'answering'), held('a')];
    expect(whoMakesRoom(open, MOST)).toBe(open[3]);
  });

  it('ends one of the address with the most when there are too many in all', () => {
    const open = [held('b'), held('a'), held('a'), held('a'), held('c'), held('c'), held('d')];
    expect(whoMakesRoom(open, MOST)).toBe(open[1]);
  });

  it('never ends what is being answered, and leaves no more than there may be', () => {
    const standing = fc.constantFrom<ConnectionStanding>('unproven', 'receiving', 'resting', 'answering');
    const connection = fc.record({ address: fc.constantFrom('a', 'b', 'c'), standing });
    fc.assert(
      fc.property(fc.array(connection, { maxLength: 60 }), (coming) => {
        let open: HeldConnection[] = [];
        for (const each of coming) {
          open.push({ ...each });
          const leaving = whoMakesRoom(open, MOST);
          if (leaving !== undefined && leaving !== open.at(-1)) expect(leaving.standing).not.toBe('answering');
          open = open.filter((one) => one !== leaving);
          expect(open.length).toBeLessThanOrEqual(MOST.inAll);
          for (const address of ['a', 'b', 'c'])
            expect(open.filter((one) => one.address === address).length).toBeLessThanOrEqual(MOST.perAddress);
        }
      }),
    );
  });
});
