import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contractData } from '../helpers/contract-data.ts';
import { type Answer, call, type StartedGitLab, startGitLab } from '../standins/gitlab/start-gitlab.ts';
import { startReceiver } from '../standins/gitlab/start-receiver.ts';

interface ContractError {
  readonly status: number;
  readonly body: unknown;
  readonly when: string;
}
interface Endpoint {
  readonly method: string;
  readonly path: string;
  readonly success: {
    readonly status: number | null;
    readonly body?: unknown;
    readonly headers?: Record<string, string>;
  };
  readonly errors?: readonly ContractError[];
}

const { endpoints } = contractData<{ readonly endpoints: readonly Endpoint[] }>('gitlab/api-endpoints.json');

const GONE = 99_999;
const HOOK_URL = 'http://rocketchat:3000/hooks/x/y';
const BLOCKED_URL = 'http://10.1.2.3/hooks';

let gitlab: StartedGitLab;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let developer = '';
let stranger = '';
let readOnly = '';
let runnerOnly = '';
let projectId = 0;
let hookId = 0;
let systemHookId = 0;

interface Wanted {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly token?: string;
}

const send = ({ method, path, body, token }: Wanted): Promise<Answer> =>
  path.startsWith('/-/')
    ? fetch(`${gitlab.url}${path}`).then(async (answer) => {
        const text = await answer.text();
        const isJson = answer.headers.get('content-type')?.includes('json') === true;
        return { status: answer.status, headers: answer.headers, text, body: isJson ? JSON.parse(text) : undefined };
      })
    : call(gitlab, method, path, body, token ?? gitlab.token);

const newRunner = async (token = `glrt-${Math.random().toString(36).slice(2).padEnd(20, 'x')}`) => {
  const runner = gitlab.server.controls.addRunner({ token, description: 'contract', tags: ['docker'] });
  return { id: runner.id, token };
};

/** A request of this endpoint that succeeds. */
const good = async ({ method, path }: Endpoint): Promise<Wanted> => {
  const short = path.replace('/api/v4', '');
  const filled = short
    .replace('/projects/:id', `/projects/${projectId}`)
    .replace('/groups/:id', '/groups/ops')
    .replace('/test/:trigger', '/test/push_events')
    .replace('/custom_headers/:key', '/custom_headers/X-Ours');
  const throwAway = async () =>
    (
      await call(gitlab, 'POST', short.startsWith('/hooks') ? '/hooks' : `/projects/${projectId}/hooks`, {
        url: HOOK_URL,
      })
    ).body.id as number;
  const hook = method === 'DELETE' ? await throwAway() : short.startsWith('/hooks') ? systemHookId : hookId;
  const runner = await newRunner();
  const url = filled.replace(':hook_id', String(hook)).replace(':id', String(runner.id));
  const bodies: Readonly<Record<string, unknown>> = {
    'POST /user/runners': { runner_type: 'instance_type', tag_list: 'docker,linux' },
    'PUT /runners/:id': { description: 'other' },
    'POST /runners/:id/reset_authentication_token': {},
    'POST /runners/verify': { token: runner.token, system_id: 's_000000000001' },
    'POST /jobs/request': { token: runner.token, system_id: 's_000000000001' },
    'POST /runners': { token: 'registration-token-1' },
    'DELETE /runners': { token: runner.token },
    'DELETE /runners/managers': { token: runner.token, system_id: 's_000000000001' },
    'POST /projects/:id/hooks': { url: HOOK_URL },
    'PUT /projects/:id/hooks/:hook_id': { url: HOOK_URL, push_events: true },
    'PUT /projects/:id/hooks/:hook_id/custom_headers/:key': { value: 'v' },
    'POST /projects/:id/hooks/:hook_id/test/:trigger': {},
    'POST /hooks': { url: HOOK_URL },
    'PUT /hooks/:hook_id': { url: HOOK_URL, push_events: true },
    'POST /hooks/:hook_id': {},
    'PUT /application/settings': { push_event_hooks_limit: 3 },
  };
  const body = bodies[`${method} ${short}`];
  if (short === '/runners/managers')
    await call(gitlab, 'POST', '/runners/verify', { token: runner.token, system_id: 's_000000000001' });
  if (short === '/runners/:id/managers')
    await call(gitlab, 'POST', '/runners/verify', {
      token: runner.token,
      system_id: 's_000000000002',
      info: { version: '19.3.0' },
    });
  if (short === '/runners') gitlab.server.controls.changeSettings({ allow_runner_registration_token: true });
  return { method, path: url, ...(body === undefined ? {} : { body }) };
};

