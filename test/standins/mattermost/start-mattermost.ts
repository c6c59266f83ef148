/** Starts a Mattermost stand-in for a test, on a free port of the loopback. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSimulatedTime } from '@chatops-up/standins';
import { createMattermostStandin, type MattermostStandin } from '@chatops-up/standins/mattermost';
import { freePort } from '../../helpers/free-port.ts';

export interface RunningMattermost extends Pick<MattermostStandin, 'world' | 'faults' | 'ledger' | 'stop'> {
  readonly url: string;
  /** Refuses connections until `wake`. */
  sleep(): Promise<void>;
  wake(): Promise<void>;
}

/** @param dir where it keeps what it knows, if its environment names a database. Default: a new one, if it needs any */
export const startMattermost = async (
  env: Readonly<Record<string, string>> = {},
  dir: string = env.MM_SQLSETTINGS_DATASOURCE === undefined ? '' : mkdtempSync(join(tmpdir(), 'mattermost-')),
): Promise<RunningMattermost> => {
  const port = await freePort();
  const standin = createMattermostStandin({
    service: 'mattermost',
    role: 'mattermost',
    dir,
    ports: { 8065: port },
    env,
    command: [],
    time: createSimulatedTime(),
    lookup: () => undefined,
    file: async () => undefined,
  });
  await standin.start();
  const { world, faults, ledger, start, stop } = standin;
  return { url: `http://127.0.0.1:${port}`, world, faults, ledger, sleep: stop, wake: start, stop };
};
