/** What the stand-in reads out of nginx.conf, and what it refuses: nothing is ignored in silence. */

import { buildDoorConfig } from '@chatops-up/standins/internal/front-door/config/build';
import { parseNginxConf } from '@chatops-up/standins/internal/front-door/config/parse';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { containerTarget } from '../../../src/parts/front-door/render/target.ts';
import { renderNginx } from '../../../src/parts/front-door/render.ts';
import { aStack } from '../../builders/stack.ts';
import { loopbackPlaces } from '../../helpers/nginx.ts';

const refusal = (text: string): string => {
  try {
    buildDoorConfig(text);
  } catch (thrown) {
    return String((thrown as { why?: string }).why);
  }
  return 'obeyed';
};

const inServer = (text: string) => `events {} http { server { ${text} } }`;
const inLocation = (text: string) => inServer(`location / { ${text} }`);

describe('reading nginx.conf', () => {
  it('keeps quoted words whole, comments out, and variables in braces', () => {
    expect(parseNginxConf(`a "x y;{}" "it's"; # b c;\n b \${v}w "a\\"b" ''; c { d; }`)).toEqual([
      { name: 'a', args: ['x y;{}', "it's"], line: 1 },
      { name: 'b', args: ['${v}w', 'a"b', ''], line: 2 },
      { name: 'c', args: [], block: [{ name: 'd', args: [], line: 2 }], line: 2 },
    ]);
  });

  it('keeps the backslashes of a regular expression', () => {
    expect(parseNginxConf('location ~ \\.txt$ { return 204; }')[0]?.args).toEqual(['~', '\\.txt$']);
  });

  it.each([
    ['a block that is not closed', 'http { server { }', 'a block is not closed'],
    ['a brace too many', 'events {} }', 'a "}" closes nothing'],
    ['a missing semicolon', 'http { sendfile on }', '"sendfile" is not ended by ";"'],
    ['an open quote', 'pid "x;', 'a quote that is not closed'],
    ['a stray mark', '; pid x;', '";" stands where a directive begins'],
  ])('refuses %s', (_name, text, why) => {
    expect(refusal(text)).toContain(why);
  });

  it('gives back any words it is given in quotes', () => {
    const word = fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0'));
    fc.assert(
      fc.property(fc.array(word, { maxLength: 4 }), (words) => {
        const quoted = words.map((each) => `"${each.replace(/[\\"]/g, (mark) => `\\${mark}`)}"`).join(' ');
        expect(parseNginxConf(`x ${quoted};`)[0]?.args).toEqual(words);
      }),
    );
  });
});

describe('what cannot be obeyed is refused by its name', () => {
  it.each([
    ['an unknown directive', inServer('gzip on;'), 'the directive "gzip" is not known in server'],
    ['one in a location', inLocation('rewrite ^ /x;'), 'the directive "rewrite" is not known in location'],
    ['one of the main level', 'stream {}', 'the directive "stream" is not known in main'],
    ['an include', 'http { include mime.types; }', 'the directive "include" is not known in http'],
    ['an unknown variable', inLocation('return 200 $nobody;'), 'the variable $nobody is not known'],
    [
      'a back end with a path',
      inLocation('proxy_http_version 1.1; proxy_pass http://a/b/;'),
      'no path after the server',
    ],
    ['a back end by HTTP/1.0', inLocation('proxy_pass http://a;'), 'proxy_pass without "proxy_http_version 1.1"'],
    ['a listen flag', inServer('listen 80 http2;'), 'listen … http2'],
    ['a nested location', inLocation('location /x {}'), 'the directive "location" is not known in location'],
    ['a named location', inServer('location @x {}'), 'named locations'],
    ['an error page elsewhere', inServer('error_page 502 https://x/;'), 'only paths of this server'],
    ['a regular expression JavaScript has not', inServer('location ~ (?i)x {}'), 'is not one of JavaScript'],
    ['a believed proxy by its name', 'http { set_real_ip_from proxy.example; }', 'no address and no range'],
    ['a range that is too long', 'http { geo $x { 10.0.0.0/33 1; } }', 'no address and no range'],
    ['a geo block of ranges', 'http { geo $x { ranges; } }', 'geo … ranges'],
    ['redirects with a host', inServer('absolute_redirect on;'), 'absolute_redirect on'],
    ['a time that is none', inLocation('proxy_read_timeout soon;'), 'soon is not a time'],
    ['a size that is none', inServer('client_max_body_size big;'), 'big is not a size'],
  ])('%s', (_name, text, why) => {
    expect(refusal(text)).toContain(why);
  });
});

describe('every configuration the renderer writes is obeyed', () => {
  const tls = { certificate: 'certs/a.pem', key: 'certs/a.key' };

  it.each([
    ['the default stack', aStack()],
    ['with TLS', aStack({ tls })],
    ['without GitLab', aStack({ gitlab: { kind: 'none', announce: [] } })],
    ['an existing GitLab', aStack({ gitlab: { kind: 'external', url: 'https://git.example.org', announce: [] } })],
  ])('%s', (_name, stack) => {
    const loopback = loopbackPlaces({
      dir: '/tmp/x',
      listen: '127.0.0.1:18080',
      backEnd: 4321,
      ...(stack.door.tls ? { https: '127.0.0.1:18443', inside: '127.0.0.1:18079' } : {}),
    });
    for (const places of [containerTarget(stack), loopback]) {
      expect(refusal(renderNginx(stack, places)[0]?.text ?? '')).toBe('obeyed');
    }
  });
});
