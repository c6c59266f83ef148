#!/usr/bin/env node
/** The program: the real process is read here and nowhere else. */
import { setMaxListeners } from 'node:events';
import { packageVersion } from '../adapters/package-files.ts';
import { EXIT } from '../errors/catalogue.ts';
import { formatError, toChatopsError } from '../errors/chatops-error.ts';
import { interruptSignal } from '../programs/interrupt.ts';
import { errorToJson } from '../report/json.ts';
import { runProgram } from './program.ts';

const signal = interruptSignal();
// Every node of the graph listens to it at once.
setMaxListeners(0, signal);

const write = (stream: NodeJS.WriteStream) => (text: string) => void stream.write(text);
// A reader that went away (`chatops-up plan | head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) =>
  process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.failed),
);

const argv = process.argv.slice(2);

/** Tells what the program ends with; returns its exit status. */
const tell = (thrown: unknown): number => {
  const error = toChatopsError(signal.aborted ? signal.reason : thrown);
  if (argv.includes('--json')) process.stdout.write(`${JSON.stringify({ type: 'error', ...errorToJson(error) })}\n`);
  else process.stderr.write(`${formatError(error)}\n`);
  if (error.code === 'INTERNAL' && process.env.CHATOPS_DEBUG && error.cause instanceof Error) {
    process.stderr.write(`${error.cause.stack ?? ''}\n`);
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
    isTerminal: process.stdout.isTTY === true && process.stdin.isTTY === true,
    out: write(process.stdout),
    err: write(process.stderr),
    signal,
    version: packageVersion(),
  });
} catch (thrown) {
  process.exitCode = tell(thrown);
}
