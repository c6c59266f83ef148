import type { ScriptOutcome } from '../sandbox/script-worker.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What a script's end means for the delivery; pure. */
export type ScriptVerdict =
  | { readonly kind: 'skip' }
  | { readonly kind: 'refuse'; readonly body: Fields }
  | { readonly kind: 'post'; readonly content: Fields; readonly response?: Fields; readonly user?: Fields };

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const refuse = (error: unknown): ScriptVerdict => ({
  kind: 'refuse',
  body: isObject(error) ? { ...error, success: false } : { success: false, error },
});

export const judgeScript = (outcome: ScriptOutcome): ScriptVerdict => {
  if (outcome.kind === 'not-loaded') return refuse('error-evaluating-script');
  if (outcome.kind === 'threw') return refuse('error-running-script');
  const result: unknown = outcome.json === undefined ? undefined : JSON.parse(outcome.json);
  // null, false, 0 and '' count as nothing returned, as they do there.
  if (!result) return { kind: 'skip' };
  if (!isObject(result)) return refuse('error-running-script');
  if (result.error) return refuse(result.error);
  // A list would do: it only must not be a text, a number or nothing.
  if (typeof result.content !== 'object' || result.content === null) return refuse('error-running-script');
  return {
    kind: 'post',
    content: result.content as Fields,
    ...(isObject(result.response) ? { response: result.response } : {}),
    ...(isObject(result.user) ? { user: result.user } : {}),
  };
};
