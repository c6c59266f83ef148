import { describe, expect, it } from 'vitest';
import { runJob } from '../../../../../src/engine/run-job.ts';
import { ChatopsError } from '../../../../../src/errors/chatops-error.ts';
import { createRocketChatSetupJob } from '../../../../../src/parts/rocketchat/setup/setup.ts';
import type { RocketChatSetupSpec } from '../../../../../src/parts/rocketchat/setup/spec.ts';
import { bioOf } from '../../../../../src/parts/rocketchat/setup/wanted.ts';
import { sha256Hex } from '../../../../../src/values/sha256.ts';
import { aRoom, aSetup, aUser, chatPorts, inWords, MARK } from '../../../../builders/rocketchat.ts';
import { createFakeServer, type FakeServer } from '../../../../fakes/rocketchat-server.ts';

const jobOn = (server: FakeServer, spec: RocketChatSetupSpec = aSetup()) =>
  createRocketChatSetupJob(spec, chatPorts(server.port));
const run = (server: FakeServer, spec?: RocketChatSetupSpec) =>
  runJob(jobOn(server, spec), {
    clock: chatPorts(server.port).clock,
    signal: new AbortController().signal,
    withinMs: 60_000,
  });
const errorOf = async (work: Promise<unknown>): Promise<ChatopsError> => {
  const thrown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof ChatopsError)) throw new Error(`expected a ChatopsError, got ${String(thrown)}`);
  return thrown;
};

/** A server on which the job has run. */
const converged = async (spec?: RocketChatSetupSpec): Promise<FakeServer> => {
  const server = createFakeServer();
  await run(server, spec);
  server.writes.length = 0;
  server.reads.length = 0;
  return server;
};

