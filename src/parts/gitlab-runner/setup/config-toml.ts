/** The runner's config.toml: the rendered text plus `id` and `token`. Pure. */
import { parse } from 'smol-toml';

export interface Registration {
  readonly id: number | undefined;
  readonly token: string;
}

type Table = Readonly<Record<string, unknown>>;

const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

const parseTable = (text: string): Table | undefined => {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
};

/** Ours is the only `[[runners]]` block; `register` of gitlab-runner may have added more behind it. */
const firstRunner = (config: Table | undefined): Table | undefined => {
  const runners = config?.runners;
  const first: unknown = Array.isArray(runners) ? runners[0] : undefined;
  return isTable(first) ? first : undefined;
};

/** Undefined when the file is not there, is no TOML, or holds no token. */
export const readRegistration = (text: string | undefined): Registration | undefined => {
  const runner = text === undefined ? undefined : firstRunner(parseTable(text));
  if (typeof runner?.token !== 'string' || runner.token === '') return undefined;
  return { token: runner.token, id: typeof runner.id === 'number' ? runner.id : undefined };
};

/** What registering and the runner itself write into the block; no drift. */
const WRITTEN_BY_OTHERS: ReadonlySet<string> = new Set(['id', 'token', 'token_obtained_at', 'token_expires_at']);

const normal = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(normal);
  if (!isTable(value)) return value instanceof Date ? value.toISOString() : value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, normal(inner)]),
  );
};

/** Everything but the registration, in one order: comments and layout do not count. */
const meaning = (text: string): string | undefined => {
  const config = parseTable(text);
  if (config === undefined) return undefined;
  const { runners, ...rest } = config;
  const blocks = (Array.isArray(runners) ? runners : []).map((block: unknown) =>
    isTable(block) ? Object.fromEntries(Object.entries(block).filter(([key]) => !WRITTEN_BY_OTHERS.has(key))) : block,
  );
  return JSON.stringify(normal({ ...rest, runners: blocks }));
};

export const meansTheSame = (living: string, template: string): boolean => {
  const meant = meaning(living);
  return meant !== undefined && meant === meaning(template);
};

const BLOCK = /^[ \t]*\[\[[ \t]*runners[ \t]*\]\][ \t]*(?:#.*)?$/m;

/** @returns the template with the registration as the first lines of its `[[runners]]` block; undefined without one */
export const withRegistration = (template: string, { id, token }: Required<Registration>): string | undefined => {
  const match = BLOCK.exec(template);
  if (!match) return undefined;
  const end = match.index + match[0].length;
  const [before, after] = [template.slice(0, end), template.slice(end)];
  // JSON's escapes are all TOML's as well (toml.io/en/v1.0.0#string).
  const lines = [...(id === undefined ? [] : [`  id = ${id}`]), `  token = ${JSON.stringify(token)}`];
  return `${before}\n${lines.join('\n')}${after}`;
};
