/** What our client makes of every way in which a GitLab, or something in front of it, can refuse. A scripted server answers. */

import { createFaults, createLedger } from '@chatops-up/standins';
import {
  createHttpStandin,
  type StandinReply,
  type StandinRequest,
} from '@chatops-up/standins/internal/kit/http-standin';
import { describe, expect, it } from 'vitest';
import { createHttp } from '../../../../src/adapters/http.ts';
import type { ChatopsError } from '../../../../src/errors/chatops-error.ts';
import { formatError } from '../../../../src/errors/chatops-error.ts';
import { createGitLab } from '../../../../src/parts/gitlab/client/gitlab.ts';
import type { GitLabClient } from '../../../../src/parts/gitlab/gitlab.ts';
import { Secret } from '../../../../src/values/secret.ts';
import { failure } from '../../../builders/gitlab-jobs.ts';
import { createVirtualClock } from '../../../fakes/virtual-clock.ts';
import { atEnd } from '../../../helpers/at-end.ts';
import { freePort } from '../../../helpers/free-port.ts';

const signal = new AbortController().signal;
type Script = (request: StandinRequest, nth: number) => StandinReply;

/** A server that answers by script, and a client of it. */
const serve = async (script: Script, access: { patient?: boolean; host?: string; trailing?: string } = {}) => {
  const port = await freePort();
  const seen: StandinRequest[] = [];
  const server = createHttpStandin({
    port,
    handle: (request) => {
      seen.push(request);
      return script(request, seen.length);
    },
    classify: () => 'read',
    ledger: createLedger(),
    faults: createFaults(),
  });
  await server.listen();
  atEnd(() => server.shut());
  const clock = createVirtualClock();
  const url = `http://${access.host ?? '127.0.0.1'}:${port}${access.trailing ?? ''}`;
  const token = new Secret('glpat-very-secret');
  const { patient = true } = access;
  const client: GitLabClient = createGitLab(createHttp(), clock).connect({ url, token, patient });
  return { client, seen, clock, url };
};

const json = (status: number, body: unknown, headers: Record<string, string> = {}): StandinReply => ({
  status,
  headers: { 'Content-Type': 'application/json', ...headers },
  body: JSON.stringify(body),
});
const html = (status: number): StandinReply => ({
  status,
  headers: { 'Content-Type': 'text/html; charset=utf-8' },
  body: '<html><body>Sign in</body></html>',
});
const VERSION = json(200, { version: '19.3.0-pre', enterprise: false });
const HOOK = { id: 1, url: 'http://rocketchat:3000/hooks/a/b', name: 'ours', push_events: true };

const wanted = {
  name: 'ours',
  description: 'd',
  url: new Secret('http://rocketchat:3000/hooks/int1/chat-token?channel=ci'),
  secret: new Secret('hook-secret'),
  events: ['push'] as const,
};
const PLACE = { kind: 'project', id: 'ops/app' } as const;

describe('a refused token', () => {
  it.each([
    ['unknown', { message: '401 Unauthorized' }, '401 Unauthorized'],
    ['expired', { error: 'invalid_token', error_description: 'Token is expired. Renew it.' }, 'Token is expired'],
    ['revoked', { error: 'invalid_token', error_description: 'Token was revoked.' }, 'Token was revoked'],
  ])('that is %s is TOKEN_INVALID with the reason', async (_kind, body, reason) => {
    const { client } = await serve(() => json(401, body));
    const error = await failure(client.version(signal));
    expect(error.code).toBe('TOKEN_INVALID');
    expect(error.why).toContain(reason);
  });

  it('never shows up in what is printed of an error, nor the token of the chat in a hook address', async () => {
    for (const reply of [json(401, { message: 'no' }), json(422, { error: 'Invalid url given' }), html(500)]) {
      const { client } = await serve(() => reply);
      const error = await failure(client.createHook(PLACE, wanted, signal));
      const printed = `${formatError(error)} ${JSON.stringify(error)} ${error.stack}`;
      for (const secret of ['glpat-very-secret', 'chat-token', 'hook-secret']) expect(printed).not.toContain(secret);
    }
  });
});

