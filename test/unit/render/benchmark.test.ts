/** Rendered stacks judged by the rules of the CIS Docker Benchmark 1.8.0 for how containers are run. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { BENCHMARK_RULES } from '../../../docs/scripts/benchmark-rules.ts';
import { allowsOf, INSTALL_ALLOWS } from '../../../src/stack/confinement.ts';
import type { Allowance, Stack } from '../../../src/stack/stack.ts';
import { filesOf, stackOf } from '../../builders/stack.ts';
import { anyConfig } from '../../builders/stack-configs.ts';
import { cases } from '../../helpers/cases.ts';

/** What of a service in compose.yaml the rules look at (docs.docker.com/reference/compose-file/services). */
interface Container {
  readonly image: string;
  readonly restart?: string;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly read_only?: boolean;
  readonly pids_limit?: number;
  readonly mem_limit?: string;
  readonly cpu_quota?: number;
  readonly ports?: readonly string[];
  readonly network_mode?: string;
  readonly networks?: Readonly<Record<string, unknown>>;
  readonly healthcheck?: { readonly test: readonly string[]; readonly disable?: boolean };
  readonly volumes?: readonly { readonly type: string; readonly source?: string; readonly bind?: object }[];
}

type Holds = (container: Container) => boolean;

const without =
  (...keys: readonly string[]): Holds =>
  (container) =>
    keys.every((key) => !Object.hasOwn(container, key));

const secured =
  (...refused: readonly string[]): Holds =>
  ({ security_opt: options = [] }) =>
    !options.some((option) => refused.some((start) => option.startsWith(start)));

/** `127.0.0.1:2222:22`, `[::1]:80:80` → its address, port of the machine and of the container. */
const portOf = (text: string) => {
  const [, address, outside, inside] = /^(?:(.+):)?(\d+):(\d+)$/.exec(text) ?? [];
  return { address, outside: Number(outside), inside: Number(inside) };
};

const bound = ({ volumes = [] }: Container) => volumes.filter(({ type }) => type === 'bind');
const SOCKET = 'docker.sock';
const SENSITIVE = ['/', '/boot', '/dev', '/etc', '/home', '/lib', '/proc', '/root', '/run', '/sys', '/usr', '/var'];

const HOLDS: Readonly<Record<string, Holds>> = {
  '5.1': without('deploy'),
  '5.2': secured('apparmor'),
  '5.3': secured('label'),
  '5.4': ({ cap_drop: dropped }) => dropped?.includes('ALL') === true,
  '5.5': without('privileged'),
  '5.6': (container) => bound(container).every(({ source }) => !SENSITIVE.includes(source ?? '/')),
  '5.7': ({ ports = [] }) => ports.every((port) => portOf(port).inside !== 22),
  '5.8': ({ ports = [] }) => ports.every((port) => portOf(port).outside >= 1024),
  '5.9': ({ ports = [] }) => ports.length <= 2,
  '5.10': ({ network_mode: mode = 'none' }) => mode === 'none',
  '5.11': ({ mem_limit: limit }) => limit !== undefined,
  '5.12': ({ cpu_quota: quota = 0 }) => quota > 0,
  '5.13': ({ read_only: only }) => only === true,
  '5.14': ({ ports = [] }) => ports.every((port) => portOf(port).address !== undefined),
  '5.15': ({ restart = 'no' }) => ['no', 'on-failure'].includes(restart),
  '5.16': without('pid'),
  '5.17': without('ipc'),
  '5.18': without('devices'),
  '5.19': without('ulimits'),
  '5.20': (container) => bound(container).every(({ bind }) => !Object.hasOwn(bind ?? {}, 'propagation')),
  '5.21': without('uts'),
  '5.22': secured('seccomp'),
  '5.25': without('cgroup_parent', 'cgroup'),
  '5.26': ({ security_opt: options }) => options?.includes('no-new-privileges:true') === true,
  '5.27': ({ healthcheck }) => healthcheck?.test[0] === 'CMD' && healthcheck.disable !== true,
  '5.28': ({ image }) => /(?::[^/:]*\d[^/:]*|@sha256:[0-9a-f]{64})$/.test(image),
  '5.29': ({ pids_limit: limit = 0 }) => limit > 0,
  '5.30': ({ network_mode: mode, networks = {} }) => mode === 'none' || Object.keys(networks).length > 0,
  '5.31': without('userns_mode'),
  '5.32': (container) => bound(container).every(({ source = '' }) => !source.endsWith(SOCKET)),
};

