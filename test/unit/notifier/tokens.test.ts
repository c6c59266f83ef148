/** Each hook has a token of its own: what it opens in the webhook of the chat, and what the secret opens itself. */
import { describe, expect, it } from 'vitest';
import { hookToken, roomTokens } from '../../../src/contracts/hook-token.ts';
import { alsoTaking, notifierScript, secretsIn, takenIn } from '../../../src/notifier/notifier-script.ts';
import { answer, type ScriptSettings } from '../../../src/notifier/rocketchat/answer.ts';
import type { HookTo } from '../../../src/stack/stack.ts';
import { Secret } from '../../../src/values/secret.ts';
import { sha256Hex } from '../../../src/values/sha256.ts';
import { createClean } from '../../../src/values/words/clean.ts';
import { ownDelivery } from './deliveries.ts';

const SECRET = new Secret('the kept secret');
const APP = { kind: 'project', path: 'Ops/App' } as const;
const TO_CI = { source: APP, room: 'ci' };
const TO_OPS = { source: APP, room: 'ops' };
const HOOKS: readonly HookTo[] = [TO_CI, TO_OPS, { source: { kind: 'instance' }, room: 'ops' }];

const takenOf = (secret: Secret) => ({
  secretSha256: sha256Hex(secret.reveal()),
  hooks: roomTokens(secret, HOOKS),
});
const settings: ScriptSettings = { locale: 'en', defaultRoom: 'ci', ...takenOf(SECRET) };

/** The room it is announced in, or the error. */
const sent = (token: string, channel: string | undefined, chosen: ScriptSettings = settings): unknown => {
  const { header, payload } = ownDelivery('job-failed');
  const headers = { 'x-gitlab-token': token, 'x-gitlab-event': header };
  const answered = answer({ headers, url: { query: { channel } }, content: payload }, chosen);
  if (answered === undefined) return undefined;
  return 'error' in answered ? answered.error.error : answered.content.channel;
};

const tokenOf = (hook: HookTo, secret = SECRET): string => hookToken(secret, hook).reveal();

describe('the token of a hook', () => {
  it('is another one for each place, room and secret, and the same however the path is written', () => {
    const lower = { source: { kind: 'project', path: 'ops/app' }, room: 'ci' } as const;
    const tokens = [...HOOKS.map((hook) => tokenOf(hook)), tokenOf(TO_CI, new Secret('another'))];
    expect(new Set(tokens).size).toBe(4);
    expect(tokenOf(lower)).toBe(tokenOf(TO_CI));
  });

  it('goes through a header and gives nothing of the secret away', () => {
    expect(tokenOf(TO_CI)).toMatch(/^chatops-hook-[\w-]{43}$/);
  });

  it('opens its own room', () => {
    expect(sent(tokenOf(TO_CI), 'ci')).toBe('#ci');
  });

  it.each(['ops', 'general', 'secretroom'])('opens no other room: %s', (room) => {
    expect(sent(tokenOf(TO_CI), room)).toBe('not-its-room');
  });

  it('of two places announced in one room opens it from both', () => {
    expect(HOOKS.slice(1).map((hook) => sent(tokenOf(hook), 'ops'))).toEqual(['#ops', '#ops']);
  });

  it('opens nothing where no room is named: that is for hooks made by hand', () => {
    expect(sent(tokenOf(TO_CI), undefined)).toBe('not-its-room');
  });

  it('of a place that is not announced opens nothing', () => {
    const stranger = { source: { kind: 'project', path: 'a/b' }, room: 'ci' } as const;
    expect(sent(hookToken(SECRET, stranger).reveal(), 'ci')).toBe('wrong-gitlab-token');
  });
});

describe('what shows a token of a hook', () => {
  it('shows a mark in its place, as nobody has to make it known', () => {
    const clean = createClean([]);
    expect(clean.text(`refused: token=${tokenOf(TO_CI)}&url=x`)).toBe('refused: token=‹token›&url=x');
  });
});

describe('the kept secret', () => {
  it.each(['ci', 'ops', 'general'])('opens no room that is named: %s', (room) => {
    expect(sent(SECRET.reveal(), room)).toBe('not-its-room');
  });

  it('opens the rooms of routes to hooks made by hand, which name none', () => {
    expect(sent(SECRET.reveal(), undefined)).toBe('#ci');
  });

  it('opens every announced room while hooks still send it themselves, and no other', () => {
    const moving = { ...settings, former: [{ secretSha256: settings.secretSha256 }] };
    expect(['ci', 'ops', 'general'].map((room) => sent(SECRET.reveal(), room, moving))).toEqual([
      '#ci',
      '#ops',
      'not-its-room',
    ]);
  });
});

describe('what a script takes', () => {
  const script = notifierScript(settings);

  it('is read out of its text as it was written', () => {
    expect(takenIn(script)).toEqual([takenOf(SECRET)]);
  });

  it('has another name where one secret opens every room: hooks have to be given tokens', () => {
    const { hooks, ...old } = settings;
    expect(hooks).toHaveLength(2);
    expect(secretsIn(notifierScript(old))).not.toEqual(secretsIn(script));
  });

  it('is read of scripts of 0.1 in the middle of a change of the secret', () => {
    const [one, two] = ['a'.repeat(64), 'b'.repeat(64)] as const;
    const old = `'use strict';\nconst SETTINGS = {\n "secretSha256": "${one}",\n "formerSha256": ["${two}"],\n "locale": "en"\n};\n`;
    expect(takenIn(old)).toEqual([{ secretSha256: one }, { secretSha256: two }]);
    expect(alsoTaking(old, [])).toBe(old.replace(/ "formerSha256".*\n/, ''));
  });

  it('is the same after former ones came and went', () => {
    const former = [takenOf(new Secret('former')), { secretSha256: settings.secretSha256 }];
    expect(takenIn(alsoTaking(script, former))).toEqual([takenOf(SECRET), ...former]);
    expect(alsoTaking(alsoTaking(script, former), [])).toBe(script);
  });

  it.each([' "hooks": 7,\n', ' "hooks": [{"room":1}],\n', ' "hooks": [],\n "former": {},\n'])(
    'is no error where somebody has changed it: %j',
    (changed) => {
      const spoilt = `const SETTINGS = {\n "secretSha256": "${'a'.repeat(64)}",\n${changed} "locale": "en"\n};\n`;
      expect(takenIn(spoilt)).toHaveLength(1);
    },
  );

  it('does not depend on the order in which announcements stand', () => {
    expect(roomTokens(SECRET, HOOKS.toReversed())).toEqual(roomTokens(SECRET, HOOKS));
  });

  it('shows neither the secret nor a token', () => {
    for (const secret of [SECRET.reveal(), ...HOOKS.map((hook) => tokenOf(hook))]) expect(script).not.toContain(secret);
  });
});