describe('a missing right', () => {
  it('of scope names the scope', async () => {
    const body = { error: 'insufficient_scope', error_description: 'Needs more.', scope: 'api' };
    const { client } = await serve(() => json(403, body));
    const error = await failure(client.createHook(PLACE, wanted, signal));
    expect(error.code).toBe('PERMISSION_MISSING');
    expect(error.why).toContain('lacks scope `api`');
  });

  it('of role names role and project', async () => {
    const { client } = await serve(() => json(403, { message: '403 Forbidden' }));
    expect((await failure(client.listHooks(PLACE, signal))).why).toContain('role Maintainer on project ops/app');
  });

  it('of role names role and group', async () => {
    const { client } = await serve(() => json(403, { message: '403 Forbidden' }));
    const error = await failure(client.listHooks({ kind: 'group', id: 'ops' }, signal));
    expect(error.why).toContain('role Owner on group ops');
  });

  it('of an administrator with admin mode on names scope `admin_mode`', async () => {
    const { client } = await serve(({ path }) =>
      path.endsWith('/user')
        ? json(200, { username: 'root', is_admin: true })
        : json(403, { message: '403 Forbidden' }),
    );
    expect((await failure(client.outboundAllowList(signal))).why).toContain('lacks scope `admin_mode`');
  });

  it('of somebody who is no administrator says that one is needed', async () => {
    const { client } = await serve(({ path }) =>
      path.endsWith('/user') ? json(200, { username: 'anna' }) : json(403, { message: '403 Forbidden' }),
    );
    expect((await failure(client.outboundAllowList(signal))).why).toContain('needs to be an administrator');
  });
});

describe('every shape of an error is read', () => {
  it.each([
    ['a text in message', json(400, { message: '400 Bad request - too long' }), '400 Bad request - too long'],
    ['an object in message', json(400, { message: { name: ['has been taken'] } }), 'name has been taken'],
    ['a list in message', json(400, { message: ['one', 'two'] }), 'one, two'],
    ['a text in error', json(400, { error: 'url is missing' }), 'url is missing'],
    ['error inside message', json(400, { message: { error: 'slow down' } }), 'error slow down'],
    ['plain text', { status: 400, body: 'Retry later' } as StandinReply, 'Retry later'],
    ['HTML', html(400), 'an HTML page instead of JSON'],
    ['nothing', { status: 400 } as StandinReply, 'no words'],
  ])('%s', async (_kind, reply, said) => {
    const { client } = await serve(() => reply);
    const error = await failure(client.version(signal));
    expect(error.code).toBe('UNEXPECTED_ANSWER');
    expect(error.why).toContain(said);
  });

  it.each([
    ['an HTML page with status 200', html(200)],
    ['HTML that claims to be JSON', { ...html(200), headers: { 'Content-Type': 'application/json' } }],
    ['JSON of another kind', json(200, { hello: 'world' })],
    ['a list', json(200, [])],
  ])('%s is UNEXPECTED_ANSWER', async (_kind, reply) => {
    const { client } = await serve(() => reply);
    expect((await failure(client.version(signal))).code).toBe('UNEXPECTED_ANSWER');
  });

  it('a redirect says that it has moved, and is not followed with the token', async () => {
    const { client, seen } = await serve(() => ({
      status: 301,
      headers: { Location: 'http://127.0.0.1:1/' },
      body: '',
    }));
    expect((await failure(client.version(signal))).why).toContain('moved');
    expect(seen).toHaveLength(1);
  });

  it('nobody there is UNREACHABLE', async () => {
    const client = createGitLab(createHttp(), createVirtualClock()).connect({
      url: `http://127.0.0.1:${await freePort()}`,
      token: new Secret('x'),
    });
    expect((await failure(client.version(signal))).code).toBe('UNREACHABLE');
  });
});

