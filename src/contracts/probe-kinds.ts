/** What follows from the table of probe kinds: every question about a specification is answered by its own kind. Pure. */
import { ChatopsError } from '../errors/chatops-error.ts';
import type { Endpoint, ProbeSpec, SecretName } from '../stack/stack.ts';
import { nearest } from '../values/nearest.ts';
import type { Ports } from './ports.ts';
import type { Probe } from './probe.ts';
import type { Form, OptionWord, ProbeKind, SingleKind } from './probe-kind.ts';
import { misread } from './probe-words.ts';

/** What is asked → the kind that describes it and asks it. */
export type ProbeKinds = ReadonlyMap<string, ProbeKind>;

/** @throws ChatopsError INTERNAL when two have the same name */
export const probeKinds = (kinds: readonly ProbeKind[]): ProbeKinds => {
  const table = new Map(kinds.map((kind) => [kind.what, kind]));
  if (table.size === kinds.length) return table;
  throw new ChatopsError('INTERNAL', { what: 'two kinds of probe have the same name' });
};

/** `did you mean tcp?`, or all there are. */
export const meantOf = (word: string, known: readonly string[]): string => {
  const meant = nearest(word, known);
  return meant === undefined ? `there are ${known.join(', ')}` : `did you mean ${meant}?`;
};

/** @throws ChatopsError USAGE with the nearest name, when none has this one */
export const kindOf = (kinds: ProbeKinds, what: string): ProbeKind => {
  const kind = kinds.get(what);
  if (kind) return kind;
  throw misread(`there is no probe ${JSON.stringify(what)}: ${meantOf(what, [...kinds.keys()])}`);
};

/** The value at `path`; undefined where there is none. */
export const valueAt = (spec: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined,
    spec,
  );

/** The single values that stand for an option in the specification. */
export const valuesOf = (spec: ProbeSpec, { path, values }: OptionWord): readonly unknown[] => {
  const value = valueAt(spec, path);
  return value === undefined ? [] : values.unpack(value);
};

/** What `ask` finds in every single value of the options; flags have none. */
const inOptions = <T>(
  spec: ProbeSpec,
  options: readonly OptionWord[],
  ask: (form: Form<unknown>, value: unknown) => readonly T[],
): readonly T[] =>
  options.flatMap((word) => {
    const { form } = word.values;
    return form ? valuesOf(spec, word).flatMap((value) => ask(form, value)) : [];
  });

/** A question that is asked itself, with its kind. */
export interface Single {
  readonly kind: SingleKind;
  readonly spec: ProbeSpec;
}

/** The questions that a probe comes to: itself, or what it is made of. @throws ChatopsError USAGE for an unknown kind */
export const singlesOf = (kinds: ProbeKinds, spec: ProbeSpec): readonly Single[] => {
  const kind = kindOf(kinds, spec.what);
  return 'parts' in kind ? kind.parts(spec).flatMap((part) => singlesOf(kinds, part)) : [{ kind, spec }];
};

/** Addresses inside the network that a probe asks; a URL is none. @throws ChatopsError USAGE for an unknown kind */
export const endpointsOf = (kinds: ProbeKinds, spec: ProbeSpec): readonly Endpoint[] =>
  singlesOf(kinds, spec).flatMap(({ kind: { words }, spec: single }) => [
    ...words.target.endpoints(single),
    ...inOptions(single, words.options, (form, value) => form.endpoints?.(value) ?? []),
  ]);

/** Secrets that probes read, by name: sorted, each once. @throws ChatopsError USAGE for an unknown kind */
export const secretsOf = (kinds: ProbeKinds, ...specs: readonly ProbeSpec[]): readonly SecretName[] => {
  const found = specs
    .flatMap((spec) => singlesOf(kinds, spec))
    .flatMap(({ kind: { words }, spec }) =>
      inOptions(spec, words.options, (form, value) => (form.secret ? [form.write(value)] : [])),
    );
  return [...new Set(found)].sort();
};

/** @throws ChatopsError USAGE for an unknown kind */
export const createProbe = (kinds: ProbeKinds, spec: ProbeSpec, ports: Ports): Probe => {
  const kind = kindOf(kinds, spec.what);
  return 'parts' in kind
    ? kind.join(kind.parts(spec).map((part) => createProbe(kinds, part, ports)))
    : kind.create(spec, ports);
};
