import { describe, expect, it } from 'vitest';
import * as names from '../../../src/values/names.ts';

const CASES: readonly (readonly [
  name: string,
  rule: names.NameRule,
  good: readonly string[],
  bad: readonly string[],
])[] = [
  ['stack', names.STACK_NAME, ['chatops', '0a_b-c', 'x'.repeat(40)], ['', 'A', '-a', 'a.b', 'x'.repeat(41), 'a\n']],
  [
    'domain',
    names.DOMAIN,
    ['localhost', 'a.b-c.d', `${'x'.repeat(63)}.org`],
    ['', 'A.b', 'a..b', '-a.b', 'a-.b', 'a.b.', 'a b', `${'x'.repeat(64)}.org`, 'a:1', '*.a'],
  ],
  ['room', names.ROOM_NAME, ['general', 'A.b-C_9'], ['', '#ops', 'a b', 'ä', 'a\n', 'x'.repeat(101)]],
  ['user', names.USERNAME, ['alice', 'rocket.cat'], ['', '@a', 'a b', 'é']],
  [
    'display',
    names.DISPLAY_NAME,
    ['Zoë "Z"; $x', '😀', '.'],
    ['', '  ', 'a\tb', 'a\u0085b', '\uD800', 'x'.repeat(121)],
  ],
  [
    'e-mail',
    names.EMAIL,
    ['a@b.org', 'a+b.c@b-c.d.org'],
    ['a', 'a@b', 'a@b.', '@b.c', 'a b@c.d', '"a"@b.c', 'a@b..c', 'a$@b.c', 'a;b@c.d'],
  ],
  ['role', names.ROLE, ['user', 'livechat-agent'], ['', 'a b']],
  [
    'url',
    names.SERVER_URL,
    ['http://a', 'https://a.b:8443', 'https://a.b/git/', 'http://[::1]:80'],
    [
      'a.b',
      'ftp://a',
      'https://u@a',
      'https://u:p@a',
      'https://a?x',
      'https://a#x',
      'https://',
      'https://a b',
      'https://a:999999',
    ],
  ],
  ['group', names.GROUP_PATH, ['a', 'a/b/c'], ['', '/a', 'a/', 'a//b', '-a', 'a b']],
  ['project', names.PROJECT_PATH, ['a/b', 'a/b/c.d'], ['a', 'a/', '/a/b', 'a/b.', '../a', 'a/..']],
  ['tag', names.RUNNER_TAG, ['docker', 'a b', 'ü', 'x'], ['', ' a', 'a ', 'a,b', 'a\nb']],
  ['set', names.SET_NAME, ['rs0'], ['', 'a/b', 'a?b']],
  ['path', names.FILE_PATH, ['certs/a.pem', '/etc/x', '../a'], ['', 'a b', 'a:b', 'a$b', "a'b"]],
  [
    'image',
    names.IMAGE,
    ['nginx', 'nginx:1.28-alpine', 'a.b:5000/c/d__e:1', `a@sha256:${'0'.repeat(64)}`],
    ['', 'A', 'a:', 'a b', 'a@sha256:0', 'a//b', 'http://a', '$x', '-a'],
  ],
  ['version', names.CHAT_VERSION, ['8.5', '8.10'], ['8', '8.5.1', 'v8.5', '8.5 ', '8e1']],
];

describe.each(CASES)('the name of a %s', (_, rule, good, bad) => {
  it('accepts good ones', () => {
    expect(good.filter((value) => !rule.pattern.test(value))).toEqual([]);
  });

  it('refuses bad ones', () => {
    expect(bad.filter((value) => rule.pattern.test(value))).toEqual([]);
  });

  it('stands in the list of all rules', () => {
    expect(names.NAME_RULES).toContain(rule);
  });
});

describe('fixing', () => {
  it.each([
    [names.STACK_NAME, 'My Stack!', 'my-stack'],
    [names.DOMAIN, 'https://Chat.Example.org:80/x', 'chat.example.org'],
    [names.DOMAIN, '', undefined],
    [names.ROOM_NAME, '#général', 'general'],
    [names.ROOM_NAME, '日本', undefined],
    [names.USERNAME, '@Zoë B.', 'Zoe-B'],
    [names.DISPLAY_NAME, 'a\n\tb', 'a b'],
    [names.DISPLAY_NAME, '\n', undefined],
    [names.SERVER_URL, 'git.example.org', 'https://git.example.org'],
    [names.SERVER_URL, 'not an address', undefined],
    [names.GROUP_PATH, '/a/b/', 'a/b'],
    [names.GROUP_PATH, '/', undefined],
    [names.PROJECT_PATH, 'https://git.example.org/a/b.git', 'a/b'],
    [names.PROJECT_PATH, 'a', undefined],
    [names.CHAT_VERSION, 'v8.5.1', '8.5'],
    [names.CHAT_VERSION, 'new', undefined],
  ])('gives a good name or none', (rule, value, fixed) => {
    expect(rule.fix?.(value)).toBe(fixed);
    if (fixed !== undefined) expect(rule.pattern.test(fixed)).toBe(true);
  });
});