const withBody = (wanted: Wanted, changes: Record<string, unknown>): Wanted => ({
  ...wanted,
  body: { ...(wanted.body as Record<string, unknown> | undefined), ...changes },
});

/** Brings the error about; undefined when no client can. */
const provoke = async (endpoint: Endpoint, error: ContractError): Promise<Answer | undefined> => {
  const wanted = await good(endpoint);
  const { status, when } = error;
  const text = JSON.stringify(error.body);
  const { faults, controls } = gitlab.server;
  if (endpoint.path.startsWith('/-/')) {
    if (status === 404) controls.health.clientAllowList = ['192.0.2.0/24'];
    if (status === 503 && endpoint.path.endsWith('readiness'))
      controls.health.readinessFailure = 'unexpected Master check result: false';
    else if (status === 503 && endpoint.path.endsWith('liveness')) controls.health.stuck = true;
    else if (status !== 404) return undefined;
    const answer = await send(wanted);
    controls.health.clientAllowList = ['127.0.0.0/8'];
    controls.health.readinessFailure = undefined;
    controls.health.stuck = false;
    return answer;
  }
  if (status === 401) {
    if (when === 'expired') return send({ ...wanted, token: controls.addToken('root', { expiresAt: '2020-01-01' }) });
    if (when === 'revoked') return send({ ...wanted, token: controls.addToken('root', { revoked: true }) });
    return send({ ...wanted, token: when.startsWith('unknown') ? 'glpat-unknown' : '' });
  }
  if (text.includes('insufficient_scope')) return send({ ...wanted, token: readOnly });
  if (text.includes('Insufficient permissions')) return send({ ...wanted, token: developer });
  if (text.includes('No access granted')) return send({ ...wanted, token: developer });
  if (status === 410) {
    controls.changeSettings({ allow_runner_registration_token: false });
    return send(withBody(wanted, { token: 'whatever' }));
  }
  if (text.includes('invalid token supplied')) return send(withBody(wanted, { token: 'whatever' }));
  if (text === '{"message":"403 Forbidden"}') {
    const byToken = /^\/(runners(\/verify|\/managers)?|jobs\/request)$/.test(endpoint.path.replace('/api/v4', ''));
    if (byToken && endpoint.method !== 'GET') return send(withBody(wanted, { token: 'glrt-dead' }));
    return send({ ...wanted, token: developer });
  }
  if (text.includes('404 Project Not Found')) return send({ ...wanted, token: stranger });
  if (text.includes('404 Runner manager')) return send(withBody(wanted, { system_id: 's_aaaaaaaaaaaa' }));
  if (text === '{"error":"404 Not Found"}')
    return endpoint.method === 'ANY' ? send({ method: 'GET', path: '/nowhere' }) : send(wanted);
  if (text === '{"message":"404 Not found"}') {
    const path = wanted.path.includes('/hooks/')
      ? wanted.path.replace(/\/hooks\/\d+/, `/hooks/${GONE}`)
      : wanted.path.replace(/\/runners\/\d+/, `/runners/${GONE}`);
    return send({ ...wanted, path });
  }
  if (status === 405) return send({ method: 'DELETE', path: '/version' });
  if (text.includes('url is missing')) return send({ ...wanted, body: { push_events: true } });
  if (text.includes('runner_type is missing')) return send({ ...wanted, body: {} });
  if (text.includes('group_id is missing')) return send({ ...wanted, body: { runner_type: 'group_type' } });
  if (text.includes('token is missing')) return send({ ...wanted, body: {} });
  if (text.includes('400 Bad request -')) return send(withBody(wanted, { maximum_timeout: 5 }));
  if (text.includes('at least one parameter')) return send({ ...wanted, body: {} });
  if (text.includes('maximum_timeout')) return send(withBody(wanted, { maximum_timeout: 5 }));
  if (text.includes('Scope contains')) return send({ ...wanted, path: `${wanted.path}?scope=nonsense` });
  if (text.includes('status does not')) return send({ ...wanted, path: `${wanted.path}?status=nonsense` });
  if (text.includes('Invalid url given')) {
    // System hooks may call private addresses by default; an empty address is refused for all.
    return send(
      withBody(wanted, { url: endpoint.path.startsWith('/api/v4/hooks') ? 'ftp://example.com/' : BLOCKED_URL }),
    );
  }
  if (text.includes('Invalid branch filter')) return send(withBody(wanted, { push_events_branch_filter: 'a b..c' }));
  if (text.includes('full model messages'))
    return send(withBody(wanted, { custom_headers: [{ key: 'not a header', value: 'v' }] }));
  if (text.includes('No parameters provided')) return send({ ...wanted, body: {} });
  if (text.includes('receiver body')) {
    receiver.answer = { status: 500, body: 'script error' };
    const answer = await send(wanted);
    receiver.answer = { status: 200, body: '{}' };
    return answer;
  }
  if (text.includes('trigger does not'))
    return send({ ...wanted, path: wanted.path.replace('push_events', 'nonsense') });
  if (text.includes('This endpoint has been requested')) {
    const tries = await Promise.all([1, 2, 3, 4, 5, 6].map(() => send(wanted)));
    return tries.find((answer) => answer.status === 429);
  }
  if (text.includes('Executing database migrations') || (status === 429 && error.body === null)) {
    const body = JSON.stringify(error.body);
    faults.add({
      match: '^POST /api/v4/(runners/verify|jobs/request)',
      effect: { kind: 'status', status, body, headers: { 'Content-Type': 'application/json', 'Retry-After': '60' } },
    });
    return send(wanted);
  }
  if (text.includes('<setting>')) return send({ ...wanted, body: { push_event_hooks_limit: -1 } });
  return undefined;
};

