/** What the probes of Mattermost answer, asked of a played server over real sockets. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../../../../src/contracts/probe.ts';
import { createMattermostProbe } from '../../../../../src/parts/mattermost/probes/mattermost.ts';
import { createMattermostAliveProbe } from '../../../../../src/parts/mattermost/probes/mattermost-alive.ts';
import { createMattermostChannelProbe } from '../../../../../src/parts/mattermost/probes/mattermost-channel.ts';
import { createMattermostHookProbe } from '../../../../../src/parts/mattermost/probes/mattermost-hook.ts';
import { createMattermostLoginProbe } from '../../../../../src/parts/mattermost/probes/mattermost-login.ts';
import { createMattermostReadyProbe } from '../../../../../src/parts/mattermost/probes/mattermost-ready.ts';
import { createMattermostSetupJob } from '../../../../../src/parts/mattermost/setup/setup.ts';
import type { HttpTarget } from '../../../../../src/stack/stack.ts';
import { aSetup, ENV, portsOf, run } from '../../../../builders/mattermost.ts';
import { freePort } from '../../../../helpers/free-port.ts';
import { type RunningMattermost, startMattermost } from '../../../../standins/mattermost/start-mattermost.ts';

const { signal } = new AbortController();
const ports = portsOf({ WRONG_PASSWORD: 'wrong-password' });
/** Its database is away; the other one asks for none. */
let server: RunningMattermost;
let well: RunningMattermost;
let target: HttpTarget;

beforeAll(async () => {
  server = await startMattermost(ENV);
  well = await startMattermost();
  target = { kind: 'url', url: server.url };
  await run(createMattermostSetupJob(aSetup({ target }), ports), signal);
});
afterAll(async () => {
  await server.stop();
  await well.stop();
});

const said = (answer: Answer): string =>
  answer.kind === 'ready' ? `ready: ${answer.detail}` : answer.kind === 'not-ready' ? answer.reason : answer.error.code;

describe('mattermost-alive', () => {
  it('is ready while the server answers, also without its database', async () => {
    expect(said(await createMattermostAliveProbe({ what: 'mattermost-alive', target }, ports).ask(signal))).toBe(
      'ready: it answers',
    );
  });

  it('is not ready where nobody answers', async () => {
    const nowhere = { kind: 'url', url: `http://127.0.0.1:${await freePort()}` } as const;
    const answer = await createMattermostAliveProbe({ what: 'mattermost-alive', target: nowhere }, ports).ask(signal);
    expect(answer.kind).toBe('not-ready');
  });
});

describe.each([
  ['mattermost-ready', createMattermostReadyProbe],
  ['mattermost', createMattermostProbe],
] as const)('%s', (what, create) => {
  const ask = async (at: HttpTarget) => said(await create({ what, target: at } as never, ports).ask(signal));

  it('takes the server’s own word that its database is missing', async () => {
    expect(await ask(target)).toBe('the server says it is not well: status UNHEALTHY, database_status UNHEALTHY');
  });

  it('is ready when it says that all is well', async () => {
    expect(await ask({ kind: 'url', url: well.url })).toMatch(/^ready: (?:Mattermost 11|its database and its file)/);
  });
});

describe('mattermost-login', () => {
  const ask = async (username: string, password: string) =>
    said(
      await createMattermostLoginProbe(
        { what: 'mattermost-login', target, account: { username, password } },
        ports,
      ).ask(signal),
    );

  it('logs in with the password of .env', async () => {
    expect(await ask('alice', 'ALICE_PASSWORD')).toBe('ready: alice is logged in');
  });

  it('cannot tell where it is refused', async () => {
    expect(await ask('alice', 'WRONG_PASSWORD')).toBe('LOGIN_REFUSED');
  });
});

describe('mattermost-channel', () => {
  const ask = async (username: string, channel: string, may: 'see' | 'read' | 'post') =>
    said(
      await createMattermostChannelProbe(
        { what: 'mattermost-channel', target, account: { username, password: 'ANY_PASSWORD' }, channel, may },
        ports,
      ).ask(signal),
    );

  it.each([
    ['hubot', 'ops', 'post', 'ready: hubot may post in ops'],
    ['alice', 'ops', 'read', 'ready: alice may read in ops'],
    ['alice', 'ops', 'post', 'alice is no member of ops'],
    ['alice', 'nowhere', 'see', 'alice sees no channel nowhere, or it is archived'],
  ] as const)('%s in %s, to %s: %s', async (username, channel, may, answer) => {
    expect(await ask(username, channel, may)).toBe(answer);
  });
});

describe('mattermost-hook', () => {
  const ask = async (name: string, channel = 'ops') => {
    const admin = { username: 'chief', password: 'CHIEF_PASSWORD' };
    const spec = { what: 'mattermost-hook', target, admin, team: 'works', name, channel } as const;
    return said(await createMattermostHookProbe(spec, ports).ask(signal));
  };

  it.each([
    ['is there', 'backups', 'ops', 'ready: webhook backups posts into ops'],
    ['posts elsewhere', 'backups', 'board', 'webhook backups posts into another channel than board'],
    ['is missing', 'none', 'ops', 'there is no incoming webhook none'],
  ])('says that a webhook %s', async (_what, name, channel, answer) => {
    expect(await ask(name, channel)).toBe(answer);
  });

  it('posts nothing to find out', async () => {
    const before = server.world.posts.size;
    await ask('backups');
    expect(server.world.posts.size).toBe(before);
  });
});
