import type { ApiError } from '../api-error.ts';

/**
 * Over DDP every refused login looks the same, but for the second factor
 * (RocketChat/Rocket.Chat:apps/meteor/app/lib/server/lib/loginErrorMessageOverride.ts).
 */
export class LoginRefused extends Error {
  readonly error: string | number;
  readonly details: unknown;

  constructor(cause: ApiError) {
    const isFactor = cause.code?.startsWith('totp-') ?? false;
    super(isFactor ? cause.reason : 'User not found');
    this.error = isFactor ? (cause.code ?? '') : 401;
    this.details = isFactor ? cause.body.details : undefined;
  }
}
