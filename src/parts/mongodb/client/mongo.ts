/** The official driver, one node at a time. Meaning is read from error numbers here and nowhere else. */
import { type Document, MongoClient, type MongoClientOptions, MongoServerError } from 'mongodb';
import { lookupWithLoopback } from '../../../adapters/lookup.ts';
import { codeOf, timedOut, unreachable } from '../../../adapters/network-errors.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import type {
  Hello,
  KeptUser,
  MongoLogin,
  MongoNode,
  MongoPort,
  NodeAddress,
  ReplicaSetConfig,
  ReplicaSetStatus,
  ScramCredential,
  UserContent,
} from '../mongo.ts';
import { PROBE_DATABASE } from '../probe-database.ts';
import { recogniseGreeting } from './greeting.ts';
import { describeServerError, memberState } from './mongo-words.ts';

/** The driver's own default of 30 s makes a ghost look like a dead server. */
const DEFAULT_TIMEOUT_MS = 2_000;
const MECHANISM = 'SCRAM-SHA-256';

const helloOf = (reply: Document): Hello => ({
  writable: reply.isWritablePrimary === true,
  secondary: reply.secondary === true,
  arbiter: reply.arbiterOnly === true,
  ghost: reply.isreplicaset === true,
  router: reply.msg === 'isdbgrid',
  hosts: Array.isArray(reply.hosts) ? reply.hosts.map(String) : [],
  ...(typeof reply.setName === 'string' ? { setName: reply.setName } : {}),
  ...(typeof reply.me === 'string' ? { me: reply.me } : {}),
  ...(typeof reply.primary === 'string' ? { primary: reply.primary } : {}),
});

const configOf = (reply: Document): ReplicaSetConfig => {
  const config: unknown = reply.config;
  if (typeof config === 'object' && config !== null && 'members' in config && Array.isArray(config.members)) {
    return config as ReplicaSetConfig;
  }
  throw new ChatopsError('UNEXPECTED_ANSWER', { what: 'replSetGetConfig answered without a config' });
};

const statusOf = (reply: Document): ReplicaSetStatus => ({
  members: (Array.isArray(reply.members) ? (reply.members as Document[]) : []).map(({ _id, name, state }) => ({
    _id: Number(_id),
    name: String(name),
    state: memberState(Number(state)),
  })),
});

/** Of `admin`, unless another database is named. @throws MongoRefusal, ChatopsError UNREACHABLE */
type Ask = (command: Document, database?: string) => Promise<Document>;

/** Users are there for the next PRIMARY too: asked for again, they would be made twice. */
const ON_A_MAJORITY = { w: 'majority', wtimeout: 10_000 };

const scramOf = ({ iterationCount, salt, storedKey }: Document): ScramCredential | undefined =>
  Number.isSafeInteger(iterationCount) && typeof salt === 'string' && typeof storedKey === 'string'
    ? { iterations: iterationCount, salt, storedKey }
    : undefined;

const keptUser = ({ roles, credentials }: Document): KeptUser => {
  const scram = scramOf(credentials?.[MECHANISM] ?? {});
  return {
    roles: (Array.isArray(roles) ? (roles as Document[]) : []).map(({ role, db }) => ({
      role: String(role),
      db: String(db),
    })),
    ...(scram && { scram }),
  };
};

/** The answer says nothing of those that are not there. */
const usersIn = (reply: Document, names: readonly string[]): readonly (KeptUser | undefined)[] => {
  const found = Array.isArray(reply.users) ? (reply.users as Document[]) : [];
  return names.map((name) => {
    const user = found.find((each) => each.user === name);
    return user && keptUser(user);
  });
};

/** SCRAM-SHA-1 is there for drivers of before 2018. */
const contentOf = ({ password, roles }: UserContent): Document => ({
  pwd: password.reveal(),
  roles,
  mechanisms: [MECHANISM],
  writeConcern: ON_A_MAJORITY,
});

