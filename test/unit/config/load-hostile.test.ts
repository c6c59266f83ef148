import { describe, expect, it } from 'vitest';
import { LARGEST_CONFIG } from '../../../src/config/read-text.ts';
import { ownConfigOf } from '../../helpers/own-config.ts';
import { refused } from './refused.ts';

const only = (text: string) => {
  const { problems } = refused(text);
  expect(problems).toHaveLength(1);
  const [problem] = problems;
  return problem;
};

describe('files that are no configuration', () => {
  it.each([
    ['nothing at all', ''],
    ['blank lines', '\n\n  \n'],
    ['comments', '# name: chatops\n'],
    ['a document marker', '---\n'],
    ['an end marker', '...\n'],
    ['null', 'null\n'],
  ])('are refused as empty: %s', (_, text) => {
    expect(only(text)).toMatchObject({
      message: 'the file is empty',
      fix: 'write `name: chatops` for the default stack, or run `chatops-up init`',
    });
  });

  it.each([
    ['- a\n', 'must be a mapping (`key: value` lines), not a list'],
    ['hello\n', 'must be a mapping (`key: value` lines), not a single value'],
    ['42\n', 'must be a mapping (`key: value` lines), not a single value'],
  ])('are refused for their type: %j', (text, message) => {
    expect(only(text)?.message).toBe(message);
  });

  it('of 10 MB are refused unparsed, under a code of their own', () => {
    const error = refused(`name: ${'x'.repeat(10_000_000)}`);
    expect(error.code).toBe('CONFIG_TOO_LARGE');
    expect(error.why).toContain('9.5 Mi characters');
  });

  it('just below the limit are read', () => {
    const text = `name: chatops\n#${'x'.repeat(LARGEST_CONFIG - 15)}`;
    expect(ownConfigOf(text).name).toBe('chatops');
  });

  it.each([
    ['UTF-16', 'n\0a\0m\0e\0'],
    ['Latin-1', 'admin: {name: Ren\uFFFD}\n'],
  ])('in %s are refused as not UTF-8', (_, text) => {
    expect(only(text)?.message).toBe('not UTF-8 text');
  });

  it.each([
    ['brackets', `chat: ${'['.repeat(200_000)}`],
    ['dashes', `${'- '.repeat(200_000)}a`],
    ['braces and quotes', `a: ${'{"a": '.repeat(5000)}`],
  ])('nested without end in %s are refused without harm', (_, text) => {
    expect(only(text)?.message).toBe('nested too deeply to be a configuration');
  });

  it('nested by indentation are refused as well', () => {
    const text = Array.from({ length: 1400 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n');
    expect(refused(text).why).toContain('nested too deeply');
  });

  it('with a bomb of aliases are refused', () => {
    const level = (name: string, of: string) => `${name}: &${name} [${Array(9).fill(`*${of}`).join(', ')}]`;
    const text = [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      level('b', 'a'),
      level('c', 'b'),
      level('d', 'c'),
      level('e', 'd'),
    ];
    expect(only(`${text.join('\n')}\n`)?.message).toBe('aliases (*name) stand for more than a configuration can hold');
  });

  it('that hold themselves through an alias are refused', () => {
    expect(refused('chat: &a {rooms: *a}\n').problems.map(({ path }) => path)).toEqual(['chat.rooms']);
    expect(refused('chat: &a [*a]\n').problems.map(({ path }) => path)).toEqual(['chat']);
  });

  it('with keys of JavaScript objects are refused like any unknown key', () => {
    expect(refused('__proto__: {name: x}\nconstructor: 1\ntoString: 2\n').problems.map(({ path }) => path)).toEqual([
      '__proto__',
      'constructor',
      'toString',
    ]);
  });
});

describe('YAML mistakes', () => {
  it.each([
    ['a tab', 'chat:\n\tlocale: en\n', '2:1', 'a tab where YAML allows only spaces', 'indent with spaces'],
    ['a key twice', 'name: a\nname: b\n', '2:1', 'this key stands twice', 'keep one of the two'],
    ['a key twice below', 'ports:\n  http: 1\n  http: 2\n', '3:3', 'this key stands twice', 'keep one of the two'],
    ['two documents', 'name: a\n---\nname: b\n', '2:1', 'a second document', 'remove the line ---'],
    [
      'crooked indentation',
      'ports:\n  http: 1\n ssh: 2\n',
      '3:1',
      'the indentation does not fit',
      'in the column of its',
    ],
    ['an open quote', 'name: "x\n', '2:1', 'something opened before here is not closed', 'close the quote'],
    ['an open bracket', 'chat: {rooms: [a]\n', '2:1', 'something opened before here', 'close the quote, bracket'],
    ['two colons', 'name: a: b\n', '1:7', 'a second `key: value`', 'put the value in quotes'],
    ['a leading @', 'name: @x\n', '1:7', 'cannot begin a value', 'put the value in quotes'],
    ['a leading backtick', 'name: `x`\n', '1:7', 'cannot begin a value', 'put the value in quotes'],
    ['an unknown tag', 'name: !foo x\n', '1:7', 'a tag (!…) that means nothing here', 'remove the tag'],
    ['a bad escape', 'name: "\\q"\n', '1:8', 'an unknown escape', 'use single quotes'],
    ['a list as key', '? [a]\n: 1\n', '1:3', 'a key that is not text', 'put the key in quotes'],
    ['an unknown alias', 'name: *x\n', '1:7', '`*x` names an anchor that is not there', 'write `&x`'],
    ['YAML 1.1', '%YAML 1.1\n---\nname: no\n', '1:1', 'a %YAML directive', 'remove the %YAML line'],
  ])('are reported with place and remedy: %s', (_, text, place, message, fix) => {
    const [problem] = refused(text).problems;
    expect(`${problem?.line}:${problem?.column}`).toBe(place);
    expect(problem?.message).toContain(message);
    expect(problem?.fix).toContain(fix);
  });

  it('that have no advice of ours are reported in the words of the parser', () => {
    expect(refused('- a\nb: 1\n').problems[0]?.message).toMatch(/^not valid YAML: /);
  });
});

describe('other ways to write text', () => {
  it('a byte order mark and CRLF change nothing, not even the places of problems', () => {
    expect(ownConfigOf('\uFEFFname: blue\r\ndomain: example.org\r\n').name).toBe('blue');
    expect(
      refused('\uFEFFnmae: blue\r\nmongo: {members: 9}\r\n').problems.map(({ line, column }) => [line, column]),
    ).toEqual([
      [1, 1],
      [2, 18],
    ]);
  });

  it('anchors, aliases and merge keys are understood', () => {
    const text = `
chat:
  users:
    - &person {username: alice, roles: [user, moderator]}
    - {<<: *person, username: bob}
  rooms:
    - {name: ops, members: &all [alice, bob]}
    - {name: dev, members: *all}
`;
    const { chat } = ownConfigOf(text);
    expect(chat.users.map(({ roles }) => roles)).toEqual([
      ['user', 'moderator'],
      ['user', 'moderator'],
    ]);
    expect(chat.rooms[1]?.members).toEqual(['alice', 'bob']);
  });

  it('a problem inside an alias points at what the alias stands for', () => {
    const text = 'chat:\n  rooms:\n    - {name: ops, members: &all [bob]}\n    - {name: dev, members: *all}\n';
    expect(refused(text).problems.map(({ path, line }) => [path, line])).toEqual([
      ['chat.rooms[0].members[0]', 3],
      ['chat.rooms[1].members[0]', 3],
    ]);
  });

  it('no is the text "no", as in YAML 1.2', () => {
    expect(ownConfigOf('name: no\n').name).toBe('no');
  });
});

describe('hostile strings', () => {
  it.each(['O\'Brien; DROP "x" ${HOME} $(id) `id` {{x}} \\n # % @ & * ! |', 'Zoë 😀 李', '%{x} <b>'])(
    'are legitimate in names that users read: %s',
    (name) => {
      const text = `admin: {name: ${JSON.stringify(name)}}\nrunner: {description: ${JSON.stringify(name)}}\n`;
      const config = ownConfigOf(text);
      expect([config.admin.name, config.runner?.description]).toEqual([name, name]);
    },
  );

  it.each(['"a\\nb"', '"a\\e[31mb"', '"a\\u2028b"', '"\\u0000"', '"a\\rb"', '"   "', '""'])(
    'are refused in them when they hold control characters or nothing: %s',
    (yaml) => {
      expect(refused(`admin: {name: ${yaml}}\n`).problems.map(({ path }) => path)).toEqual(['admin.name']);
    },
  );

  it.each([
    ['name', (value: string) => `name: ${value}`],
    ['domain', (value: string) => `domain: ${value}`],
    ['admin.username', (value: string) => `admin: {username: ${value}}`],
    ['admin.email', (value: string) => `admin: {email: ${value}}`],
    ['chat.rooms[0]', (value: string) => `chat: {rooms: [${value}], bot: {rooms: [general]}}`],
    ['chat.users[0]', (value: string) => `chat: {users: [${value}]}`],
    ['chat.bot.username', (value: string) => `chat: {bot: {username: ${value}}}`],
    ['gitlab.url', (value: string) => `gitlab: {url: ${value}}`],
    ['gitlab.announce[0].project', (value: string) => `gitlab: {announce: [{project: ${value}}]}`],
    ['tls.key', (value: string) => `tls: {certificate: a, key: ${value}}`],
    ['mongo.set', (value: string) => `mongo: {set: ${value}}`],
    ['images.nginx', (value: string) => `images: {nginx: ${value}}`],
    ['runner.image', (value: string) => `runner: {image: ${value}}`],
  ])('are refused in %s, which stands in files of other programs', (path, write) => {
    const hostile = [
      '${X}',
      "a'b",
      'a"b',
      'a;b',
      'a\nb',
      'a\u001bb',
      'a b',
      '$(id)',
      'a`b',
      'a{b}',
      '',
      'ä',
      'a\\b',
      'a#b',
    ];
    const reported = hostile.map((value) =>
      refused(`${write(JSON.stringify(value))}\n`).problems.map((problem) => problem.path),
    );
    expect(new Set(reported.flat())).toEqual(new Set([path]));
  });
});
