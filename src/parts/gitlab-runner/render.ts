/** `gitlab-runner/config.toml`, the template of the runner's own file: everything but the token. */
import { parse, stringify, type TomlTable } from 'smol-toml';
import type { Renderer } from '../../contracts/renderer.ts';
import type { JobLimits } from '../../contracts/sections/runner.ts';
import { hashHeader } from '../../render/generated.ts';
import { pieceOf } from '../../render/pieces.ts';
import { requireUtf8 } from '../../render/refuse.ts';
import { jobsOf } from '../../stack/jobs-of.ts';
import type { RunnerRegistrationSpec, RunnerWork } from './setup/spec.ts';

export const RUNNER_PIECE = 'gitlab-runner/config.base.toml';

const table = (base: TomlTable, key: string): TomlTable => (base[key] ?? {}) as TomlTable;

/** Swap is never given beyond the memory: `memory_swap` counts both (https://docs.docker.com/engine/containers/resource_constraints). */
const limits = ({ memory, serviceMemory, cpus, pullPolicy, allowedImages, allowedServices }: JobLimits): TomlTable => ({
  ...(memory === undefined ? {} : { memory, memory_swap: memory }),
  ...(serviceMemory === undefined ? {} : { service_memory: serviceMemory, service_memory_swap: serviceMemory }),
  ...(cpus === undefined ? {} : { cpus: String(cpus) }),
  ...(pullPolicy === undefined ? {} : { pull_policy: pullPolicy }),
  ...(allowedImages === undefined ? {} : { allowed_images: [...allowedImages] }),
  ...(allowedServices === undefined ? {} : { allowed_services: [...allowedServices] }),
});

const docker = ({ image, helperImage, inside, jobs = {} }: RunnerWork, base: TomlTable): TomlTable => ({
  ...table(base, 'docker'),
  ...limits(jobs),
  image: requireUtf8(image, 'config.toml'),
  // run:common/config.go, DockerConfig.HelperImage.
  ...(helperImage === undefined ? {} : { helper_image: requireUtf8(helperImage, 'config.toml') }),
  ...(inside ? { network_mode: inside.network } : {}),
});

const runnerBlock = ({ runner, work }: RunnerRegistrationSpec, base: TomlTable): TomlTable => ({
  name: requireUtf8(runner.description, 'config.toml'),
  url: requireUtf8(work.url, 'config.toml'),
  // Else jobs clone from the public URL.
  ...(work.inside ? { clone_url: work.inside.cloneUrl } : {}),
  // For the runner itself, which hands it on to its jobs (https://docs.gitlab.com/runner/configuration/tls-self-signed/).
  ...(work.authorityFile === undefined ? {} : { 'tls-ca-file': work.authorityFile }),
  executor: work.executor,
  ...table(base, 'runner'),
  ...(work.executor === 'docker' ? { docker: docker(work, base) } : {}),
});

const configToml = (spec: RunnerRegistrationSpec, piece: string): string => {
  const base = parse(piece) as TomlTable;
  const { runner: _runner, docker: _docker, ...global } = base;
  return `${hashHeader}${stringify({
    concurrent: spec.work.concurrent,
    ...global,
    runners: [runnerBlock(spec, base)],
  })}`;
};

export const gitlabRunnerRenderer: Renderer = {
  id: 'gitlab-runner',
  render: ({ stack, pieces }) =>
    jobsOf<RunnerRegistrationSpec>(stack, 'runner-registration').map((spec) => ({
      path: 'gitlab-runner/config.toml',
      text: configToml(spec, pieceOf(pieces, RUNNER_PIECE)),
    })),
};
