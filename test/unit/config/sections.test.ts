/** Sections of chatops.yaml that a part brings along. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Additions, NO_ADDITIONS } from '../../../src/config/additions.ts';
import { configJsonSchema, configJsonSchemaText } from '../../../src/config/json-schema.ts';
import { type LoadedConfig, loadConfig } from '../../../src/config/load.ts';
import { ConfigError } from '../../../src/config/problem.ts';
import { defineSection, sectionOf } from '../../../src/config/section.ts';
import { applySettings } from '../../../src/config/settings.ts';
import { CHAT } from '../../../src/contracts/sections/chat.ts';
import { ownAdditions } from '../../../src/wiring/own-house.ts';

const wiki = defineSection({
  key: 'wiki',
  about: 'Pages that every user may edit.',
  schema: z.strictObject({
    title: z.string().min(3).default('Wiki'),
    storage: z
      .discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('disk') }),
        z.strictObject({ kind: z.literal('bucket'), name: z.string() }),
      ])
      .default({ kind: 'disk' }),
    home: z.strictObject({ page: z.string(), room: z.string().optional() }).optional(),
    pages: z.array(z.strictObject({ name: z.string() })).default([]),
    private: z.boolean().optional().describe('Only for users with an account.'),
  }),
  rules: [
    {
      check: ({ pages, home }) => {
        if (home === undefined || pages.some(({ name }) => name === home.page)) return [];
        return [{ path: ['home', 'page'], message: `there is no page ${home.page}`, fix: 'name one of `wiki.pages`' }];
      },
    },
    {
      reads: ['chat.rooms'],
      check: ({ home }, config) => {
        const room = home?.room;
        const { rooms } = sectionOf(config, CHAT);
        if (room === undefined || rooms.some(({ name }) => name === room)) return [];
        return [{ path: ['home', 'room'], message: `there is no room ${room}`, warning: true }];
      },
    },
  ],
});

const FEED = {
  key: 'feed',
  about: 'News.',
  schema: z.strictObject({ url: z.string(), version: z.string().optional(), line: z.number().optional() }),
  asWritten: ['version'],
};

const OWN = ownAdditions();
const additions: Additions = {
  ...OWN,
  sections: [...OWN.sections, wiki, FEED],
};

const load = (text: string): LoadedConfig => loadConfig(text, 'chatops.yaml', additions);

/** Each problem as `line:column path: message -> fix`. */
const problemsOf = (text: string): readonly string[] => {
  try {
    load(text);
  } catch (thrown) {
    if (!(thrown instanceof ConfigError)) throw thrown;
    return thrown.problems.map(
      ({ line, column, path, message, fix }) =>
        `${line}:${column} ${path}: ${message}${fix === undefined ? '' : ` -> ${fix}`}`,
    );
  }
  throw new Error(`accepted: ${text}`);
};

describe('the value of a section', () => {
  it('is the text of what counts as written, and a number elsewhere', () => {
    const { config } = load('feed: { url: x, version: 8.10, line: 8.10 }\n');
    expect(config.sections.feed).toEqual({ url: 'x', version: '8.10', line: 8.1 });
  });

  it('reaches the part with the defaults of its schema', () => {
    const value = sectionOf(load('wiki: { private: true }\n').config, wiki);
    expect(value).toEqual({ title: 'Wiki', storage: { kind: 'disk' }, pages: [], private: true });
  });

  it('is undefined where the section is left out', () => {
    expect(sectionOf(load('name: x\n').config, wiki)).toBeUndefined();
  });

  it('is the default of the schema where the section is left out and has one', () => {
    const preset = defineSection({ key: 'wiki', about: 'Pages.', schema: wiki.schema.prefault({}) });
    const { config } = loadConfig('{}\n', 'chatops.yaml', { ...NO_ADDITIONS, sections: [preset] });
    expect(sectionOf(config, preset).title).toBe('Wiki');
  });
});

