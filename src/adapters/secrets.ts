import type { Secrets } from '../contracts/secrets.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import type { Secret } from '../values/secret.ts';

/** @param values variable name → value, `.env` and the environment already merged by the caller */
export const createSecrets = (values: ReadonlyMap<string, Secret>): Secrets => ({
  read: (name) => {
    const value = values.get(name);
    if (value !== undefined && value.reveal() !== '') return value;
    throw new ChatopsError('SECRET_MISSING', {
      what: `${name} has no value`,
      next: `write ${name}=… into .env, then run the command again`,
    });
  },
});

/** Secrets straight from the environment: how containers get them. */
export const secretsFromEnvironment = (
  env: Readonly<Record<string, string | undefined>>,
  wrap: (value: string) => Secret,
): Secrets =>
  createSecrets(new Map(Object.entries(env).flatMap(([name, value]) => (value ? [[name, wrap(value)]] : []))));
