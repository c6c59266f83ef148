/** Real answers of the stand-in against the vendor's own drawings of them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contractsDir, leftOut } from '../../helpers/available.ts';
import { startRocketChat } from '../../standins/rocketchat/start-rocketchat.ts';
import { CALLS, type Scene } from './calls.ts';
import { loadOpenApi, type OpenApi } from './openapi.ts';

/** Call → what does not fit, and why the server (its source) wins over the drawing. */
const KNOWN_DIFFERENCES: Readonly<Record<string, { readonly problems: readonly RegExp[]; readonly because: string }>> =
  {
    'GET channels.history': {
      problems: [/^\/files is missing$/, /^\/count is missing$/, /^\/offset is missing$/, /^\/total is missing$/],
      because: 'the server answers `messages` alone; the keys were taken over from channels.files',
    },
    'GET settings': {
      problems: [/^\/settings\/\d+\/value must /],
      because: 'values of number settings are numbers; the drawing knows texts and booleans only',
    },
    'GET settings/{_id}': {
      problems: [/^\/value must be boolean$/],
      because: 'drawn from one boolean setting; a text setting has a text',
    },
    'GET integrations.list': {
      problems: [/^\/integrations\/0\/channel\/0 must be object$/],
      because: 'channels are texts, as integrations.create and integrations.get are drawn',
    },
    'POST integrations.remove': {
      problems: [/^\/integration\/(channel must be boolean|scriptEnabled must be string|enabled must be string)$/],
      because: 'the drawing mixed up its neighbours; the other integration calls draw a list and two booleans',
    },
  };

/** Calls for which the vendor draws no 200 answer. */
const WITHOUT_DRAWING: readonly string[] = [
  'POST users.removePersonalAccessToken',
  'POST roles.removeUserFromRole',
  'POST chat.react',
  'POST settings/{_id}',
  'POST settings',
];

const folder = contractsDir();
if (folder === undefined)
  leftOut('the OpenAPI files of Rocket.Chat', 'there is no contracts folder beside the project');

describe.runIf(folder !== undefined)('answers of the stand-in against the vendor’s OpenAPI files', () => {
  let scene: Scene;
  let openApi: OpenApi;
  beforeAll(async () => {
    openApi = loadOpenApi(folder ?? '');
    const chat = await startRocketChat({ env: { CREATE_TOKENS_FOR_USERS_SECRET: 'the secret' } });
    scene = { chat, ids: {}, bot: chat.admin };
    process.stderr.write(`contract: Rocket.Chat OpenAPI: ${CALLS.length - WITHOUT_DRAWING.length} answers judged\n`);
  });
  afterAll(() => scene.chat.stop());

  it.each(CALLS.map((call) => [`${call.method} ${call.path}`, call] as const))('%s', async (name, call) => {
    const answer = await call.run(scene);
    expect({ name, status: answer.status, body: answer.body }).toMatchObject({ status: 200, body: { success: true } });

    const schema = openApi.responseOf(call.method, `/api/v1/${call.path}`);
    expect(schema === undefined).toBe(WITHOUT_DRAWING.includes(name));
    const known = KNOWN_DIFFERENCES[name]?.problems ?? [];
    const problems = schema?.problems(answer.body) ?? [];
    expect(problems.filter((problem) => !known.some((pattern) => pattern.test(problem)))).toEqual([]);
    // A difference that is no more must leave the list.
    expect(known.filter((pattern) => !problems.some((problem) => pattern.test(problem)))).toEqual([]);
  });
});
