/**
 * Rules of the CIS Docker Benchmark 1.8.0, section 5 (how containers are run), in words of ours, and how compose.yaml keeps
 * them. Each with `except` is held by what stands there alone. A test judges rendered stacks by every rule.
 */
export interface BenchmarkRule {
  readonly rule: `5.${number}`;
  readonly wants: string;
  readonly kept: string;
  /** Which containers may break it: those with an allowance of this kind, or named here with the reason. Default: none. */
  readonly except?: 'capabilities' | 'privileges' | 'writes' | 'restart' | 'ports' | 'socket' | 'health';
}

export const BENCHMARK_RULES: readonly BenchmarkRule[] = [
  { rule: '5.1', wants: 'no swarm mode where none is needed', kept: 'not ours to switch: `compose.yaml` needs none' },
  { rule: '5.2', wants: 'a profile of AppArmor', kept: "the engine's default, never another" },
  { rule: '5.3', wants: 'labels of SELinux', kept: "the engine's default, never switched off" },
  {
    rule: '5.4',
    wants: 'few capabilities',
    kept: 'all are dropped, and few given back by name',
    except: 'capabilities',
  },
  { rule: '5.5', wants: 'nothing privileged', kept: 'no container is' },
  {
    rule: '5.6',
    wants: 'no system directory of the machine inside',
    kept: 'only files of the stack directory are mounted',
  },
  {
    rule: '5.7',
    wants: 'no SSH server inside',
    kept: 'but the one that users push to: it is part of the forge',
    except: 'ports',
  },
  { rule: '5.8', wants: 'no published port below 1024', kept: 'by default none is; `ports:` decides', except: 'ports' },
  { rule: '5.9', wants: 'only ports that are needed', kept: 'the front door and SSH of the forge, nothing else' },
  { rule: '5.10', wants: "not the machine's network", kept: 'no container has it' },
  { rule: '5.11', wants: 'a limit of memory', kept: 'every container has one; `limits:` can take it away' },
  { rule: '5.12', wants: 'a share of CPU', kept: 'every container has a quota; `limits:` can take it away' },
  { rule: '5.13', wants: 'a root that is only read', kept: 'programs of ours have one', except: 'writes' },
  {
    rule: '5.14',
    wants: 'published ports on one address',
    kept: '`bind:`; loopback where the domain means this machine',
  },
  {
    rule: '5.15',
    wants: 'no restart without end',
    kept: 'jobs are restarted on failure, services always: a stack comes back with its machine, and Docker waits ever longer between restarts',
    except: 'restart',
  },
  { rule: '5.16', wants: "not the machine's processes", kept: 'no container sees them' },
  { rule: '5.17', wants: "not the machine's shared memory", kept: 'no container has it' },
  { rule: '5.18', wants: 'no devices of the machine', kept: 'no container has one' },
  { rule: '5.19', wants: 'ulimits of the engine', kept: 'none is set' },
  { rule: '5.20', wants: 'mounts that do not spread', kept: 'no mount asks for propagation' },
  { rule: '5.21', wants: "not the machine's name", kept: 'no container has it' },
  { rule: '5.22', wants: 'filters of system calls', kept: "the engine's default, never switched off" },
  { rule: '5.25', wants: 'the cgroup of the engine', kept: 'no container names another' },
  { rule: '5.26', wants: 'no new privileges', kept: 'switched off', except: 'privileges' },
  {
    rule: '5.27',
    wants: 'a check of health',
    kept: 'every service has one that means usable; jobs end instead',
    except: 'health',
  },
  { rule: '5.28', wants: 'images as they were meant', kept: 'every image has a version, floating tags are refused' },
  { rule: '5.29', wants: 'a limit of processes', kept: 'every container has one' },
  { rule: '5.30', wants: 'not the default bridge', kept: 'networks by need, or none at all' },
  { rule: '5.31', wants: "not the machine's user ids by choice", kept: 'no container asks for them' },
  {
    rule: '5.32',
    wants: "not the engine's socket",
    kept: 'only a runner whose jobs are containers has it: it equals root on that machine',
    except: 'socket',
  },
];
