/** The secrets of a call, and what hides them from then on: nobody prepares secrets that are not also known. */
import { randomBytes } from 'node:crypto';
import { parseEnv } from '../config/env-file.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import type { Stack } from '../stack/stack.ts';
import { Secret } from '../values/secret.ts';
import type { Invocation } from './invocation.ts';
import { type PreparedSecrets, prepareSecrets } from './prepare-secrets.ts';
import { ENV_FILE } from './stack-directory.ts';

/** Values that stand in `.env` for others than us: short ones are switches and ports. */
const SHORTEST_OTHER = 8;
/** More lines than any file of variables has; the stack's own secrets are known in any case. */
const MOST_OTHERS = 1_000;

/** Every value of the file as it is, also former and unused ones; nothing of a file that cannot be read. */
const valuesIn = (text: string): readonly (readonly [string, Secret])[] => {
  try {
    return parseEnv(text, ENV_FILE)
      .entries.filter(({ value }) => value.length >= SHORTEST_OTHER)
      .slice(0, MOST_OTHERS)
      .map(({ name, value }) => [name, new Secret(value)] as const);
  } catch (thrown) {
    if (thrown instanceof ChatopsError) return [];
    throw thrown;
  }
};

/**
 * @param text of `.env`; undefined when there is none
 * @param renew variables that get a new value whatever stands there
 * @throws ChatopsError as `prepareSecrets`
 */
export const readSecrets = (
  { env, known }: Pick<Invocation, 'env' | 'known'>,
  { secrets }: Pick<Stack, 'secrets'>,
  text: string | undefined,
  renew: readonly string[] = [],
): PreparedSecrets => {
  known.learn(valuesIn(text ?? ''));
  const prepared = prepareSecrets(secrets, text, env, randomBytes, renew);
  known.learn(prepared.values);
  return prepared;
};
