/** One question, one line, exit status 0 or 1: made for HEALTHCHECK, which reserves 2 and keeps 4096 bytes of output. */
import { readFileSync } from 'node:fs';
import { createClock } from '../adapters/clock.ts';
import type { Part } from '../contracts/part.ts';
import type { Probe } from '../contracts/probe.ts';
import { createProbe, type ProbeKinds, probeKinds } from '../contracts/probe-kinds.ts';
import { awaitGate, openedText } from '../engine/await-gate.ts';
import { EXIT } from '../errors/catalogue.ts';
import { ChatopsError, toChatopsError } from '../errors/chatops-error.ts';
import { readProbeTable } from '../prober/probe-table.ts';
import { type ProbeInvocation, type ProbeRequest, parseProbe, type TableRequest } from '../prober/read-words.ts';
import { probeHelp } from '../prober/words-help.ts';
import { toJson } from '../report/json.ts';
import type { ProbeSpec } from '../stack/stack.ts';
import { OWN_VERSION } from '../values/own-version.ts';
import type { Outlet } from '../values/words/outlet.ts';
import { type PortsInsideOptions, portsInside } from '../wiring/ports-inside.ts';
import { PROBE_KINDS } from '../wiring/probe-kinds.ts';
import { othersHere } from './others-here.ts';

const oneLine = (text: string): string => text.replaceAll(/\s*\n\s*/g, '; ').slice(0, 1_000);

/** The table stands in containers of the stack; elsewhere one is named. */
const tableText = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new ChatopsError('USAGE', {
      what: `there is no table of probes at ${path}`,
      why: `it stands in the containers of a stack, where their names are known; elsewhere name \`healthchecks/probes.json\` with --table`,
      cause,
    });
  }
};

const fromTable = ({ service, question, table: path }: TableRequest): ProbeSpec => {
  const table = readProbeTable(tableText(path));
  const found = table.get(service);
  const spec = found?.[question];
  if (spec) return spec;
  if (found) {
    throw new ChatopsError('USAGE', {
      what: `${path} does not say how ${service} is ${question}`,
      why: `it says how it is ${Object.keys(found).join(', ')}`,
    });
  }
  throw new ChatopsError('USAGE', {
    what: `${path} has no service ${service}`,
    why: `it has ${[...table.keys()].join(', ')}`,
  });
};

const specOf = (request: ProbeRequest): ProbeSpec => (request.kind === 'spec' ? request.spec : fromTable(request));

const kindsWith = (others: readonly Part[]): ProbeKinds =>
  others.length === 0
    ? PROBE_KINDS
    : probeKinds([...PROBE_KINDS.values(), ...others.flatMap(({ probes = [] }) => probes)]);

const ask = async (probe: Probe, { timeoutMs, waitMs }: ProbeInvocation): Promise<string> => {
  const opened = await awaitGate(probe, {
    name: probe.id,
    withinMs: waitMs ?? timeoutMs,
    clock: createClock(),
    signal: new AbortController().signal,
    ...(waitMs === undefined ? { once: true } : {}),
  });
  return openedText(opened);
};

export interface ProbeProcess extends Pick<PortsInsideOptions, 'env' | 'names'> {
  readonly argv: readonly string[];
  readonly out: Outlet;
}

/** @returns the exit status */
export const probeCommand = async ({ argv, env, names, out }: ProbeProcess): Promise<number> => {
  const json = argv.includes('--json');
  const say = (healthy: boolean, reason: string): number => {
    out(json ? `${toJson({ healthy, reason })}\n` : `${oneLine(reason)}\n`);
    return healthy ? 0 : 1;
  };
  try {
    if (argv[0] === '--version' || argv[0] === '-V') {
      out(`${OWN_VERSION}\n`);
      return 0;
    }
    if (argv[0] === 'reach') return await (await import('./reach-command.ts')).reachCommand(argv.slice(1), out);
    const parts = await othersHere();
    const kinds = kindsWith(parts);
    const invocation = parseProbe(argv, kinds);
    if (!invocation) {
      out(probeHelp(kinds));
      return 0;
    }
    const spec = specOf(invocation.request);
    const ports = await portsInside({ env, names, parts, warn: () => undefined });
    return say(true, await ask(createProbe(kinds, spec, ports), invocation));
  } catch (thrown) {
    const error = toChatopsError(thrown);
    const unhealthy = say(false, error.why === undefined ? error.what : `${error.what}: ${error.why}`);
    // A HEALTHCHECK knows 0 and 1 only (https://docs.docker.com/reference/dockerfile/#healthcheck).
    return error.code === 'USAGE' && names === 'host' ? EXIT.usage : unhealthy;
  }
};