const nodeOver = (ask: Ask): MongoNode => ({
  hello: async () => helloOf(await ask({ hello: 1 })),
  config: async () => configOf(await ask({ replSetGetConfig: 1 })),
  status: async () => statusOf(await ask({ replSetGetStatus: 1 })),
  initiate: async (config) => {
    await ask({ replSetInitiate: config });
  },
  reconfigure: async (config, withinMs = DEFAULT_TIMEOUT_MS) => {
    await ask({ replSetReconfig: config, maxTimeMS: withinMs });
  },
  stepDown: async (forSeconds) => {
    // The catch-up time must be shorter than the step-down time; half of it is enough for a small set.
    await ask({ replSetStepDown: forSeconds, secondaryCatchUpPeriodSecs: Math.floor(forSeconds / 2) });
  },
  proveMajority: async (withinMs) => {
    await ask(
      {
        find: 'chatops_majority',
        filter: { _id: 1 },
        limit: 1,
        singleBatch: true,
        readConcern: { level: 'linearizable' },
        maxTimeMS: withinMs,
      },
      PROBE_DATABASE,
    );
  },
  // By the manual, `usersInfo` shows what passwords are checked by to who may see other users and asks for it.
  users: async (names) => {
    const usersInfo = names.map((user) => ({ user, db: 'admin' }));
    return usersIn(await ask({ usersInfo, showCredentials: true }), names);
  },
  createUser: async (user, given) => {
    await ask({ createUser: user, ...contentOf(given) });
  },
  updateUser: async (user, given) => {
    await ask({ updateUser: user, ...contentOf(given) });
  },
});

/** The innermost error that bears a system code (ECONNREFUSED, ENOTFOUND …); the driver wraps it twice. */
const systemError = (thrown: unknown): Error | undefined => {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if (codeOf(error) !== undefined) return error;
  }
  return undefined;
};

const credentialsOf = (login: MongoLogin | undefined): MongoClientOptions =>
  login === undefined
    ? {}
    : {
        auth: { username: login.username, password: login.password.reveal() },
        authSource: login.source,
        authMechanism: MECHANISM,
      };

const connectTo = (at: NodeAddress, timeoutMs: number, login: MongoLogin | undefined): MongoClient =>
  new MongoClient(`mongodb://${at.host.includes(':') ? `[${at.host}]` : at.host}:${at.port}/`, {
    // Without it the driver leaves for the names the server advertises, and sees no server at all in a ghost.
    directConnection: true,
    serverSelectionTimeoutMS: timeoutMs,
    connectTimeoutMS: timeoutMs,
    socketTimeoutMS: timeoutMs,
    maxPoolSize: 1,
    // Nothing is watched: a visit is over before a second heartbeat.
    serverMonitoringMode: 'poll',
    retryReads: false,
    retryWrites: false,
    lookup: lookupWithLoopback,
    ...credentialsOf(login),
  });

/**
 * Rejects at the first failed attempt to connect, and when aborted. The driver itself would go on trying until
 * serverSelectionTimeoutMS, which turns "connection refused" into two lost seconds.
 */
const firstTrouble = (
  client: MongoClient,
  signal: AbortSignal | undefined,
): { promise: Promise<never>; stop(): void } => {
  let stop = (): void => undefined;
  const promise = new Promise<never>((_resolve, reject) => {
    const abort = () => reject(signal?.reason);
    client.once('serverHeartbeatFailed', ({ failure }) => reject(failure));
    signal?.addEventListener('abort', abort, { once: true });
    stop = () => signal?.removeEventListener('abort', abort);
  });
  promise.catch(() => undefined);
  return { promise, stop };
};

const explain = async (what: string, at: NodeAddress, thrown: unknown, timeoutMs: number, signal?: AbortSignal) => {
  const system = systemError(thrown);
  if (system !== undefined) return unreachable(what, system);
  const other = await recogniseGreeting(at, signal);
  if (other !== undefined) {
    return new ChatopsError('UNEXPECTED_ANSWER', {
      what: `${at.host}:${at.port} is no MongoDB server`,
      why: `it is ${other}`,
    });
  }
  const isTimeout = thrown instanceof Error && /Timeout|ServerSelection/.test(thrown.name);
  if (isTimeout) return timedOut(what, timeoutMs);
  return new ChatopsError('UNREACHABLE', { what, why: 'connection closed', cause: thrown });
};

export const createMongo = (): MongoPort => ({
  visit: async (at, use, { timeoutMs = DEFAULT_TIMEOUT_MS, signal, login } = {}) => {
    signal?.throwIfAborted();
    const client = connectTo(at, timeoutMs, login);
    const trouble = firstTrouble(client, signal);
    const where = `${at.host}:${at.port}`;
    const ask: Ask = async (command, database = 'admin') => {
      const name = Object.keys(command)[0];
      try {
        return await Promise.race([client.db(database).command(command), trouble.promise]);
      } catch (thrown) {
        signal?.throwIfAborted();
        if (thrown instanceof MongoServerError) {
          throw describeServerError(
            `${name} at ${where} was refused`,
            Number(thrown.code ?? 0),
            thrown.message,
            thrown,
          );
        }
        throw await explain(`no answer to ${name} from ${where}`, at, thrown, timeoutMs, signal);
      }
    };
    try {
      return await use(nodeOver(ask));
    } finally {
      trouble.stop();
      await client.close();
    }
  },
});
