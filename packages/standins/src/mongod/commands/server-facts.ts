/** What a server says about itself; nothing here depends on data. */
import { Long } from 'bson';
import { loginOf } from '../access/authorize.ts';
import { refusal } from '../errors.ts';
import type { Command } from './command.ts';

const fact = (name: string, run: Command['run'], open = false): Command => ({
  name,
  counts: 'read',
  needs: 'any',
  open,
  run,
});

const PARAMETERS: Readonly<Record<string, unknown>> = {
  featureCompatibilityVersion: { version: '8.0' },
  authenticationMechanisms: ['SCRAM-SHA-256', 'SCRAM-SHA-1'],
  enableTestCommands: false,
  quiet: false,
};

export const serverFacts: readonly Command[] = [
  fact('ping', () => ({}), true),
  fact(
    'buildInfo',
    ({ server }) => ({
      version: server.version,
      versionArray: [...server.version.split('.').map(Number), 0],
      gitVersion: 'stand-in',
      modules: [],
      bits: 64,
      debug: false,
      maxBsonObjectSize: 16_777_216,
      storageEngines: ['wiredTiger'],
    }),
    true,
  ),
  fact('hostInfo', ({ server }) => ({
    system: { currentTime: new Date(server.time.now()), hostname: server.name, numCores: 1, memSizeMB: 1_024 },
    os: { type: 'stand-in', name: 'chatops-up', version: '' },
    extra: {},
  })),
  fact('getParameter', ({ body }) => {
    const known = Object.entries(PARAMETERS).filter(([name]) => body.getParameter === '*' || name in body);
    if (known.length === 0) throw refusal('InvalidOptions', 'no option found to get');
    return Object.fromEntries(known);
  }),
  fact('getCmdLineOpts', ({ server }) => ({
    argv: ['mongod', ...(server.member ? ['--replSet', server.member.setName] : [])],
    parsed: server.member ? { replication: { replSet: server.member.setName } } : {},
  })),
  fact('getLog', ({ body }) =>
    body.getLog === '*' ? { names: ['global', 'startupWarnings'] } : { totalLinesWritten: 0, log: [] },
  ),
  fact('serverStatus', ({ server }) => ({
    host: server.name,
    version: server.version,
    process: 'mongod',
    uptime: Math.floor((server.time.now() - server.startedAtMs) / 1000),
    localTime: new Date(server.time.now()),
    storageEngine: { name: 'wiredTiger', persistent: true },
    opcounters: { insert: Long.ZERO, query: Long.ZERO, update: Long.ZERO, delete: Long.ZERO },
  })),
  fact('whatsmyuri', ({ connection }) => ({ you: `${connection.remoteAddress}:${connection.remotePort}` })),
  fact(
    'connectionStatus',
    ({ connection, server }) => {
      const login = loginOf(connection, server);
      const roles = login === undefined ? [] : (server.users.rolesOf(login) ?? []);
      return {
        authInfo: { authenticatedUsers: login === undefined ? [] : [login], authenticatedUserRoles: [...roles] },
      };
    },
    true,
  ),
];
