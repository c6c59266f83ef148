import type { Engine } from '../contracts/engine.ts';
import type { Files } from '../contracts/files.ts';
import type { Secrets } from '../contracts/secrets.ts';
import type { ChatopsError } from '../errors/chatops-error.ts';
import type { Desired } from '../stages/world.ts';
import type { Secret } from '../values/secret.ts';
import type { Clean } from '../values/words/clean.ts';

/** What an engine learns of the call. */
export interface EngineCall {
  /** Absolute path of the stack directory. */
  readonly dir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What an engine is made from. */
export interface EngineNeeds {
  readonly desired: Desired;
  readonly files: Files;
  readonly secrets: Secrets;
  /** Name of a secret → value. */
  readonly values: ReadonlyMap<string, Secret>;
  /** For what containers say: secrets taken out, nothing that steers a terminal. */
  readonly clean: Clean;
}

export type Fit =
  | {
      readonly fits: true;
      /** In words for the report: `Docker 26.1.5 answers`. */
      readonly says: string;
      /** Name and version of what answers: `Podman 4.3.1`. Absent: it is part of us. */
      readonly version?: string;
    }
  /** `error` is thrown at a user who asked for it by name. */
  | {
      readonly fits: false;
      readonly why: string;
      readonly error: ChatopsError;
      /** It is there, so that no other may quietly stand in for it: `auto` ends with the error. Default false. */
      readonly stops?: boolean;
    };

export interface EngineKind {
  /** As after `--engine`. */
  readonly name: string;
  /** Whether it can run this stack on this machine. */
  fits(call: EngineCall, desired: Desired): Promise<Fit>;
  create(call: EngineCall, needs: EngineNeeds, why: string): Promise<Engine>;
}
