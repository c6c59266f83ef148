/** Hooks of projects, groups and the instance behind one set of functions. */
import { GroupHooks, ProjectHooks, SystemHooks } from '@gitbeaker/rest';
import type { z } from 'zod';
import type { ForgeHook, HookPlace, HookWanted, TestDelivery } from '../../../contracts/forge.ts';
import type { GitLabClient } from '../gitlab.ts';
import { blockedAddress } from './blocked-address.ts';
import { asAdministrator } from './instance.ts';
import type { PageQuery } from './pages.ts';
import { saidBy } from './refusal.ts';
import { EVENT_FIELDS, hookSchema } from './schemas.ts';
import { type Session, unlessStatus } from './session.ts';
import { answerBehind } from './transport.ts';

type HooksPart = Pick<GitLabClient, 'listHooks' | 'createHook' | 'updateHook' | 'deleteHook' | 'testHook'>;

/** One kind of place: what differs between projects, groups and the instance. */
interface HookResource {
  list(query: PageQuery): Promise<unknown>;
  add(url: string, fields: object): Promise<unknown>;
  edit(id: number, url: string, fields: object): Promise<unknown>;
  remove(id: number): Promise<unknown>;
  test(id: number, trigger: string): Promise<unknown>;
}

const resourceOf = (session: Session, place: HookPlace, signal: AbortSignal): HookResource => {
  if (place.kind === 'instance') {
    const hooks = new SystemHooks(session.options(signal));
    const admin = <T>(ask: () => Promise<T>): Promise<T> => asAdministrator(session, signal, ask);
    return {
      list: (query) => admin(() => hooks.all(query as never)),
      add: (url, fields) => admin(() => hooks.create(url, fields as never)),
      // The library has no edit; its `show` is a POST that fires the hook, so it is never called.
      edit: (id, url, fields) => admin(() => hooks.requester.put(`hooks/${id}`, { body: { url, ...fields } })),
      remove: (id) => admin(() => hooks.remove(id)),
      test: (id) => admin(() => hooks.test(id)),
    };
  }
  const { id: owner } = place;
  const Resource = place.kind === 'project' ? ProjectHooks : GroupHooks;
  const hooks = new Resource(session.options(signal));
  const path = encodeURIComponent(String(owner));
  return {
    list: (query) => hooks.all(owner, query as never),
    add: (url, fields) => hooks.add(owner, url, fields as never),
    edit: (id, url, fields) => hooks.edit(owner, id, url, fields as never),
    remove: (id) => hooks.remove(owner, id),
    test: (id, trigger) => hooks.requester.post(`${path}/hooks/${id}/test/${trigger}`, { body: {} }),
  };
};

/** Switched off by name, because what is left out keeps its value (and push is on by default). */
const OFF_BY_NAME = [
  'confidential_note_events',
  'repository_update_events',
  'resource_access_token_events',
  'resource_deploy_token_events',
  'vulnerability_events',
  // Of groups only; elsewhere GitLab drops parameters it does not know.
  'subgroup_events',
  'member_events',
  'project_events',
] as const;

const fieldsOf = (wanted: HookWanted): Readonly<Record<string, unknown>> => ({
  name: wanted.name,
  description: wanted.description,
  // Always: a changed URL drops the stored secret.
  token: wanted.secret.reveal(),
  ...Object.fromEntries(OFF_BY_NAME.map((field) => [field, false])),
  ...Object.fromEntries(
    Object.entries(EVENT_FIELDS).map(([event, field]) => [field, wanted.events.some((each) => each === event)]),
  ),
});

const explainBlocked = async <T>(session: Session, wanted: HookWanted, ask: () => Promise<T>): Promise<T> => {
  try {
    return await ask();
  } catch (thrown) {
    const answer = answerBehind(thrown);
    if (answer?.status !== 422 || !/invalid url given|url is blocked/i.test(saidBy(answer))) throw thrown;
    throw blockedAddress(wanted.url.reveal(), new URL(session.url).host, thrown);
  }
};

/** `Ensure the project has CI jobs.` and the like: GitLab has nothing to send. */
const NO_DATA = /ensure the (project|group)|no data|has no /i;

const failedTest = (reason: string, wanted: string): TestDelivery => ({
  kind: NO_DATA.test(reason) ? 'no-data' : 'failed',
  reason: reason === '' ? `422 to ${wanted}` : reason,
});

export const createHooksPart = (session: Session): HooksPart => {
  const withAge = ({ madeAt, ...hook }: z.output<typeof hookSchema>): ForgeHook => ({
    ...hook,
    ageMs: session.since(madeAt),
  });
  const parse = (reply: unknown): ForgeHook => withAge(session.parse(hookSchema, reply, 'a hook'));
  const list = async (place: HookPlace, signal: AbortSignal): Promise<readonly ForgeHook[]> => {
    const resource = resourceOf(session, place, signal);
    return (await session.all(hookSchema, 'a hook', (query) => resource.list(query))).map(withAge);
  };
  return {
    listHooks: async (place, signal) => {
      if (place.kind !== 'group') return list(place, signal);
      // The route is only there in paid editions: 404 without it, 403 without a licence.
      return (await unlessStatus(404, () => list(place, signal))) ?? 'unsupported';
    },
    createHook: (place, wanted, signal) =>
      session.once(
        signal,
        () =>
          explainBlocked(session, wanted, async () =>
            parse(await resourceOf(session, place, signal).add(wanted.url.reveal(), fieldsOf(wanted))),
          ),
        async () =>
          (await list(place, signal)).find(
            (hook) => hook.url.reveal() === wanted.url.reveal() && (hook.name ?? wanted.name) === wanted.name,
          ),
      ),
    updateHook: (place, id, wanted, signal) =>
      explainBlocked(session, wanted, async () => {
        const reply = await resourceOf(session, place, signal).edit(id, wanted.url.reveal(), fieldsOf(wanted));
        return parse(place.kind === 'instance' ? (reply as { readonly body: unknown }).body : reply);
      }),
    deleteHook: async (place, id, signal) => {
      await unlessStatus(404, () => resourceOf(session, place, signal).remove(id));
    },
    testHook: async (place, id, event, signal) => {
      try {
        await resourceOf(session, place, signal).test(id, EVENT_FIELDS[event]);
        return { kind: 'delivered' };
      } catch (thrown) {
        const answer = answerBehind(thrown);
        // 400: an event that cannot be tested at all (deployment, feature_flag).
        if (answer?.status === 400) return { kind: 'no-data', reason: saidBy(answer) };
        if (answer?.status !== 422) throw thrown;
        return failedTest(saidBy(answer), EVENT_FIELDS[event]);
      }
    },
  };
};
