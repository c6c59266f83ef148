import type { Config } from '../config.ts';
import type { Finding } from '../finding.ts';
import type { Written } from '../written.ts';

/** One thing that holds between several places of chatops.yaml. */
export interface Rule {
  /** The file's name. Findings at one place are listed in the order of these. */
  readonly name: string;
  /** Patterns (`chat.rooms.name`) of what it looks at; left out when one of them could not be read. */
  readonly reads: readonly string[];
  /** Pure. @returns what is wrong, with paths from the top: `['chat', 'rooms', 0]` */
  check(facts: Facts): readonly Finding[];
}

export interface Facts {
  readonly config: Config;
  /** Without defaults; for sections see `writtenIn`. */
  readonly written: Written;
}
