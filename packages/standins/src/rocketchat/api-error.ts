/** A refusal as the server words it: `code` is for machines, `reason` for people. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly code: string | undefined;
  readonly reason: string;

  constructor(status: number, body: Readonly<Record<string, unknown>>, reason: string, code?: string) {
    super(reason);
    this.status = status;
    this.body = body;
    this.reason = reason;
    this.code = code;
  }
}

/** Thrown with a code: the text carries it in brackets, `errorType` bare. */
export const coded = (code: string, reason: string, details?: Readonly<Record<string, unknown>>): ApiError =>
  new ApiError(
    400,
    { success: false, error: `${reason} [${code}]`, errorType: code, ...(details ? { details } : {}) },
    reason,
    code,
  );

/** A plain failure: a text and no `errorType`. */
export const plain = (text: string, status = 400): ApiError =>
  new ApiError(status, { success: false, error: text }, text);

/** A refusal whose text is the code itself, without a sentence. */
export const bareCode = (code: string): ApiError => new ApiError(400, { success: false, error: code }, code, code);

/** No text at all: unknown, hidden or blocked settings. */
export const bare = (): ApiError => new ApiError(400, { success: false }, 'refused');

/** The route's own permission is missing. */
export const routeForbidden = (): ApiError =>
  new ApiError(
    403,
    {
      success: false,
      error: 'User does not have the permissions required for this action [error-unauthorized]',
    },
    'User does not have the permissions required for this action',
    'error-unauthorized',
  );

/** The handler found a permission missing; the word becomes `forbidden` with 9.0. */
export const handlerForbidden = (): ApiError =>
  new ApiError(403, { success: false, error: 'unauthorized' }, 'unauthorized');

const LOGIN_FIRST = 'You must be logged in to do this.';

export const notLoggedIn = (): ApiError =>
  new ApiError(
    401,
    { success: false, error: LOGIN_FIRST, status: 'error', message: LOGIN_FIRST },
    LOGIN_FIRST,
    'error-not-logged-in',
  );

/** A body or query that does not fit its schema; the problems are joined as the server joins them. */
export const invalidParams = (problems: readonly string[], errorType = 'invalid-params'): ApiError => {
  const error = problems.join('\n ');
  return new ApiError(400, { success: false, error, errorType }, error, errorType);
};

/** @param secondsLeft simulated seconds until the window ends */
export const tooMany = (secondsLeft: number): ApiError => {
  const reason =
    `Error, too many requests. Please slow down. You must wait ${secondsLeft} seconds ` +
    'before trying this endpoint again.';
  const code = 'error-too-many-requests';
  return new ApiError(429, { success: false, error: `${reason} [${code}]` }, reason, code);
};
