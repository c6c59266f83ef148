/** Starts a runner stand-in beside a GitLab one, with a config.toml of the test's. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunningServer } from '@chatops-up/standins';
import { createSimulatedTime } from '@chatops-up/standins';
import { createRunnerStandin } from '@chatops-up/standins/runner';
import { freePort } from '../../helpers/free-port.ts';

export interface StartedRunner {
  readonly dir: string;
  readonly server: RunningServer;
  readonly metricsUrl: string;
  writeConfig(toml: string): void;
  stop(): Promise<void>;
}

export interface RunnerStart {
  /** `gitlab` inside the network. */
  readonly gitlabPort: number;
  readonly config?: string;
  readonly speed?: number;
  readonly dir?: string;
}

export const configFor = (token: string, executor = 'shell', more = ''): string => `concurrent = 2
check_interval = 3
listen_address = "0.0.0.0:9252"

[[runners]]
name = "demo"
url = "http://gitlab/"
clone_url = "http://gitlab"
token = ${JSON.stringify(token)}
executor = ${JSON.stringify(executor)}
${more}
`;

export const startRunner = async ({ gitlabPort, config, speed, dir: given }: RunnerStart): Promise<StartedRunner> => {
  const dir = given ?? mkdtempSync(join(tmpdir(), 'runner-standin-'));
  const port = await freePort();
  const writeConfig = (toml: string) => writeFileSync(join(dir, 'config.toml'), toml, { mode: 0o600 });
  if (config !== undefined) writeConfig(config);
  const server = createRunnerStandin({
    service: 'gitlab-runner',
    role: 'gitlab-runner',
    dir,
    ports: { 9252: port },
    env: {},
    command: [],
    time: createSimulatedTime(speed),
    lookup: (host, wanted) =>
      host === 'gitlab' && wanted === 80 ? { host: '127.0.0.1', port: gitlabPort } : undefined,
    file: async () => undefined,
  });
  await server.start();
  return {
    dir,
    server,
    metricsUrl: `http://127.0.0.1:${port}/metrics`,
    writeConfig,
    stop: async () => {
      await server.stop();
      if (given === undefined) rmSync(dir, { recursive: true, force: true });
    },
  };
};
