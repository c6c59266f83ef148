/** A chat of somebody else, brought by a part as ours are: `chat.kind` names it, with keys that it alone knows. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Additions } from '../../../../src/config/additions.ts';
import { configJsonSchemaText } from '../../../../src/config/json-schema.ts';
import { loadConfig } from '../../../../src/config/load.ts';
import { ConfigError } from '../../../../src/config/problem.ts';
import { sampleConfig } from '../../../../src/config/sample.ts';
import { sectionOf } from '../../../../src/config/section.ts';
import { type ChatKind, settingsOf } from '../../../../src/contracts/chat-kind.ts';
import type { Part } from '../../../../src/contracts/part.ts';
import { CHAT } from '../../../../src/contracts/sections/chat.ts';
import { additionsOf } from '../../../../src/stack/additions-of.ts';
import { ownHouse } from '../../../../src/wiring/own-house.ts';
import { clashesOf } from '../../../../src/wiring/part-clashes.ts';
import { partOf } from '../../../../src/wiring/part-shape.ts';
import { PARTS } from '../../../../src/wiring/parts.ts';

const shouts: ChatKind<{ readonly volume: number }> = {
  kind: 'shouts',
  title: 'Shouts',
  takesDeliveries: false,
  ownRoom: 'square',
  stores: 'sql',
  knows: ['team', 'rooms.purpose'],
  team: 'everybody',
  settings: {
    shape: { volume: z.int().optional().describe('How loud.') },
    complete: ({ volume }) => ({ volume: Number(volume ?? 3) }),
    sample: '  # How loud (Shouts):\n  # volume: 3\n',
  },
};

const part: Part = { name: 'shouts', chat: shouts };

const additions: Additions = additionsOf({ ...ownHouse(), parts: [...PARTS, part] });
const load = (text: string) => loadConfig(text, 'chatops.yaml', additions).config;

const problemsOf = (text: string): readonly string[] => {
  try {
    load(text);
    return [];
  } catch (thrown) {
    if (!(thrown instanceof ConfigError)) throw thrown;
    return thrown.problems.map(({ path, message }) => `${path}: ${message}`);
  }
};

describe('a chat that a part of somebody else brings', () => {
  it('is what chat.kind may name, with what follows from it', () => {
    expect(sectionOf(load('chat: {kind: shouts}\n'), CHAT)).toMatchObject({
      kind: 'shouts',
      title: 'Shouts',
      receiver: 'relay',
      ownRoom: 'square',
      stores: 'sql',
      team: 'everybody',
    });
  });

  it('has keys that it alone knows', () => {
    expect(settingsOf(load('chat: {kind: shouts, volume: 11}\n'), shouts)).toEqual({ volume: 11 });
    expect(problemsOf('chat: {volume: 11}\n')).toEqual(['chat.volume: Rocket.Chat has no `volume`, Shouts has']);
  });

  it('is refused keys that it does not know', () => {
    expect(problemsOf('chat: {kind: shouts, version: "8.5", rooms: [ops, {name: board, readOnly: true}]}\n')).toEqual([
      'chat.version: Shouts has no `version`, Rocket.Chat has',
      'chat.rooms[1].readOnly: Shouts has no `readOnly`, Rocket.Chat has',
    ]);
  });

  it('shares keys with others that know them', () => {
    expect(problemsOf('chat: {team: a-team}\n')).toEqual([
      'chat.team: Rocket.Chat has no `team`, Mattermost and Shouts have',
    ]);
  });

  it('stands in the JSON Schema for editors and in what init writes', () => {
    expect(configJsonSchemaText(additions)).toContain('"shouts"');
    expect(sampleConfig(additions)).toContain('mattermost or shouts');
    expect(load(sampleConfig(additions))).toEqual(load('name: chatops\n'));
  });

  it('leaves the default as it is', () => {
    expect(sectionOf(load('name: chatops\n'), CHAT).kind).toBe('rocketchat');
  });

  it('may not be called like another, nor have a key of another', () => {
    const named = (more: Partial<ChatKind>): Part => ({ name: 'loud', chat: { ...shouts, ...more } });
    const settings = (key: string): NonNullable<ChatKind['settings']> => ({
      shape: { [key]: z.boolean().optional() },
      complete: () => ({}),
      sample: '',
    });
    expect(clashesOf(named({ kind: 'mattermost' }), PARTS)).toEqual([
      'its kind of chat `mattermost` is taken by the part `mattermost`',
    ]);
    const spoken = { name: 'mattermost', chat: () => expect.unreachable() };
    expect(clashesOf({ name: 'loud', spoken }, PARTS)).toEqual([
      'its chat that is spoken to `mattermost` is taken by the part `mattermost`',
    ]);
    expect(partOf({ part: { name: 'loud', spoken: { name: 'loud' } } })).toEqual({
      kind: 'refused',
      why: 'spoken.chat: must be a function',
    });
    expect(clashesOf(named({ settings: settings('licensed') }), PARTS)).toEqual([
      'its setting of the chat `licensed` is taken by the part `rocketchat`',
    ]);
    expect(clashesOf(named({ settings: settings('rooms') }), PARTS)).toEqual([
      "its setting of the chat `rooms` is one of chatops-up's own",
    ]);
  });
});
