import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Config } from '../../../src/config/config.ts';
import { envTableMarkdown } from '../../../src/config/env-table.ts';
import { userPasswordName } from '../../../src/stack/chat-accounts.ts';
import { filesOf, secretsOf, stackOf } from '../../builders/stack.ts';
import { loadOwn } from '../../helpers/own-config.ts';

const CASES: Readonly<Record<string, string>> = {
  'the default stack': 'name: chatops\n',
  users: 'chat: {users: [alice, bob.b]}\n',
  'no runner': 'runner: false\n',
  'a shell runner': 'runner: {executor: shell}\n',
  'no GitLab': 'gitlab: none\n',
  'no announcement': 'gitlab: {announce: []}\n',
  'announcements without a pipeline': 'gitlab: {announce: [{project: a/b, events: [push]}, {instance: true}]}\n',
  'an existing GitLab': 'gitlab: {url: "https://git.example.org", announce: [{project: a/b}]}\n',
  'an existing GitLab without runner': 'gitlab: {url: "https://git.example.org"}\nrunner: false\n',
  'an existing Rocket.Chat': 'chat: {url: "https://chat.example.org"}\n',
  'existing ones of both': 'chat: {url: "https://chat.example.org"}\ngitlab: {url: "https://git.example.org"}\n',
};

const load = (text: string): Config => loadOwn(text).config;

interface ComposeService {
  readonly environment?: Readonly<Record<string, string>>;
}

/** Variable → services and jobs that are given it, read out of the rendered compose.yaml. */
const readersInStack = (config: Config): Readonly<Record<string, readonly string[]>> => {
  const file = filesOf(stackOf(config)).find(({ path }) => path === 'compose.yaml');
  const { services } = parse(file?.text ?? '') as { readonly services: Readonly<Record<string, ComposeService>> };
  const readers: Record<string, string[]> = {};
  for (const [service, { environment = {} }] of Object.entries(services)) {
    const named = Object.values(environment).flatMap((value) => [...String(value).matchAll(/\$\{([A-Z0-9_]+)/g)]);
    for (const name of new Set(named.map(([, variable]) => String(variable)))) {
      readers[name] = [...(readers[name] ?? []), service].sort();
    }
  }
  return readers;
};

describe('the table of secrets', () => {
  it.each(Object.entries(CASES))('names exactly what the stack reads, and who reads it: %s', (_, text) => {
    const config = load(text);
    const reported = new Map(secretsOf(config).map(({ name, readBy }) => [name, readBy]));
    expect(Object.fromEntries(reported)).toEqual(readersInStack(config));
  });

  it('leaves to a user what only a user can know', () => {
    const given = (text: string) =>
      secretsOf(load(text))
        .filter(({ origin }) => origin === 'given')
        .map(({ name }) => name);
    expect(given('name: chatops\n')).toEqual([]);
    expect(given('chat: {licensed: true}\n')).toEqual(['ROCKETCHAT_LICENSE']);
    expect(given('gitlab: {url: "https://git.example.org"}\n')).toEqual(['CHATOPS_GITLAB_TOKEN']);
    expect(given('chat: {url: "https://chat.example.org"}\n')).toEqual(['CHATOPS_ADMIN_PASSWORD']);
  });

  it('names users in capitals', () => {
    expect(userPasswordName('alice.b-c_9')).toBe('CHATOPS_USER_ALICE_B_C_9_PASSWORD');
  });

  it('becomes a table with a row for every variable', () => {
    const table = envTableMarkdown(secretsOf(load('chat: {users: [alice]}\n')));
    expect(table.split('\n').filter((line) => line.startsWith('| `'))).toHaveLength(10);
    expect(table).toContain('| `CHATOPS_USER_ALICE_PASSWORD` | first password of alice | `rocketchat-setup` |');
    expect(envTableMarkdown(secretsOf(load('gitlab: {url: "https://a.b"}\n')))).toContain('**you**');
  });
});
