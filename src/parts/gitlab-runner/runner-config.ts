/** The `config.toml` the runner process reads (0600): the rendered file with the runner's token in it. */
import { clientKey } from '../../contracts/ports.ts';
export interface RunnerConfigFile {
  /** The current file; undefined when there is none yet. */
  read(): Promise<string | undefined>;
  /** Atomic, 0600. */
  write(text: string): Promise<void>;
  /** The rendered file without a token, the base of every write. */
  template(): Promise<string>;
  /** What stands in `.runner_system_id` beside it, e.g. `s_1746f8786189`; undefined before the process's first start. */
  systemId(): Promise<string | undefined>;
}

/** Under which it is asked for. */
export const RUNNER_CONFIG = clientKey<RunnerConfigFile>('runner config');
