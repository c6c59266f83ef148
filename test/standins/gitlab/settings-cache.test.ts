/** Each of GitLab's processes goes by its own copy of the settings for a while. */
import { describe, expect, it } from 'vitest';
import { createHeldTime } from '../../fakes/held-time.ts';
import { atEnd } from '../../helpers/at-end.ts';
import { type Answer, call, type StartedGitLab, type StartOptions, startGitLab } from './start-gitlab.ts';
import { startReceiver } from './start-receiver.ts';

const URL_INSIDE = 'http://rocketchat:3000/hooks/a/b';
const SINGLE = "puma['worker_processes'] = 0";

interface Started {
  readonly gitlab: StartedGitLab;
  readonly time: ReturnType<typeof createHeldTime>;
  readonly hooks: string;
  readonly addHook: () => Promise<Answer>;
  readonly commit: () => Promise<void>;
  /** Of the only hook, newest first. */
  readonly log: () => Promise<
    readonly { id: number; response_status: string; request_headers: Record<string, string> }[]
  >;
}

/** With a list that was written at this very moment; its time stands still. */
const afterTheWrite = async (omnibus: readonly string[], options: StartOptions = {}): Promise<Started> => {
  const receiver = await startReceiver();
  const time = createHeldTime(1_000);
  const gitlab = await startGitLab({
    names: { 'rocketchat:3000': receiver.port },
    settingsCachedMs: undefined,
    env: { GITLAB_OMNIBUS_CONFIG: omnibus.join('\n') },
    time,
    ...options,
  });
  atEnd(receiver.stop);
  atEnd(gitlab.stop);
  const project = `/projects/${gitlab.server.controls.addProject('ops/demo').id}`;
  const hooks = `${project}/hooks`;
  time.hold();
  await call(gitlab, 'PUT', '/application/settings', { outbound_local_requests_whitelist: ['rocketchat:3000'] });
  let files = 0;
  return {
    gitlab,
    time,
    hooks,
    addHook: () => call(gitlab, 'POST', hooks, { url: URL_INSIDE, push_events: true }),
    commit: async () => {
      const actions = [{ action: 'create', file_path: `f${++files}`, content: 'x' }];
      await call(gitlab, 'POST', `${project}/repository/commits`, { branch: 'main', commit_message: 'c', actions });
      await gitlab.server.controls.deliveriesDone();
    },
    log: async () => {
      const [hook] = (await call(gitlab, 'GET', hooks)).body;
      return (await call(gitlab, 'GET', `${hooks}/${hook.id}/events`)).body;
    },
  };
};

const statuses = async ({ log }: Started) => (await log()).map(({ response_status }) => response_status);

describe('a list that was just written', () => {
  it('is known to the one process that wrote it, and not yet to the one that delivers', async () => {
    const started = await afterTheWrite([SINGLE]);
    expect((await started.addHook()).status).toBe(201);
    await started.commit();
    expect(await statuses(started)).toEqual(['internal error']);
  });

  it('is known to the one that delivers a minute later, and what it refused before is not sent by itself', async () => {
    const started = await afterTheWrite([SINGLE]);
    await started.addHook();
    await started.commit();
    started.time.pass(59_000);
    await started.commit();
    started.time.pass(1_000);
    await started.commit();
    expect(await statuses(started)).toEqual(['200', 'internal error', 'internal error']);
  });

  it('is known as early as the configuration says', async () => {
    const started = await afterTheWrite([SINGLE, "gitlab_rails['application_settings_cache_seconds'] = 5"]);
    await started.addHook();
    started.time.pass(4_900);
    await started.commit();
    started.time.pass(100);
    await started.commit();
    expect(await statuses(started)).toEqual(['200', 'internal error']);
  });

  it('is not yet known to another worker that answers requests', async () => {
    const started = await afterTheWrite([]);
    expect((await started.addHook()).status).toBe(422);
    started.time.pass(60_000);
    expect((await started.addHook()).status).toBe(201);
  });

  it('a test and what is sent again go by the process that answers the request; sent again it keeps its key', async () => {
    const started = await afterTheWrite([SINGLE]);
    const { id } = (await started.addHook()).body;
    await started.commit();
    expect((await call(started.gitlab, 'POST', `${started.hooks}/${id}/test/push_events`)).status).toBe(201);
    const refused = (await started.log()).find(({ response_status }) => response_status === 'internal error');
    const again = await call(started.gitlab, 'POST', `${started.hooks}/${id}/events/${refused?.id}/resend`);
    expect([again.status, again.body]).toEqual([201, { response_status: 200 }]);
    const keys = (await started.log()).map(({ request_headers: sent }) => sent['Idempotency-Key']);
    expect(keys[0]).toBe(refused?.request_headers['Idempotency-Key']);
    expect(new Set(keys).size).toBe(2);
  });

  it('every answer says the time of the server that the ages of its records go by', async () => {
    const { gitlab, time, hooks, addHook } = await afterTheWrite([SINGLE]);
    const { created_at } = (await addHook()).body;
    time.pass(30_000);
    const { headers } = await call(gitlab, 'GET', hooks);
    const age = Date.parse(headers.get('date') ?? '') - Date.parse(created_at);
    expect(Math.abs(age - 30_000)).toBeLessThanOrEqual(1_000);
  });
});
