/** Looks at the machine before anything is written: what keeps the stack from working is reported all at once. */
import { ChatopsError } from '../../../errors/chatops-error.ts';
import type { Stack } from '../../../stack/stack.ts';
import { engineIsNotInTheClear } from './clear.ts';
import { cpuIsFit } from './cpu.ts';
import { diskIsFree } from './disk.ts';
import { composeIsThere, engineIsNewEnough } from './engine.ts';
import type { Obstacle, PreflightCheck, PreflightFacts } from './facts.ts';
import { volumesAreOnADisk } from './file-system.ts';
import { gatherFacts, type PreflightDeps } from './gather.ts';
import { kernelIsFit } from './kernel.ts';
import { limitsLeaveEnough, memoryIsEnough, startHasRoom } from './memory.ts';
import { namesResolve } from './names.ts';
import { portsAreFree } from './ports.ts';

const CHECKS: readonly PreflightCheck[] = [
  engineIsNewEnough,
  composeIsThere,
  cpuIsFit,
  kernelIsFit,
  memoryIsEnough,
  startHasRoom,
  limitsLeaveEnough,
  diskIsFree,
  volumesAreOnADisk,
  portsAreFree,
  namesResolve,
  engineIsNotInTheClear,
];

/** Pure. */
export const obstaclesOf = (facts: PreflightFacts): readonly Obstacle[] => CHECKS.flatMap((check) => check(facts));

const refusal = (obstacles: readonly Obstacle[]): ChatopsError | undefined => {
  const [first, ...others] = obstacles.filter(({ level }) => level === 'refusal');
  if (!first) return undefined;
  const { code, what, why, next } = first;
  if (others.length === 0) return new ChatopsError(code, { what, why, next });
  const all = [first, ...others];
  return new ChatopsError(code, {
    what: `${all.length} things keep the stack from starting`,
    why: all.map((each) => `${each.what}: ${each.why}`).join('\n'),
    next: all.map((each) => each.next).join('\n'),
  });
};

/** @returns warnings, each with its remedy. @throws ChatopsError with everything that keeps the stack from starting */
export const preflight = async (stack: Stack, deps: PreflightDeps): Promise<readonly string[]> => {
  const obstacles = obstaclesOf(await gatherFacts(stack, deps));
  const error = refusal(obstacles);
  if (error) throw error;
  return obstacles.map(({ what, why, next }) => `${what}: ${why}; ${next}`);
};
