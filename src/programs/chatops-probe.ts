#!/usr/bin/env node
/** The probe as a program of a person's machine; in containers `chatops-tools.ts` carries it. */
import { probeCommand } from './probe-command.ts';

process.exit(
  await probeCommand({
    argv: process.argv.slice(2),
    env: process.env,
    names: 'host',
    out: (text) => void process.stdout.write(text),
  }),
);
