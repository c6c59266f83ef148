/** The real nginx with the same file, in its own directory; ends with us, however we end. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningServer, ServerContext } from '@chatops-up/standins';
import { parseNginxConf, readNginxConf } from '@chatops-up/standins/front-door';
import { createChildServer } from '../../../adapters/child-server.ts';
import { keeper } from '../../../adapters/keeper.ts';

/** Between asking nginx to end and ending it, ms. */
const GRACE_MS = 5_000;
const KEPT_OUTPUT = 4_096;

const globals = (conf: string): string => {
  const said = new Set(parseNginxConf(conf).map(({ name }) => name));
  return [
    said.has('daemon') ? '' : 'daemon off;',
    // Workers of a root-owned nginx would run as nobody, who may not read a private stack directory.
    said.has('user') || process.getuid?.() !== 0 ? '' : 'user root;',
  ].join(' ');
};

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';

const whyEnded = (code: number | null, output: string, dir: string): string => {
  let log = '';
  try {
    log = readFileSync(join(dir, 'error.log'), 'utf8');
  } catch {
    // It ended before it had a log.
  }
  return `nginx ended with status ${code ?? 'unknown'}: ${lastLine(output) || lastLine(log) || 'without a word'}`;
};

const killByPidFile = (dir: string): void => {
  try {
    process.kill(Number(readFileSync(join(dir, 'nginx.pid'), 'utf8')), 'SIGKILL');
  } catch {
    // It has ended, and taken its file with it.
  }
};

/** @param path the nginx program */
export const createRealNginx = (path: string, context: ServerContext): RunningServer => {
  const { dir, service } = context;
  let output = '';
  return createChildServer({
    service,
    title: 'nginx',
    graceMs: GRACE_MS,
    prepare: async () => {
      const conf = await readNginxConf(context);
      mkdirSync(dir, { recursive: true });
      const file = join(dir, 'nginx.conf');
      writeFileSync(file, conf);
      const args = ['-p', dir, '-c', file, '-e', join(dir, 'error.log'), '-g', globals(conf)];
      return () => {
        const started = spawn('/bin/sh', ['-c', keeper(), 'sh', path, ...args], { stdio: ['pipe', 'ignore', 'pipe'] });
        output = '';
        started.stderr.on('data', (bytes: Buffer) => {
          output = (output + bytes.toString('utf8')).slice(-KEPT_OUTPUT);
        });
        started.stdin.on('error', () => undefined);
        return started;
      };
    },
    whyEnded: (code) => whyEnded(code, output, dir),
    ask: (child) => child.stdin?.end(),
    force: () => killByPidFile(dir),
  });
};
