#!/usr/bin/env node
/** `chatops-standins <server> --port …`: starts one stand-in and keeps it until it is asked to end. */
import { StandinError } from '../standin-error.ts';
import { helpText, listServers } from './help.ts';
import { readArguments, type Wanted } from './read-arguments.ts';
import { type Started, startServer } from './start-server.ts';

const EXIT = { done: 0, failed: 1, usage: 64 } as const;

const announcement = ({ kind, host, json }: Wanted, { port, dir }: Started): string => {
  if (json)
    return JSON.stringify({ server: kind.name, standIn: true, ...(port === undefined ? {} : { host, port }), dir });
  return port === undefined
    ? `${kind.name} stand-in runs and listens nowhere`
    : `${kind.name} stand-in listens on ${host.includes(':') ? `[${host}]` : host}:${port}`;
};

const explain = (thrown: unknown): string => {
  const what = thrown instanceof Error ? thrown.message : String(thrown);
  return thrown instanceof StandinError && thrown.next !== undefined ? `${what}\n  next  ${thrown.next}` : what;
};

const fail = ({ kind }: Wanted, thrown: unknown): void => {
  process.stderr.write(`${kind.name} stand-in failed: ${explain(thrown)}\n`);
  process.exitCode = EXIT.failed;
};

/** A second signal finds no listener any more and ends the process at once. */
const askedToEnd = (): AbortSignal => {
  const asking = new AbortController();
  process.once('SIGTERM', () => asking.abort());
  process.once('SIGINT', () => asking.abort());
  return asking.signal;
};

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });

const run = async (wanted: Wanted): Promise<void> => {
  const asked = askedToEnd();
  // Simulated time keeps no process alive, and a server that boots or is silent holds nothing else.
  const alive = setInterval(() => undefined, 60_000);
  try {
    const started = await startServer(wanted, asked);
    if (!asked.aborted) process.stdout.write(`${announcement(wanted, started)}\n`);
    const reason = await Promise.race([aborted(asked), started.crashed]);
    await started.end();
    if (reason !== undefined) fail(wanted, new Error(reason));
  } catch (thrown) {
    fail(wanted, thrown);
  } finally {
    clearInterval(alive);
  }
};

const refuse = (why: string): void => {
  process.stderr.write(`chatops-standins: ${why}\n  next  chatops-standins --help shows how it is called\n`);
  process.exitCode = EXIT.usage;
};

const given = readArguments(process.argv.slice(2), process.env);
if (given.do === 'help') process.stdout.write(helpText());
else if (given.do === 'list') process.stdout.write(listServers());
else if (given.do === 'start') await run(given.wanted);
else refuse(given.why);
