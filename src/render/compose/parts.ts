/** Parts that services and jobs share in compose.yaml. */
import { type Confining, confined } from '../../stack/confinement.ts';
import { networksWith } from '../../stack/networks.ts';
import type { EnvironmentValue, Gate, Stack, VolumeMount } from '../../stack/stack.ts';
import { isPath } from '../../stack/stack-file.ts';
import { fromEnvironment, type Plain } from './text.ts';

const CONDITIONS = {
  started: 'service_started',
  usable: 'service_healthy',
  done: 'service_completed_successfully',
} as const satisfies Record<Gate['until'], string>;

const byNode = (a: Gate, b: Gate): number => (a.node < b.node ? -1 : 1);

export const dependsOn = (gates: readonly Gate[]): Readonly<Record<string, Plain>> =>
  gates.length === 0
    ? {}
    : {
        depends_on: Object.fromEntries(
          [...gates].sort(byNode).map(({ node, until }) => [node, { condition: CONDITIONS[until] }]),
        ),
      };

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

export const environment = (values: Readonly<Record<string, EnvironmentValue>>): Readonly<Record<string, Plain>> => {
  const entries = Object.entries(values).sort(byName);
  if (entries.length === 0) return {};
  return {
    environment: Object.fromEntries(
      entries.map(([name, value]) => [
        name,
        typeof value === 'string' ? value : fromEnvironment(value.secret, value.text),
      ]),
    ),
  };
};

const mount = ({ source, target, readOnly }: VolumeMount): Plain => ({
  type: isPath(source) ? 'bind' : 'volume',
  source,
  target,
  ...(readOnly ? { read_only: true } : {}),
  // Else Docker makes a folder where a file is missing, and the program fails in a way nobody understands.
  ...(isPath(source) ? { bind: { create_host_path: false } } : {}),
});

export const volumes = (mounts: readonly VolumeMount[]): Readonly<Record<string, Plain>> =>
  mounts.length === 0 ? {} : { volumes: mounts.map(mount) };

/** Its other names are known in each of its networks. */
export const networks = (
  node: string,
  { networks: all }: Pick<Stack, 'networks'>,
  aliases: readonly string[] = [],
): Readonly<Record<string, Plain>> => ({
  networks: Object.fromEntries(
    networksWith(all, node).map(({ purpose }) => [purpose, aliases.length === 0 ? {} : { aliases }]),
  ),
});

const capabilities = (kept: readonly string[] | 'default'): Readonly<Record<string, Plain>> => {
  if (kept === 'default') return {};
  return { cap_drop: ['ALL'], ...(kept.length === 0 ? {} : { cap_add: kept }) };
};

/** µs; the kernel's own default. */
const CPU_PERIOD = 100_000;

/** What its process may do on the machine. */
export const confinement = (confining: Confining): Readonly<Record<string, Plain>> => {
  const { user, capabilities: kept, newPrivileges, writes, mostProcesses, memoryMib, cpus } = confined(confining);
  return {
    ...(user === undefined ? {} : { user }),
    ...capabilities(kept),
    ...(newPrivileges ? {} : { security_opt: ['no-new-privileges:true'] }),
    ...(writes ? {} : { read_only: true, tmpfs: ['/tmp'] }),
    pids_limit: mostProcesses,
    ...(memoryMib === undefined ? {} : { mem_limit: `${memoryMib}m` }),
    // `cpus` is refused by an engine with fewer of them; a quota is not.
    ...(cpus === undefined ? {} : { cpu_period: CPU_PERIOD, cpu_quota: Math.round(cpus * CPU_PERIOD) }),
  };
};
