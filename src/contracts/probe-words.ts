/** What the words of a probe are put together from: forms of single values, and how often an option is given. */
import { ChatopsError } from '../errors/chatops-error.ts';
import type { Account, Endpoint, HttpTarget, ProbeSpec, SecretName } from '../stack/stack.ts';
import type { Arity, Form, OptionWord, TargetWord } from './probe-kind.ts';

export const misread = (why: string): ChatopsError =>
  new ChatopsError('USAGE', { what: 'the probe was not understood', why, next: 'read `chatops-probe --help`' });

const UNITS = { ms: 1, s: 1_000, m: 60_000 } as const;

/** `500ms`, `3s`, `2m`, or a bare number of seconds → ms. @throws ChatopsError USAGE */
export const parseDuration = (text: string): number => {
  const [, number, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m)?$/.exec(text) ?? [];
  if (number === undefined) throw misread(`${JSON.stringify(text)} is no duration such as 500ms, 3s or 2m`);
  return Number(number) * UNITS[unit as keyof typeof UNITS];
};

/** @throws ChatopsError USAGE */
export const parseEndpoint = (text: string): Endpoint => {
  const [, service, port] = /^(\[[^\]]+\]|[^:]+):(\d{1,5})$/.exec(text) ?? [];
  if (service === undefined || Number(port) > 65_535) throw misread(`${JSON.stringify(text)} is no HOST:PORT`);
  return { service, port: Number(port) };
};

/** @throws ChatopsError USAGE */
export const parseHttpUrl = (text: string): URL => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw misread(`${JSON.stringify(text)} is no http or https URL`);
  }
  return url;
};

const parseBase = (text: string): string => {
  parseHttpUrl(text);
  return text.replace(/\/+$/, '');
};

/** A port of the stack's network. */
export const HOST_PORT: Form<Endpoint> = {
  shown: 'HOST:PORT',
  write: ({ service, port }) => `${service}:${port}`,
  read: parseEndpoint,
  endpoints: (endpoint) => [endpoint],
};

/** An HTTP server. One of ours is written as its address in the network, and read back as that URL. */
export const SERVER: Form<HttpTarget> = {
  shown: 'URL',
  write: (target) => (target.kind === 'url' ? target.url : `http://${HOST_PORT.write(target.endpoint)}`),
  read: (text) => ({ kind: 'url', url: parseBase(text) }),
  endpoints: (target) => (target.kind === 'service' ? [target.endpoint] : []),
};

/** A public address, no trailing slash. */
export const PUBLIC_URL: Form<string> = { shown: 'URL', write: (url) => url, read: parseBase };

/** @param shown what the text is: `NAME`, `HOST` */
export const text = (shown: string): Form<string> => ({ shown, write: (value) => value, read: (value) => value });

/** The variable that a secret is read from: the secret itself never stands on a command line. */
export const SECRET: Form<SecretName> = { ...text('VARIABLE'), secret: true };

/** An HTTP status. */
export const STATUS: Form<number> = {
  shown: 'STATUS',
  write: String,
  read: (given) => {
    if (!/^[1-5]\d\d$/.test(given)) throw misread(`${JSON.stringify(given)} is no HTTP status`);
    return Number(given);
  },
};

export const oneOf = <T extends string>(...allowed: readonly T[]): Form<T> => ({
  shown: allowed.join('|'),
  write: (value) => value,
  read: (given) => {
    const found = allowed.find((each) => each === given);
    if (found === undefined) throw misread(`${JSON.stringify(given)} is none of ${allowed.join(', ')}`);
    return found;
  },
});

const atMostOne = (values: readonly unknown[], option: string): unknown => {
  if (values.length > 1) throw misread(`give one --${option}`);
  return values[0];
};

/** The casts below hold because only what `form` has read is ever packed. */
const erased = <T>(form: Form<T>): Form<unknown> => form as Form<unknown>;

/** Given exactly once. */
export const once = <T>(form: Form<T>): Arity<T> => ({
  form: erased(form),
  usage: (option) => `--${option} ${form.shown}`,
  unpack: (value) => [value],
  pack: (values, option) => {
    if (values.length === 0) throw misread(`--${option} is missing`);
    return atMostOne(values, option) as T;
  },
});

/** Given once or not at all. */
export const optional = <T>(form: Form<T>): Arity<T | undefined> => ({
  form: erased(form),
  usage: (option) => `[--${option} ${form.shown}]`,
  unpack: (value) => (value === undefined ? [] : [value]),
  pack: (values, option) => atMostOne(values, option) as T | undefined,
});

/** Given once, or left out for the default; always written. */
export const byDefault = <T>(form: Form<T>, preset: T): Arity<T> => ({
  form: erased(form),
  usage: (option) => `[--${option} ${form.shown} (default ${form.write(preset)})]`,
  unpack: (value) => [value],
  pack: (values, option) => (atMostOne(values, option) as T | undefined) ?? preset,
});

/** Given any number of times. */
export const anyNumber = <T>(form: Form<T>): Arity<readonly T[]> => ({
  form: erased(form),
  usage: (option) => `[--${option} ${form.shown} …]`,
  unpack: (values) => values,
  pack: (values) => values as readonly T[],
});

/** Given once or more often. */
export const oneOrMore = <T>(form: Form<T>): Arity<readonly T[]> => ({
  form: erased(form),
  usage: (option) => `--${option} ${form.shown} [--${option} ${form.shown} …]`,
  unpack: (values) => values,
  pack: (values, option) => {
    if (values.length === 0) throw misread(`give at least one --${option}`);
    return values as readonly T[];
  },
});

/** True when given. */
export const FLAG: Arity<boolean> = {
  form: undefined,
  usage: (option) => `[--${option}]`,
  unpack: (value) => (value ? [value] : []),
  pack: (values) => values.length > 0,
};

/** A flag that the specification only has when it is given. */
export const IF_GIVEN: Arity<true | undefined> = {
  form: undefined,
  usage: (option) => `[--${option}]`,
  unpack: (value) => (value ? [value] : []),
  pack: (values) => (values.length > 0 ? true : undefined),
};

type KeyOf<S> = keyof S & string;
type Holding<S, T> = { [K in KeyOf<S>]: S[K] extends T ? K : never }[KeyOf<S>];

/** Makes the words of a specification `S`: the compiler ties them to its keys. */
export const wordsOf = <S extends ProbeSpec>() => ({
  target: <K extends KeyOf<S>>(key: K, form: Form<S[K]>): TargetWord<S> => ({
    shown: form.shown,
    write: (spec) => form.write(spec[key]),
    read: (given) => ({ [key]: form.read(given) }) as unknown as Partial<S>,
    endpoints: (spec) => form.endpoints?.(spec[key]) ?? [],
  }),
  option: <K extends KeyOf<S>>(option: string, key: K, values: Arity<S[K]>): OptionWord => ({
    option,
    path: [key],
    values: values as Arity<unknown>,
  }),
  /** `--user`, and the variable of its password. */
  account: (key: Holding<S, Account>): readonly OptionWord[] => [
    { option: 'user', path: [key, 'username'], values: once(text('NAME')) as Arity<unknown> },
    { option: 'password-from', path: [key, 'password'], values: once(SECRET) as Arity<unknown> },
  ],
  /** The same, of a server that may ask for no login. */
  maybeAccount: (key: Holding<S, Account | undefined>): readonly OptionWord[] => [
    { option: 'user', path: [key, 'username'], values: optional(text('NAME')) as Arity<unknown> },
    { option: 'password-from', path: [key, 'password'], values: optional(SECRET) as Arity<unknown> },
  ],
});
