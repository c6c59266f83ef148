import { smoke } from '../../../operations.ts';
import { writeReportFile } from '../../adapters/report-file.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';
import { toJson } from '../../report/json.ts';
import { junitXml } from '../../report/junit.ts';
import { createCheckLines, smokeExitStatus, smokeSummary } from '../../report/smoke.ts';
import { brokenHop, failedChecks, type SmokeOutcome } from '../../smoke/outcome.ts';
import type { Clean } from '../../values/words/clean.ts';
import type { Invocation } from '../../wiring/invocation.ts';
import { type LiveStack, openLiveStack } from '../../wiring/live-stack.ts';

export interface SmokeCommandOptions {
  /** Also the whole circle on a scratch project. */
  readonly loop: boolean;
  /** Absolute path of a JUnit report. */
  readonly junit: string | undefined;
  /** For all of it, ms. */
  readonly deadlineMs: number;
  /** Only published addresses; nothing is started. */
  readonly public: boolean;
}

/** Aborted by the deadline or by the user, with the reason of whichever came first. */
const createDeadline = (ms: number, interrupted: AbortSignal) => {
  const deadline = new AbortController();
  const timer = setTimeout(() => {
    const what = `the whole took longer than ${ms / 1_000} s`;
    deadline.abort(new ChatopsError('DEADLINE_PASSED', { what }));
  }, ms);
  return { signal: AbortSignal.any([interrupted, deadline.signal]), stop: () => clearTimeout(timer) };
};

const writeReport = async (path: string, outcome: SmokeOutcome, clean: Clean): Promise<void> => {
  try {
    await writeReportFile(path, junitXml(clean.value(outcome)), clean);
  } catch (cause) {
    throw new ChatopsError('DIRECTORY_UNUSABLE', {
      what: `the report ${path} cannot be written`,
      why: (cause as NodeJS.ErrnoException).code ?? String(cause),
      cause,
    });
  }
};

const asJson = (outcome: SmokeOutcome): string => {
  const broken = brokenHop(outcome);
  return `${toJson(
    {
      type: 'smoke',
      passed: failedChecks(outcome).length === 0 && !outcome.timedOut,
      ...(broken ? { broken: { area: broken.area, name: broken.name } } : {}),
      ...outcome,
    },
    2,
  )}\n`;
};

const prove = async (
  invocation: Invocation,
  options: SmokeCommandOptions,
  { desired, world }: LiveStack,
): Promise<number> => {
  const { kind, why } = world.engine;
  if (!invocation.json) invocation.out(`stack ${desired.stack.name}, engine: ${kind}, because ${why}\n\n`);
  const lineOf = createCheckLines();
  const outcome = await smoke(desired, world, {
    loop: options.loop,
    withinMs: options.deadlineMs,
    report: (check) => {
      if (!invocation.json) invocation.out(`${lineOf(check)}\n`);
    },
  });
  if (options.junit !== undefined) await writeReport(options.junit, outcome, invocation.known.clean);
  invocation.out(invocation.json ? asJson(outcome) : smokeSummary(outcome));
  return smokeExitStatus(outcome);
};

/** Exit status 0 when everything holds, 1 when a check failed, 124 when the deadline passed. */
export const smokeCommand = async (invocation: Invocation, options: SmokeCommandOptions): Promise<number> => {
  const { signal, stop } = createDeadline(options.deadlineMs, invocation.signal);
  try {
    const stack = await openLiveStack(invocation, { public: options.public, signal });
    try {
      return await prove(invocation, options, stack);
    } finally {
      await stack.close();
    }
  } finally {
    stop();
  }
};
