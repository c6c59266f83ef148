/** Runners: records, tokens, processes. */
import { Runners, Users } from '@gitbeaker/rest';
import type { RunnerScope, RunnerToken, RunnerWanted } from '../../../contracts/forge-runners.ts';
import type { GitLabClient } from '../gitlab.ts';
import { asAdministrator } from './instance.ts';
import {
  runnerCreatedSchema,
  runnerManagerSchema,
  runnerSchema,
  runnerSummarySchema,
  runnerTokenSchema,
  runnerVerifiedSchema,
} from './schemas.ts';
import { type Session, unlessStatus } from './session.ts';

type RunnersPart = Pick<
  GitLabClient,
  | 'listRunners'
  | 'showRunner'
  | 'listRunnerManagers'
  | 'createRunner'
  | 'editRunner'
  | 'deleteRunner'
  | 'resetRunnerToken'
  | 'verifyRunner'
>;

const fieldsOf = (wanted: RunnerWanted) => ({
  description: wanted.description,
  tagList: [...wanted.tags],
  runUntagged: wanted.runUntagged,
  maintenanceNote: wanted.maintenanceNote,
});

const scopeFields = (scope: RunnerScope): object => {
  if (scope.kind === 'group') return { groupId: scope.id };
  return scope.kind === 'project' ? { projectId: scope.id } : {};
};

type Listing = Parameters<GitLabClient['listRunners']>[0];

const readList = (session: Session, query: object, signal: AbortSignal) =>
  session.all(runnerSummarySchema, 'a runner', (page) =>
    new Runners(session.options(signal)).all({ ...query, ...page } as never),
  );

const listRunners = async (session: Session, listing: Listing, signal: AbortSignal) => {
  if (listing.kind === 'visible') {
    // Without a project or group the library asks `runners/all`, which is for administrators.
    const all = await unlessStatus(403, () => readList(session, {}, signal));
    return all ?? readList(session, { owned: true }, signal);
  }
  const query = { ...scopeFields(listing), type: `${listing.kind}_type` };
  const found = await (listing.kind === 'instance'
    ? asAdministrator(session, signal, () => readList(session, query, signal))
    : readList(session, query, signal));
  // Lists of groups and projects also hold what they inherit.
  return found.filter(({ type }) => type === listing.kind);
};

const showRunner = async (session: Session, id: number, signal: AbortSignal) => {
  const found = await unlessStatus(404, () => new Runners(session.options(signal)).show(id));
  return found === undefined ? undefined : session.parse(runnerSchema, found, `runner ${id}`);
};

const readManagers = (session: Session, id: number, signal: AbortSignal) =>
  session.all(runnerManagerSchema, 'a runner manager', async ({ page, perPage }) => {
    const reply = await new Runners(session.options(signal)).requester.get(`runners/${id}/managers`, {
      searchParams: { page, perPage },
    });
    const next = Number(reply.headers['x-next-page']) || null;
    return { data: reply.body, paginationInfo: { next, perPage: Number(reply.headers['x-per-page'] ?? Number.NaN) } };
  });

const listManagers = async (session: Session, id: number, signal: AbortSignal) =>
  (await unlessStatus(404, () => readManagers(session, id, signal))) ?? [];

const resetRunnerToken = async (session: Session, id: number, signal: AbortSignal): Promise<RunnerToken> => {
  const { requester } = new Runners(session.options(signal));
  const reply = await requester.post(`runners/${id}/reset_authentication_token`, { body: {} });
  return session.parse(runnerTokenSchema, reply.body, `a new token of runner ${id}`);
};

/** A runner that a lost answer left behind: the same description and note. Its token is gone, so it gets a new one. */
const recoverRunner = async (session: Session, scope: RunnerScope, wanted: RunnerWanted, signal: AbortSignal) => {
  const alike = (await listRunners(session, scope, signal)).filter(
    ({ description }) => description === wanted.description,
  );
  for (const { id } of alike.toSorted((a, b) => b.id - a.id)) {
    const runner = await showRunner(session, id, signal);
    if (runner?.maintenanceNote !== wanted.maintenanceNote) continue;
    return { id, ...(await resetRunnerToken(session, id, signal)) };
  }
  return undefined;
};

/** What GitLab takes a contact for that names no process (gl:lib/api/ci/helpers/runner.rb); shown among a runner's own. */
const UNNAMED = '<legacy>';

export const createRunnersPart = (session: Session): RunnersPart => ({
  listRunners: (scope, signal) => listRunners(session, scope, signal),
  showRunner: (id, signal) => showRunner(session, id, signal),
  listRunnerManagers: (id, signal) => listManagers(session, id, signal),
  createRunner: (scope, wanted, signal) =>
    session.once(
      signal,
      async () => {
        const made = await new Users(session.options(signal)).createCIRunner(`${scope.kind}_type`, {
          ...scopeFields(scope),
          ...fieldsOf(wanted),
        } as never);
        return session.parse(runnerCreatedSchema, made, 'a new runner');
      },
      () => recoverRunner(session, scope, wanted, signal),
    ),
  editRunner: async (id, wanted, signal) => {
    await new Runners(session.options(signal)).edit(id, fieldsOf(wanted) as never);
  },
  deleteRunner: async (id, signal) => {
    await unlessStatus(404, () => new Runners(session.options(signal)).remove({ runnerId: id }));
  },
  resetRunnerToken: (id, signal) => resetRunnerToken(session, id, signal),
  verifyRunner: async (token, signal, systemId) => {
    const { requester } = new Runners(session.anonymous(signal));
    const body = { token: token.reveal(), ...(systemId === undefined ? {} : { system_id: systemId }) };
    const reply = await unlessStatus(403, () => requester.post('runners/verify', { body }));
    if (reply === undefined) return { kind: 'dead' };
    if (systemId === undefined) {
      const unnamed = { token: token.reveal(), system_id: UNNAMED };
      await unlessStatus(404, () => requester.delete('runners/managers', { body: unnamed }));
    }
    return { kind: 'alive', ...session.parse(runnerVerifiedSchema, reply.body, 'a verified runner') };
  },
});
