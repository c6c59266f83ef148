/**
 * Parameters as GitLab's API framework (Grape) takes them: query, form and JSON body and path in one set, checked
 * against a declaration, all problems in one `error` text. Undeclared ones are dropped.
 */
import type { StandinRequest } from '../../kit/http-standin.ts';
import { parseForm, parseMultipart } from './forms.ts';
import { badParameter, Refusal } from './reply.ts';

export type RawParams = Readonly<Record<string, unknown>>;

interface ValueOf {
  string: string;
  integer: number;
  boolean: boolean;
  /** An array, or words joined by commas. */
  list: readonly string[];
  objects: readonly RawParams[];
}

export interface ParamRule {
  readonly type: keyof ValueOf;
  readonly required?: true;
  readonly values?: readonly string[];
}
export type ParamRules = Readonly<Record<string, ParamRule>>;

export type Checked<R extends ParamRules> = {
  readonly [K in keyof R]: R[K] extends { readonly required: true }
    ? ValueOf[R[K]['type']]
    : ValueOf[R[K]['type']] | undefined;
};

const parseBody = (request: StandinRequest): RawParams => {
  if (request.body.length === 0) return {};
  const type = request.headers['content-type'] ?? '';
  if (/^application\/x-www-form-urlencoded/i.test(type))
    return parseForm(new URLSearchParams(request.body.toString('utf8')));
  if (/^multipart\/form-data/i.test(type)) return parseMultipart(request.body, type);
  if (type !== '' && !/json/i.test(type))
    throw new Refusal(415, { error: `The provided content-type '${type}' is not supported.` });
  try {
    const parsed: unknown = JSON.parse(request.body.toString('utf8'));
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as RawParams) : {};
  } catch {
    throw badParameter('message body does not match declared format');
  }
};

export const readParams = (request: StandinRequest, path: RawParams): RawParams => ({
  ...parseForm(request.query),
  ...parseBody(request),
  ...path,
});

const words = (value: unknown): readonly string[] | undefined => {
  if (Array.isArray(value)) return value.map(String).filter((word) => word !== '');
  if (typeof value !== 'string') return undefined;
  return value
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
};

const coercions: { readonly [T in keyof ValueOf]: (value: unknown) => ValueOf[T] | undefined } = {
  string: (value) =>
    typeof value === 'string'
      ? value
      : typeof value === 'number' || typeof value === 'boolean'
        ? `${value}`
        : undefined,
  integer: (value) => (/^-?\d+$/.test(String(value)) ? Number(value) : undefined),
  boolean: (value) => {
    const text = String(value).toLowerCase();
    if (['true', '1', 't', 'on', 'yes', 'y'].includes(text)) return true;
    return ['false', '0', 'f', 'off', 'no', 'n', ''].includes(text) ? false : undefined;
  },
  list: words,
  objects: (value) => (Array.isArray(value) ? (value as RawParams[]) : undefined),
};

/** The problems of one parameter, in Grape's words. */
const problemsOf = (name: string, rule: ParamRule, raw: unknown): readonly string[] => {
  const wrongValue = `${name} does not have a valid value`;
  if (raw === undefined || raw === null) {
    if (rule.required !== true) return [];
    return rule.values === undefined ? [`${name} is missing`] : [`${name} is missing`, wrongValue];
  }
  const value = coercions[rule.type](raw);
  if (value === undefined) return [`${name} is invalid`];
  return rule.values !== undefined && !rule.values.includes(String(value)) ? [wrongValue] : [];
};

/** @throws Refusal 400 naming every problem */
export const checkParams = <const R extends ParamRules>(raw: RawParams, rules: R): Checked<R> => {
  const problems = Object.entries(rules).flatMap(([name, rule]) => problemsOf(name, rule, raw[name]));
  if (problems.length > 0) throw badParameter(problems.join(', '));
  const values = Object.entries(rules).map(([name, rule]) => {
    const value = raw[name];
    return [name, value === undefined || value === null ? undefined : coercions[rule.type](value)];
  });
  return Object.fromEntries(values) as Checked<R>;
};

/** At least one of `names` must be there. @throws Refusal 400 */
export const atLeastOneOf = (raw: RawParams, names: readonly string[]): void => {
  if (names.some((name) => raw[name] !== undefined)) return;
  throw badParameter(`${names.join(', ')} are missing, at least one parameter must be provided`);
};

/** A record's number in the path. @throws Refusal 400 */
export const recordId = (raw: RawParams, name: string): string => {
  const value = String(raw[name] ?? '');
  if (!/^\d+$/.test(value)) throw badParameter(`${name} is invalid`);
  return String(Number(value));
};
