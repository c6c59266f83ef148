/** Starts a Mattermost stand-in for a test, on a free port of the loopback. */
import { createSimulatedTime } from '@chatops-up/standins';
import { createMattermostStandin, type MattermostStandin } from '@chatops-up/standins/mattermost';
import { freePort } from '../../helpers/free-port.ts';

export interface RunningMattermost extends Pick<MattermostStandin, 'world' | 'faults' | 'ledger' | 'stop'> {
  readonly url: string;
  /** Refuses connections until `wake`. */
  sleep(): Promise<void>;
  wake(): Promise<void>;
}

export const startMattermost = async (env: Readonly<Record<string, string>> = {}): Promise<RunningMattermost> => {
  const port = await freePort();
  const standin = createMattermostStandin({
    service: 'mattermost',
    role: 'mattermost',
    // It keeps nothing on disk.
    dir: '',
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
