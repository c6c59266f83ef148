/** mongod, played: real sockets, real BSON, a replica set over real connections, state on disk. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createFaults } from '../kit/faults.ts';
import { createLedger } from '../kit/ledger.ts';
import type { RunningServer, ServerContext } from '../standin.ts';
import { readKeyFile } from './access/key-file.ts';
import { readCommandLine } from './command-line.ts';
import { type MongodProcess, startProcess } from './process.ts';
import { standDown } from './replication/elections.ts';
import { PRIMARY, STATE_NAMES } from './replication/node.ts';

export { readCommandLine } from './command-line.ts';

export interface MongodState {
  /** `down` while no port is open. */
  readonly state: (typeof STATE_NAMES)[keyof typeof STATE_NAMES] | 'STANDALONE' | 'down';
  readonly term: number;
  /** `host:port` of who leads, as far as this node knows. */
  readonly primary: string | undefined;
  readonly configVersion: number | undefined;
}

export interface MongodStandin extends RunningServer {
  /** The primary gives its place up without asking anybody, for 60 simulated seconds. */
  stepDown(): void;
  /** Ends at once, as a crash does. `start` brings it back over the same data. */
  kill(): Promise<void>;
  state(): MongodState;
}

/** Simulated ms with the port shut: the image starts mongod on an empty directory, or on one with data. */
const FIRST_BOOT_MS = 1_500;
const BOOT_MS = 500;
/** How long the image's temporary server stands while users are made. */
const INIT_SERVER_MS = 4_000;

/** Switches the temporary init server off although root credentials are given. */
const NO_INIT_SERVER = 'CHATOPS_MONGOD_INIT_SERVER';

/** From the moment a mongod opened it, a directory is not empty, whatever became of that start. */
const wasUsed = (dir: string): boolean => existsSync(join(dir, 'state.jsonl'));

export const createMongodStandin = (context: ServerContext): MongodStandin => {
  const ledger = createLedger();
  const faults = createFaults();
  const given = readCommandLine(context.command);
  const root = context.env.MONGO_INITDB_ROOT_USERNAME;
  const password = context.env.MONGO_INITDB_ROOT_PASSWORD;
  const line = { ...given, auth: given.auth || (root !== undefined && !given.transitionToAuth) };
  const listenPort = context.ports[line.port] ?? Object.values(context.ports)[0] ?? line.port;
  let running: MongodProcess | undefined;
  let cancelBoot: () => void = () => undefined;
  let reportCrash: (reason: string) => void = () => undefined;
  const crashed = new Promise<string>((resolve) => {
    reportCrash = resolve;
  });

  const begin = async (temporary: boolean): Promise<void> => {
    // mongod checks this before it opens anything (text asserted in mongodb/mongo's jstests).
    if (!temporary && line.auth && line.replSet !== undefined && line.keyFile === undefined)
      return reportCrash('security.keyFile is required when authorization is enabled with replica sets');
    if (!temporary && line.transitionToAuth && line.keyFile === undefined)
      return reportCrash('--transitionToAuth must be used with keyFile or x509 authentication');
    const file = line.keyFile === undefined || temporary ? undefined : readKeyFile(line.keyFile);
    if (file !== undefined && 'trouble' in file) return reportCrash(file.trouble);
    const process = startProcess({ context, line, listenPort, key: file?.key, temporary, ledger, faults });
    running = process;
    await process.open().catch((error: Error) => reportCrash(`mongod cannot listen: ${error.message}`));
  };
  const later = (ms: number, task: () => Promise<void>): void => {
    cancelBoot = context.time.after(ms, () => void task().catch((error: Error) => reportCrash(error.message)));
  };
  const makeRoot = (): void => {
    if (root === undefined || password === undefined) return;
    running?.server.users.create('admin', root, password, [{ role: 'root', db: 'admin' }]);
  };
  const end = async (): Promise<void> => {
    cancelBoot();
    const ending = running;
    running = undefined;
    await ending?.end();
  };
  /** As the image's entrypoint: the temporary server, the root user, and only then the real one. */
  const bootWithInitServer = (): void =>
    later(FIRST_BOOT_MS, async () => {
      await begin(true);
      later(INIT_SERVER_MS, async () => {
        makeRoot();
        await end();
        later(BOOT_MS, () => begin(false));
      });
    });

  const start = async (): Promise<void> => {
    const isFirst = !wasUsed(context.dir);
    if (isFirst && root !== undefined && context.env[NO_INIT_SERVER] !== 'off') return bootWithInitServer();
    later(isFirst ? FIRST_BOOT_MS : BOOT_MS, async () => {
      await begin(false);
      if (isFirst) makeRoot();
    });
  };

  return {
    service: context.service,
    played: 'stand-in',
    ledger,
    faults,
    crashed,
    start,
    stop: end,
    kill: async () => {
      reportCrash('killed');
      await end();
    },
    stepDown: () => {
      const node = running?.server.member;
      if (node?.state !== PRIMARY) return;
      node.frozenUntil = node.time.now() + 60_000;
      standDown(node);
    },
    state: () => {
      const node = running?.server.member;
      const primary = node?.config?.members.find(({ id }) => id === node.primaryId)?.host;
      return {
        state: running === undefined ? 'down' : node === undefined ? 'STANDALONE' : STATE_NAMES[node.state],
        term: node?.term ?? 0,
        primary,
        configVersion: node?.config?.version,
      };
    },
  };
};
