import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { defaultConfig } from '../../../src/config/defaults.ts';
import { configJsonSchema } from '../../../src/config/json-schema.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { sampleConfig } from '../../../src/config/sample.ts';
import { applySettings } from '../../../src/config/settings.ts';

const load = (text: string) => loadConfig(text, 'chatops.yaml').config;
const comments = (text: string) => text.split('\n').filter((line) => line.trim().startsWith('#'));

describe('the sample chatops.yaml', () => {
  it('loads to the defaults without a warning', () => {
    const { config, warnings } = loadConfig(sampleConfig(), 'chatops.yaml');
    expect(config).toEqual(defaultConfig());
    expect(warnings).toEqual([]);
  });

  it('begins with the line by which editors find the schema', () => {
    expect(sampleConfig().split('\n')[0]).toBe('# yaml-language-server: $schema=.chatops/chatops.schema.json');
  });

  it('mentions every key of the schema', () => {
    const text = sampleConfig();
    const keys = (node: Readonly<Record<string, unknown>>): readonly string[] =>
      Object.entries(node).flatMap(([name, child]) => {
        // Of the texts, which are many, one is shown.
        if (typeof child !== 'object' || child === null || name === 'wording') return [];
        const own = name === 'properties' ? Object.keys(child) : [];
        return [...own, ...keys(child as Readonly<Record<string, unknown>>)];
      });
    expect(keys(configJsonSchema()).filter((key) => !new RegExp(`\\b${key}\\b`).test(text))).toEqual([]);
  });

  it('shows the pinned images as they are when nothing is said', () => {
    const lines = sampleConfig().split('\n');
    const start = lines.indexOf('# images:');
    const shown = lines.slice(start, start + 7).map((line) => line.replace(/^# /, ''));
    expect(parse(shown.join('\n'))).toEqual({ images: defaultConfig().images });
  });

  it('keeps its comments under every answer, and holds the answers', () => {
    const text = sampleConfig({
      name: 'blue',
      domain: 'example.org',
      httpPort: 80,
      adminUsername: 'boss',
      adminName: 'The "Boss"; $HOME',
      rooms: ['dev', 'board'],
      users: ['alice', 'bob'],
      botUsername: 'marvin',
      locale: 'fr',
      gitlab: 'https://git.example.org',
      mongoMembers: 3,
    });
    expect(comments(text)).toEqual(comments(sampleConfig()));
    expect(load(text)).toMatchObject({
      name: 'blue',
      domain: 'example.org',
      ports: { http: 80 },
      admin: { username: 'boss', name: 'The "Boss"; $HOME', email: 'boss@example.org' },
      chat: {
        rooms: [{ name: 'dev' }, { name: 'board' }],
        bot: { username: 'marvin', rooms: ['dev', 'board'] },
        locale: 'fr',
      },
      gitlab: { kind: 'external', url: 'https://git.example.org', announce: [] },
      mongo: { members: 3 },
    });
    expect(load(text).chat.users.map(({ username }) => username)).toEqual(['alice', 'bob']);
  });

  it('announces in the first room when there is no ci', () => {
    expect(load(sampleConfig({ rooms: ['dev'] })).gitlab.announce[0]?.room).toBe('dev');
    expect(load(sampleConfig({ rooms: [] })).gitlab.announce[0]?.room).toBe('general');
    expect(load(sampleConfig({ rooms: ['dev', 'ci'] })).gitlab.announce[0]?.room).toBe('ci');
  });

  it('is loadable without GitLab, without a runner, and with the GitLab of ours named', () => {
    expect(load(sampleConfig({ gitlab: 'none' }))).toEqual(load('gitlab: none\n'));
    expect(load(sampleConfig({ runner: false }))).toEqual(load('runner: false\n'));
    expect(load(sampleConfig({ gitlab: 'bundled', runner: true }))).toEqual(defaultConfig());
  });

  it('stays loadable when rooms and domain are set in it afterwards', () => {
    const config = load(applySettings(sampleConfig(), ['chat.rooms=[dev]', 'domain=example.org']));
    expect([config.gitlab.announce[0]?.room, config.admin.email]).toEqual(['dev', 'chief@example.org']);
  });

  it('takes an e-mail address as given', () => {
    expect(load(sampleConfig({ adminEmail: 'a@b.org', domain: 'c.org' })).admin.email).toBe('a@b.org');
  });
});
