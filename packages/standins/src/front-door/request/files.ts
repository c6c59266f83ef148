/** Static files as nginx serves them: index, directories, types, validators. */
import { readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Location, Settings } from '../config/model.ts';
import type { Values } from '../config/template.ts';
import type { Exchange, Reply } from './exchange.ts';

/** A reply, or the path of this server that is to be asked instead. */
export type FileOutcome = Reply | { readonly instead: string };

const placeOf = (settings: Settings, location: Location | undefined, uri: string, values: Values): string => {
  if (settings.alias !== undefined && location?.match.kind === 'prefix') {
    return settings.alias(values) + uri.slice(location.match.path.length);
  }
  if (settings.alias !== undefined) return settings.alias(values);
  return join(settings.root?.(values) ?? '', uri);
};

const kindOf = async (path: string): Promise<'file' | 'directory' | 'none' | 'forbidden'> => {
  try {
    return (await stat(path)).isDirectory() ? 'directory' : 'file';
  } catch (thrown) {
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EACCES' ? 'forbidden' : 'none';
  }
};

export const typeFor = ({ types, defaultType }: Settings, uri: string): string =>
  types.get(extname(uri).slice(1).toLowerCase()) ?? defaultType;

const isFresh = ({ request }: Exchange, tag: string, modified: string): boolean => {
  const tags = request.headers['if-none-match'];
  if (tags !== undefined) return tags.split(/\s*,\s*/).some((each) => each === '*' || each.replace(/^W\//, '') === tag);
  return request.headers['if-modified-since'] === modified;
};

const fileReply = async (exchange: Exchange, settings: Settings, uri: string, path: string): Promise<Reply> => {
  const { mtimeMs, size } = await stat(path);
  const modified = new Date(mtimeMs).toUTCString();
  const tag = `"${Math.floor(mtimeMs / 1_000).toString(16)}-${size.toString(16)}"`;
  const validators = [
    ['Last-Modified', modified],
    ['ETag', tag],
  ] as const;
  if (isFresh(exchange, tag, modified)) return { status: 304, headers: validators, body: '' };
  return { status: 200, headers: validators, type: typeFor(settings, uri), body: await readFile(path) };
};

const indexOf = async (settings: Settings, uri: string, directory: string, values: Values): Promise<FileOutcome> => {
  for (const name of settings.index) {
    const file = name(values);
    if ((await kindOf(join(directory, file))) === 'file') return { instead: `${uri}${file}` };
  }
  return { status: (await kindOf(directory)) === 'none' ? 404 : 403 };
};

const tryFiles = async (
  settings: Settings,
  location: Location | undefined,
  uri: string,
  values: Values,
): Promise<FileOutcome | undefined> => {
  const all = settings.tryFiles ?? [];
  for (const template of all.slice(0, -1)) {
    const candidate = template(values);
    const wanted = candidate.endsWith('/') ? 'directory' : 'file';
    if ((await kindOf(placeOf(settings, location, candidate, values))) !== wanted) continue;
    return candidate === uri ? undefined : { instead: candidate };
  }
  const fallback = all.at(-1)?.(values);
  if (fallback === undefined) return undefined;
  return fallback.startsWith('=') ? { status: Number(fallback.slice(1)) } : { instead: fallback };
};

export const serveFile = async (
  exchange: Exchange,
  settings: Settings,
  location: Location | undefined,
  uri: string,
  values: Values,
  method: string,
): Promise<FileOutcome> => {
  const tried = await tryFiles(settings, location, uri, values);
  if (tried !== undefined) return tried;
  if (method !== 'GET' && method !== 'HEAD') return { status: 405 };
  const path = placeOf(settings, location, uri, values);
  if (uri.endsWith('/')) return indexOf(settings, uri, path, values);
  const kind = await kindOf(path);
  if (kind === 'none') return { status: 404 };
  if (kind === 'forbidden') return { status: 403 };
  if (kind === 'directory') return { status: 301, headers: [['Location', `${uri}/`]] };
  return fileReply(exchange, settings, uri, path);
};