const containersOf = (stack: Stack): Readonly<Record<string, Container>> => {
  const text = filesOf(stack).find(({ path }) => path === 'compose.yaml')?.text ?? '';
  const { services } = parse(text) as { readonly services: Readonly<Record<string, Container>> };
  return services;
};

/** Containers with a reason to break rules of this kind. */
type Reasoned = (stack: Stack) => readonly string[];

const allowed =
  (has: (allowance: Allowance) => boolean): Reasoned =>
  ({ nodes }) => [
    ...nodes.filter((node) => allowsOf(node).some(has)).map(({ name }) => name),
    ...(INSTALL_ALLOWS.some(has) ? ['tools'] : []),
  ];

const serviceNames: Reasoned = ({ nodes }) => nodes.flatMap(({ kind, name }) => (kind === 'service' ? [name] : []));

const EXCEPT: Readonly<Record<string, Reasoned>> = {
  capabilities: allowed((allowance) => allowance.what === 'capabilities' && allowance.which === 'default'),
  privileges: allowed(({ what }) => what === 'privileges'),
  writes: allowed(({ what }) => what === 'writes'),
  restart: serviceNames,
  ports: () => ['gitlab', 'nginx'],
  socket: () => ['gitlab-runner'],
  health: ({ nodes }) => ['tools', ...nodes.flatMap(({ kind, name }) => (kind === 'job' ? [name] : []))],
};

/** Chosen at random once, the same in every run: each is judged by every rule. Which tags are refused is the configuration's. */
const STACKS = fc
  .sample(
    anyConfig.filter(({ images }) => Object.values(images).every((image) => /:[^/:]*\d|@/.test(image ?? ''))),
    { numRuns: cases(40), seed: 20 },
  )
  .map(stackOf);
const RENDERED = STACKS.map((stack) => ({ stack, containers: containersOf(stack) }));

describe('rules of the CIS Docker Benchmark', () => {
  it('are judged here, every one of the list', () => {
    expect(Object.keys(HOLDS)).toEqual(BENCHMARK_RULES.map(({ rule }) => rule));
  });

  it.each(BENCHMARK_RULES)('$rule, $wants: $kept', ({ rule, except = '' }) => {
    const broken = RENDERED.flatMap(({ stack, containers }, at) => {
      const reasoned = EXCEPT[except]?.(stack) ?? [];
      const names = Object.keys(containers).filter((name) => HOLDS[rule]?.(containers[name] as Container) !== true);
      return names.filter((name) => !reasoned.includes(name)).map((name) => `${name} of stack ${at}`);
    });
    expect(broken).toEqual([]);
  });

  it.each([
    ['5.4', { image: 'a:1', cap_drop: ['CHOWN'] }],
    ['5.5', { image: 'a:1', privileged: true }],
    ['5.6', { image: 'a:1', volumes: [{ type: 'bind', source: '/etc' }] }],
    ['5.10', { image: 'a:1', network_mode: 'host' }],
    ['5.14', { image: 'a:1', ports: ['80:80'] }],
    ['5.22', { image: 'a:1', security_opt: ['seccomp:unconfined'] }],
    ['5.27', { image: 'a:1', healthcheck: { test: ['NONE'] } }],
    ['5.28', { image: 'a:latest' }],
    ['5.32', { image: 'a:1', volumes: [{ type: 'bind', source: '/var/run/docker.sock' }] }],
  ])('%s is seen to be broken by %o', (rule, container) => {
    expect(HOLDS[rule]?.(container)).toBe(false);
  });
});
