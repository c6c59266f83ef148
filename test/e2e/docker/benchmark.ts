/** Running containers as the CIS Docker Benchmark 1.8.0 looks at them: by `docker inspect`. Its rules in words of docs/security.md. */
import { docker } from './containers.ts';

/** What of it the rules look at (docs.docker.com/reference/api/engine, "Inspect a container"). */
interface Inspected {
  readonly Config: { readonly Healthcheck?: { readonly Test?: readonly string[] } };
  readonly HostConfig: {
    readonly CapDrop: readonly string[] | null;
    readonly Privileged: boolean;
    readonly NetworkMode: string;
    readonly Memory: number;
    readonly CpuQuota: number;
    readonly NanoCpus: number;
    readonly ReadonlyRootfs: boolean;
    readonly PidMode: string;
    readonly IpcMode: string;
    readonly Devices: readonly unknown[] | null;
    readonly Ulimits: readonly unknown[] | null;
    readonly UTSMode: string;
    readonly SecurityOpt: readonly string[] | null;
    readonly CgroupParent: string;
    readonly PidsLimit: number | null;
    readonly UsernsMode: string;
    readonly PortBindings: Readonly<Record<string, readonly { readonly HostIp: string }[]>> | null;
  };
  readonly Mounts: readonly { readonly Source: string; readonly Propagation: string }[];
  readonly NetworkSettings: { readonly Networks: Readonly<Record<string, unknown>> };
}

const none = (list: readonly unknown[] | null): boolean => (list ?? []).length === 0;

const HOLDS: Readonly<Record<string, (container: Inspected) => boolean>> = {
  '5.2, 5.3, 5.22': ({ HostConfig }) =>
    !(HostConfig.SecurityOpt ?? []).some((option) => /unconfined|label[=:]disable/.test(option)),
  '5.4': ({ HostConfig }) => HostConfig.CapDrop?.includes('ALL') === true,
  '5.5': ({ HostConfig }) => !HostConfig.Privileged,
  '5.10': ({ HostConfig }) => HostConfig.NetworkMode !== 'host',
  '5.11': ({ HostConfig }) => HostConfig.Memory > 0,
  '5.12': ({ HostConfig }) => HostConfig.CpuQuota > 0 || HostConfig.NanoCpus > 0,
  '5.13': ({ HostConfig }) => HostConfig.ReadonlyRootfs,
  '5.14': ({ HostConfig }) =>
    Object.values(HostConfig.PortBindings ?? {})
      .flat()
      .every(({ HostIp }) => HostIp !== '' && HostIp !== '0.0.0.0'),
  '5.16': ({ HostConfig }) => HostConfig.PidMode === '',
  '5.17': ({ HostConfig }) => HostConfig.IpcMode === 'private',
  '5.18': ({ HostConfig }) => none(HostConfig.Devices),
  '5.19': ({ HostConfig }) => none(HostConfig.Ulimits),
  '5.20': ({ Mounts }) => Mounts.every(({ Propagation }) => !Propagation.includes('shared')),
  '5.21': ({ HostConfig }) => HostConfig.UTSMode === '',
  '5.25': ({ HostConfig }) => HostConfig.CgroupParent === '',
  '5.26': ({ HostConfig }) => HostConfig.SecurityOpt?.includes('no-new-privileges:true') === true,
  '5.27': ({ Config }) => Config.Healthcheck?.Test?.[0] === 'CMD',
  '5.29': ({ HostConfig }) => (HostConfig.PidsLimit ?? 0) > 0,
  '5.30': ({ NetworkSettings }) => !Object.hasOwn(NetworkSettings.Networks, 'bridge'),
  '5.31': ({ HostConfig }) => HostConfig.UsernsMode === '',
  '5.32': ({ Mounts }) => Mounts.every(({ Source }) => !Source.endsWith('docker.sock')),
};

/** @param id of a container @returns the rules that it breaks */
export const brokenRules = async (id: string): Promise<readonly string[]> => {
  const [container] = JSON.parse(await docker('inspect', '--type', 'container', id)) as readonly [Inspected];
  return Object.entries(HOLDS).flatMap(([rule, holds]) => (holds(container) ? [] : [rule]));
};
