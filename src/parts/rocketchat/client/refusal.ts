/**
 * Rocket.Chat's error shapes → our codes, here and nowhere else. Branches on `errorType` first and on the bracketed
 * code at the end of `error` second; the texts themselves change between versions and are only shown
 * (RocketChat/Rocket.Chat:apps/meteor/app/api/server/ApiClass.ts, 8.6.1).
 */
import { z } from 'zod';
import type { HttpResponse } from '../../../contracts/http.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { readJson } from '../../../values/shape.ts';

const refusalBody = z.object({
  error: z.string().optional().catch(undefined),
  errorType: z.string().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  details: z
    .object({ method: z.string().optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

export interface Refusal {
  readonly status: number;
  /** Stable word to branch on; empty when the server gave none. */
  readonly code: string;
  /** The server's own words, for people. */
  readonly text: string;
  /** Second-factor method the server asks for. */
  readonly factor: string | undefined;
}

const bracketed = (text: string | undefined): string | undefined => text?.match(/\[([\w-]+)\]\s*$/)?.[1];

/** The body as JSON; undefined when it is none. */
export const jsonOf = (response: HttpResponse): unknown => readJson(response.body);

/** What the server refused with; undefined when the answer does not look like Rocket.Chat's API at all. */
export const readRefusal = (response: HttpResponse): Refusal | undefined => {
  const parsed = refusalBody.safeParse(jsonOf(response));
  if (!parsed.success) return undefined;
  const { error, errorType, message, details } = parsed.data;
  return {
    status: response.status,
    code: errorType ?? bracketed(error) ?? '',
    text: error ?? message ?? '',
    factor: details?.method,
  };
};

/** Codes that mean a missing right, whatever call they answer. */
const NOT_PERMITTED = new Set([
  'error-unauthorized',
  'error-not-authorized',
  'not-authorized',
  'not_authorized',
  'error-not-allowed',
  'error-action-not-allowed',
  'Not Allowed',
]);
const NAME_TAKEN = new Set([
  'error-field-unavailable',
  'error-duplicate-channel-name',
  'error-archived-duplicate-name',
]);
export const FACTOR_CODES = new Set(['totp-required', 'totp-invalid', 'totp-max-attempts']);

export interface Doing {
  /** What was being done, for the first line: `create user alice`. */
  readonly doing: string;
  readonly base: string;
  readonly username: string;
  /** The permission the call needs (RocketChat/Rocket.Chat:apps/meteor/app/authorization/server/constant/permissions.ts). */
  readonly needs: string;
}

const permissionMissing = ({ doing, base, username, needs }: Doing, why: string): ChatopsError =>
  new ChatopsError('PERMISSION_MISSING', {
    what: `${username} may not ${doing} on ${base}`,
    why,
    next: `give a role of ${username} the permission ${needs} (Rocket.Chat: Workspace → Permissions)`,
  });

const nameTaken = ({ doing, base }: Doing, why: string): ChatopsError =>
  new ChatopsError('CONFLICT', {
    what: `could not ${doing} on ${base}: the name is taken`,
    why,
    next: 'rename one of the two: what a user made (a hidden private room or an archived one counts too), or ours in chatops.yaml',
  });

const secondFactor = ({ doing, base, username }: Doing, factor: string | undefined): ChatopsError =>
  new ChatopsError('SECOND_FACTOR_NEEDED', {
    what: `${base} wants a second factor (${factor ?? 'unknown'}) of ${username} to ${doing}`,
    why: 'only the password can be given as a second factor by a program',
    next: `take the second factor off ${username}, or set OVERWRITE_SETTING_Accounts_TwoFactorAuthentication_Enabled=false`,
  });

const sessionEnded = ({ doing, base, username }: Doing): ChatopsError =>
  new ChatopsError('TOKEN_INVALID', {
    what: `the session of ${username} on ${base} ended before it could ${doing}`,
    why: 'the server does not know the login token any more',
    next: 'run the command again: it logs in afresh',
  });

/** What stands between us and the API when the answer is not the API's own. */
export const notTheApi = (doing: string, base: string, response: HttpResponse): ChatopsError => {
  const gateway = response.status >= 502 && response.status <= 504;
  const kind = response.headers['content-type']?.split(';')[0] ?? 'no content type';
  return new ChatopsError(gateway ? 'UNREACHABLE' : 'UNEXPECTED_ANSWER', {
    what: `could not ${doing} on ${base}`,
    why: `HTTP ${response.status} with ${kind} instead of Rocket.Chat's JSON`,
  });
};

/**
 * Without a code (ee/server/patches/airGappedRestrictionsWrapper.ts). It asks at its start and then once a day, so the
 * way alone does not end it.
 */
const RESTRICTED = 'restricted-workspace';

const readOnly = (base: string): ChatopsError =>
  new ChatopsError('CHAT_READ_ONLY', {
    what: `${base} takes no messages`,
    why: 'a Rocket.Chat 8 without a licence has to reach https://collector.rocket.chat at its first start and once in ten days, and has not',
    next: 'let its container out to collector.rocket.chat:443 and start it again (`docker compose restart rocketchat`), or give it a licence (`chat: { licensed: true }`)',
  });

/** @param knowsUs after a 401: whether the server still takes the login; 9.0 answers so to a missing permission, too */
export const refusalError = (call: Doing, response: HttpResponse, knowsUs = false): ChatopsError => {
  const refusal = readRefusal(response);
  if (refusal === undefined) return notTheApi(call.doing, call.base, response);
  const { status, code, text, factor } = refusal;
  const why = text === '' ? `HTTP ${status} without a reason` : text;
  if (FACTOR_CODES.has(code)) return secondFactor(call, factor);
  if (text === RESTRICTED) return readOnly(call.base);
  if (status === 401 && !knowsUs) return sessionEnded(call);
  if (status === 401 || status === 403 || NOT_PERMITTED.has(code)) return permissionMissing(call, why);
  if (NAME_TAKEN.has(code)) return nameTaken(call, why);
  if (status >= 500) return notTheApi(call.doing, call.base, response);
  return new ChatopsError('JOB_FAILED', { what: `${call.base} refused to ${call.doing}`, why });
};
