#!/usr/bin/env node
/** The probe as a program of a workstation; in containers `chatops-tools.ts` carries it. */
import { openStreams } from '../adapters/streams.ts';
import { formatError, toChatopsError } from '../errors/chatops-error.ts';
import { createKnownSecrets } from '../values/words/known-secrets.ts';
import { probeCommand } from './probe-command.ts';

const known = createKnownSecrets(process.env);

const { out, err } = openStreams(known.clean);
const argv = process.argv.slice(2);

/** Only here: in containers there is no package to install from. */
const install = async (): Promise<number> => {
  try {
    return await (await import('./install-command.ts')).installProbe(argv.slice(1), out);
  } catch (thrown) {
    const error = toChatopsError(thrown);
    err(`${formatError(error)}\n`);
    return error.exitStatus;
  }
};

process.exit(
  argv[0] === 'install' ? await install() : await probeCommand({ argv, env: process.env, names: 'host', out }),
);
