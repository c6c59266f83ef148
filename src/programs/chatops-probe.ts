#!/usr/bin/env node
/** The probe as a program of a person's machine; in containers `chatops-tools.ts` carries it. */
import { openStreams } from '../adapters/streams.ts';
import { createKnownSecrets } from '../values/words/known-secrets.ts';
import { probeCommand } from './probe-command.ts';

const known = createKnownSecrets(process.env);

process.exit(
  await probeCommand({
    argv: process.argv.slice(2),
    env: process.env,
    names: 'host',
    out: openStreams(known.clean).out,
  }),
);
