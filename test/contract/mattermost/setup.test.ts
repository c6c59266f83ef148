/** What a setup asks of Mattermost, judged by the vendor's OpenAPI file: what is sent, and what the stand-in answers. */
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contractData } from '../../helpers/contract-data.ts';
import { type RunningMattermost, startMattermost } from '../../standins/mattermost/start-mattermost.ts';

interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >;
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: the answers are judged by their schemas.
  readonly body: any;
}

const drawn = contractData('mattermost/openapi-v4.subset.json') as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};
const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false, logger: false, validateFormats: false });
ajv.addSchema({ $id: 'mattermost', ...drawn });

const rooted = (schema: object): object => JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"mattermost#/'));

const problems = (schema: object | undefined, value: unknown): readonly string[] => {
  if (schema === undefined) return [];
  const validate = ajv.compile(rooted(schema));
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
};

const operationOf = (method: string, path: string): Operation => {
  const found = Object.entries(drawn.paths).find(
    ([template, methods]) =>
      method.toLowerCase() in methods && new RegExp(`^${template.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`).test(path),
  );
  const operation = found?.[1][method.toLowerCase()];
  if (!operation) throw new Error(`${method} ${path} is not drawn`);
  return operation;
};

/** The file says 201 where a server says 200, and the other way round. */
const schemaOf = ({ responses }: Operation, status: number): object | undefined => {
  const success = responses['200'] ?? responses['201'];
  const found = status < 400 ? success : undefined;
  return status < 400 ? found?.content?.['application/json']?.schema : { $ref: '#/components/schemas/AppError' };
};

let mattermost: RunningMattermost;
let token = '';

const call = async (method: string, path: string, sent?: object): Promise<Answer> => {
  const [plain = ''] = path.split('?');
  const operation = operationOf(method, `/api/v4${plain}`);
  const response = await fetch(`${mattermost.url}/api/v4${path}`, {
    method,
    headers: token === '' ? {} : { Authorization: `Bearer ${token}` },
    ...(sent ? { body: JSON.stringify(sent) } : {}),
  });
  const body = await response.json();
  if (sent) expect(problems(operation.requestBody?.content['application/json']?.schema, sent)).toEqual([]);
  expect([path, problems(schemaOf(operation, response.status), body)]).toEqual([path, []]);
  return { status: response.status, headers: response.headers, body };
};

const idOf = async (answer: Promise<Answer>): Promise<string> => (await answer).body.id as string;

const refused = async (answer: Promise<Answer>): Promise<readonly unknown[]> => {
  const { status, body } = await answer;
  return [status, body.id];
};

const person = (username: string) => ({ username, email: `${username}@example.org`, password: 'a-long-password' });

const logIn = async (username: string): Promise<string> => {
  token = '';
  const body = { login_id: username, password: 'a-long-password' };
  return (await call('POST', '/users/login', body)).headers.get('Token') ?? '';
};

const ENV = {
  MM_SQLSETTINGS_DATASOURCE: 'postgres://mattermost:secret@postgres:5432/mattermost',
  MM_SERVICESETTINGS_ENABLEBOTACCOUNTCREATION: 'true',
  MM_SERVICESETTINGS_ENABLEUSERACCESSTOKENS: 'true',
};

