/** A probe as the words that follow `chatops-probe` on its command line. Secrets stand there by name only. */
import type { OptionWord } from '../contracts/probe-kind.ts';
import { kindOf, type ProbeKinds, valuesOf } from '../contracts/probe-kinds.ts';
import type { ProbeSpec } from '../stack/stack.ts';

/** Asks one of the questions about a service that the table of probes has; every other first word is a kind. */
export const ALL = 'all';

/** Joined by `=`, so that a value beginning with `-` is not taken for an option. */
const optionWords = (spec: ProbeSpec, word: OptionWord): readonly string[] => {
  const { option, values } = word;
  const { form } = values;
  return valuesOf(spec, word).map((value) => (form ? `--${option}=${form.write(value)}` : `--${option}`));
};

/**
 * Undefined for a composite: its parts are read from the table in `healthchecks/probes.json`.
 * @throws ChatopsError USAGE for an unknown kind
 */
export const probeArguments = (kinds: ProbeKinds, spec: ProbeSpec): readonly string[] | undefined => {
  const kind = kindOf(kinds, spec.what);
  if ('parts' in kind) return undefined;
  const { target, options } = kind.words;
  return [kind.what, target.write(spec), ...options.flatMap((word) => optionWords(spec, word))];
};
