import type { Part } from '../contracts/part.ts';
import type { KnownSecrets } from '../values/words/known-secrets.ts';
import type { Outlet } from '../values/words/outlet.ts';
import type { EngineKind } from './engine-kind.ts';
import type { Prompt } from './question.ts';

/** One call of the program: what came from argv, environment and terminal, read once and handed down. */
export interface Invocation {
  /** Absolute path of the stack directory. */
  readonly dir: string;
  readonly json: boolean;
  /** Nobody is asked anything; every question gets its default. */
  readonly yes: boolean;
  /** `auto`, or a name of the table in engines.ts. */
  readonly engine: string;
  /** Parts that stand beside ours and those that chatops.yaml names. Default: none. */
  readonly parts?: readonly Part[];
  /** Engines beside ours; `auto` asks them last. Default: none. */
  readonly engines?: readonly EngineKind[];
  /** `key=value` edits of chatops.yaml, made before it is read. */
  readonly set: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Both streams are a terminal and nothing asks for less (`--json`, CI). */
  readonly interactive: boolean;
  /** Asks what a first chatops.yaml should say. Undefined: nobody can be asked, or wants to be. */
  readonly ask?: (question: Prompt) => Promise<string>;
  /** Asks whether a new stack may do without what is missing. Undefined: nobody can be asked, or wants to be. */
  readonly askYesNo?: (question: string) => Promise<boolean>;
  readonly out: Outlet;
  readonly err: Outlet;
  /** What nobody is to see; code that comes to know a secret adds it here. */
  readonly known: KnownSecrets;
  /** Aborted by SIGINT and SIGTERM with a ChatopsError INTERRUPTED. */
  readonly signal: AbortSignal;
}
