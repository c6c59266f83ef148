/** The words in an answer to a delivery, from whatever server. Pure. */

import { isRecord, readJson } from '../values/shape.ts';
import type { HttpResponse } from './http.ts';

export const bodyOf = ({ body }: HttpResponse): Readonly<Record<string, unknown>> | undefined => {
  const value = readJson(body);
  return isRecord(value) ? value : undefined;
};

const SHOWN = 300;

/** On one line, at most 300 characters and a sign that there are more. */
export const wordsOf = (response: HttpResponse): string => {
  const body = bodyOf(response);
  const words = body ? (body.error ?? body.message ?? body.responses ?? '') : response.body;
  const text = (typeof words === 'string' ? words : JSON.stringify(words)).replace(/\s+/g, ' ').trim();
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
};
