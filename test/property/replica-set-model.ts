/**
 * A replica set in memory with the rules a job lives by: majorities, one voter a step, versions that rise by
 * themselves, elections, members that copy data first, and faults. Time passes only when the job sleeps.
 */

import type { Clock } from '../../src/contracts/clock.ts';
import { ChatopsError } from '../../src/errors/chatops-error.ts';
import {
  type Hello,
  type MemberState,
  type MongoNode,
  type MongoPort,
  MongoRefusal,
  type RefusalReason,
  type ReplicaSetConfig,
  type ReplicaSetMember,
} from '../../src/parts/mongodb/mongo.ts';

export type ModelFault =
  /** The connection is cut before or after the work. */
  | { readonly kind: 'lost'; readonly afterWork: boolean }
  | { readonly kind: 'refused'; readonly reason: RefusalReason }
  /** Our own process dies here; the run has to be made again. */
  | { readonly kind: 'killed'; readonly afterWork: boolean };

export class Killed extends Error {}

export interface ModelStart {
  /** Names of all nodes that run, wanted or not. */
  readonly hosts: readonly string[];
  /** Absent: nobody was initiated. */
  readonly config?: ReplicaSetConfig;
  /** Name in the config → node that answers to it, where they differ. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** Numbers of calls that meet a fault. */
  readonly faults: ReadonlyMap<number, ModelFault>;
  /** Tick → node that is down from then on for some ticks. */
  readonly outages: ReadonlyMap<number, { readonly host: string; readonly ticks: number }>;
}

const SYNC_TICKS = 3;
const ELECTION_TICKS = 2;
const BARRED_TICKS = 40;

const isVoter = (member: ReplicaSetMember): boolean => member.votes !== 0;
const majority = (count: number): number => Math.floor(count / 2) + 1;

const refusal = (reason: RefusalReason): MongoRefusal =>
  new MongoRefusal('JOB_FAILED', reason, 0, { what: `refused: ${reason}` });
const unreachable = (why: string): ChatopsError => new ChatopsError('UNREACHABLE', { what: 'no answer', why });

export interface Model {
  readonly mongo: MongoPort;
  readonly clock: Clock;
  config(): ReplicaSetConfig | undefined;
  /** Of every member of the config, by its name. */
  states(): Readonly<Record<string, MemberState>>;
  /** What a job must never do, in words; empty when it kept to the rules. */
  readonly broken: readonly string[];
}

