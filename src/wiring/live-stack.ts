/**
 * A stack that is to be asked, not changed. Its servers are: the containers that run; or stand-ins, started for the
 * length of the command; or those that another process of ours keeps running (`up --stay`); or, with `--public`,
 * whatever answers at the public addresses. Nothing is written to the stack directory, and no secret is made up.
 */
import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { join } from 'node:path';
import type { Desired, LiveWorld } from '../../operations.ts';
import { createFiles } from '../adapters/files.ts';
import { createStackLock } from '../adapters/lock.ts';
import { createTls } from '../adapters/tls.ts';
import type { Addresses } from '../contracts/addresses.ts';
import type { Engine } from '../contracts/engine.ts';
import { readPorts } from '../engines/embedded/loopback-ports.ts';
import { runningAddresses } from '../engines/embedded/running-addresses.ts';
import { createReachedEngine } from '../engines/reached/reached-engine.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import { createWarningsReporter, reportWarnings } from '../report/warnings.ts';
import { asUsersCome } from '../stack/as-users-come.ts';
import { hostName } from '../stack/public-urls.ts';
import { createWorld, trustedBy } from './create-world.ts';
import { describeDirectory } from './describe-directory.ts';
import type { Invocation } from './invocation.ts';
import { privacyWarnings } from './keep-private.ts';
import { loadedFrom } from './loaded-from.ts';
import { createNotifier } from './notifier.ts';
import { warningsOf } from './open-stack.ts';
import { loadPlayedForge } from './played-forge.ts';
import { readSecrets } from './read-secrets.ts';
import { CONFIG_FILE, ENV_FILE, readConfigText, readEnvText, STATE_DIR, USERS_OWN } from './stack-directory.ts';

export interface LiveOptions {
  /** Only published addresses; nothing is started. */
  readonly public: boolean;
  /** Aborts the whole of it. Default: the process's own signal. */
  readonly signal?: AbortSignal;
}

export interface LiveStack {
  readonly desired: Desired;
  readonly world: LiveWorld;
  close(): Promise<void>;
}

/** @throws ChatopsError CONFIG_* */
export const readDesired = async (invocation: Invocation): Promise<Desired> => {
  const text = readConfigText(invocation.dir);
  if (text === undefined) {
    throw new ChatopsError('CONFIG_MISSING', { what: `there is no ${CONFIG_FILE} in ${invocation.dir}` });
  }
  return (await describeDirectory(text, invocation)).desired;
};

/** Of all services only the front door is published. */
const atPublic = ({ config, stack }: Desired): Addresses => ({
  resolve: ({ service, port }) => {
    const { http, https, outer } = stack.door;
    const isPublished = service === 'nginx' && (port === http || port === https);
    if (isPublished) return { host: hostName(config, 'www'), port: outer?.port ?? port };
    throw new ChatopsError('UNREACHABLE', {
      what: `${service}:${port} cannot be reached from here`,
      why: "it is inside the stack's network",
      next: 'run the command where the stack runs, without --public',
    });
  },
});

interface Held {
  readonly engine?: Engine;
  readonly close: () => Promise<void>;
}

/** The engine's lock; or, where another process holds it, the servers that this one runs. */
const hold = async (dir: string): Promise<Held> => {
  try {
    const lock = createStackLock(join(dir, STATE_DIR));
    await lock.acquire();
    return { close: lock.release };
  } catch (thrown) {
    if (!(thrown instanceof ChatopsError) || thrown.code !== 'STACK_LOCKED') throw thrown;
    const ports = readPorts(join(dir, STATE_DIR, 'embedded', 'places.json'));
    if (Object.keys(ports).length === 0) throw thrown;
    const why = `another process runs its servers (${thrown.why ?? 'up --stay'})`;
    const engine = createReachedEngine({ kind: 'embedded', why, addresses: runningAddresses(ports) });
    return { engine, close: async () => undefined };
  }
};

const neverStarted = (dir: string): ChatopsError =>
  new ChatopsError('SECRET_MISSING', {
    what: `the stack in ${dir} was never started`,
    why: `there is no ${ENV_FILE} with its secrets`,
    next: 'run `chatops-up up`; or ask a stack that runs elsewhere with --public and its secrets as variables',
  });

/** From outside, its commands go the way of users. */
const desiredFor = (desired: Desired, options: LiveOptions): Desired =>
  options.public ? { ...desired, stack: asUsersCome(desired.stack) } : desired;

/** The caller closes it. @throws ChatopsError CONFIG_*, ENV_FILE_DAMAGED, SECRET_*, STACK_LOCKED */
export const openLiveStack = async (invocation: Invocation, options: LiveOptions): Promise<LiveStack> => {
  const desired = desiredFor(await readDesired(invocation), options);
  const envText = readEnvText(invocation.dir);
  const prepared = readSecrets(invocation, desired.stack, envText);
  if (envText === undefined && prepared.generated.length > 0 && !options.public) throw neverStarted(invocation.dir);
  // What was made up just now is no server's secret: asking for it says that it is missing.
  const values = new Map([...prepared.values].filter(([name]) => !prepared.generated.includes(name)));
  reportWarnings([...warningsOf(desired, prepared), ...privacyWarnings(invocation.dir)], invocation.err);
  const files = createFiles(invocation.dir, { followed: USERS_OWN });
  const engineOf = options.public ? ({ ...invocation, engine: 'embedded' } as const) : invocation;
  const world = await createWorld(
    engineOf,
    files,
    { ...prepared, values },
    createWarningsReporter(invocation.err),
    desired,
  );
  const published = (): Held => ({
    engine: createReachedEngine({ kind: 'docker', why: 'of --public', addresses: atPublic(desired) }),
    close: async () => undefined,
  });
  // Containers belong to no process of ours, and asking them writes nothing: nobody is kept out.
  const asIs = (): Held => ({ close: async () => undefined });
  const servers = world.engine.can.endsWithUs ? () => hold(invocation.dir) : asIs;
  const held = options.public ? published() : await servers();
  const signal = options.signal ?? invocation.signal;
  setMaxListeners(0, signal);
  return {
    desired,
    world: {
      ...world,
      signal,
      ...(held.engine ? { engine: held.engine } : {}),
      tls: createTls(trustedBy(invocation, desired.config)),
      notifier: createNotifier(),
      playedForge: await loadPlayedForge(desired.house.parts),
      checks: await loadedFrom(desired.house.parts, ({ checks }) => checks?.()),
      uuid: randomUUID,
      inside: !options.public,
    },
    close: held.close,
  };
};
