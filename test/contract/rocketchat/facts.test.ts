import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contractData } from '../../helpers/contract-data.ts';
import { type Answer, type RunningChat, startRocketChat } from '../../standins/rocketchat/start-rocketchat.ts';
import { ERROR_SITUATIONS } from './error-situations.ts';
import { differences } from './template.ts';
import { probe, sandboxView, shortProbe, WEBHOOK_SITUATIONS } from './webhook-situations.ts';

interface Shape {
  readonly call?: string;
  readonly when: string;
  readonly status: number | null;
  readonly body?: unknown;
  readonly errorType?: string;
  readonly headers?: readonly string[];
  readonly posted?: number;
  readonly contentType?: string;
  readonly versions?: string;
}

const read = (name: string): Record<string, unknown> => contractData(`rocketchat/${name}`);

const SECTIONS = ['general', 'login', 'users', 'rooms', 'integrations', 'settings', 'chat'];
const errorShapes = read('error-shapes.json');
const shapes = SECTIONS.flatMap((section) =>
  ((errorShapes[section] ?? []) as Shape[]).map((shape) => ({
    key: `${section}|${shape.call ?? ''}|${shape.when}`,
    shape,
  })),
);
const webhook = read('webhook.json');
const hookCases = (webhook.cases ?? []) as Shape[];

const judge = (shape: Shape, answer: Answer): void => {
  if (shape.status !== null) expect(answer.status).toBe(shape.status);
  if (shape.status === null) expect(answer.text).toBe('ECONNREFUSED');
  if (shape.errorType !== undefined) expect(answer.body.errorType).toBe(shape.errorType);
  if (shape.contentType !== undefined) expect(answer.headers.get('content-type')).toContain(shape.contentType);
  for (const name of shape.headers ?? []) expect(answer.headers.get(name)).toMatch(/^\d+$/);
  if (shape.body !== undefined && !String(shape.body).startsWith('the object'))
    expect(differences(shape.body, answer.body ?? answer.text)).toEqual([]);
};

const isForSeven = (shape: Shape): boolean => shape.versions === 'up to 7.0';

describe('the facts of Rocket.Chat, case by case', () => {
  let chat: RunningChat;
  let limited: RunningChat;
  let seven: RunningChat;
  beforeAll(async () => {
    const noMemory = { OVERWRITE_SETTING_Accounts_TwoFactorAuthentication_RememberFor: '0' };
    [chat, limited, seven] = await Promise.all([
      // Slowly enough that what lasts five minutes (a locked account) does not end between two calls, also on a busy machine.
      startRocketChat({ env: noMemory, speed: 20 }),
      // Licensed: to ask how many days it has left would count against its limit.
      startRocketChat({
        env: { OVERWRITE_SETTING_API_Enable_Rate_Limiter: 'true', ROCKETCHAT_LICENSE: 'a licence' },
        restricted: true,
        speed: 20,
      }),
      startRocketChat({ version: '7.0' }),
    ]);
    process.stderr.write(
      `contract: Rocket.Chat facts: ${shapes.length} error shapes, ${hookCases.length} webhook cases\n`,
    );
  });
  afterAll(() => Promise.all([chat.stop(), limited.stop(), seven.stop()]));

  it('knows how to bring about every situation that is written down, and no other', () => {
    expect(Object.keys(ERROR_SITUATIONS).sort()).toEqual(shapes.map(({ key }) => key).sort());
    expect(Object.keys(WEBHOOK_SITUATIONS).sort()).toEqual([...new Set(hookCases.map(({ when }) => when))].sort());
  });

  it.each(shapes.map(({ key, shape }) => [key.replaceAll('|', ' '), key, shape] as const))(
    'answers as written: %s',
    async (_name, key, shape) => {
      const situation = ERROR_SITUATIONS[key];
      if (!situation) throw new Error(`no situation for ${key}`);
      judge(shape, await situation(chat, { chat, limited }));
    },
  );

  it.each(hookCases.map((shape) => [`${shape.when}${shape.versions ? ` (${shape.versions})` : ''}`, shape] as const))(
    'treats a webhook as written: %s',
    async (_name, shape) => {
      const { answer, posted } = (await WEBHOOK_SITUATIONS[shape.when]?.(isForSeven(shape) ? seven : chat)) ?? {};
      if (!answer) throw new Error(`no situation for ${shape.when}`);
      judge(shape, answer);
      if (shape.posted !== undefined) expect(posted).toBe(shape.posted);
      if (String(shape.body).startsWith('the object'))
        expect(answer.body).toEqual({ why: 'because', code: 7, success: false });
    },
  );

  it('answers the address that asks without posting, and only the long form of it', async () => {
    const { answer, posted } = await probe(chat);
    judge((webhook.probe as { ok: Shape }).ok, answer);
    expect(posted).toBe(0);
    expect((await shortProbe(chat)).answer.status).toBe(500);
  });

  it('hands a script the keys and the globals that are written down, and none of the absent ones', async () => {
    const names = webhook as Record<'scriptRequestKeys' | 'scriptGlobals' | 'scriptGlobalsAbsent', string[]>;
    const seen = await sandboxView(chat, [...names.scriptGlobals, ...names.scriptGlobalsAbsent]);
    expect(seen.keys.sort()).toEqual([...names.scriptRequestKeys].sort());
    expect(seen.defined).toEqual(names.scriptGlobals);
  });

  it('has the defaults and the holders of rights that are written down', async () => {
    const facts = read('settings-and-permissions.json') as {
      readonly settings: Record<string, { readonly default: unknown }>;
      readonly permissions: Record<string, string[]>;
    };
    const fresh = await startRocketChat({ env: { OVERWRITE_SETTING_API_Enable_Rate_Limiter: 'true' } });
    try {
      const settings = (await fresh.get('settings?count=0')).body.settings as { _id: string; value: unknown }[];
      const values = Object.fromEntries(settings.map(({ _id, value }) => [_id, value]));
      // With an admin there `pending` has become `in_progress` by the time anything answers.
      for (const [id, { default: wanted }] of Object.entries(facts.settings))
        expect([id, values[id]]).toEqual([id, id === 'Show_Setup_Wizard' ? 'in_progress' : wanted]);
      const { update } = (await fresh.get('permissions.listAll')).body as {
        update: { _id: string; roles: string[] }[];
      };
      for (const [id, roles] of Object.entries(facts.permissions))
        expect(update.find(({ _id }) => _id === id)?.roles.toSorted()).toEqual(roles.toSorted());
    } finally {
      await fresh.stop();
    }
  });
});
