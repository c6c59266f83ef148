/** A GitLab in memory behind our port: the rules the jobs live by (no uniqueness, hidden secrets, one-time tokens), and faults. */

import type {
  ForgeHook,
  ForgeProject,
  HookDelivery,
  HookEvent,
  HookPlace,
  HookWanted,
  PipelineJob,
} from '../../src/contracts/forge.ts';
import type { ForgeRunner, RunnerManager, RunnerScope, RunnerWanted } from '../../src/contracts/forge-runners.ts';
import type { ObjectId } from '../../src/contracts/object-id.ts';
import { ANNOUNCE_EVENTS } from '../../src/contracts/sections/forge.ts';
import { ChatopsError } from '../../src/errors/chatops-error.ts';
import { ciFile } from '../../src/parts/gitlab/ci-file.ts';
import type { GitLabClient, GitLabPort } from '../../src/parts/gitlab/gitlab.ts';
import { requireRights } from '../../src/parts/gitlab/require-rights.ts';
import { Secret } from '../../src/values/secret.ts';

export const ALL_EVENTS: readonly HookEvent[] = ANNOUNCE_EVENTS;

export interface StoredHook {
  id: number;
  /** `project ops/app`, `group ops`, `instance`. */
  place: string;
  url: string;
  name: string;
  description: string;
  secret: string | undefined;
  events: HookEvent[];
  otherEvents: string[];
  executable: boolean;
  ageMs: number | undefined;
}

export interface StoredRunner extends RunnerWanted {
  id: number;
  type: RunnerScope['kind'];
  token: string;
}

export interface FakeGitLabOptions {
  readonly version?: readonly [major: number, minor: number];
  readonly enterprise?: boolean;
  readonly scopes?: readonly string[];
  readonly active?: boolean;
  readonly admin?: boolean;
  readonly allowList?: readonly string[];
  readonly groups?: readonly string[];
  readonly projects?: readonly { path: string; description?: string; defaultBranch?: string }[];
}

export interface FakeGitLab extends GitLabPort {
  readonly hooks: StoredHook[];
  readonly runners: StoredRunner[];
  readonly projects: ForgeProject[];
  readonly groups: string[];
  readonly files: string[];
  readonly texts: Map<string, string>;
  readonly pipelines: { id: number; project: string }[];
  allowList: string[];
  /** Everything asked, in order: `read version`, `write createHook`. */
  readonly calls: string[];
  writes(): readonly string[];
  addHook(hook: Partial<StoredHook> & { place: string }): StoredHook;
  addRunner(runner: Partial<StoredRunner> & { description: string }): StoredRunner;
  /** Called before and after each write: throws to be a fault. */
  fault: ((when: 'before' | 'after', write: string) => void) | undefined;
  /** Whether GitLab will take this address for a hook. */
  accepts: (url: string, allowList: readonly string[]) => boolean;
  /** What a test delivery comes to. */
  deliver: (event: HookEvent, hook: StoredHook) => 'delivered' | 'no-data' | 'failed';
  /** Whether saving a hook again switches it on. */
  savingMends: boolean;
  onPipeline: ((id: number, project: string) => void) | undefined;
  /** What a pipeline is found as, look by look; the last one stays. Default: it has passed. */
  pipelineStates: string[];
  /** Its jobs. */
  pipelineJobs: PipelineJob[];
  /** What hooks have sent; undefined where GitLab keeps no log. */
  deliveries: HookDelivery[] | undefined;
  /** The token may not see any hooks. */
  hidesHooks: boolean;
  /** ISO 8601: when every token of a runner expires. Default: never. */
  tokenEnd: string | undefined;
  /** Processes that use a runner's token, of every runner. */
  managers: RunnerManager[];
  /** Instead, by the id of the runner. */
  managersOf: ((id: number) => readonly RunnerManager[]) | undefined;
  /** What `verify` of any token comes to, instead of the truth. */
  verifyFault: ChatopsError | undefined;
}

