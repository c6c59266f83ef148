import { describe, expect, test } from 'vitest';
import {
  block,
  comment,
  directive,
  emptyLine,
  nginxText,
  pattern,
  word,
} from '../../../../src/parts/front-door/render/nginx-syntax.ts';

const line = (...args: Parameters<typeof directive>) => nginxText([directive(...args)]).trimEnd();

test('a tree becomes indented text', () => {
  const text = nginxText([
    comment('front door'),
    emptyLine,
    block('http', [], [block('server', [], [directive('listen', '80'), comment('inside')])]),
  ]);
  expect(text).toBe(`# front door

http {
    server {
        listen 80;
        # inside
    }
}
`);
});

describe('a text of a user', () => {
  test.each([
    ['plain', 'x plain;'],
    ['', 'x "";'],
    ['two words', 'x "two words";'],
    ['a; return 200', 'x "a; return 200";'],
    ['} server {', 'x "} server {";'],
    ['say "hi"', 'x "say \\"hi\\"";'],
    ["it's", 'x "it\'s";'],
    ['C:\\n', 'x "C:\\\\n";'],
    ['# no comment', 'x "# no comment";'],
    ['é🚀', 'x "é🚀";'],
  ])('%j is written as %s', (text, written) => {
    expect(line('x', text)).toBe(written);
  });

  test.each([
    ['$host', 'nginx has no way to write a $ that is not a variable'],
    ['two\nlines', 'it holds a control character'],
    ['nul\0', 'it holds a control character'],
    ['half \ud800', 'it holds half a surrogate pair'],
  ])('%j is refused, as no quoting keeps it literal', (text, why) => {
    expect(() => line('x', text)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID', why }));
  });

  test('is refused inside a word too', () => {
    expect(() => line('x', word('$a', pattern('$request_uri')))).toThrow(/cannot be written into nginx.conf/);
  });

  test('that is long is shown cut', () => {
    expect(() => line('x', `$${'a'.repeat(100)}`)).toThrow(
      expect.objectContaining({ what: `"$${'a'.repeat(59)}…" cannot be written into nginx.conf` }),
    );
  });
});

test('a text of ours may hold variables and patterns, and is quoted when it must be', () => {
  expect(line('x', pattern('$host'), pattern('^/a{2} '))).toBe('x $host "^/a{2} ";');
  expect(line('x', word('https://a', pattern('$request_uri')))).toBe('x https://a$request_uri;');
});

test('a comment is one line', () => {
  expect(() => nginxText([comment('a\nserver {}')])).toThrow(/a comment is one line/);
});
