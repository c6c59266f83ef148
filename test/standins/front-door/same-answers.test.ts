/** One table of requests, the same configuration, both players: what the stand-in answers is what nginx answers. */
import { utimesSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Answer,
  type Asked,
  ask,
  type BackEnd,
  closeDoor,
  type Door,
  openDoor,
  PLAYERS,
  startBackEnd,
  writeFiles,
} from './doors.ts';

const conf =
  (backEnd: number) =>
  ({ dir, port }: { dir: string; port: number }): string => {
    writeFiles(dir, {
      'html/www/index.html': '<p>www</p>',
      'html/www/a b.txt': 'blank',
      'html/www/sub/index.html': '<p>sub</p>',
      'html/www/empty/.keep': '',
      'html/other/deep/x.svg': '<svg/>',
      'html/errors/sorry.html': 'sorry',
    });
    return `
# a comment; with { marks }
worker_processes 1;
pid ${dir}/nginx.pid;
events { worker_connections 64; }
http {
    access_log off;
    types { text/html html; image/svg+xml svg; }
    default_type application/octet-stream;
    server_tokens off;
    client_body_temp_path ${dir}/body;
    proxy_temp_path ${dir}/proxy;
    map $http_upgrade $connection_upgrade { default upgrade; '' close; }
    map $arg_kind $kind { default none; ~^s small; LARGE big; }
    map $upstream_http_x_own $added { default ''; '' ours; }
    map $request_method $counted { default ''; POST $binary_remote_addr; }
    limit_req_zone $counted zone=few:1m rate=1r/m;
    limit_req_status 429;

    server {
        listen 127.0.0.1:${port} default_server;
        server_name _;
        default_type text/plain;
        return 404 'no such host here';
    }
    server {
        listen 127.0.0.1:${port};
        server_name chat.test;
        error_page 502 504 /sorry.html;
        client_max_body_size 10;
        location = /sorry.html { internal; root "${dir}/html/errors"; add_header Retry-After 5 always; }
        location / {
            set $back_end 127.0.0.1:${backEnd};
            proxy_pass http://$back_end;
            proxy_http_version 1.1;
            proxy_set_header Host $http_host;
            proxy_set_header X-Real-IP $remote_addr;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            proxy_set_header X-Forwarded-Proto $scheme;
            proxy_set_header X-Kind $kind;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection $connection_upgrade;
        }
        location /gone/ { set $back_end 127.0.0.1:1; proxy_pass http://$back_end; proxy_http_version 1.1; }
        location /plain/ { proxy_pass http://127.0.0.1:${backEnd}; proxy_http_version 1.1; proxy_request_buffering off; client_max_body_size 0; }
        location ~ ^/(health|ready)(/|$) { return 404; }
        location ^~ /posted/ {
            limit_except POST { deny all; }
            client_max_body_size 4;
            proxy_pass http://127.0.0.1:${backEnd};
            proxy_http_version 1.1;
        }
        location = /sign-in {
            limit_req zone=few burst=2 nodelay;
            proxy_pass http://127.0.0.1:${backEnd};
            proxy_http_version 1.1;
        }
        location ~ ^/(teapot|headers)$ {
            proxy_hide_header X-Powered-By;
            add_header X-Own $added always;
            proxy_pass http://127.0.0.1:${backEnd};
            proxy_http_version 1.1;
        }
    }
    server {
        listen 127.0.0.1:${port};
        server_name www.test *.wild.test ~^re\\d+\\.test$;
        root ${dir}/html/www;
        index none.html index.html;
        add_header X-Chatops-Vhost www always;
        add_header X-Sometimes yes;
        location = /exact { return 200 "exact $uri $is_args$args"; }
        location /exact { return 200 'prefix'; }
        location ^~ /stop/ { return 200 'stopped'; }
        location ~ \\.txt$ { return 200 "pattern"; }
        location ~* \\.JPG$ { return 200 "any case"; }
        location /longer { return 200 'short'; }
        location /longer/one { return 200 'long'; }
        location /moved { return 301 /there?x=1; }
        location /away { return 302 https://example.org$request_uri; }
        location /alias/ { alias ${dir}/html/other/; }
        location /try/ { try_files $uri /sub/index.html; }
        location /try-or/ { try_files $uri =410; }
        location /variables {
            return 200 "$args|$query_string|$is_args|$host|$remote_addr|$scheme|$https|$server_name|$request_method|$server_protocol|$request_uri|$uri|$document_uri|$content_length|$content_type|$http_x_thing|$arg_a|$arg_none";
        }
        location /quoted { return 200 "a \\"b\\" 'c' \${host};{}"; }
    }
}
`;
  };

const www = { Host: 'www.test' };
const chat = { Host: 'chat.test:8080' };

