/**
 * The main process of a stand-in image: plays one role as a container would. The stand-in listens on the container's
 * loopback as it does in our own process; what comes to the container's addresses is passed on to it.
 */
import { promises as dns, lookup } from 'node:dns';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningServer, ServerContext } from '@chatops-up/standins';
import { createSimulatedTime } from '@chatops-up/standins';
import { createGitLabStandin } from '@chatops-up/standins/gitlab';
import { createMattermostStandin } from '@chatops-up/standins/mattermost';
import { createMongodStandin } from '@chatops-up/standins/mongod';
import { createRocketChatStandin } from '@chatops-up/standins/rocketchat';
import { createRunnerStandin } from '@chatops-up/standins/runner';

type Played = 'mongo' | 'rocketchat' | 'mattermost' | 'gitlab' | 'gitlab-runner';

interface Role {
  readonly create: (context: ServerContext) => RunningServer;
  /** Ports of the real container. */
  readonly ports: readonly number[];
  /** Where the real container keeps its data. */
  readonly dir: string;
}

const ROLES: Readonly<Record<Played, Role>> = {
  mongo: { create: createMongodStandin, ports: [27017], dir: '/data/db' },
  rocketchat: { create: createRocketChatStandin, ports: [3000], dir: '/app/uploads' },
  mattermost: { create: createMattermostStandin, ports: [8065], dir: '/mattermost/data' },
  gitlab: { create: createGitLabStandin, ports: [80, 22], dir: '/var/opt/gitlab' },
  'gitlab-runner': { create: createRunnerStandin, ports: [9252], dir: '/etc/gitlab-runner' },
};

/** Added to a port for its place on the loopback, so that "is it me" is known by the port there. */
const LOOPBACK_OFFSET = 20_000;
const SPEED = Number(process.env.STANDIN_SPEED ?? 200);
const CRASHES = Number(process.env.STANDIN_CRASHES ?? 0);
const CRASHES_AFTER_MS = 200;
/** Survives a restart of the container, not a new one. */
const STARTS = '/standin-starts';

/** One in each of its networks. */
const ownAddresses = (): readonly [string, ...string[]] => {
  const [first, ...others] = Object.values(networkInterfaces())
    .flat()
    .flatMap((each) => (each !== undefined && !each.internal && each.family === 'IPv4' ? [each.address] : []));
  if (first === undefined) throw new Error('this container has no address');
  return [first, ...others];
};

/**
 * For an address Docker's resolver answers `<project>-<service>-<number>.<network>`, the network being `<project>_…`;
 * Podman's the container's name, `<project>-<service>-<number>`, and every alias, the service's name among them.
 */
const serviceAmong = (names: readonly string[]): string | undefined => {
  const [first = ''] = names;
  const [container = '', network] = first.split('.');
  if (network === undefined) return names.find((name) => new RegExp(`-${name}-\\d+$`).test(container));
  const project = network.slice(0, network.lastIndexOf('_'));
  return container.slice(project.length + 1).replace(/-\d+$/, '');
};

const ownService = async (address: string): Promise<string> => {
  // Not `reverse`: that reads /etc/hosts, where the address has the container's id.
  const names = await dns.resolvePtr(`${address.split('.').reverse().join('.')}.in-addr.arpa`);
  const service = serviceAmong(names);
  if (service === undefined) throw new Error(`no name of this container is a service's: ${names.join(', ')}`);
  return service;
};

/** Names of the network, as its resolver has them now; asked again behind the caller's back. */
const createLookup = (service: string, places: Readonly<Record<number, number>>): ServerContext['lookup'] => {
  const known = new Map<string, string>();
  const refresh = (host: string): void =>
    lookup(host, { family: 4 }, (error, address) => void (error ? known.delete(host) : known.set(host, address)));
  return (host, port) => {
    if (host === service) return { host: '127.0.0.1', port: places[port] ?? port };
    if (host === 'localhost' || /^[\d.]+$/.test(host)) return undefined;
    refresh(host);
    return { host: known.get(host) ?? host, port };
  };
};

const relay = (address: string, port: number, place: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const server = createServer({ allowHalfOpen: true }, (near) => {
      const far = connect({ host: '127.0.0.1', port: place, allowHalfOpen: true });
      const end = (one: Socket, other: Socket) => one.on('error', () => other.resetAndDestroy());
      end(near, far);
      end(far, near);
      near.pipe(far).pipe(near);
    });
    server.once('error', reject);
    server.listen(port, address, resolve);
  });

/** Made by `STANDIN_CRASHES` to end with 1 at that many first starts of the container. */
const crashAtFirst = async (): Promise<void> => {
  const starts = existsSync(STARTS) ? Number(readFileSync(STARTS, 'utf8')) + 1 : 1;
  writeFileSync(STARTS, String(starts));
  if (starts > CRASHES) return;
  await sleep(CRASHES_AFTER_MS);
  process.stderr.write(`made to crash at its first ${CRASHES} starts; this is start ${starts}\n`);
  process.exit(1);
};

const role = process.env.STANDIN_ROLE as Played;
const { create, ports, dir } = ROLES[role];
const addresses = ownAddresses();
const service = await ownService(addresses[0]);
const places = Object.fromEntries(ports.map((port) => [port, port + LOOPBACK_OFFSET]));
mkdirSync(dir, { recursive: true });
const environment = Object.entries(process.env).flatMap(([name, value]) =>
  value === undefined ? [] : [[name, value]],
);
const server = create({
  service,
  role,
  dir,
  ports: places,
  env: Object.fromEntries(environment) as Record<string, string>,
  command: process.argv.slice(2),
  time: createSimulatedTime(SPEED),
  lookup: createLookup(service, places),
  file: async () => undefined,
});

const stop = async (status: number): Promise<void> => {
  await server.stop();
  process.exit(status);
};
process.once('SIGTERM', () => void stop(0));
process.once('SIGINT', () => void stop(0));
void server.crashed.then((reason) => {
  process.stderr.write(`${service} (stand-in for ${role}) ended: ${reason}\n`);
  process.exit(1);
});
process.stdout.write(`${service}: a stand-in for ${role}, not the real server\n`);
if (CRASHES > 0) await crashAtFirst();
await Promise.all(addresses.flatMap((address) => ports.map((port) => relay(address, port, places[port] ?? 0))));
await server.start();