const notFound = (what: string) => new ChatopsError('UNEXPECTED_ANSWER', { what: `GitLab answers 404 to ${what}` });

export const createFakeGitLab = (options: FakeGitLabOptions = {}): FakeGitLab => {
  const [major, minor] = options.version ?? [19, 3];
  const since = (wantedMajor: number, wantedMinor: number) =>
    major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
  let nextId = 100;
  const id = () => (nextId += 1);
  const hooks: StoredHook[] = [];
  const runners: StoredRunner[] = [];
  const groups = [...(options.groups ?? [])];
  const projects: ForgeProject[] = (options.projects ?? []).map(({ path, description, defaultBranch }) => ({
    id: id(),
    path,
    description: description ?? '',
    defaultBranch,
  }));
  const calls: string[] = [];

  const projectOf = (project: ObjectId): ForgeProject => {
    const found = projects.find((each) => each.id === project || each.path === project);
    if (!found) throw notFound(`project ${project}`);
    return found;
  };
  const groupIds = new Map<string, number>();
  const groupId = (path: string) => {
    const known = groupIds.get(path) ?? id();
    groupIds.set(path, known);
    return known;
  };
  const placeName = (place: HookPlace): string => {
    if (place.kind === 'instance') return 'instance';
    if (place.kind === 'project') return `project ${projectOf(place.id).path}`;
    const path = groups.find((each) => each === place.id || groupIds.get(each) === place.id);
    return `group ${path}`;
  };
  const knows = (event: HookEvent) => event !== 'milestone' || since(18, 2);
  const shown = (hook: StoredHook): ForgeHook => {
    const named = hook.place === 'instance' ? since(16, 9) : since(17, 1);
    return {
      id: hook.id,
      url: new Secret(hook.url),
      name: named ? hook.name : undefined,
      description: named ? hook.description : undefined,
      events: Object.fromEntries(ALL_EVENTS.filter(knows).map((event) => [event, hook.events.includes(event)])),
      otherEvents: [...hook.otherEvents],
      off: hook.executable ? undefined : { forGood: false, until: '2026-03-01T10:20:00.000Z' },
      tokenPresent: since(19, 0) ? hook.secret !== undefined : undefined,
      ageMs: hook.ageMs,
    };
  };
  const shownRunner = (runner: StoredRunner): ForgeRunner => ({
    id: runner.id,
    description: runner.description,
    type: runner.type,
    tags: [...runner.tags],
    runUntagged: runner.runUntagged,
    maintenanceNote: runner.maintenanceNote,
  });

  const fake: FakeGitLab = {
    hooks,
    runners,
    projects,
    groups,
    files: [],
    texts: new Map(),
    pipelines: [],
    allowList: [...(options.allowList ?? [])],
    calls,
    writes: () => calls.filter((call) => call.startsWith('write ')),
    addHook: (hook) => {
      const added: StoredHook = {
        id: id(),
        url: 'https://example.com/hook',
        name: '',
        description: '',
        secret: undefined,
        events: ['push'],
        otherEvents: [],
        executable: true,
        ageMs: undefined,
        ...hook,
      };
      hooks.push(added);
      return added;
    },
    addRunner: (runner) => {
      const added: StoredRunner = {
        id: id(),
        type: 'instance',
        token: `glrt-${id()}`,
        tags: [],
        runUntagged: true,
        maintenanceNote: '',
        ...runner,
      };
      runners.push(added);
      return added;
    },
    fault: undefined,
    tokenEnd: undefined,
    managers: [],
    managersOf: undefined,
    hidesHooks: false,
    accepts: () => true,
    deliver: () => 'delivered',
    savingMends: true,
    onPipeline: undefined,
    pipelineStates: ['success'],
    pipelineJobs: [],
    deliveries: undefined,
    verifyFault: undefined,
    connect: () => client,
  };

  const read = <T>(name: string, work: () => T): T => {
    calls.push(`read ${name}`);
    return work();
  };
  const write = <T>(name: string, work: () => T): T => {
    calls.push(`write ${name}`);
    fake.fault?.('before', name);
    const result = work();
    fake.fault?.('after', name);
    return result;
  };
  const checkUrl = (wanted: HookWanted): void => {
    if (fake.accepts(wanted.url.reveal(), fake.allowList)) return;
    throw new ChatopsError('OUTBOUND_BLOCKED', { what: 'GitLab refuses to call the chat', next: 'use the public URL' });
  };
  const save = (hook: StoredHook, wanted: HookWanted): void => {
    hook.url = wanted.url.reveal();
    hook.name = wanted.name;
    hook.description = wanted.description;
    hook.secret = wanted.secret.reveal();
    hook.events = wanted.events.filter(knows);
    hook.otherEvents = [];
  };
  const hookAt = (place: HookPlace, hookId: number): StoredHook => {
    const name = placeName(place);
    const found = hooks.find((each) => each.place === name && each.id === hookId);
    if (!found) throw notFound(`hook ${hookId}`);
    return found;
  };
  const runnerOf = (runnerId: number): StoredRunner => {
    const found = runners.find((each) => each.id === runnerId);
    if (!found) throw notFound(`runner ${runnerId}`);
    return found;
  };

  const client: GitLabClient = {
    ownWord: async () => ({ kind: 'ready' }),
    version: async () =>
      read('version', () => ({
        text: `${major}.${minor}.0`,
        major,
        minor,
        enterprise: options.enterprise ?? false,
      })),
    ownToken: async () =>
      read('ownToken', () => ({ name: 'x', active: options.active ?? true, scopes: options.scopes ?? ['api'] })),
    currentUser: async () => read('currentUser', () => ({ username: 'root', isAdmin: options.admin ?? true })),
    requireRights: (needed, signal) => requireRights(client, needed, signal),
    outboundAllowList: async () => read('outboundAllowList', () => [...fake.allowList]),
    setOutboundAllowList: async (entries) =>
      write('setOutboundAllowList', () => {
        fake.allowList = [...entries];
      }),
    findGroup: async (path) =>
      read('findGroup', () => (groups.includes(path) ? { id: groupId(path), path } : undefined)),
    findProject: async (path) =>
      read('findProject', () => projects.find((each) => each.path.toLowerCase() === path.toLowerCase())),
    listProjects: async () => read('listProjects', () => [...projects]),
    searchProjects: async (text) => read('searchProjects', () => projects.filter(({ path }) => path.includes(text))),
    createGroup: async (path) =>
      write('createGroup', () => {
        groups.push(path);
        return { id: groupId(path), path };
      }),
    createProject: async (path, description) =>
      write('createProject', () => {
        const made = { id: id(), path, description, defaultBranch: undefined };
        projects.push(made);
        return made;
      }),
    addFile: async (project, file) =>
      write('addFile', () => {
        const found = projectOf(project);
        projects[projects.indexOf(found)] = { ...found, defaultBranch: file.branch };
        fake.files.push(`${found.path}/${file.path}`);
        fake.texts.set(`${found.path}/${file.path}`, file.content);
      }),
    readFile: async (project, path) => read('readFile', () => fake.texts.get(`${projectOf(project).path}/${path}`)),
    changeFile: async (project, file) =>
      write('changeFile', () => {
        fake.texts.set(`${projectOf(project).path}/${file.path}`, file.content);
      }),
    addPipelineFile: (project, file, signal) => client.addFile(project, ciFile(file), signal),
    listHooks: async (place) =>
      read('listHooks', () => {
        if (fake.hidesHooks) throw new ChatopsError('PERMISSION_MISSING', { what: 'GitLab does not allow it' });
        if (place.kind === 'group' && !options.enterprise) return 'unsupported';
        const name = placeName(place);
        return hooks.filter((hook) => hook.place === name).map(shown);
      }),
    createHook: async (place, wanted) =>
      write('createHook', () => {
        checkUrl(wanted);
        const hook = fake.addHook({ place: placeName(place) });
        save(hook, wanted);
        return shown(hook);
      }),
    updateHook: async (place, hookId, wanted) =>
      write('updateHook', () => {
        checkUrl(wanted);
        const hook = hookAt(place, hookId);
        save(hook, wanted);
        if (fake.savingMends) hook.executable = true;
        return shown(hook);
      }),
    deleteHook: async (place, hookId) =>
      write('deleteHook', () => {
        hooks.splice(hooks.indexOf(hookAt(place, hookId)), 1);
      }),
    testHook: async (place, hookId, event) =>
      write('testHook', () => {
        const hook = hookAt(place, hookId);
        const kind = fake.deliver(event, hook);
        if (kind === 'delivered') {
          hook.executable = true;
          return { kind };
        }
        return { kind, reason: 'because' };
      }),
    listRunners: async (scope) =>
      read('listRunners', () =>
        runners.filter(({ type }) => scope.kind === 'visible' || type === scope.kind).map(shownRunner),
      ),
    showRunner: async (runnerId) =>
      read('showRunner', () => {
        const found = runners.find((each) => each.id === runnerId);
        return found && shownRunner(found);
      }),
    listRunnerManagers: async (runnerId) => fake.managersOf?.(runnerId) ?? fake.managers,
    createRunner: async (scope, wanted) =>
      write('createRunner', () => {
        const { id: made, token } = fake.addRunner({ ...wanted, type: scope.kind });
        return { id: made, token: new Secret(token), expiresAt: fake.tokenEnd };
      }),
    editRunner: async (runnerId, wanted) =>
      write('editRunner', () => {
        Object.assign(runnerOf(runnerId), wanted);
      }),
    deleteRunner: async (runnerId) =>
      write('deleteRunner', () => {
        const at = runners.findIndex((each) => each.id === runnerId);
        if (at !== -1) runners.splice(at, 1);
      }),
    resetRunnerToken: async (runnerId) =>
      write('resetRunnerToken', () => {
        const runner = runnerOf(runnerId);
        runner.token = `glrt-${id()}`;
        return { token: new Secret(runner.token), expiresAt: fake.tokenEnd };
      }),
    verifyRunner: async (token) =>
      read('verifyRunner', () => {
        if (fake.verifyFault) throw fake.verifyFault;
        const found = runners.find((each) => each.token === token.reveal());
        return found ? { kind: 'alive', id: found.id, expiresAt: fake.tokenEnd } : { kind: 'dead' };
      }),
    createPipeline: async (project) =>
      write('createPipeline', () => {
        const { path } = projectOf(project);
        if (!fake.files.includes(`${path}/.gitlab-ci.yml`)) return undefined;
        const made = { id: id(), project: path };
        fake.pipelines.push(made);
        fake.onPipeline?.(made.id, path);
        return { id: made.id, status: 'created' };
      }),
    showPipeline: async (_project, pipelineId) => {
      if (!fake.pipelines.some((each) => each.id === pipelineId)) throw notFound(`pipeline ${pipelineId}`);
      const [status = 'success', ...later] = fake.pipelineStates;
      if (later.length > 0) fake.pipelineStates = later;
      return { id: pipelineId, status };
    },
    listPipelines: async (project) =>
      fake.pipelines
        .filter((each) => each.project === projectOf(project).path)
        .map((each) => ({ id: each.id, status: 'success' })),
    listPipelineJobs: async () => fake.pipelineJobs,
    listDeliveries: async () => fake.deliveries,
    sendAgain: async () => write('sendAgain', () => ({ kind: 'delivered' as const })),
    lendRunner: async () => write('lendRunner', () => undefined),
    deleteProject: async (projectId) =>
      write('deleteProject', () => {
        const at = projects.findIndex((each) => each.id === projectId);
        if (at >= 0) projects.splice(at, 1);
      }),
  };
  return fake;
};