const TABLE: Readonly<Record<string, Asked>> = {
  'a name nobody has': { path: '/', headers: { Host: 'nobody.test' } },
  'a name in capitals': { path: '/exact', headers: { Host: 'WWW.TEST' } },
  'a name with a dot at its end': { path: '/exact', headers: { Host: 'www.test.' } },
  'a wildcard name': { path: '/exact', headers: { Host: 'a.b.wild.test' } },
  'the bare name of a wildcard': { path: '/exact', headers: { Host: 'wild.test' } },
  'a name by pattern': { path: '/exact', headers: { Host: 're42.test' } },
  'a broken name': { path: '/', headers: { Host: 'a b' } },
  'an index': { path: '/', headers: www },
  'an index below': { path: '/sub/', headers: www },
  'HEAD of an index': { method: 'HEAD', path: '/', headers: www },
  'a folder without its slash': { path: '/sub', headers: www },
  'a folder without an index': { path: '/empty/', headers: www },
  'a file that is not there': { path: '/nothing', headers: www },
  'POST to a file': { method: 'POST', path: '/index.html', headers: www, body: 'x' },
  'PUT to a folder': { method: 'PUT', path: '/', headers: www, body: 'x' },
  'an exact location with a query': { path: '/exact?a=1&b=2', headers: www },
  'a prefix beside an exact one': { path: '/exactly', headers: www },
  'a pattern before a prefix': { path: '/longer/one.txt', headers: www },
  'no pattern after ^~': { path: '/stop/one.txt', headers: www },
  'a pattern in any case': { path: '/A.jpg', headers: www },
  'the longest prefix': { path: '/longer/one/two', headers: www },
  'the shorter prefix': { path: '/longer/two', headers: www },
  'dots and slashes in a path': { path: '/x/..//./longer//one', headers: www },
  'a path that leaves the root': { path: '/../../etc/passwd', headers: www },
  'an encoded path that leaves the root': { path: '/%2e%2e/%2e%2e/etc/passwd', headers: www },
  'a percent sign alone': { path: '/%zz', headers: www },
  'a NUL': { path: '/a%00b', headers: www },
  'an encoded letter': { path: '/%65xact', headers: www },
  'a redirect within': { path: '/moved', headers: www },
  'a redirect away keeps the query': { path: '/away/a%2Fb?c=d', headers: www },
  'an alias': { path: '/alias/deep/x.svg', headers: www },
  'a file to try': { path: '/try/none', headers: www },
  'a status to fall back to': { path: '/try-or/none', headers: www },
  'quotes and braces': { path: '/quoted', headers: www },
  variables: {
    method: 'POST',
    path: '/variables/%20/x?a=1&b=2',
    headers: { ...www, 'X-Thing': 'one', 'Content-Type': 'text/x', 'Content-Length': '2' },
    body: 'ab',
  },
  'a proxied GET': { path: '/api/v1/me?x=%2F&y=a+b', headers: { ...chat, Cookie: 'a=b', 'X-Auth-Token': 't' } },
  '%2F and double slashes reach the back end': { path: '/api/v4/projects/a%2Fb//c/../d', headers: chat },
  'what a client claims of itself': {
    path: '/',
    headers: { ...chat, 'X-Real-IP': '1.2.3.4', 'X-Forwarded-For': '5.6.7.8', TE: 'trailers' },
  },
  'a name with an underscore is dropped': { path: '/', headers: { ...chat, under_score: '1' } },
  'a mapped variable': { path: '/?kind=small', headers: chat },
  'a mapped variable in any case': { path: '/?kind=large', headers: chat },
  'a mapped variable by default': { path: '/?kind=', headers: chat },
  'a proxied POST': {
    method: 'POST',
    path: '/login',
    headers: { ...chat, 'Content-Type': 'application/json' },
    body: '{"a":1}',
  },
  'a proxied POST without a body': { method: 'POST', path: '/logout', headers: chat },
  'a proxied DELETE': { method: 'DELETE', path: '/x', headers: chat },
  'a chunked POST': { method: 'POST', path: '/x', headers: { ...chat, 'Transfer-Encoding': 'chunked' }, body: '12345' },
  'a body that is too large': { method: 'POST', path: '/x', headers: chat, body: '12345678901' },
  'a chunked body that is too large': {
    method: 'POST',
    path: '/x',
    headers: { ...chat, 'Transfer-Encoding': 'chunked' },
    body: '12345678901',
  },
  'a large body where any is allowed': { method: 'POST', path: '/plain/x', headers: chat, body: 'x'.repeat(300_000) },
  'a chunked body passed on as it comes': {
    method: 'PUT',
    path: '/plain/x',
    headers: { ...chat, 'Transfer-Encoding': 'chunked' },
    body: 'x'.repeat(70_000),
  },
  'the own headers of a back end': { path: '/teapot', headers: chat },
  'a redirect of a back end': { path: '/redirect', headers: chat },
  'an error of a back end is not replaced': { path: '/bad-gateway', headers: chat },
  'a back end that hangs up': { path: '/cut', headers: chat },
  'a back end that is away': { path: '/gone/', headers: chat },
  'POST to a back end that is away': { method: 'POST', path: '/gone/', headers: chat, body: 'x' },
  'an internal page asked for from outside': { path: '/sorry.html', headers: chat },
  'a closed path': { path: '/health', headers: chat },
  'a path that only begins like a closed one': { path: '/healthy', headers: chat },
  'a POST where only that is let in': { method: 'POST', path: '/posted/a%2Fb', headers: chat, body: '1234' },
  'a GET where only POST is let in': { path: '/posted/x', headers: chat },
  'OPTIONS where only POST is let in': { method: 'OPTIONS', path: '/posted/x', headers: chat },
  'a POST above the limit of its folder': { method: 'POST', path: '/posted/x', headers: chat, body: '12345' },
  'a header that is added where the back end has none': { path: '/headers', headers: chat },
  'a host in the request line': { path: 'http://chat.test/x', headers: { Host: 'www.test' } },
};

