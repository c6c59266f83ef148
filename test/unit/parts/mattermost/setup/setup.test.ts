/** The job `mattermost-setup` against a played server, over real sockets. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMattermostSetupJob } from '../../../../../src/parts/mattermost/setup/setup.ts';
import type { MattermostSetupSpec } from '../../../../../src/parts/mattermost/setup/spec.ts';
import { aSetup, ENV, inWords, PASSWORD, portsOf, run } from '../../../../builders/mattermost.ts';
import { type RunningMattermost, startMattermost } from '../../../../standins/mattermost/start-mattermost.ts';

const { signal } = new AbortController();
let server: RunningMattermost;

beforeEach(async () => {
  server = await startMattermost(ENV);
});
afterEach(() => server.stop());

const jobOf = (overrides: Partial<MattermostSetupSpec> = {}, passwords: Readonly<Record<string, string>> = {}) =>
  createMattermostSetupJob(aSetup({ target: { kind: 'url', url: server.url }, ...overrides }), portsOf(passwords));

const person = (username: string) => {
  const found = server.world.people.find((each) => each.username === username);
  if (!found) throw new Error(`no ${username}`);
  return found;
};

const channel = (name: string) => {
  const found = server.world.channels.find((each) => each.name === name);
  if (!found) throw new Error(`no channel ${name}`);
  return found;
};

describe('the setup of Mattermost', () => {
  it('plans for a server that is not there as it then does it', async () => {
    const job = jobOf();
    expect(inWords(job.decide(job.blank()))).toEqual(inWords(job.decide(await job.observe(signal))));
  });

  it('makes everything, and then there is nothing to do', async () => {
    expect(await run(jobOf(), signal)).toEqual({ changes: [], conflicts: [], warnings: [] });
    expect(person('chief').roles).toBe('system_admin system_user');
    expect(channel('board')).toMatchObject({ type: 'P', header: 'Agenda', purpose: 'To decide [chatops-up:demo]' });
    expect([...channel('board').members].sort()).toEqual(
      ['alice', 'chief', 'hubot'].map((name) => person(name).id).sort(),
    );
    expect(server.world.hooks).toMatchObject([{ display_name: 'backups', channel_id: channel('ops').id }]);
  });

  it('writes nothing on a server that is as wanted', async () => {
    await run(jobOf(), signal);
    const { write } = server.ledger.totals();
    const job = jobOf();
    job.decide(await job.observe(signal));
    expect(server.ledger.totals().write).toBe(write);
  });

  it('asks for one login of the administrator and one of the bot in a look', async () => {
    await run(jobOf(), signal);
    const { session } = server.ledger.totals();
    await jobOf().observe(signal);
    expect(server.ledger.totals().session - session).toBe(2);
  });

  it('repairs what was changed by hand, and nothing else', async () => {
    await run(jobOf(), signal);
    const ops = channel('ops');
    ops.members.delete(person('hubot').id);
    channel('board').header = 'Party';
    const [hook] = server.world.hooks;
    if (hook) server.world.hooks[0] = { ...hook, channel_id: channel('board').id };
    const job = jobOf();
    expect(inWords(job.decide(await job.observe(signal)))).toEqual([
      'create membership hubot in ops',
      'update channel board',
      'update webhook backups',
    ]);
    expect((await run(job, signal)).changes).toEqual([]);
    expect(server.world.hooks).toMatchObject([{ id: hook?.id, channel_id: ops.id }]);
  });

  it('goes on where a run was ended after its first calls', async () => {
    const job = jobOf();
    const { changes } = job.decide(await job.observe(signal));
    for (const change of changes.slice(0, 4)) await job.apply(change, signal, () => undefined);
    expect(await run(jobOf(), signal)).toEqual({ changes: [], conflicts: [], warnings: [] });
  });

  it('does not touch a channel that a user made, and says so', async () => {
    await run(jobOf(), signal);
    channel('ops').purpose = 'Mine';
    const job = jobOf();
    expect(job.decide(await job.observe(signal)).conflicts).toMatchObject([{ resource: 'channel', name: 'ops' }]);
  });

  it('ends where the administrator has another password, and names the variable', async () => {
    await run(jobOf(), signal);
    const observed = jobOf({}, { CHIEF_PASSWORD: 'another-password' }).observe(signal);
    await expect(observed).rejects.toMatchObject({ code: 'LOGIN_REFUSED', next: 'check CHIEF_PASSWORD in .env' });
  });

  it('stops where the bot has another password, and does not reset it', async () => {
    await run(jobOf(), signal);
    const job = jobOf({}, { HUBOT_PASSWORD: 'another-password' });
    const { changes, conflicts } = job.decide(await job.observe(signal));
    expect([changes, conflicts]).toMatchObject([[], [{ name: 'hubot', next: 'check HUBOT_PASSWORD in .env' }]]);
    expect(person('hubot').password).toBe(PASSWORD);
  });

  it('refuses an account that administers nothing', async () => {
    await run(jobOf(), signal);
    const admin = { ...aSetup().admin, username: 'alice', password: 'ALICE_PASSWORD' };
    await expect(jobOf({ admin }).observe(signal)).rejects.toMatchObject({ code: 'PERMISSION_MISSING' });
  });
});
