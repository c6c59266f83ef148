/**
 * The program of the tools image, and of the volume it fills: called `chatops-probe` it is the probe, else it runs what
 * compose.yaml asks for, by the table of descriptors.
 */
import { basename } from 'node:path';
import { openStreams } from '../adapters/streams.ts';
import { EXIT } from '../errors/catalogue.ts';
import { formatError, toChatopsError } from '../errors/chatops-error.ts';
import { createKnownSecrets } from '../values/words/known-secrets.ts';

const known = createKnownSecrets(process.env);
const { out, err } = openStreams(known.clean);

const run = async (argv: readonly string[]): Promise<number> => {
  const { interruptSignal } = await import('./interrupt.ts');
  const { runTools } = await import('./run-tools.ts');
  return runTools({ argv, cwd: process.cwd(), env: process.env, out, err, known, signal: interruptSignal() });
};

/** How it was called decides; Bun's compiled programs know it from argv0 alone. */
const main = async (): Promise<number> => {
  const argv = process.argv.slice(2);
  if (basename(process.argv0) === 'chatops-probe') {
    const { probeCommand } = await import('./probe-command.ts');
    return probeCommand({ argv, env: process.env, names: 'network', out });
  }
  try {
    return await run(argv);
  } catch (thrown) {
    const error = toChatopsError(thrown);
    const { errorToJson, toJson } = await import('../report/json.ts');
    if (argv.includes('--json')) out(`${toJson({ type: 'error', ...errorToJson(error) })}\n`);
    else err(`${formatError(error)}\n`);
    return error.code === 'INTERRUPTED' ? EXIT.interrupted : error.exitStatus;
  }
};

process.exit(await main());
