/** `.env` and the secrets of a configuration brought together: what is missing, what is refused, what we make. */
import { ChatopsError } from '../errors/chatops-error.ts';
import { Secret } from '../values/secret.ts';
import { type EnvFile, lastEntries, parseEnv } from './env-file.ts';
import { withSecrets } from './env-write.ts';
import { checkSecret, generateSecret, type RandomBytes } from './secret-rules.ts';
import type { ReadSecret } from './secrets.ts';

export interface CompleteEnv {
  /** The same text when nothing was missing. Holds secrets: write it 0600. */
  readonly text: string;
  /** Names of the variables we made, in order; empty on a second run. */
  readonly generated: readonly string[];
  /** Variable → value, for every spec. */
  readonly values: ReadonlyMap<string, Secret>;
  readonly warnings: readonly string[];
}

/** Absent, or there without a value. */
export const missingSecrets = (specs: readonly ReadSecret[], file: EnvFile): readonly ReadSecret[] => {
  const present = lastEntries(file.entries);
  return specs.filter(({ name }) => (present.get(name)?.value ?? '') === '');
};

/**
 * Checks what stands in `.env` and makes what is missing and can be made.
 * @throws ChatopsError ENV_FILE_DAMAGED (also for a value that Compose would expand), SECRET_MISSING naming every one
 * that only the user can give, SECRET_REFUSED naming every one that breaks a rule of its reader.
 */
export const completeEnv = (
  specs: readonly ReadSecret[],
  text: string,
  randomBytes: RandomBytes,
  source = '.env',
): CompleteEnv => {
  const file = parseEnv(text, source);
  refuseExpanded(specs, file);
  const missing = missingSecrets(specs, file);
  refuseMissing(missing, source);
  refuseBroken(specs, file);
  const additions = missing.map((spec) => ({ spec, value: generateSecret(spec, randomBytes) }));
  const complete = withSecrets(text, additions);
  const present = lastEntries(parseEnv(complete, source).entries);
  const values = specs.map(({ name }) => [name, new Secret(present.get(name)?.value ?? '')] as const);
  return {
    text: complete,
    generated: missing.map(({ name }) => name),
    values: new Map(values),
    warnings: file.warnings,
  };
};

const refuseExpanded = (specs: readonly ReadSecret[], file: EnvFile): void => {
  const present = lastEntries(file.entries);
  for (const { name } of specs) {
    const entry = present.get(name);
    if (entry?.expands === true) {
      throw new ChatopsError('ENV_FILE_DAMAGED', {
        what: `${file.source}:${entry.line} the value of ${name} cannot be taken as it stands`,
        why: 'it holds a $, which Docker Compose would expand',
        next: 'put the value in single quotes',
      });
    }
  }
};

const refuseMissing = (missing: readonly ReadSecret[], source: string): void => {
  const given = missing.filter(({ origin }) => origin === 'given');
  if (given.length === 0) return;
  throw new ChatopsError('SECRET_MISSING', {
    what: `${given.map(({ name }) => name).join(', ')} ${given.length === 1 ? 'has' : 'have'} no value in ${source}`,
    why: given.map(({ name, what, readBy }) => `${name}: ${what}; read by ${readBy.join(', ')}`).join('\n'),
    next: given.map(({ name, note }) => `write ${name}=… into ${source}: ${note}`).join('\n'),
  });
};

const refuseBroken = (specs: readonly ReadSecret[], file: EnvFile): void => {
  const present = lastEntries(file.entries);
  const broken = specs.flatMap((spec) => {
    const entry = present.get(spec.name);
    const wrong = entry === undefined || entry.value === '' ? undefined : checkSecret(spec, entry.value);
    return entry === undefined || wrong === undefined ? [] : [{ spec, wrong, line: entry.line }];
  });
  if (broken.length === 0) return;
  const generated = broken.every(({ spec }) => spec.origin === 'generated');
  throw new ChatopsError('SECRET_REFUSED', {
    what: `${broken.map(({ spec }) => spec.name).join(', ')} in ${file.source} would be refused`,
    why: broken.map(({ spec, wrong, line }) => `${file.source}:${line} ${spec.name} ${wrong}`).join('\n'),
    next: generated ? 'set another value, or empty the line to have one made' : 'set another value',
  });
};
