/** What a person wrote in good faith, and the fix that works at once. */
import { describe, expect, it } from 'vitest';
import { loadOwn } from '../../helpers/own-config.ts';
import { refused } from './refused.ts';

const refusedWith = (text: string): readonly string[] =>
  refused(text).problems.map(({ path, message, fix }) => `${path} ${message} → ${fix ?? 'nothing'}`);

describe('a value that was read as a number', () => {
  it.each([
    ['name: 007', 'name must be text, not `007` → put it in quotes: `"007"`'],
    ['runner: { tags: [0123] }', 'runner.tags[0] must be text, not `0123` → put it in quotes: `"0123"`'],
    [
      'timeouts: { gitlab: 30 }',
      'timeouts.gitlab must be a whole number of seconds, minutes or hours, such as 90s, 20m or 1h, not `30` → write `30s`',
    ],
    ['admin: { username: true }', 'admin.username must be text, not `true` → put it in quotes: `"true"`'],
    [
      'gitlab: { url: 80 }',
      'gitlab.url must be an address such as https://git.example.org, without user name, password, query or fragment, not `80` → nothing',
    ],
  ])('keeps what was written: %s', (text, said) => {
    expect(refusedWith(text)).toEqual([said]);
  });
});

describe('a domain', () => {
  const rule = 'domain must be a host name in lower case, without scheme, port or path';

  it.each([
    ['münchen.example', `${rule}: \`ü\` stands in names as xn--… only (Punycode) → write \`xn--mnchen-3ya.example\``],
    ['my_host.example', `${rule}: no host name has \`_\` → write \`my-host.example\``],
    [
      '192.168.1.10',
      `${rule}: nothing can stand before an IP address, as \`chat.\` does before a name → write \`192-168-1-10.sslip.io\``,
    ],
    [
      '"http://[2001:db8::7]:8080/x"',
      `${rule}: nothing can stand before an IP address, as \`chat.\` does before a name → write \`2001-db8--7.sslip.io\``,
    ],
    ['host.7', `${rule}: browsers take what ends in a number for an IP address → nothing`],
    ['host.0xff', `${rule}: browsers take what ends in a number for an IP address → nothing`],
    ['https://Git.Example.org:8080/x', `${rule} → write \`git.example.org\``],
    ['example.org.', `${rule} → write \`example.org\``],
  ])('%s is refused with what is wrong', (domain, said) => {
    expect(refusedWith(`domain: ${domain}`)).toEqual([said]);
  });

  it.each([
    'chatops.localhost',
    'h7.example',
    '7.example.org',
    'xn--mnchen-3ya.example',
    '10-0-0-1.sslip.io',
    'a.0x1g',
  ])('%s is one', (domain) => {
    expect(loadOwn(`domain: ${domain}`).config.domain).toBe(domain);
    expect(new URL(`http://chat.${domain}/`).hostname).toBe(`chat.${domain}`);
  });
});

describe('a word of another program', () => {
  it.each([
    ['push_events', 'push'],
    ['tag_push_events', 'tag_push'],
    ['confidential_issues_events', 'confidential_issues'],
    ['merge_requests_events', 'merge_requests'],
    ['wiki_page_events', 'wiki_page'],
    ['releases_events', 'releases'],
  ])('of events, %s, is %s', (event, meant) => {
    const [said] = refusedWith(`gitlab: { announce: [{ project: a/b, room: general, events: [${event}] }] }`);
    expect(said).toMatch(new RegExp(`→ write \`${meant}\`$`));
  });

  it('of an image is the one that has it in its name', () => {
    expect(refusedWith('images: { runner: "gitlab/gitlab-runner:v19.3.0" }')).toEqual([
      'images.runner unknown key `runner` → write `gitlab-runner`',
    ]);
  });
});

describe('the address of a server that is there', () => {
  it.each([
    ['gitlab: { url: https://git.example.org/api/v4 }', 'gitlab.url', '/api', 'https://git.example.org'],
    ['gitlab: { url: https://git.example.org/gitlab/-/admin }', 'gitlab.url', '/-', 'https://git.example.org/gitlab'],
    [
      'gitlab: { url: "https://git.example.org:8443/users/sign_in" }',
      'gitlab.url',
      '/users',
      'https://git.example.org:8443',
    ],
    ['chat: { url: https://chat.example.org/api/v1/ }', 'chat.url', '/api', 'https://chat.example.org'],
    ['chat: { url: https://chat.example.org/channel/general }', 'chat.url', '/channel', 'https://chat.example.org'],
  ])('is not that of a page: %s', (text, path, page, base) => {
    expect(refusedWith(text)).toEqual([
      `${path} is the address of a page, not of the server: \`${page}\` is in it → write \`${base}\``,
    ]);
  });

  it('may be below a path, which is worth a warning', () => {
    expect(loadOwn('gitlab: { url: https://example.org/gitlab/ }').warnings).toMatchObject([
      {
        path: 'gitlab.url',
        message: expect.stringContaining('begin with `/gitlab`, as with a server that is installed below a path'),
        fix: 'write `https://example.org` where it is not',
      },
    ]);
  });

  it('may end with a slash', () => {
    expect(loadOwn('gitlab: { url: https://git.example.org/ }').warnings).toEqual([]);
  });
});