const COMPARED = [
  'content-type',
  'location',
  'x-chatops-vhost',
  'x-sometimes',
  'retry-after',
  'set-cookie',
  'server',
  'x-own',
  'x-powered-by',
  'etag',
  'last-modified',
];

/** nginx's own pages are in its own words. */
const isOwnPage = ({ headers, body }: Answer): boolean =>
  headers['content-type'] === 'text/html' && /<center>/.test(body);

/** What two players must agree in; a player's own port is no difference. */
const essence = (answer: Answer, port: number) => ({
  status: answer.status,
  headers: Object.fromEntries(
    COMPARED.flatMap((name) => {
      const value = answer.headers[name];
      return value === undefined ? [] : [[name, value.replace(`:${port}`, ':PORT')]];
    }),
  ),
  body: isOwnPage(answer) ? 'own page' : answer.body.replaceAll(String(port), 'PORT'),
});

const normalJson = <T extends { readonly body: string }>(each: T, backEnd: number): T => {
  if (!each.body.startsWith('{"method"')) return each;
  const echoed = JSON.parse(each.body) as { headers: Record<string, string> };
  const headers = Object.fromEntries(Object.entries(echoed.headers).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { ...each, body: JSON.stringify({ ...echoed, headers }).replaceAll(String(backEnd), 'BACKEND') };
};

describe('the front door', () => {
  let backEnd: BackEnd;
  const doors = new Map<string, Door>();

  beforeAll(async () => {
    backEnd = await startBackEnd();
    const stamp = new Date('2026-01-02T03:04:05Z');
    for (const player of PLAYERS) doors.set(player, await openDoor(player, conf(backEnd.port)));
    for (const { dir } of doors.values()) utimesSync(`${dir}/html/www/index.html`, stamp, stamp);
  });
  afterAll(async () => {
    for (const door of doors.values()) await closeDoor(door);
    await backEnd.stop();
  });

  const answerOf = async (player: string, asked: Asked) => {
    const door = doors.get(player);
    if (door === undefined) throw new Error(`${player} does not play`);
    const answer = normalJson(essence(await ask(door.port, asked), door.port), backEnd.port);
    const { 'last-modified': modified, etag, ...headers } = answer.headers;
    // Files are written anew for each player; only the index bears one stamp.
    return asked.path === '/' ? answer : { ...answer, headers };
  };

  for (const [name, asked] of Object.entries(TABLE)) {
    it(`answers as nginx does: ${name}`, async () => {
      const standin = await answerOf('stand-in', asked);
      expect(standin.status).toBeGreaterThan(0);
      if (doors.has('real')) expect(standin).toEqual(await answerOf('real', asked));
    });
  }

  it.each(PLAYERS)('lets a burst of sign-ins through, and no more of them (%s)', async (player) => {
    const port = doors.get(player)?.port ?? 0;
    const asked = (method: string): Asked => ({ method, path: '/sign-in', headers: chat });
    const statuses: number[] = [];
    for (const _ of Array(5)) statuses.push((await ask(port, asked('POST'))).status);
    expect(statuses).toEqual([200, 200, 200, 429, 429]);
    expect((await ask(port, asked('GET'))).status).toBe(200);
  });

  it.each(PLAYERS)('validates a cached file by its tag and its date (%s)', async (player) => {
    const port = doors.get(player)?.port ?? 0;
    const first = await ask(port, { path: '/index.html', headers: www });
    const etag = first.headers.etag ?? '';
    const modified = first.headers['last-modified'] ?? '';
    expect((await ask(port, { path: '/index.html', headers: { ...www, 'If-None-Match': etag } })).status).toBe(304);
    expect((await ask(port, { path: '/index.html', headers: { ...www, 'If-Modified-Since': modified } })).status).toBe(
      304,
    );
    expect((await ask(port, { path: '/index.html', headers: { ...www, 'If-None-Match': '"x"' } })).status).toBe(200);
  });
});
