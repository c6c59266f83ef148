#!/usr/bin/env node
/** The program: the real process is read here and nowhere else. */
import { setMaxListeners } from 'node:events';
import { packageVersion } from '../adapters/package-files.ts';
import { openStreams } from '../adapters/streams.ts';
import { EXIT } from '../errors/catalogue.ts';
import { formatError, toChatopsError } from '../errors/chatops-error.ts';
import { interruptSignal } from '../programs/interrupt.ts';
import { errorToJson, toJson } from '../report/json.ts';
import { createKnownSecrets } from '../values/words/known-secrets.ts';
import { runProgram } from './program.ts';

const signal = interruptSignal();
// Every node of the graph listens to it at once.
setMaxListeners(0, signal);

const known = createKnownSecrets(process.env);
// A reader that went away (`chatops-up plan | head`) is no fault.
const { out, err, isTerminal } = openStreams(known.clean, (code) =>
  process.exit(code === 'EPIPE' ? EXIT.ok : EXIT.failed),
);

const argv = process.argv.slice(2);

/** Tells what the program ends with; returns its exit status. */
const tell = (thrown: unknown): number => {
  const error = toChatopsError(signal.aborted ? signal.reason : thrown);
  if (argv.includes('--json')) out(`${toJson({ type: 'error', ...errorToJson(error) })}\n`);
  else err(`${formatError(error)}\n`);
  if (error.code === 'INTERNAL' && process.env.CHATOPS_DEBUG && error.cause instanceof Error) {
    err(`${error.cause.stack ?? ''}\n`);
  }
  return error.exitStatus;
};
// Thrown where nobody waits for it: told in the same form as the rest.
process.on('uncaughtException', (thrown) => process.exit(tell(thrown)));

try {
  process.exitCode = await runProgram({
    argv,
    env: process.env,
    cwd: process.cwd(),
    isTerminal,
    out,
    err,
    known,
    signal,
    version: packageVersion(),
  });
} catch (thrown) {
  process.exitCode = tell(thrown);
}
