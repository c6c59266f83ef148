import { formatError, toChatopsError } from '../errors/chatops-error.ts';
import { errorToJson, toJson } from '../report/json.ts';
import type { Process } from './program.ts';

/** Reports the error that the program ends with, in the form of the rest. @returns its exit status */
export const reportError = (thrown: unknown, { argv, env, out, err, known, signal }: Process): number => {
  const error = known.clean.value(toChatopsError(signal.aborted ? signal.reason : thrown));
  if (argv.includes('--json')) out(`${toJson({ type: 'error', ...errorToJson(error) })}\n`);
  else err(`${formatError(error)}\n`);
  if (error.code === 'INTERNAL' && env.CHATOPS_DEBUG && error.cause instanceof Error) {
    err(`${error.cause.stack ?? ''}\n`);
  }
  return error.exitStatus;
};
