import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttp } from '../../../src/adapters/http.ts';
import type { Http } from '../../../src/contracts/http.ts';
import { createMattermostBotSink } from '../../../src/parts/mattermost/client/bot-sink.ts';
import { createMattermostWebhookSink } from '../../../src/parts/mattermost/client/webhook-sink.ts';
import { Secret } from '../../../src/values/secret.ts';
import { contractData } from '../../helpers/contract-data.ts';
import { type RunningMattermost, startMattermost } from '../../standins/mattermost/start-mattermost.ts';

interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly sent: unknown;
  readonly status: number;
  readonly answer: unknown;
}

const json = (name: string): unknown => contractData(`mattermost/${name}`);

describe('what the relay and a Mattermost say to each other', () => {
  let mattermost: RunningMattermost;
  const exchanges: Exchange[] = [];
  const parsed = (text: string | undefined): unknown => (text?.startsWith('{') ? JSON.parse(text) : text);
  const recording = (http: Http): Http => ({
    ...http,
    request: async (asked) => {
      const response = await http.request(asked);
      const path = new URL(asked.url).pathname;
      const { status, body } = response;
      exchanges.push({ method: asked.method, path, sent: parsed(asked.body), status, answer: parsed(body) });
      return response;
    },
  });
  const { signal } = new AbortController();
  const body = { message: 'running', attachments: [{ fallback: 'a', color: '#2da160', text: 'more' }] };

  beforeAll(async () => {
    mattermost = await startMattermost();
    const http = recording(createHttp());
    const { world, url: base } = mattermost;
    const bot = createMattermostBotSink({ http, base, token: new Secret(world.bot.token), team: 'works' });
    expect(await bot.trouble(['builds'], signal)).toBeUndefined();
    const posted = await bot.post('builds', 'key', body, signal);
    if (posted.kind !== 'done' || posted.id === undefined) throw new Error('not posted');
    expect(await bot.update('builds', posted.id, 'key', { message: 'passed' }, signal)).toEqual({ kind: 'done' });
    expect(await bot.find('builds', 'key', signal)).toEqual({ kind: 'found', id: posted.id });
    expect(await bot.post('closed', 'key', body, signal)).toMatchObject({ kind: 'later' });
  });
  afterAll(() => mattermost.stop());

  const problems = (schema: object, value: unknown): readonly string[] => {
    const ajv = new Ajv({
      strict: false,
      allErrors: true,
      validateSchema: false,
      logger: false,
      validateFormats: false,
    });
    ajv.addSchema({ $id: 'mattermost', ...(json('openapi-v4.subset.json') as object) });
    const validate = ajv.compile(schema);
    validate(value);
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
  const schemaNamed = (name: string) => ({ $ref: `mattermost#/components/schemas/${name}` });
  const one = (method: string, path: RegExp, status = 200): Exchange => {
    const found = exchanges.find((each) => each.method === method && path.test(each.path) && each.status === status);
    if (!found) throw new Error(`never said: ${method} ${path} ${status}`);
    return found;
  };
  const requestSchema = (path: string, method: string) => {
    const { paths } = json('openapi-v4.subset.json') as { paths: Record<string, Record<string, never>> };
    const { requestBody } = (paths[path]?.[method] ?? {}) as {
      requestBody?: { content: Record<string, { schema: object }> };
    };
    return requestBody?.content['application/json']?.schema ?? { not: {} };
  };

  it('asks for a post as drawn, and for nothing that is not drawn but the id that keeps it from being there twice', () => {
    const { sent } = one('POST', /posts$/, 201);
    const schema = requestSchema('/api/v4/posts', 'post') as { properties: Record<string, unknown> };
    expect(problems(schema, sent)).toEqual([]);
    const unknown = Object.keys(sent as object).filter((key) => !(key in schema.properties));
    expect(unknown).toEqual(['pending_post_id']);
  });

  it('changes a post as drawn; its props are a mapping, as the vendor’s client sends them, and not the text in the file', () => {
    const { props, ...rest } = one('PUT', /patch$/).sent as Record<string, unknown>;
    expect(problems(requestSchema('/api/v4/posts/{post_id}/patch', 'put'), rest)).toEqual([]);
    expect(props).toEqual({ chatops_up: 'key' });
  });

  it.each([
    ['a new post', 'Post', 'POST', /posts$/, 201],
    ['a changed post', 'Post', 'PUT', /patch$/, 200],
    ['a page of posts', 'PostList', 'GET', /channels\/[^/]+\/posts$/, 200],
    ['a channel', 'Channel', 'GET', /channels\/name\/builds$/, 200],
    ['a member', 'ChannelMember', 'GET', /members\//, 200],
    ['the bot', 'User', 'GET', /users\/me$/, 200],
    ['a refusal', 'AppError', 'POST', /posts$/, 403],
  ] as const)('the stand-in answers %s as drawn', (_name, schema, method, path, status) => {
    expect(problems(schemaNamed(schema), one(method, path, status).answer)).toEqual([]);
  });

  it('the stand-in refuses webhooks as the table of the contract has it', async () => {
    const table = json('webhook-responses.json') as readonly { when: string; status: number; id?: string }[];
    const send = async (hook: string, text: string): Promise<readonly unknown[]> => {
      const response = await fetch(`${mattermost.url}/hooks/${hook}`, { method: 'POST', body: text });
      return [response.status, (JSON.parse(await response.text()) as { id: string }).id];
    };
    const { hook } = mattermost.world;
    const cases: readonly (readonly [string, string, string])[] = [
      ['body is not JSON', hook, '{'],
      ['no text and no attachments', hook, '{}'],
      ['unknown or deleted hook id', 'unknown', '{"text":"a"}'],
      ['channel override names no channel', hook, '{"text":"a","channel":"nowhere"}'],
    ];
    for (const [when, name, text] of cases) {
      const wanted = table.find((row) => row.when === when);
      expect([when, ...(await send(name, text))]).toEqual([when, wanted?.status, wanted?.id]);
    }
  });

  it('a webhook takes what the relay sends, and answers ok as text', async () => {
    const { world, url: base } = mattermost;
    const sink = createMattermostWebhookSink({ http: createHttp(), base, hook: new Secret(world.hook) });
    expect(await sink.post('ops', 'key', body, signal)).toEqual({ kind: 'done' });
    const [post] = [...world.posts.values()].slice(-1);
    expect(post).toMatchObject({ message: 'running', props: { from_webhook: 'true', attachments: body.attachments } });
  });
});
