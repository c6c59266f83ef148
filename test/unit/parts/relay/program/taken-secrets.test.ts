import { describe, expect, it } from 'vitest';
import { hookToken } from '../../../../../src/contracts/hook-token.ts';
import {
  isAmong,
  opens,
  stillTaken,
  type TakenSecret,
  takenOf,
  withCurrent,
  withoutFormer,
} from '../../../../../src/parts/relay/program/taken-secrets.ts';
import { Secret } from '../../../../../src/values/secret.ts';
import { sha256Hex } from '../../../../../src/values/sha256.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
const sent = (secret: string): TakenSecret => takenOf(new Secret(secret), undefined);
const [one, two, three] = ['one', 'two', 'three'].map(sent) as [TakenSecret, TakenSecret, TakenSecret];
const digestsTaken = (taken: readonly TakenSecret[], now: number): readonly string[] =>
  stillTaken(taken, now).map(({ digest }) => digest);

describe('the secrets that a relay takes', () => {
  it('are the one it was started with, and those before it for a day', () => {
    const taken = withCurrent(withCurrent([], one, 0), two, 1_000);
    expect(digestsTaken(taken, 1_000)).toEqual([two.digest, one.digest]);
    expect(digestsTaken(taken, 1_000 + DAY_MS)).toEqual([two.digest]);
  });

  it('are not kept longer by further starts', () => {
    const taken = withCurrent(withCurrent(withCurrent([], one, 0), two, 0), three, DAY_MS / 2);
    expect(digestsTaken(taken, DAY_MS)).toEqual([three.digest, two.digest]);
  });

  it('are the same after a start with the same secret', () => {
    const taken = withCurrent(withCurrent([], one, 0), two, 0);
    expect(withCurrent(taken, two, 5)).toEqual(taken);
  });

  it('are five at most', () => {
    const taken = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].reduce(
      (before, secret) => withCurrent(before, sent(secret), 0),
      withCurrent([], one, 0),
    );
    expect(digestsTaken(taken, 1)).toEqual(['g', 'f', 'e', 'd', 'c'].map(sha256Hex));
  });

  it('are the current one alone when the former are forgotten', () => {
    expect(digestsTaken(withoutFormer(withCurrent(withCurrent([], one, 0), two, 0)), 1)).toEqual([two.digest]);
  });

  it.each([
    ['the current one', 'two', true],
    ['a former one', 'one', true],
    ['another one', 'three', false],
    ['none', undefined, false],
    ['an empty one', '', false],
  ])('are compared with %s', (_name, given, taken) => {
    expect(isAmong(given, [two.digest, one.digest, sha256Hex('')])).toBe(taken);
  });
});

describe('the token of a hook', () => {
  const secret = new Secret('one');
  const ci = { source: { kind: 'project', path: 'ops/app' }, room: 'ci' } as const;
  const ops = { source: { kind: 'project', path: 'ops/app' }, room: 'ops' } as const;
  const [own, other] = [ci, ops].map((hook) => hookToken(secret, hook).reveal()) as [string, string];
  const current = takenOf(secret, [ci, ops]);

  it.each([
    ['its own room', own, 'ci', 'room'],
    ['no other room', own, 'ops', 'known'],
    ['no room that is not announced in', other, 'secret', 'known'],
  ] as const)('opens %s', (_what, token, room, expected) => {
    expect(opens(token, [current], room)).toBe(expected);
  });

  it('is needed: the secret of which it was made opens no room', () => {
    expect(opens('one', [current], 'ci')).toBe('known');
  });

  it.each(['another', '', undefined, own.slice(0, -1)])('is not %j', (token) => {
    expect(opens(token, [current], 'ci')).toBe('nothing');
  });

  it('is taken beside the secret itself, which every hook sent before, until that is forgotten', () => {
    const taken = withCurrent([sent('one')], current, 0);
    expect(taken.map((each) => opens('one', [each], 'ci'))).toEqual(['known', 'room']);
    expect(withoutFormer(taken)).toEqual([current]);
  });

  it('is known anew when another place is announced, and nothing former is kept for that', () => {
    const more = takenOf(secret, [ci, ops, { source: { kind: 'instance' }, room: 'ci' }]);
    expect(withCurrent([current], more, 0)).toEqual([more]);
  });
});
