/** The secrets of a run: `.env`, completed by us, and above it the environment, as in Docker Compose. */
import type { Config } from '../config/config.ts';
import { completeEnv } from '../config/env-secrets.ts';
import type { RandomBytes } from '../config/secret-rules.ts';
import { secretsOf } from '../config/secrets.ts';
import type { FileStep } from '../engine/plan.ts';
import { Secret } from '../values/secret.ts';
import { ENV_FILE } from './stack-directory.ts';

export interface PreparedSecrets {
  /** Variable → value. */
  readonly values: ReadonlyMap<string, Secret>;
  /** What `.env` must hold. */
  readonly text: string;
  /** What is to be done to `.env`; undefined when it holds everything. */
  readonly step: FileStep | undefined;
  /** Variables that had no value anywhere: what stands for them here is new, and no server knows it. */
  readonly generated: readonly string[];
  readonly warnings: readonly string[];
}

const stepOf = (isNew: boolean, generated: readonly string[]): FileStep | undefined =>
  generated.length === 0
    ? undefined
    : {
        path: ENV_FILE,
        action: isNew ? 'create' : 'update',
        cause: `${generated.join(', ')} ${generated.length === 1 ? 'has' : 'have'} no value yet`,
      };

/** Pure but for the random bytes. @throws ChatopsError ENV_FILE_DAMAGED, SECRET_MISSING, SECRET_REFUSED */
export const prepareSecrets = (
  config: Config,
  text: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  randomBytes: RandomBytes,
): PreparedSecrets => {
  const specs = secretsOf(config);
  const fromEnvironment = specs.filter(({ name }) => Boolean(env[name]));
  const fromFile = specs.filter(({ name }) => !env[name]);
  const complete = completeEnv(fromFile, text ?? '', randomBytes, ENV_FILE);
  const given = fromEnvironment.map(({ name }) => [name, new Secret(env[name] ?? '')] as const);
  return {
    values: new Map([...complete.values, ...given]),
    text: complete.text,
    step: stepOf(text === undefined, complete.generated),
    generated: complete.generated,
    warnings: complete.warnings,
  };
};
