import { describe, expect, test } from 'vitest';
import { htmlText } from '../../../../src/parts/front-door/render/pages.ts';
import { containerTarget } from '../../../../src/parts/front-door/render/target.ts';
import { nginxRenderer, renderNginx } from '../../../../src/parts/front-door/render.ts';
import type { Stack } from '../../../../src/stack/stack.ts';
import { aStack } from '../../../builders/stack.ts';
import { loopbackPlaces } from '../../../helpers/nginx.ts';
import { house } from '../../../helpers/pieces.ts';

const conf = (stack: Stack): string => renderNginx(stack, containerTarget(stack))[0]?.text ?? '';
const file = (stack: Stack, path: string): string =>
  nginxRenderer.render({ stack, ...house }).find((each) => each.path === path)?.text ?? '';
const tls = { certificate: 'certs/cert.pem', key: 'certs/key.pem' };

/** Each server block as `listen … / server_name …`. */
const servers = (text: string): readonly string[] =>
  text
    .split(/^ {4}server \{$/m)
    .slice(1)
    .map((block) => [...block.matchAll(/^ {8}(listen|server_name) (.*);$/gm)].map((found) => found[2]).join(' | '));

describe('the virtual hosts', () => {
  test('are chat, git, www and hom behind a server that takes every other name', () => {
    expect(servers(conf(aStack()))).toEqual([
      '8080 default_server | _',
      '8080 | chat.chatops.localhost chat.chatops.internal',
      '8080 | git.chatops.localhost git.chatops.internal',
      '8080 | www.chatops.localhost www.chatops.internal',
      '8080 | hom.chatops.localhost hom.chatops.internal',
    ]);
  });

  test('with TLS stand on the secure port and the one inside, and plain HTTP sends on', () => {
    const text = conf(aStack({ tls }));
    expect(servers(text).slice(0, 4)).toEqual([
      '8080 default_server | 8079 default_server | _',
      '8443 ssl default_server | _',
      '8443 ssl | 8079 | chat.chatops.localhost chat.chatops.internal',
      '8080 | chat.chatops.localhost',
    ]);
    expect(text).toContain('return 301 https://chat.chatops.localhost:8443$request_uri;');
    expect(text).toContain('ssl_certificate /etc/nginx/tls/cert.pem;');
  });

  test('are only www and hom where chat and GitLab stand elsewhere', () => {
    const gitlab = { kind: 'external', url: 'https://git.example.org' } as const;
    expect(servers(conf(aStack({ chat: { url: 'https://chat.example.org' }, gitlab })))).toHaveLength(3);
  });
});

test('back ends are looked up again and again by the engine’s own name server', () => {
  expect(conf(aStack())).toContain('resolver 127.0.0.11 valid=5s ipv6=off;');
});

test('at loopback places the same hosts stand on other addresses, and no name is looked up', () => {
  const stack = aStack();
  const text = renderNginx(stack, loopbackPlaces({ dir: '/tmp/x', listen: '127.0.0.1:18080', backEnd: 4321 }))[0]?.text;
  expect(servers(text ?? '')).toEqual(servers(conf(stack)).map((each) => each.replace('8080', '127.0.0.1:18080')));
  expect(text).not.toContain('resolver');
  expect(text).toContain('set $back_end 127.0.0.1:4321;');
  expect(text).toContain('daemon on;');
  expect(text).toContain('proxy_temp_path /tmp/x/proxy;');
});

test('a domain that would end a directive or begin a variable is quoted or refused', () => {
  expect(conf(aStack({ domain: 'a; return 200' }))).toContain(
    'server_name "chat.a; return 200" chat.chatops.internal;',
  );
  expect(() => conf(aStack({ domain: 'a$host' }))).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
});

describe('a proxy of others before the door', () => {
  const behind = (outer: Partial<Stack['door']['outer'] & object> = {}) =>
    conf(aStack({ public: { scheme: 'https', port: 443, proxies: ['10.0.0.7', 'fd00::/64'], ...outer } }));

  test('is believed about addresses of clients, and nobody else is', () => {
    expect(
      behind()
        .match(/^ *(set_real_ip_from|real_ip_\w+) .*;$/gm)
        ?.map((line) => line.trim()),
    ).toEqual([
      'set_real_ip_from 10.0.0.7;',
      'set_real_ip_from fd00::/64;',
      'real_ip_header X-Forwarded-For;',
      'real_ip_recursive on;',
    ]);
  });

  test('has back ends hear the configured scheme and port', () => {
    const text = behind({ scheme: 'http', port: 8888 });
    expect(text).toMatch(/map \$from_proxy \$door_scheme \{\s+default http;\s+1 http;/);
    expect(text).toMatch(/map \$from_proxy \$door_port \{\s+default :8080;\s+1 :8888;/);
    expect(text).toMatch(/map \$from_proxy \$door_port_number \{\s+default 8080;\s+1 8888;/);
  });

  test.each(['X-Forwarded-Proto', 'X-Forwarded-Port', 'X-Forwarded-Host', 'X-Forwarded-For'])(
    'passes %s on once, and not as it came',
    (name) => {
      const lines = behind().match(new RegExp(`^ *proxy_set_header ${name} .*;$`, 'gm')) ?? [];
      expect(lines).toHaveLength(1);
      expect(lines[0]).not.toContain('$http_');
    },
  );

  test('is nowhere in a configuration without one', () => {
    expect(conf(aStack())).not.toMatch(/real_ip|geo|from_proxy|X-Forwarded-Port \$/);
  });

  test('finds the door where it is without one: in plain HTTP at its own port', () => {
    expect(servers(behind())).toEqual(servers(conf(aStack())));
  });
});

describe('the pages', () => {
  test('link to what is there', () => {
    const text = file(aStack(), 'nginx/html/www/index.html');
    expect([...text.matchAll(/href="([^"]+)"/g)].map((found) => found[1])).toEqual([
      'http://chat.chatops.localhost:8080',
      'http://git.chatops.localhost:8080',
      'http://hom.chatops.localhost:8080',
    ]);
    const alone = file(aStack({ gitlab: { kind: 'none' } }), 'nginx/html/www/index.html');
    expect(alone).not.toContain('git.');
  });

  test('say who made them without switching browsers into quirks mode', () => {
    expect(file(aStack(), 'nginx/html/hom/index.html')).toMatch(
      /^<!doctype html>\n<!-- generated by chatops-up, edit chatops.yaml -->\n/,
    );
  });

  test('hold no markup of a user', () => {
    expect(htmlText(`<a href="x" title='y'>&`)).toBe('&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;');
    expect(file(aStack({ name: '<script>' }), 'nginx/html/www/index.html')).toContain('<h1>&lt;script&gt;</h1>');
  });
});