export const createModel = (start: ModelStart): Model => {
  let config = start.config;
  let primary: string | undefined;
  let tick = 0;
  let calls = 0;
  let electionAt = 0;
  const down = new Map<string, number>();
  const syncing = new Map<string, number>();
  const barred = new Map<string, number>();
  /** Node → the config it was left with when it was removed. */
  const left = new Map<string, ReplicaSetConfig>();
  const broken: string[] = [];

  const nodeOf = (name: string): string => start.aliases?.[name] ?? name;
  const nameOf = (node: string): string | undefined => config?.members.find(({ host }) => nodeOf(host) === node)?.host;
  const isUp = (name: string): boolean => !down.has(nodeOf(name));
  const stateOf = (member: ReplicaSetMember): MemberState => {
    if (!isUp(member.host)) return 'down';
    if (syncing.has(member.host)) return 'startup2';
    if (member.arbiterOnly === true) return 'arbiter';
    return member.host === primary ? 'primary' : 'secondary';
  };
  const voters = (of: ReplicaSetConfig): readonly ReplicaSetMember[] =>
    of.members.filter((member) => isVoter(member) && !syncing.has(member.host));
  const hasMajority = (of: ReplicaSetConfig): boolean =>
    voters(of).filter(({ host }) => isUp(host)).length >= majority(voters(of).length);
  const candidates = (): readonly string[] =>
    (config?.members ?? [])
      .filter((member) => stateOf(member) === 'secondary' && isVoter(member) && member.priority !== 0)
      .map(({ host }) => host)
      .filter((host) => (barred.get(host) ?? 0) <= tick);

  const elect = (): void => {
    if (config === undefined || primary !== undefined || tick < electionAt || !hasMajority(config)) return;
    primary = candidates().at(tick % Math.max(1, candidates().length));
  };
  const losePrimary = (): void => {
    primary = undefined;
    electionAt = tick + ELECTION_TICKS;
  };
  const promote = (): void => {
    for (const [host, until] of syncing) {
      if (until > tick || primary === undefined || config === undefined || !isUp(host)) continue;
      syncing.delete(host);
      // The server takes `newlyAdded` away by a reconfiguration of its own.
      config = { ...config, version: (config.version ?? 1) + 1 };
    }
  };
  const pass = (): void => {
    tick += 1;
    for (const [host, until] of down) if (until <= tick) down.delete(host);
    const outage = start.outages.get(tick);
    if (outage) down.set(outage.host, tick + outage.ticks);
    if (config !== undefined && primary !== undefined && (!isUp(primary) || !hasMajority(config))) losePrimary();
    elect();
    promote();
  };

  const check = (next: ReplicaSetConfig): void => {
    const before = config;
    if (before === undefined) return;
    const ids = (of: ReplicaSetConfig) => new Set(of.members.filter(isVoter).map(({ _id }) => _id));
    const [old, fresh] = [ids(before), ids(next)];
    const changed = [...old].filter((id) => !fresh.has(id)).length + [...fresh].filter((id) => !old.has(id)).length;
    if (changed > 1) broken.push(`${changed} voters changed in one step`);
    const copying = before.members.some(
      ({ host }) => syncing.has(host) && next.members.some((each) => each.host === host),
    );
    if (copying && fresh.size > old.size) broken.push('one more was added while the last still copied');
    if (new Set(next.members.map(({ _id }) => _id)).size !== next.members.length) broken.push('an _id stands twice');
    if (new Set(next.members.map(({ host }) => host)).size !== next.members.length) broken.push('a host stands twice');
    if (next.members.some((member) => 'newlyAdded' in member)) broken.push('newlyAdded was sent');
    if (String(next.settings?.replicaSetId) !== String(before.settings?.replicaSetId))
      broken.push('replicaSetId was lost');
    for (const member of before.members.filter(({ host }) => host.startsWith('hand'))) {
      const kept = next.members.find(({ _id }) => _id === member._id);
      if (JSON.stringify(kept) !== JSON.stringify(member)) broken.push(`${member.host} was touched`);
    }
    const standing = next.members.filter(isVoter);
    const healthy = standing.filter((member) => isUp(member.host)).length;
    if (healthy < majority(standing.length)) broken.push('a step below the majority was wanted');
  };

  const reconfigure = (asked: string, next: ReplicaSetConfig): void => {
    if (config === undefined || nameOf(asked) !== primary || primary === undefined) throw refusal('not-primary');
    if ((next.version ?? 0) <= (config.version ?? 0)) throw refusal('config-incompatible');
    if (syncing.size > 0 && tick % 2 === 0) throw refusal('config-in-progress');
    check(next);
    if (!next.members.some(({ host }) => nodeOf(host) === asked)) throw refusal('node-not-found');
    if (!hasMajority(next)) throw refusal('node-not-found');
    const before = config;
    for (const { host, _id } of next.members) {
      const known = before.members.find((each) => each._id === _id);
      if (known === undefined) syncing.set(host, tick + SYNC_TICKS);
      else if (known.host === primary) primary = host;
    }
    for (const { host } of before.members) {
      if (next.members.some((each) => nodeOf(each.host) === nodeOf(host))) continue;
      syncing.delete(host);
      left.set(nodeOf(host), before);
    }
    config = next;
  };

  const initiate = (asked: string, first: ReplicaSetConfig): void => {
    if (config !== undefined) throw refusal('already-initialized');
    if (first.members.length !== 1 || first.members[0]?.host !== asked) broken.push('initiated by another name');
    config = { ...first, version: 1, settings: { replicaSetId: 'made' } };
    electionAt = tick + ELECTION_TICKS;
  };

  const stepDown = (asked: string): void => {
    if (nameOf(asked) !== primary || primary === undefined) throw refusal('not-primary');
    if (candidates().length === 0) throw refusal('timed-out');
    barred.set(primary, tick + BARRED_TICKS);
    losePrimary();
  };

  const hello = (node: string): Hello => {
    const me = nameOf(node);
    if (config === undefined || me === undefined) {
      return { writable: false, secondary: false, arbiter: false, ghost: true, router: false, hosts: [] };
    }
    const own = config.members.find(({ host }) => host === me);
    return {
      writable: me === primary,
      secondary: own !== undefined && stateOf(own) === 'secondary',
      arbiter: false,
      ghost: false,
      router: false,
      setName: config._id,
      me,
      hosts: config.members.map(({ host }) => host),
      ...(primary === undefined ? {} : { primary }),
    };
  };

  /** Refusals about configurations are met by changes only. */
  const meet = async <T>(work: () => T, changes = false): Promise<T> => {
    calls += 1;
    const fault = start.faults.get(calls);
    if (fault === undefined) return work();
    if (fault.kind === 'refused') {
      if (!changes && fault.reason.startsWith('config-')) return work();
      throw refusal(fault.reason);
    }
    if (fault.afterWork) work();
    throw fault.kind === 'killed' ? new Killed() : unreachable('connection reset');
  };

  const nodeFor = (node: string): MongoNode => ({
    hello: () => meet(() => hello(node)),
    config: () =>
      meet(() => {
        const known = nameOf(node) === undefined ? left.get(node) : config;
        if (known === undefined) throw refusal('not-initialized');
        return known;
      }),
    status: () =>
      meet(() => ({
        members: (config?.members ?? []).map((member) => ({
          _id: member._id,
          name: member.host,
          state: stateOf(member),
        })),
      })),
    initiate: (first) => meet(() => initiate(node, first), true),
    reconfigure: (next) => meet(() => reconfigure(node, next), true),
    stepDown: () => meet(() => stepDown(node), true),
    proveMajority: () => meet(() => undefined),
    users: (names) => meet(() => names.map(() => undefined)),
    createUser: () => meet(() => undefined),
    updateUser: () => meet(() => undefined),
  });

  let now = 0;
  return {
    config: () => config,
    states: () => Object.fromEntries((config?.members ?? []).map((member) => [member.host, stateOf(member)])),
    broken,
    mongo: {
      visit: async (at, use) => {
        const node = `${at.host}:${at.port}`;
        if (!start.hosts.includes(node) || down.has(node)) throw unreachable('connection refused');
        return use(nodeFor(node));
      },
    },
    clock: {
      now: () => now,
      date: () => new Date(0),
      sleep: async (ms, signal) => {
        signal?.throwIfAborted();
        now += ms;
        pass();
      },
    },
  };
};