describe('a Mattermost at its first start', () => {
  beforeAll(async () => {
    mattermost = await startMattermost(ENV);
  });
  afterAll(() => mattermost.stop());

  it('says that there are no accounts, to everybody', async () => {
    expect((await call('GET', '/config/client?format=old')).body.NoAccounts).toBe('true');
  });

  it('makes the first account its administrator, though signing up is closed', async () => {
    const { status, body } = await call('POST', '/users', person('chief'));
    expect([status, body.roles]).toEqual([201, 'system_admin system_user']);
    expect(await refused(call('POST', '/users', person('second')))).toEqual([
      403,
      'api.user.create_user.no_open_server',
    ]);
    expect((await call('GET', '/config/client?format=old')).body.NoAccounts).toBe('false');
  });

  it('makes a team, whose maker is in it and in its two channels', async () => {
    token = await logIn('chief');
    const { status, body: team } = await call('POST', '/teams', { name: 'works', display_name: 'Works', type: 'O' });
    expect(status).toBe(201);
    const me = await idOf(call('GET', '/users/username/chief'));
    expect((await call('GET', `/teams/${team.id}/members`)).body).toMatchObject([{ user_id: me }]);
    const square = await idOf(call('GET', `/teams/${team.id}/channels/name/town-square`));
    expect((await call('GET', `/channels/${square}/members/${me}`)).status).toBe(200);
  });

  it('makes channels with header and purpose, open and by invitation', async () => {
    const team_id = await idOf(call('GET', '/teams/name/works'));
    const wanted = { team_id, name: 'board', display_name: 'board', type: 'P', header: 'Agenda', purpose: 'To decide' };
    expect(await call('POST', '/channels', wanted)).toMatchObject({ status: 201, body: wanted });
    const { body } = await call('GET', `/teams/${team_id}/channels/name/board?include_deleted=true`);
    expect(body).toMatchObject(wanted);
    const changed = { id: body.id, header: 'Next agenda', purpose: 'To decide' };
    expect((await call('PUT', `/channels/${body.id}`, changed)).body).toMatchObject(changed);
  });

  it('takes members of the team into a channel, and nobody else', async () => {
    const team = await idOf(call('GET', '/teams/name/works'));
    const channel = await idOf(call('GET', `/teams/${team}/channels/name/board`));
    const alice = await idOf(call('POST', '/users', person('alice')));
    const asked = { user_id: alice };
    expect(await refused(call('POST', `/channels/${channel}/members`, asked))).toEqual([
      404,
      'app.team.get_member.missing.app_error',
    ]);
    expect((await call('POST', `/teams/${team}/members`, { team_id: team, user_id: alice })).status).toBe(201);
    expect((await call('POST', `/channels/${channel}/members`, asked)).status).toBe(201);
    expect((await call('GET', `/channels/${channel}/members?page=0&per_page=200`)).body).toHaveLength(2);
  });

  it('gives an account another role', async () => {
    const alice = await idOf(call('GET', '/users/username/alice'));
    await call('PUT', `/users/${alice}/roles`, { roles: 'system_user system_admin' });
    expect((await call('GET', '/users/username/alice')).body.roles).toBe('system_user system_admin');
  });

  it('makes a bot, which no password opens, and shows the text of its token once', async () => {
    const { status, body: bot } = await call('POST', '/bots', { username: 'robot', display_name: 'Robot' });
    expect(status).toBe(201);
    const made = await call('POST', `/users/${bot.user_id}/tokens`, { description: 'ours' });
    expect(made.body.token).toMatch(/^[a-z0-9]{26}$/);
    const [shown] = (await call('GET', `/users/${bot.user_id}/tokens`)).body;
    expect(shown).toEqual({ id: made.body.id, user_id: bot.user_id, description: 'ours', is_active: true });
    const admin = token;
    expect(await logIn('robot')).toBe('');
    token = admin;
  });

  it('makes an incoming webhook, through which anybody posts who knows it', async () => {
    const team = await idOf(call('GET', '/teams/name/works'));
    const channel_id = await idOf(call('GET', `/teams/${team}/channels/name/board`));
    const wanted = { channel_id, display_name: 'ours', description: 'for a test', channel_locked: true };
    const { status, body: hook } = await call('POST', '/hooks/incoming', wanted);
    expect([status, hook]).toMatchObject([201, { ...wanted, team_id: team }]);
    expect((await call('GET', `/hooks/incoming?team_id=${team}&page=0&per_page=200`)).body).toEqual([hook]);
    const post = (text: object) =>
      fetch(`${mattermost.url}/hooks/${hook.id}`, { method: 'POST', body: JSON.stringify(text) });
    expect(await (await post({ text: 'hello' })).text()).toBe('ok');
    expect((await post({ text: 'hello', channel: 'town-square' })).status).toBe(403);
    const changed = { id: hook.id, ...wanted, channel_locked: false };
    expect((await call('PUT', `/hooks/incoming/${hook.id}`, changed)).body).toMatchObject(changed);
    expect((await post({ text: 'hello', channel: 'town-square' })).status).toBe(200);
  });

  it.each([
    ['an account', '/users', person('chief'), 'app.user.save.username_exists.app_error'],
    [
      'an address',
      '/users',
      { ...person('other'), email: 'CHIEF@example.org' },
      'app.user.save.email_exists.app_error',
    ],
    ['a team', '/teams', { name: 'works', display_name: 'W', type: 'O' }, 'app.team.save.existing.app_error'],
    ['a bot', '/bots', { username: 'alice' }, 'app.user.save.username_exists.app_error'],
  ])('refuses %s that is there already', async (_what, path, body, id) => {
    expect(await refused(call('POST', path, body))).toEqual([400, id]);
  });

  it('keeps the name of an archived channel, which is shown to who asks for archived ones', async () => {
    const team_id = await idOf(call('GET', '/teams/name/works'));
    const wanted = { team_id, name: 'old', display_name: 'old', type: 'O' };
    const id = await idOf(call('POST', '/channels', wanted));
    await call('DELETE', `/channels/${id}`);
    expect(await refused(call('POST', '/channels', wanted))).toEqual([
      400,
      'store.sql_channel.save_channel.exists.app_error',
    ]);
    expect((await call('GET', `/teams/${team_id}/channels/name/old`)).status).toBe(404);
    const { body } = await call('GET', `/teams/${team_id}/channels/name/old?include_deleted=true`);
    expect(body.delete_at).toBeGreaterThan(0);
    await call('POST', `/channels/${id}/restore`);
    expect((await call('GET', `/teams/${team_id}/channels/name/old`)).status).toBe(200);
  });

  it('says that its database is missing when it is asked for that, and lives', async () => {
    expect((await call('GET', '/system/ping')).body.status).toBe('OK');
    const response = await fetch(`${mattermost.url}/api/v4/system/ping?get_server_status=true`);
    expect([response.status, response.headers.get('database_status')]).toEqual([500, 'UNHEALTHY']);
    expect(await response.json()).toMatchObject({ status: 'UNHEALTHY', filestore_status: 'OK' });
  });
});

describe('a Mattermost that is started as a server is by default', () => {
  it('makes no bots', async () => {
    const { MM_SQLSETTINGS_DATASOURCE } = ENV;
    mattermost = await startMattermost({ MM_SQLSETTINGS_DATASOURCE });
    token = '';
    await call('POST', '/users', person('chief'));
    token = await logIn('chief');
    expect(await refused(call('POST', '/bots', { username: 'robot' }))).toEqual([403, 'api.bot.create_disabled']);
    await mattermost.stop();
  });
});