describe('too many requests', () => {
  const limited = (after: string) => ({ status: 429, headers: { 'Retry-After': after }, body: 'Retry later' });

  it('are waited for as long as the server asks, by the clock, then asked again', async () => {
    const { client, seen, clock } = await serve((_request, nth) => (nth === 1 ? limited('2') : VERSION));
    expect((await client.version(signal)).text).toBe('19.3.0-pre');
    expect(clock.now()).toBeGreaterThanOrEqual(2_000);
    expect(seen).toHaveLength(2);
  });

  it('are given up when the server asks for longer than anybody waits, and the time is named', async () => {
    const { client, seen } = await serve(() => limited('3600'));
    const error = await failure(client.version(signal));
    expect(error.code).toBe('RATE_LIMITED');
    expect(error.next).toContain('3600 s');
    expect(seen).toHaveLength(1);
  });

  it('end after a few times', async () => {
    const { client, seen } = await serve(() => json(429, { message: { error: 'Try again later.' } }));
    expect((await failure(client.version(signal))).code).toBe('RATE_LIMITED');
    expect(seen).toHaveLength(5);
  });

  it('are thrown at once to a probe, which waits outside', async () => {
    const { client, seen } = await serve(() => limited('2'), { patient: false });
    expect((await failure(client.version(signal))).code).toBe('RATE_LIMITED');
    expect(seen).toHaveLength(1);
  });

  it('on a POST: looked up before it is repeated; what is there is not made twice', async () => {
    const { client, seen } = await serve(({ method }) =>
      method === 'POST' ? limited('1') : json(200, [{ ...HOOK, url: wanted.url.reveal() }]),
    );
    expect((await client.createHook(PLACE, wanted, signal)).id).toBe(1);
    expect(seen.map(({ method }) => method)).toEqual(['POST', 'GET']);
  });

  it('on a POST that did nothing: repeated once', async () => {
    const { client, seen } = await serve(({ method }, nth) => {
      if (method === 'GET') return json(200, []);
      return nth === 1 ? limited('1') : json(201, HOOK);
    });
    await client.createHook(PLACE, wanted, signal);
    expect(seen.map(({ method }) => method)).toEqual(['POST', 'GET', 'POST']);
  });

  it('a 502 after a POST is looked up; one that did nothing is an error and not repeated', async () => {
    const { client, seen } = await serve(({ method }) => (method === 'GET' ? json(200, []) : html(502)));
    expect((await failure(client.createHook(PLACE, wanted, signal))).code).toBe('UNEXPECTED_ANSWER');
    expect(seen.map(({ method }) => method)).toEqual(['POST', 'GET']);
  });

  it('a 502 to a read is a gateway’s moment: read again', async () => {
    const { client, seen } = await serve((_request, nth) => (nth < 3 ? html(502) : VERSION));
    await client.version(signal);
    expect(seen).toHaveLength(3);
  });

  it('a 502 to a change is never repeated', async () => {
    const { client, seen } = await serve(() => html(502));
    await failure(client.updateHook(PLACE, 1, wanted, signal));
    expect(seen).toHaveLength(1);
  });

  it('a wait ends at once when the run is stopped', async () => {
    const { client } = await serve(() => limited('60'));
    const stop = new AbortController();
    const asked = client.version(stop.signal);
    stop.abort(new Error('stopped'));
    await expect(asked).rejects.toThrow('stopped');
  });
});

describe('lists are complete', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => ({ ...HOOK, id: index + 1 }));
  const pageOf = ({ query }: StandinRequest, all: readonly unknown[], most = 100) => {
    const page = Number(query.get('page') ?? 1);
    const size = Math.min(Number(query.get('per_page') ?? 20), most);
    return { data: all.slice((page - 1) * size, page * size), page, size, more: page * size < all.length };
  };
  const count = async (client: GitLabClient): Promise<number> => {
    const hooks = await client.listHooks(PLACE, signal);
    return hooks === 'unsupported' ? 0 : hooks.length;
  };

  it.each([0, 1, 20, 99, 100, 101, 250])('%i objects with every header', async (total) => {
    const { client } = await serve((request) => {
      const { data, page, size, more } = pageOf(request, many(total));
      const next = more ? String(page + 1) : '';
      const headers = { 'x-next-page': next, 'x-per-page': String(size), 'x-page': String(page) };
      return json(200, data, headers);
    });
    expect(await count(client)).toBe(total);
  });

  it.each([1, 20, 100, 101, 200, 250])('%i objects behind a proxy that drops every header', async (total) => {
    const { client } = await serve((request) => json(200, pageOf(request, many(total)).data));
    expect(await count(client)).toBe(total);
  });

  it('from a server that gives smaller pages than asked for, and no headers', async () => {
    const { client } = await serve((request) => json(200, pageOf(request, many(75), 20).data));
    expect(await count(client)).toBe(75);
  });

  it('from a server that does not heed the page: asked twice, then taken as it is', async () => {
    const { client, seen } = await serve(() => json(200, many(100)));
    expect(await count(client)).toBe(100);
    expect(seen).toHaveLength(2);
  });
});

