/** A node that failed, as users read it: what broke, what is known of it, the likely cause, what to do. Pure. */

import type { ContainerStory, Diagnosis } from '../contracts/diagnosis.ts';
import type { NodeOutcome } from '../engine/outcome.ts';
import { describeStanding } from '../engine/standing.ts';
import type { ChatopsError } from '../errors/chatops-error.ts';

const MIB = 1024 ** 2;

const line = (label: string, text: string): string => `  ${label.padEnd(6)}${text.split('\n').join('\n        ')}`;

const memory = (flag: boolean): string => (flag ? ', killed for memory' : '');

const limit = ({ memoryLimit }: ContainerStory): string =>
  memoryLimit > 0 ? `, memory limit ${Math.round(memoryLimit / MIB)} MiB` : '';

const now = (container: ContainerStory): string => {
  const { state, exitCode, outOfMemory, startedAt } = container;
  if (state === 'created') return 'made, never started';
  if (state === 'restarting') return 'being started again';
  if (state === 'running') return `running since ${startedAt.slice(11, 19)} UTC`;
  return `${state}, exit code ${exitCode}${memory(outOfMemory)}`;
};

const ended = ({ ends, lastEnd }: Diagnosis): string => {
  if (!lastEnd) return ', did not end in this run';
  return `, ended ${ends === 1 ? 'once' : `${ends} times`} in this run, exit code ${lastEnd.exitCode}${memory(lastEnd.outOfMemory)}`;
};

const healthLine = ({ at, exitCode, said }: ContainerStory['health'][number]): string =>
  `${at.slice(11, 19)} ${exitCode === 0 ? 'healthy' : 'unhealthy'}: ${said.split('\n')[0] ?? ''}`;

const knownLines = (diagnosis: Diagnosis): readonly string[] => {
  const { service, container, lines } = diagnosis;
  if (!container) return [line('state', `${service}: there is no container of it`)];
  return [
    line('state', `${container.name}: ${now(container)}${ended(diagnosis)}${limit(container)}`),
    ...(container.engineSays === '' ? [] : [line('engine', container.engineSays)]),
    ...(container.health.length === 0 ? [] : [line('check', container.health.map(healthLine).join('\n'))]),
    line('log', lines.length === 0 ? 'it said nothing in this run' : lines.map((each) => `| ${each}`).join('\n')),
  ];
};

/** The cause's own remedy first: what an error advises in general is of little use beside it. */
const nextLines = ({ next }: ChatopsError, { cause, container }: Diagnosis): string =>
  [cause?.next ?? next, ...(container ? [`the whole log: docker logs ${container.name}`] : [])].join('\n');

/**
 * @param waiting nodes that were not reached because of it
 */
export const failureText = (
  { error, diagnosis, standing }: NodeOutcome & { readonly error: ChatopsError },
  waiting: readonly string[],
): string => {
  const { code, what, why, next } = error;
  return [
    `${code}  ${what}`,
    ...(why === undefined ? [] : [line('why', why)]),
    ...(standing ? [line('is', describeStanding(standing))] : []),
    ...(diagnosis?.cause ? [line('cause', `most likely: ${diagnosis.cause.what}`)] : []),
    ...(diagnosis ? knownLines(diagnosis) : []),
    ...(waiting.length > 0 ? [line('held', `not reached because of it: ${waiting.join(', ')}`)] : []),
    line('next', diagnosis ? nextLines(error, diagnosis) : next),
  ].join('\n');
};

/** The failures of a run, each with all that it held back, also through others. */
export const failureTexts = (nodes: readonly NodeOutcome[]): readonly string[] => {
  const becauseOf = new Map(nodes.flatMap(({ node, because }) => (because === undefined ? [] : [[node, because]])));
  const first = (node: string): string => {
    const because = becauseOf.get(node);
    return because === undefined ? node : first(because);
  };
  return nodes.flatMap((outcome) => {
    const { error, node } = outcome;
    if (!error) return [];
    const waiting = nodes.filter((each) => each.node !== node && first(each.node) === node).map((each) => each.node);
    return [failureText({ ...outcome, error }, waiting)];
  });
};
