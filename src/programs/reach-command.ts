/** `chatops-probe reach HOST:PORT …`: which of these are reached from here, by name. Exit status 0 when all are, else 1. */
import { parseArgs } from 'node:util';
import { reach } from '../adapters/reach.ts';
import { parseDuration, parseEndpoint } from '../contracts/probe-words.ts';
import type { Reached } from '../contracts/reach.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import { reachLine } from '../prober/reach-lines.ts';
import type { Endpoint } from '../stack/stack.ts';
import type { Outlet } from '../values/words/outlet.ts';

const words = (argv: readonly string[]) => {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false }, timeout: { type: 'string', default: '2s' } },
    });
    return { json: values.json, timeoutMs: parseDuration(values.timeout), targets: positionals.map(parseEndpoint) };
  } catch (thrown) {
    if (thrown instanceof ChatopsError) throw thrown;
    throw new ChatopsError('USAGE', { what: 'the probe was not understood', why: (thrown as Error).message });
  }
};

const lineOf = ({ service, port }: Endpoint, reached: Reached): string => {
  const name = `${service}:${port}`;
  if (reached.kind === 'reached') return `${name} ${reached.address} ${reached.ms.toFixed(1)} ms`;
  return reached.kind === 'no-name'
    ? `${name} no such name: ${reached.why}`
    : `${name} ${reached.address} ${reached.why}`;
};

/** @throws ChatopsError USAGE */
export const reachCommand = async (argv: readonly string[], out: Outlet): Promise<number> => {
  const { json, timeoutMs, targets } = words(argv);
  if (targets.length === 0) throw new ChatopsError('USAGE', { what: 'say whom: chatops-probe reach HOST:PORT …' });
  const outcomes = await Promise.all(targets.map((target) => reach(target, { timeoutMs })));
  const lines = targets.map((target, index) => lineOf(target, outcomes[index] as Reached));
  out(json ? reachLine(outcomes) : `${lines.join('\n')}\n`);
  return outcomes.every(({ kind }) => kind === 'reached') ? 0 : 1;
};
