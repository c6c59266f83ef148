/** The secrets of a run: `.env`, completed by us, and above it the environment, as in Docker Compose. */
import { completeEnv } from '../config/env-secrets.ts';
import { withoutValue } from '../config/env-write.ts';
import type { RandomBytes } from '../config/secret-rules.ts';
import type { ReadSecret } from '../config/secrets.ts';
import type { FileStep } from '../engine/plan.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
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

const stepOf = (isNew: boolean, generated: readonly string[], renew: readonly string[]): FileStep | undefined => {
  if (generated.length === 0) return undefined;
  const missing = generated.filter((name) => !renew.includes(name));
  const causes = [
    ...(missing.length > 0 ? [`${missing.join(', ')} ${missing.length === 1 ? 'has' : 'have'} no value yet`] : []),
    ...(renew.length > 0 ? [`${renew.join(', ')} gets a new value`] : []),
  ];
  return { path: ENV_FILE, action: isNew ? 'create' : 'update', cause: causes.join('; ') };
};

/** What the environment gives stands above `.env`: a new value there would be nobody's. */
const refuseGiven = (renew: readonly string[], env: Readonly<Record<string, string | undefined>>): void => {
  const given = renew.filter((name) => Boolean(env[name]));
  if (given.length === 0) return;
  throw new ChatopsError('USAGE', {
    what: `${given.join(', ')} cannot be changed here`,
    why: 'the environment gives its value, which stands above that of .env',
    next: 'change it where it is set, then run `chatops-up up`',
  });
};

/**
 * Pure but for the random bytes. @param renew variables that get a new value whatever stands there
 * @throws ChatopsError ENV_FILE_DAMAGED, SECRET_MISSING, SECRET_REFUSED, USAGE
 */
export const prepareSecrets = (
  specs: readonly ReadSecret[],
  text: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  randomBytes: RandomBytes,
  renew: readonly string[] = [],
): PreparedSecrets => {
  refuseGiven(renew, env);
  const kept = renew.reduce(withoutValue, text ?? '');
  const fromEnvironment = specs.filter(({ name }) => Boolean(env[name]));
  const fromFile = specs.filter(({ name }) => !env[name]);
  const complete = completeEnv(fromFile, kept, randomBytes, ENV_FILE);
  const given = fromEnvironment.map(({ name }) => [name, new Secret(env[name] ?? '')] as const);
  return {
    values: new Map([...complete.values, ...given]),
    text: complete.text,
    step: stepOf(text === undefined, complete.generated, renew),
    generated: complete.generated,
    warnings: complete.warnings,
  };
};
