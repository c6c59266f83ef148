/** What every part of this stand-in gets: its records, its clock, its features and the way out to hook receivers. */
import type { SimulatedTime } from '../kit/simulated-time.ts';
import type { Repositories } from './git/repositories.ts';
import type { Dispatcher } from './hooks/dispatcher.ts';
import type { Settings } from './settings.ts';
import type { State } from './state.ts';
import type { Features } from './version.ts';

export interface World {
  readonly features: Features;
  readonly state: State;
  readonly time: SimulatedTime;
  /** No trailing slash. `Link` headers, clone addresses and payloads carry it, whatever address was called. */
  readonly externalUrl: string;
  /** People clone over it. */
  readonly sshPort: number;
  readonly repositories: Repositories;
  readonly hooks: Dispatcher;
  /** The latest settings. */
  settings(): Settings;
  /** The settings as the process sees them that answers requests: it caches them for a while. */
  settingsOfWeb(): Settings;
  saveSettings(settings: Settings): void;
  /** Appends to and reads a job's log. */
  readonly traces: Traces;
  /** Last contacts that are not yet in the database (`contacted_at` is written every 40 minutes). */
  readonly contacts: Map<string, number>;
}

export interface Traces {
  read(jobId: number): Buffer;
  append(jobId: number, chunk: Buffer): void;
}
