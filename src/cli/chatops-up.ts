#!/usr/bin/env node
/** The program: the real process is read here and nowhere else. */
import { packageVersion } from '../adapters/package-files.ts';
import { openStreams } from '../adapters/streams.ts';
import { EXIT } from '../errors/catalogue.ts';
import { interruptSignal } from '../programs/interrupt.ts';
import { createKnownSecrets } from '../values/words/known-secrets.ts';
import { type Process, runProgram } from './program.ts';
import { reportError } from './report-error.ts';

const signal = interruptSignal();

const known = createKnownSecrets(process.env);
// A reader that went away (`chatops-up up | head`) ends the run midway: it has not come to an end.
const streams = openStreams(known.clean, (code) => process.exit(code === 'EPIPE' ? EXIT.readerGone : EXIT.failed));

const ours: Process = {
  argv: process.argv.slice(2),
  env: process.env,
  cwd: process.cwd(),
  ...streams,
  known,
  signal,
  version: packageVersion(),
};
// Thrown where nobody waits for it: reported in the same form as the rest.
process.on('uncaughtException', (thrown) => process.exit(reportError(thrown, ours)));

try {
  process.exitCode = await runProgram(ours);
} catch (thrown) {
  process.exitCode = reportError(thrown, ours);
}