/** `<…>` in a contract's text stands for anything. */
const fitsText = (expected: string, actual: unknown): boolean =>
  typeof actual === 'string' &&
  (expected.includes('<') ? actual.startsWith(expected.split('<')[0] ?? '') : actual === expected);

const fitsBody = (expected: unknown, actual: unknown): boolean => {
  if (expected === null || expected === '') return true;
  if (typeof expected === 'string') return fitsText(expected, actual);
  if (typeof expected !== 'object') return expected === actual;
  if (Array.isArray(expected))
    return Array.isArray(actual) && expected.every((one, index) => fitsBody(one, actual[index]));
  return Object.entries(expected).every(([key, value]) => {
    const record = (actual ?? {}) as Record<string, unknown>;
    return key.startsWith('<') ? Object.keys(record).length > 0 : fitsBody(value, record[key]);
  });
};

const fieldsOf = (value: unknown): readonly string[] => {
  const one = Array.isArray(value) ? value[0] : value;
  return typeof one === 'object' && one !== null ? Object.keys(one) : [];
};

/** Contracts that say "as GET" point at another endpoint of the list. */
const successBody = (endpoint: Endpoint): unknown => {
  const { body } = endpoint.success;
  if (body === 'as /version') return endpoints.find(({ path }) => path.endsWith('/version'))?.success.body;
  if (body === 'as GET')
    return endpoints.find(({ method, path }) => method === 'GET' && path === endpoint.path)?.success.body;
  if (body === 'whole settings object')
    return endpoints.find(({ method, path }) => method === 'GET' && path.endsWith('/settings'))?.success.body;
  return body;
};

