/** DDP frames: what a client may say, and the shapes of errors and messages it is sent. */
import { ApiError } from '../api-error.ts';
import type { MessageDoc } from '../documents.ts';
import { viewMessage } from '../domain/messages.ts';
import { LoginRefused } from './login-refused.ts';

export type Frame = Readonly<Record<string, unknown>>;

/** EJSON of a date. */
export const ejsonDate = (iso: string): { readonly $date: number } => ({ $date: Date.parse(iso) });

const DATE_KEYS = ['ts', '_updatedAt', 'editedAt'];

/** A message as streams carry it: dates as EJSON. */
export const streamMessage = (message: MessageDoc): Frame =>
  Object.fromEntries(
    Object.entries(viewMessage(message)).map(([key, value]) => [
      key,
      DATE_KEYS.includes(key) && typeof value === 'string' ? ejsonDate(value) : value,
    ]),
  );

export const meteorError = (error: string | number, reason: string, details?: unknown): Frame => ({
  isClientSafe: true,
  error,
  reason,
  ...(details === undefined ? {} : { details }),
  message: `${reason} [${error}]`,
  errorType: 'Meteor.Error',
});

export const errorOf = (thrown: unknown): Frame => {
  if (thrown instanceof ApiError) return meteorError(thrown.code ?? thrown.reason, thrown.reason, thrown.body.details);
  if (thrown instanceof LoginRefused) return meteorError(thrown.error, thrown.message, thrown.details);
  return meteorError(500, 'Internal server error');
};

/** @returns undefined for what is no frame */
export const readFrame = (text: string): Frame | undefined => {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as Frame) : undefined;
  } catch {
    return undefined;
  }
};