describe('the chat setup job', () => {
  it('makes everything with one call each, members and roles inside the create calls', async () => {
    const server = createFakeServer();
    await run(server);
    expect(server.writes).toEqual([
      'createUser hubot',
      'createUser alice',
      'createRoom ops [hubot alice]',
      'createRoom ci [hubot]',
      `createWebhook ${MARK} gitlab`,
    ]);
  });

  it('shows the same changes for a stack that is not there yet', async () => {
    const server = createFakeServer();
    const job = jobOn(server);
    const planned = inWords(job.decide(job.blank()).changes);
    expect(planned).toEqual(inWords((await run(server)).changes));
  });

  it('plans to turn the wizard off again, which the server turns on at its first start', async () => {
    const server = createFakeServer();
    server.settings.set('Show_Setup_Wizard', 'in_progress');
    const spec = aSetup({ settings: { Show_Setup_Wizard: 'completed' } });
    const job = jobOn(server, spec);
    const planned = inWords(job.decide(job.blank()).changes);
    expect(planned).toContain('update setting Show_Setup_Wizard: is "in_progress", wanted "completed"');
    expect(planned).toEqual(inWords((await run(server, spec)).changes));
  });

  it('plans to invite the administrator into general, where nobody is at the first start', () => {
    const spec = aSetup({ rooms: [aRoom({ name: 'general', members: ['chief'] })] });
    const job = jobOn(createFakeServer(), spec);
    expect(inWords(job.decide(job.blank()).changes)).toContain(
      'create membership chief in general: chief is not inside',
    );
  });

  it('writes nothing when run again', async () => {
    const server = await converged();
    const outcome = await run(server);
    expect(outcome.changes).toEqual([]);
    expect(server.writes).toEqual([]);
  });

  it('reads pages and wanted accounts when run again, no room by itself and no list of all users', async () => {
    const rooms = Array.from({ length: 50 }, (_, index) => aRoom({ name: `room-${index}`, members: ['hubot'] }));
    const server = await converged(aSetup({ rooms }));
    await run(server, aSetup({ rooms }));
    expect(server.reads.toSorted()).toEqual(['rooms', 'user alice', 'user hubot', 'version', 'webhooks']);
  });

  it('makes one write for one room more', async () => {
    const server = await converged();
    await run(server, aSetup({ rooms: [...aSetup().rooms, aRoom({ name: 'war-room', members: ['alice'] })] }));
    expect(server.writes).toEqual(['createRoom war-room [alice]']);
  });

  it('makes one write for one user more', async () => {
    const server = await converged();
    const bob = aUser({ username: 'bob', email: 'bob@chatops.test' });
    await run(server, aSetup({ users: [...aSetup().users, bob] }));
    expect(server.writes).toEqual(['createUser bob']);
  });

  it('lets the bot post in a read-only room', async () => {
    const server = createFakeServer();
    await run(server, aSetup({ rooms: [aRoom({ name: 'ci', readOnly: true, members: ['hubot'] })] }));
    expect(server.rooms.find(({ name }) => name === 'ci')?.members.get('hubot')).toEqual(['moderator']);
  });

  it('gives a bot back the role it has lost', async () => {
    const server = await converged();
    const bot = server.users.find(({ username }) => username === 'hubot');
    if (bot) bot.roles = ['user'];
    await run(server);
    expect(server.writes).toEqual(['addRole hubot bot']);
  });

  it('repairs a webhook whose script was changed', async () => {
    const server = await converged();
    const [hook] = server.webhooks;
    if (hook) hook.script = '';
    await run(server);
    expect(server.writes).toEqual([`updateWebhook ${MARK} gitlab`]);
  });

  it('brings members back in and leaves those a user has invited', async () => {
    const server = await converged();
    server.addUser({ username: 'guest' });
    const ops = server.rooms.find(({ name }) => name === 'ops');
    ops?.members.delete('alice');
    ops?.members.set('guest', []);
    await run(server);
    expect(server.writes).toEqual(['invite alice to ops']);
    expect([...(ops?.members.keys() ?? [])]).toContain('guest');
  });

  it('knows who is inside from the member lists where accounts do not list their rooms', async () => {
    const server = await converged();
    server.listsRooms = false;
    server.rooms.find(({ name }) => name === 'ops')?.members.delete('alice');
    await run(server);
    expect(server.writes).toEqual(['invite alice to ops']);
  });

  it('lets an account of a user alone whatever else is to be done', async () => {
    const server = createFakeServer();
    const before = { ...server.addUser({ username: 'alice', bio: 'I am Alice' }) };
    const error = await errorOf(run(server));
    expect(error.code).toBe('CONFLICT');
    expect(server.writes).toEqual([]);
    expect(server.users.find(({ username }) => username === 'alice')).toEqual(before);
  });

  it('takes an account over when a user adds the mark to its bio', async () => {
    const server = createFakeServer();
    server.addUser({ username: 'alice', emails: ['alice@chatops.test'], bio: `I am Alice. ${bioOf(MARK)}` });
    const outcome = await run(server);
    expect(outcome.changes.map(({ name }) => name)).not.toContain('alice');
  });

  it('a script that did not compile is an error although the server said 200', async () => {
    const server = createFakeServer();
    server.compiles = false;
    const error = await errorOf(run(server));
    expect([error.code, error.why]).toEqual(['JOB_FAILED', 'Unexpected token']);
  });

  it('a bot with another password is reported with the variable, and its password is left', async () => {
    const server = await converged();
    const bot = server.users.find(({ username }) => username === 'hubot');
    if (bot) bot.password = 'chosen by a user';
    const error = await errorOf(run(server));
    expect([error.code, error.next, server.writes]).toEqual(['CONFLICT', 'compare BOT_PASSWORD in .env', []]);
  });

  it('refuses an administrator without the role', async () => {
    const server = createFakeServer();
    for (const user of server.users) if (user.username === 'chief') user.roles = ['user'];
    const error = await errorOf(run(server));
    expect([error.code, error.what]).toEqual([
      'PERMISSION_MISSING',
      'chief is no administrator of http://chat.test:3000',
    ]);
  });

  it('gives the server the digest of the hook secret, not the secret', async () => {
    const server = await converged();
    const script = server.webhooks[0]?.script ?? '';
    expect(script).toContain(sha256Hex('hook-secret'));
    expect(script).not.toContain('hook-secret');
  });

  it('has no secret in what it prints', async () => {
    const job = jobOn(createFakeServer());
    const text = JSON.stringify(job.decide(await job.observe(new AbortController().signal)));
    for (const secret of ['admin-password', 'Bot-pass-1234', 'Alice-pass-1234', '"hook-secret"'])
      expect(text).not.toContain(secret);
  });
});