describe('a hook address that GitLab will not call', () => {
  const blocked = async (url: string): Promise<ChatopsError> => {
    const { client } = await serve(() => json(422, { error: 'Invalid url given' }));
    return failure(client.createHook(PLACE, { ...wanted, url: new Secret(url) }, signal));
  };

  it.each([
    'http://rocketchat:3000/hooks/x',
    'http://10.1.2.3/hooks/x',
    'http://chat.localhost/x',
    'http://[::1]:3000/x',
  ])('is said to be blocked by the outbound rules, with the setting: %s', async (url) => {
    const error = await blocked(url);
    expect(error.code).toBe('OUTBOUND_BLOCKED');
    expect(error.why).toContain('outbound_local_requests_whitelist');
    expect(error.next).toContain("the chat's public URL");
  });

  it('with a public name leaves both open: unknown there, or private there', async () => {
    const error = await blocked('https://chat.example.com/hooks/x');
    expect(error.code).toBe('OUTBOUND_BLOCKED');
    expect(error.why).toContain('does not resolve');
  });

  it('is not mixed up with another refused field', async () => {
    const { client } = await serve(() => json(422, { error: 'Invalid branch filter given' }));
    expect((await failure(client.createHook(PLACE, wanted, signal))).code).toBe('UNEXPECTED_ANSWER');
  });
});

describe('addresses', () => {
  it('a trailing slash in the URL makes no double slash', async () => {
    const { client, seen } = await serve(() => VERSION, { trailing: '/' });
    await client.version(signal);
    expect(seen[0]?.path).toBe('/api/v4/version');
  });

  it('a GitLab below a path keeps it', async () => {
    const { client, seen } = await serve(() => VERSION, { trailing: '/gitlab' });
    await client.version(signal);
    expect(seen[0]?.path).toBe('/gitlab/api/v4/version');
  });

  it('a name under .localhost is the loopback, without asking a resolver', async () => {
    const { client, seen } = await serve(() => VERSION, { host: 'git.chatops.localhost' });
    expect((await client.version(signal)).major).toBe(19);
    expect(seen[0]?.headers.host).toMatch(/^git\.chatops\.localhost:/);
  });

  it('a project is found although a proxy decodes %2F in its path', async () => {
    const project = { id: 7, path_with_namespace: 'ops/app', default_branch: 'main' };
    const { client } = await serve(({ path, query }) => {
      if (path.includes('%2F')) return json(404, { error: '404 Not Found' });
      return json(
        200,
        query.get('search') === 'app' ? [{ ...project, id: 6, path_with_namespace: 'x/app' }, project] : [],
      );
    });
    expect(await client.findProject('ops/app', signal)).toMatchObject({ id: 7 });
    expect(await client.findProject('ops/none', signal)).toBeUndefined();
  });

  it('listing and changing system hooks never sends the POST that fires one', async () => {
    const { client, seen } = await serve(({ method }) => json(200, method === 'GET' ? [HOOK] : HOOK));
    await client.listHooks({ kind: 'instance' }, signal);
    await client.updateHook({ kind: 'instance' }, 1, wanted, signal);
    expect(seen.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /api/v4/hooks', 'PUT /api/v4/hooks/1']);
  });

  it('every change of a hook carries its address, its secret and each event by name', async () => {
    const { client, seen } = await serve(() => json(200, HOOK));
    await client.updateHook(PLACE, 1, wanted, signal);
    const body = JSON.parse(seen[0]?.body.toString() ?? '{}') as Record<string, unknown>;
    expect(body).toMatchObject({
      url: wanted.url.reveal(),
      token: 'hook-secret',
      push_events: true,
      issues_events: false,
    });
    expect(body.merge_requests_events).toBe(false);
  });
});

describe('a runner token', () => {
  const verdict = async (reply: StandinReply) =>
    (await serve(() => reply)).client.verifyRunner(new Secret('glrt-x'), signal);

  it('is alive on 200 and dead on 403', async () => {
    expect(await verdict(json(200, { id: 3, token: 'glrt-x' }))).toEqual({ kind: 'alive', id: 3 });
    expect(await verdict(json(403, { message: '403 Forbidden' }))).toEqual({ kind: 'dead' });
  });

  it('is neither on 422, 429, 500 and 502', async () => {
    for (const status of [422, 429, 500, 502]) await expect(verdict(json(status, {}))).rejects.toThrow();
  });

  it('is asked about without the token of the administrator', async () => {
    const { client, seen } = await serve(() => json(200, { id: 3 }));
    await client.verifyRunner(new Secret('glrt-x'), signal);
    expect(seen[0]?.headers['private-token']).toBeUndefined();
  });
});
