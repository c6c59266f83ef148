/**
 * Which of the three questions about a service hold: alive, ready, usable. Asked when it is not usable, so that an
 * admin sees where to look: at its process, at what keeps it from taking traffic, or at what it works with.
 */
import type { Clock } from '../contracts/clock.ts';
import type { EngineSession } from '../contracts/engine.ts';
import type { Answer, Probe } from '../contracts/probe.ts';
import { QUESTIONS, type Question, questionsOf } from '../stack/questions.ts';
import type { ProbeSpec, ServiceNode } from '../stack/stack.ts';
import { askWithin } from './await-gate.ts';

/** What one question came to. */
export type Rung =
  /** `caution`: as of the answer. */
  | { readonly answer: 'yes'; readonly caution?: string }
  /** One line, no secret. */
  | { readonly answer: 'no'; readonly why: string }
  /** It has no such question, or (`why`) nobody could come through to it. */
  | { readonly answer: 'not-asked'; readonly why?: string };

export interface Standing extends Readonly<Record<Question, Rung>> {
  /** Why there is nothing to ask: `there is no wiki yet`. */
  readonly absent?: string;
}

const YES: Rung = { answer: 'yes' };
const NOT_ASKED: Rung = { answer: 'not-asked' };

/** What is usable takes traffic, and what takes traffic works: neither is asked for then. */
export const USABLE: Standing = { alive: YES, ready: YES, usable: YES };

/** The same, with what its answer warned of. */
export const usableBut = (caution: string | undefined): Standing =>
  caution === undefined ? USABLE : { ...USABLE, usable: { answer: 'yes', caution } };

/** There is no process to ask. */
export const absent = (why: string): Standing => {
  const no: Rung = { answer: 'no', why };
  return { alive: no, ready: no, usable: no, absent: why };
};

/** One question, ms: a standing is asked for after a failure, and must not cost a deadline. */
const WITHIN_MS = 3_000;

export interface StandingDeps {
  readonly session: Pick<EngineSession, 'inside' | 'played'>;
  readonly probeOf: (spec: ProbeSpec) => Probe;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const rungOf = (answer: Answer): Rung => {
  if (answer.kind === 'ready') return answer.caution === undefined ? YES : { answer: 'yes', caution: answer.caution };
  if (answer.kind === 'not-ready') {
    return answer.unasked ? { answer: 'not-asked', why: answer.reason } : { answer: 'no', why: answer.reason };
  }
  // A prober of an earlier version does not know the kind.
  if (answer.error.code === 'USAGE') return NOT_ASKED;
  return { answer: 'no', why: answer.error.message.replaceAll(/\s*\n\s*/g, ' ') };
};

const same = (a: ProbeSpec | undefined, b: ProbeSpec): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Who plays it answers for it; one that nobody plays has no process of its own here. */
const hasProcess = ({ name }: ServiceNode, { inside, played }: StandingDeps['session']): boolean =>
  inside !== undefined || played().some(({ service }) => service === name);

/** Asks all three, once and at the same time. Rejects only when `signal` is aborted, and for faults of ours. */
export const standingOf = async (service: ServiceNode, deps: StandingDeps): Promise<Standing> => {
  const { session, probeOf, clock, signal } = deps;
  const questions = questionsOf(service, session.inside ? 'containers' : 'played');
  const ask = async (spec: ProbeSpec | undefined): Promise<Rung> => {
    if (spec === undefined) return NOT_ASKED;
    return rungOf(await askWithin(probeOf(spec), WITHIN_MS, { clock, signal }));
  };
  const asked = hasProcess(service, session);
  const [alive, own, usable] = await Promise.all([
    ask(asked ? questions.alive : undefined),
    ask(asked && !same(questions.ready, questions.usable) ? questions.ready : undefined),
    ask(questions.usable),
  ]);
  signal.throwIfAborted();
  if (usable.answer === 'yes') return usableBut(usable.caution);
  const ready = same(questions.ready, questions.usable) ? usable : own;
  return { alive: ready.answer === 'yes' ? YES : alive, ready, usable };
};

/** `alive, not ready: the database is gone`; `usable`; `usable, but its certificate ends tomorrow`. */
export const describeStanding = (standing: Standing): string => {
  if (standing.usable.answer === 'yes') {
    const { caution } = standing.usable;
    return caution === undefined ? 'usable' : `usable, but ${caution}`;
  }
  if (standing.absent !== undefined) return standing.absent;
  const held = QUESTIONS.filter((question) => standing[question].answer === 'yes').at(-1);
  const failed = QUESTIONS.find((question) => standing[question].answer === 'no') ?? 'usable';
  const rung = standing[failed];
  // With one question for both, that it is not usable is all that is known.
  const named = failed === 'ready' && rung === standing.usable ? 'usable' : failed;
  const above = held === undefined ? '' : `${held}, `;
  if (rung.answer === 'no') return `${above}not ${named}: ${rung.why}`;
  return `${above}not asked${rung.answer === 'not-asked' && rung.why !== undefined ? `: ${rung.why}` : ''}`;
};
