import type { StandinRequest } from '../../kit/http-standin.ts';
import { plain } from '../api-error.ts';
import type { Fields } from './route.ts';

export const contentType = (request: StandinRequest): string =>
  (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

const fromJson = (text: string): Fields => {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Fields) : {};
  } catch {
    throw plain('Invalid JSON');
  }
};

/** @throws a plain 400 when what calls itself JSON is none */
export const readBody = (request: StandinRequest): Fields => {
  const text = request.body.toString('utf8');
  if (text === '') return {};
  if (contentType(request) === 'application/x-www-form-urlencoded')
    return Object.fromEntries(new URLSearchParams(text));
  return contentType(request) === 'application/json' ? fromJson(text) : {};
};
