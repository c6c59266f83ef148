/** `.gitlab-ci.yml` → stages and jobs: the common keys, enough for a pipeline of shell steps (doc/ci/yaml). */
import { parse } from 'yaml';
import type { Job, KeyValue } from '../model.ts';

export const CI_FILE = '.gitlab-ci.yml';

export interface PlannedJob {
  readonly name: string;
  readonly stage: string;
  readonly when: Job['when'];
  readonly allowFailure: boolean;
  readonly tags: readonly string[];
  readonly script: readonly string[];
  readonly afterScript: readonly string[];
  readonly variables: readonly KeyValue[];
  readonly image: string | null;
}

export type CiConfig =
  | { readonly kind: 'valid'; readonly stages: readonly string[]; readonly jobs: readonly PlannedJob[] }
  | { readonly kind: 'invalid'; readonly problem: string };

type Entry = Readonly<Record<string, unknown>>;

const NOT_JOBS = [
  'stages',
  'default',
  'include',
  'variables',
  'workflow',
  'image',
  'services',
  'cache',
  'before_script',
  'after_script',
  'spec',
];
const DEFAULT_STAGES = ['build', 'test', 'deploy'];
const WHENS = ['on_success', 'on_failure', 'always', 'manual', 'delayed', 'never'];

const isEntry = (value: unknown): value is Entry =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One line, or lines in lists of lists. */
const lines = (value: unknown): readonly string[] => {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value.flatMap(lines) : [String(value)];
};

const variablesOf = (value: unknown): readonly KeyValue[] =>
  isEntry(value)
    ? Object.entries(value).map(([key, one]) => ({ key, value: String(isEntry(one) ? (one.value ?? '') : one) }))
    : [];

const imageOf = (value: unknown): string | null => {
  if (typeof value === 'string') return value;
  return isEntry(value) && typeof value.name === 'string' ? value.name : null;
};

/** Keys of `extends`, nearest last wins; chains are followed, circles end. */
const withParents = (all: Entry, entry: Entry, depth = 0): Entry => {
  if (entry.extends === undefined || depth > 10) return entry;
  const parents = lines(entry.extends)
    .map((name) => all[name])
    .filter(isEntry);
  return Object.assign({}, ...parents.map((parent) => withParents(all, parent, depth + 1)), entry) as Entry;
};

const planJob = (all: Entry, name: string, written: Entry): PlannedJob => {
  const defaults = isEntry(all.default) ? all.default : {};
  const entry = withParents(all, written);
  const inherited = (key: string) => entry[key] ?? defaults[key] ?? all[key];
  const when = String(entry.when ?? 'on_success');
  return {
    name,
    stage: String(entry.stage ?? 'test'),
    when: (WHENS.includes(when) ? when : 'on_success') as Job['when'],
    allowFailure: entry.allow_failure === undefined ? when === 'manual' : entry.allow_failure !== false,
    tags: lines(entry.tags ?? defaults.tags),
    script: [...lines(inherited('before_script')), ...lines(entry.script)],
    afterScript: lines(inherited('after_script')),
    variables: [...variablesOf(all.variables), ...variablesOf(entry.variables)],
    image: imageOf(inherited('image')),
  };
};

const problemOf = (job: PlannedJob, stages: readonly string[]): string | undefined => {
  if (job.script.length === 0) return `jobs:${job.name} config should implement the script:, run:, or trigger: keyword`;
  if (!stages.includes(job.stage))
    return `${job.name} job: chosen stage ${job.stage} does not exist; available stages are ${stages.join(', ')}`;
  return undefined;
};

const parsed = (text: string): unknown => {
  try {
    return parse(text, { maxAliasCount: 100 });
  } catch (thrown) {
    return new Error(thrown instanceof Error ? thrown.message.split('\n')[0] : String(thrown));
  }
};

export const parseCiConfig = (text: string): CiConfig => {
  const all = parsed(text);
  if (all instanceof Error) return { kind: 'invalid', problem: `(${CI_FILE}): ${all.message}` };
  if (!isEntry(all)) return { kind: 'invalid', problem: 'Invalid configuration format' };
  const own = all.stages === undefined ? DEFAULT_STAGES : lines(all.stages);
  const stages = ['.pre', ...own, '.post'];
  const jobs = Object.entries(all)
    .filter(([name, value]) => !NOT_JOBS.includes(name) && !name.startsWith('.') && isEntry(value))
    .map(([name, value]) => planJob(all, name, value as Entry))
    .filter(({ when }) => when !== 'never');
  const problem = jobs.map((job) => problemOf(job, stages)).find((one) => one !== undefined);
  if (problem !== undefined) return { kind: 'invalid', problem };
  if (jobs.length === 0) return { kind: 'invalid', problem: 'jobs config should contain at least one visible job' };
  return { kind: 'valid', stages, jobs };
};
