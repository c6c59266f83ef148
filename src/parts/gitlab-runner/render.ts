/** `gitlab-runner/config.toml`, the template of the living file: everything but the token. */
import { parse, stringify, type TomlTable } from 'smol-toml';
import type { RunnerConfig } from '../../config/config.ts';
import { networkName } from '../../render/compose/parts.ts';
import { hashHeader } from '../../render/generated.ts';
import { requireUtf8 } from '../../render/refuse.ts';
import type { Renderer } from '../../render/renderer.ts';
import { AUTHORITY_TARGET } from '../../stack/authority.ts';
import type { Stack } from '../../stack/stack.ts';
import { gitlabTarget } from '../../stack/targets.ts';
import { bundlesGitLab, wantedRunner } from '../../stack/variation.ts';

const table = (base: TomlTable, key: string): TomlTable => (base[key] ?? {}) as TomlTable;

/** The address inside the network: the public one need not resolve there, and artifacts go through it as well. */
const gitlabUrl = (stack: Stack): string => {
  const target = gitlabTarget(stack.config);
  if (target.kind === 'url') return target.url;
  const { service, port } = target.endpoint;
  return `http://${service}${port === 80 ? '' : `:${port}`}`;
};

/** Job containers are siblings of ours on the engine: without our network they could not resolve `gitlab`. */
const docker = (stack: Stack, runner: RunnerConfig, base: TomlTable): TomlTable => ({
  ...table(base, 'docker'),
  image: requireUtf8(runner.image, 'config.toml'),
  ...(bundlesGitLab(stack.config) ? { network_mode: networkName(stack) } : {}),
});

const runnerBlock = (stack: Stack, runner: RunnerConfig, base: TomlTable): TomlTable => {
  const url = requireUtf8(gitlabUrl(stack), 'config.toml');
  return {
    name: requireUtf8(runner.description, 'config.toml'),
    url,
    // Else jobs clone from the public URL.
    ...(bundlesGitLab(stack.config) ? { clone_url: url } : {}),
    // For the runner itself, which hands it on to its jobs (https://docs.gitlab.com/runner/configuration/tls-self-signed/).
    ...(stack.config.authority !== undefined && url.startsWith('https:') ? { 'tls-ca-file': AUTHORITY_TARGET } : {}),
    executor: runner.executor,
    ...table(base, 'runner'),
    ...(runner.executor === 'docker' ? { docker: docker(stack, runner, base) } : {}),
  };
};

const configToml = (stack: Stack, runner: RunnerConfig, piece: string): string => {
  const { runner: _runner, docker: _docker, ...global } = parse(piece) as TomlTable;
  const base = parse(piece) as TomlTable;
  return `${hashHeader}${stringify({
    concurrent: runner.concurrent,
    ...global,
    runners: [runnerBlock(stack, runner, base)],
  })}`;
};

export const gitlabRunnerRenderer: Renderer = {
  id: 'gitlab-runner',
  render: ({ stack, pieces }) => {
    const runner = wantedRunner(stack.config);
    if (!runner) return [];
    const text = configToml(stack, runner, pieces['gitlab-runner/config.base.toml']);
    return [{ path: 'gitlab-runner/config.toml', text }];
  },
};