describe('what is wrong in a section', () => {
  it('is said at its line and column, beside what is wrong in the rest of the file', () => {
    const text = 'name: "a b"\nwiki:\n  title: ab\n  private: yes please\n';
    expect(problemsOf(text)).toEqual([
      expect.stringMatching(/^1:7 name: must be up to 40/),
      expect.stringMatching(/^3:10 wiki\.title: must be at least 3/),
      '4:12 wiki.private: must be true or false, not the text `yes please`',
    ]);
  });

  it('is an unknown key with the nearest one of the section', () => {
    expect(problemsOf('wiki:\n  titel: Pages\n')).toEqual(['2:3 wiki.titel: unknown key `titel` -> write `title`']);
  });

  it('is a missing key, said once, though it can only be left out with all around it', () => {
    expect(problemsOf('feed: {}\nwiki: { home: {} }\n')).toEqual([
      expect.stringMatching(/feed\.url: `url` is missing/),
      expect.stringMatching(/wiki\.home\.page: `page` is missing/),
    ]);
  });

  it('is a choice that there is not, with those that there are', () => {
    expect(problemsOf('wiki:\n  storage: { kind: disc }\n')).toEqual([
      '2:20 wiki.storage.kind: must be one of `disk`, `bucket`, not the text `disc` -> write `disk`',
    ]);
  });

  it('is what a rule of the section finds, at a place inside the section', () => {
    expect(problemsOf('wiki:\n  home: { page: start }\n')).toEqual([
      '2:17 wiki.home.page: there is no page start -> name one of `wiki.pages`',
    ]);
  });

  it('is only a warning where the rule says so', () => {
    const { warnings } = load('wiki:\n  pages: [{ name: a }]\n  home: { page: a, room: nowhere }\n');
    expect(warnings.map(({ line, column, path, message }) => `${line}:${column} ${path}: ${message}`)).toEqual([
      '3:26 wiki.home.room: there is no room nowhere',
    ]);
  });

  it('is not asked of rules where a part of what they look at could not be read', () => {
    expect(problemsOf('wiki:\n  pages: 3\n  home: { page: start }\n')).toEqual([
      expect.stringMatching(/^2:10 wiki\.pages: must be a list/),
    ]);
    expect(problemsOf('chat: { rooms: 3 }\nwiki: { home: { page: a, room: b }, pages: [{ name: a }] }\n')).toEqual([
      expect.stringMatching(/chat\.rooms: must be a list/),
    ]);
  });
});

describe('keys of the first level', () => {
  it('are refused with the nearest of the core and of the parts', () => {
    expect(problemsOf('wikki: {}\n')).toEqual(['1:1 wikki: unknown key `wikki` -> write `wiki`']);
    expect(problemsOf('chatt: {}\n')).toEqual(['1:1 chatt: unknown key `chatt` -> write `chat`']);
  });

  it('of a part that is not there are unknown', () => {
    expect(() => loadConfig('wiki: {}\n', 'chatops.yaml')).toThrowError(/unknown key `wiki`/);
  });
});

describe('the JSON Schema', () => {
  it('holds the sections with what they are for, and is that of the core without any', () => {
    expect(configJsonSchema(additions)).toMatchObject({
      title: 'chatops.yaml',
      additionalProperties: false,
      properties: {
        name: { type: 'string' },
        wiki: {
          description: 'Pages that every user may edit.',
          additionalProperties: false,
          properties: { private: { description: 'Only for users with an account.' } },
        },
      },
    });
    expect(configJsonSchemaText(NO_ADDITIONS)).toBe(configJsonSchemaText());
  });

  it('agrees with what is accepted', () => {
    const accepts = new Ajv2020({ strict: false }).compile(configJsonSchema(additions));
    expect(accepts({ wiki: { storage: { kind: 'bucket', name: 'b' } } })).toBe(true);
    expect(accepts({ wiki: { storage: { kind: 'bucket' } } })).toBe(false);
    expect(accepts({ wiki: { titel: 'x' } })).toBe(false);
  });
});

describe('--set', () => {
  it('knows the keys of sections', () => {
    const schema = configJsonSchema(additions);
    const text = applySettings('name: x\n', ['wiki.title=2024', 'wiki.private=true'], schema);
    expect(sectionOf(load(text).config, wiki)).toMatchObject({ title: '2024', private: true });
    expect(() => applySettings('', ['wiki.titel=x'], schema)).toThrowError(/wiki\.titel/);
  });
});