const notReachable = (endpoint: Endpoint, error: ContractError): string | undefined => {
  if (error.status === 502 || error.status === 500) return 'see the tests of boot and faults';
  if (error.status === 422 && /orphan/.test(error.when)) return 'it keeps no runners of deleted projects';
  if (error.status === 409) return 'requests are handled one after the other';
  return error.status === 429 && endpoint.path.includes('unknown') ? 'see the tests of faults' : undefined;
};

let ran = 0;
let unreachable = 0;

describe('the stand-in answers as the endpoint contracts say', () => {
  beforeAll(async () => {
    receiver = await startReceiver();
    gitlab = await startGitLab({
      names: { 'rocketchat:3000': receiver.port },
      env: { GITLAB_SHARED_RUNNERS_REGISTRATION_TOKEN: 'registration-token-1' },
      // The limit of test calls is by simulated minute: a slow clock keeps six of them within one.
      speed: 20,
    });
    const { controls } = gitlab.server;
    controls.changeSettings({ outbound_local_requests_whitelist: ['rocketchat:3000'] });
    projectId = controls.addProject('ops/demo').id;
    controls.addUser({ username: 'dev' });
    controls.addUser({ username: 'stranger' });
    controls.giveRole('dev', 'ops/demo', 'developer');
    developer = controls.addToken('dev');
    stranger = controls.addToken('stranger');
    readOnly = controls.addToken('root', { scopes: ['read_api'] });
    runnerOnly = controls.addToken('root', { scopes: ['create_runner'] });
    await call(gitlab, 'POST', `/projects/${projectId}/repository/commits`, {
      branch: 'main',
      commit_message: 'first',
      actions: [{ action: 'create', file_path: 'README.md', content: 'hello' }],
    });
    hookId = (await call(gitlab, 'POST', `/projects/${projectId}/hooks`, { url: HOOK_URL, push_events: false })).body
      .id;
    systemHookId = (await call(gitlab, 'POST', '/hooks', { url: HOOK_URL, push_events: false })).body.id;
    await call(gitlab, 'POST', '/user/runners', { runner_type: 'project_type', project_id: projectId });
  });

  afterAll(async () => {
    process.stderr.write(
      `GitLab endpoint contracts: ${endpoints.length} endpoints, ${ran} cases ran, ${unreachable} cannot be brought about by a client\n`,
    );
    await gitlab.stop();
    await receiver.stop();
  });

  describe.each(endpoints.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const))(
    '%s',
    (_name, endpoint) => {
      const { success } = endpoint;
      if (success.status !== null && endpoint.path !== '/api/v4/groups/:id/hooks')
        it(`succeeds with ${success.status} and the contract's fields`, async () => {
          const answer = await send(await good(endpoint));
          ran += 1;
          expect(answer.status, answer.text).toBe(success.status);
          const expected = successBody(endpoint);
          if (typeof expected === 'string')
            expect(fitsBody(expected, answer.body ?? answer.text) || expected.startsWith('list of')).toBe(true);
          expect(fieldsOf(answer.body)).toEqual(expect.arrayContaining([...fieldsOf(expected)]));
          for (const header of Object.keys(success.headers ?? {})) expect(answer.headers.get(header)).not.toBeNull();
        });

      for (const error of endpoint.errors ?? []) {
        const excuse = notReachable(endpoint, error);
        if (excuse !== undefined) {
          unreachable += 1;
          continue;
        }
        it(`${error.status} ${JSON.stringify(error.body)} ${error.when}`, async () => {
          const answer = await provoke(endpoint, error);
          ran += 1;
          expect(answer?.status, answer?.text).toBe(error.status);
          expect(fitsBody(error.body, answer?.body ?? answer?.text), answer?.text).toBe(true);
        });
      }
    },
  );

  it('a token of scope create_runner alone creates runners and lists none', async () => {
    const made = await call(gitlab, 'POST', '/user/runners', { runner_type: 'instance_type' }, runnerOnly);
    const listed = await call(gitlab, 'GET', '/runners/all', undefined, runnerOnly);
    expect([made.status, listed.status]).toEqual([201, 403]);
  });
});
