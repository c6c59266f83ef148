/** Containers as the Engine API shows them → facts in our own words. */
import type Docker from 'dockerode';
import { type ContainerLimits, mountLine, portLine } from '../compose.ts';
import type { ContainerFacts, NetworkFacts } from '../containers.ts';
import { unless } from './docker-error.ts';

export const PROJECT = 'com.docker.compose.project';
const SERVICE = 'com.docker.compose.service';
const HASH = 'com.docker.compose.config-hash';
/** On containers for one run of a job. Compose's own labels would make it take them for its own. */
export const RUN = 'io.chatops-up.run';
export const RUN_OF = 'io.chatops-up.project';

/** `A=b=c` lines → map. */
export const environmentOf = (lines: readonly string[] | null | undefined): Record<string, string> =>
  Object.fromEntries((lines ?? []).map((line) => [line.split('=', 1)[0] ?? '', line.slice(line.indexOf('=') + 1)]));

interface Binding {
  readonly inside: string;
  readonly HostIp?: string;
  readonly HostPort: string;
}

const bindingsOf = (bindings: unknown): readonly Binding[] =>
  Object.entries((bindings ?? {}) as Record<string, Omit<Binding, 'inside'>[] | null>).flatMap(([inside, outside]) =>
    (outside ?? []).map((each) => ({ ...each, inside })),
  );

const portsOf = (bindings: unknown): readonly string[] =>
  bindingsOf(bindings)
    .map(({ inside, HostIp = '', HostPort }) => portLine(HostIp, HostPort, inside))
    .sort();

/** In billionths of a CPU where it was asked for so. */
const cpuOf = ({ NanoCpus, CpuQuota, CpuPeriod }: Docker.HostConfig): ContainerLimits['cpu'] => {
  if (NanoCpus) return { quota: NanoCpus, period: 1e9 };
  return CpuQuota && CpuPeriod && CpuQuota > 0 ? { quota: CpuQuota, period: CpuPeriod } : undefined;
};

const confinementOf = ({ Config, HostConfig }: Docker.ContainerInspectInfo): ContainerLimits => {
  const { Memory, PidsLimit, ReadonlyRootfs, SecurityOpt, CapDrop, CapAdd, Tmpfs } = HostConfig;
  const cpu = cpuOf(HostConfig);
  return {
    ...(Config.User ? { user: Config.User } : {}),
    dropped: CapDrop ?? [],
    added: CapAdd ?? [],
    securityOptions: SecurityOpt ?? [],
    readOnly: ReadonlyRootfs === true,
    tmpfs: Object.keys(Tmpfs ?? {}),
    ...(PidsLimit && PidsLimit > 0 ? { mostProcesses: PidsLimit } : {}),
    ...(Memory ? { memoryBytes: Memory } : {}),
    ...(cpu === undefined ? {} : { cpu }),
  };
};

const factsOf = (info: Docker.ContainerInspectInfo): ContainerFacts => {
  const { Config, HostConfig, State } = info;
  const labels = Config.Labels;
  return {
    id: info.Id,
    service: labels[SERVICE] ?? labels[RUN] ?? '',
    oneOff: labels[RUN] !== undefined,
    image: Config.Image,
    imageId: info.Image,
    command: Config.Cmd ?? [],
    environment: environmentOf(Config.Env),
    ports: portsOf(HostConfig.PortBindings),
    publishes: bindingsOf(HostConfig.PortBindings).map(({ HostPort }) => Number(HostPort)),
    mounts: info.Mounts.map(({ Type, Name, Source, Destination, RW }) =>
      mountLine(Type ?? 'bind', Type === 'volume' ? (Name ?? '') : Source, Destination, !RW),
    ).sort(),
    networks: Object.fromEntries(
      Object.entries(info.NetworkSettings.Networks).map(([name, { IPAddress }]) => [name, IPAddress ?? '']),
    ),
    confinement: confinementOf(info),
    healthcheck: Config.Healthcheck?.Test ?? [],
    configHash: labels[HASH] ?? '',
    state: State.Status as ContainerFacts['state'],
    exitCode: State.ExitCode,
  };
};

/** Those that bear the label, without what goes between the two looks. */
export const listed = async (docker: Docker, label: string): Promise<readonly ContainerFacts[]> => {
  const found = await docker.listContainers({ all: true, filters: { label: [label] } });
  const infos = await Promise.all(found.map(({ Id }) => unless(404, () => docker.getContainer(Id).inspect())));
  return infos.flatMap((info) => (info ? [factsOf(info)] : []));
};

export const networksOf = async (docker: Docker, project: string): Promise<readonly NetworkFacts[]> => {
  const found = await docker.listNetworks({ filters: { label: [`${PROJECT}=${project}`] } });
  return found.map(({ Id, Name }) => ({ id: Id, name: Name }));
};
