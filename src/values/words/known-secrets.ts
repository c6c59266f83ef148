/** The secrets of a call as they become known, and what cleans texts of them. One of it is made where a program begins. */
import type { Secret } from '../secret.ts';
import { type Clean, createClean } from './clean.ts';

export interface KnownSecrets {
  /** Of these as well, from now on. Name of the variable → value; a former value of the same name stays known. */
  learn(secrets: Iterable<readonly [name: string, secret: Secret]>): void;
  /** By what is known when a text leaves. */
  readonly clean: Clean;
}

/** By our naming and that of most programs, whose values nobody is to see. */
const SECRET_NAME = /(?:PASSWORD|PASSPHRASE|SECRET|TOKEN|KEY|_URL)$/i;
/** A path or a switch is no secret, whatever its name. */
const OPEN_VALUE = /^(?:[./~]|true$|false$|\d{1,5}$)/;

const secretVariables = (env: Readonly<Record<string, string | undefined>>): readonly [string, string][] =>
  Object.entries(env).flatMap(([name, value]) =>
    value !== undefined && SECRET_NAME.test(name) && !OPEN_VALUE.test(value) ? [[name, value] as [string, string]] : [],
  );

/** @param env variables of the process: those whose names say so are secrets from the beginning */
export const createKnownSecrets = (env: Readonly<Record<string, string | undefined>>): KnownSecrets => {
  /** Value → name. */
  const known = new Map<string, string>(secretVariables(env).map(([name, value]) => [value, name]));
  const clean = createClean([]);
  /** What a secret is known by is costly to make, and made when the first text leaves after it became known. */
  const unlearned = new Set<string>(known.keys());
  const current = (): Clean => {
    for (const value of unlearned) clean.learn([known.get(value) ?? '', value]);
    unlearned.clear();
    return clean;
  };
  return {
    learn: (secrets) => {
      for (const [name, secret] of secrets) {
        const value = secret.reveal();
        if (known.get(value) === name) continue;
        known.set(value, name);
        unlearned.add(value);
      }
    },
    clean: { text: (text) => current().text(text), value: (value) => current().value(value) },
  };
};
