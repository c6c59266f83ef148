/**
 * The only waiting loop of the project: asks a probe until it is ready, cannot tell, or the deadline passes.
 * Asks densely while something starts (10 ms), then ever less often (up to 1 s): a gate opens within a fraction
 * of the time its service took.
 */

import type { Clock } from '../contracts/clock.ts';
import type { Answer, Probe } from '../contracts/probe.ts';
import { ChatopsError } from '../errors/chatops-error.ts';

const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 1_000;
/** A pause is this part of the time already waited, within the two bounds. */
const PAUSE_SHARE = 0.05;
/** One ask may take this long at most; a probe that hangs is "no answer". */
const LONGEST_ASK_MS = 10_000;
const KEPT_REASONS = 8;
/** An ask that the gate's own deadline cuts off before this long says nothing about the service, ms. */
const MEANINGFUL_ASK_MS = 1_000;

export interface GateOptions {
  /** What is waited for, for messages: `wiki`. */
  readonly name: string;
  readonly withinMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onNotReady?: (reason: string, tries: number) => void;
  /** Ask only once: a first answer that is not ready ends it. Default false. */
  readonly once?: boolean;
  /** What helps where it stays shut. Default: to look at the whole chain, as in a run that has just tried everything. */
  readonly next?: string;
}

export interface GateOpened {
  readonly tookMs: number;
  readonly tries: number;
  readonly detail?: string;
  /** As of the answer that opened it. */
  readonly caution?: string;
}

/** In one line, for those who asked: `runner 7, s_1; its token ends tomorrow`. */
export const openedText = ({ detail = 'ready', caution }: Pick<GateOpened, 'detail' | 'caution'>): string =>
  caution === undefined ? detail : `${detail}; ${caution}`;

/** A run of equal answers: what was said, how often, and when (ms after the gate began to wait). */
export interface ReasonSpan {
  readonly reason: string;
  readonly count: number;
  readonly firstMs: number;
  readonly lastMs: number;
}

/** Adds an answer to the history, folding repetitions; keeps the latest few. Pure. */
export const withReason = (spans: readonly ReasonSpan[], reason: string, atMs: number): readonly ReasonSpan[] => {
  const last = spans.at(-1);
  if (last?.reason === reason) return [...spans.slice(0, -1), { ...last, count: last.count + 1, lastMs: atMs }];
  return [...spans, { reason, count: 1, firstMs: atMs, lastMs: atMs }].slice(-KEPT_REASONS);
};

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

export const describeReasons = (spans: readonly ReasonSpan[]): string =>
  spans
    .map(({ reason, count, firstMs, lastMs }) =>
      count === 1
        ? `at ${seconds(firstMs)}: ${reason}`
        : `${seconds(firstMs)} to ${seconds(lastMs)}, ${count} times: ${reason}`,
    )
    .join('\n');

const pauseAfter = (waitedMs: number): number =>
  Math.min(LONGEST_PAUSE_MS, Math.max(FIRST_PAUSE_MS, waitedMs * PAUSE_SHARE));

/** Asks once, but never for longer than `limitMs`, whether or not the probe obeys its signal. */
export const askWithin = async (
  probe: Probe,
  limitMs: number,
  options: Pick<GateOptions, 'clock' | 'signal'>,
): Promise<Answer & { readonly cutOff?: true }> => {
  const ask = new AbortController();
  const signal = AbortSignal.any([ask.signal, options.signal]);
  const timer = new AbortController();
  const tooLong = options.clock
    .sleep(limitMs, AbortSignal.any([timer.signal, options.signal]))
    .then(() => ({ kind: 'not-ready', reason: `no answer within ${seconds(limitMs)}`, cutOff: true }) as const);
  try {
    return await Promise.race([probe.ask(signal), tooLong]);
  } finally {
    timer.abort();
    ask.abort();
    tooLong.catch(() => undefined);
  }
};

const timedOut = (options: GateOptions, tries: number, spans: readonly ReasonSpan[]): ChatopsError =>
  new ChatopsError('GATE_TIMED_OUT', {
    what: `gate ${options.name} did not open within ${seconds(options.withinMs)}`,
    why: `${tries} ${tries === 1 ? 'try' : 'tries'}; its answers over time:\n${describeReasons(spans)}`,
    next:
      options.next ??
      `run \`chatops-up status\` to see which link of the chain is broken, then read the log of ${options.name}`,
  });

const notReadyNow = (options: GateOptions, reason: string): ChatopsError =>
  new ChatopsError('GATE_FAILED', {
    what: `${options.name} is not ready`,
    why: reason,
    ...(options.next !== undefined && { next: options.next }),
  });

/**
 * @throws ChatopsError GATE_TIMED_OUT with the last answers over time; the probe's own error when it cannot tell
 * @throws the signal's reason when aborted
 */
export const awaitGate = async (probe: Probe, options: GateOptions): Promise<GateOpened> => {
  const { clock, signal } = options;
  const startedAt = clock.now();
  let spans: readonly ReasonSpan[] = [];
  for (let tries = 1; ; tries += 1) {
    const remaining = options.withinMs - (clock.now() - startedAt);
    if (remaining <= 0) throw timedOut(options, tries - 1, spans);
    const answer = await askWithin(probe, Math.min(LONGEST_ASK_MS, remaining), options);
    signal.throwIfAborted();
    const waited = clock.now() - startedAt;
    if (answer.kind === 'ready') {
      const { kind: _, ...said } = answer;
      return { tookMs: waited, tries, ...said };
    }
    if (answer.kind === 'cannot-tell') throw answer.error;
    const isCutOff = answer.cutOff === true && remaining < MEANINGFUL_ASK_MS && spans.length > 0;
    if (!isCutOff) spans = withReason(spans, answer.reason, waited);
    options.onNotReady?.(answer.reason, tries);
    if (options.once) throw notReadyNow(options, answer.reason);
    const pause = Math.min(pauseAfter(waited), Math.max(0, options.withinMs - waited));
    await clock.sleep(pause, signal);
  }
};
