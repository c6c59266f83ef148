import { describe, expect, it } from 'vitest';
import { roomBehind } from '../../../src/contracts/hook-address.ts';
import { Secret } from '../../../src/values/secret.ts';

const PREFIX = 'http://relay:9095/hooks/gitlab?channel=';
const roomOf = (address: string): string | undefined => roomBehind(PREFIX, new Secret(address));

describe('the room of a hook', () => {
  it('stands behind what all addresses of its receiver begin with', () => {
    expect(roomOf(`${PREFIX}ci`)).toBe('ci');
  });

  it('is found under a name that had to be encoded', () => {
    expect(roomOf(`${PREFIX}${encodeURIComponent('équipe & co')}`)).toBe('équipe & co');
  });

  it.each([
    ['of another receiver', 'http://relay:9096/hooks/gitlab?channel=ci'],
    ['that only holds ours', `http://else/?${PREFIX}ci`],
    ['whose room is broken', `${PREFIX}%`],
  ])('is unknown for an address %s', (_what, address) => {
    expect(roomOf(address)).toBeUndefined();
  });
});
