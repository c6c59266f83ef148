import { type Check, gib, together } from './facts.ts';

/** What the vendors' images take in everyday use, GiB. GitLab: its page on requirements, "4 GB at least". */
const USUAL = {
  gitlab: 4,
  rocketchat: 1,
  mongo: 0.5,
  'gitlab-runner': 0.25,
  nginx: 0.1,
  bot: 0.1,
  prober: 0.1,
} as const;
/** Below this part of it nothing ever gets ready. */
const HOPELESS = 0.25;

export const memoryIsEnough: Check = ({ stack, memoryBytes }) => {
  const wanted = together(stack, USUAL);
  if (memoryBytes >= wanted || memoryBytes <= 0) return [];
  const level = memoryBytes < wanted * HOPELESS ? 'refusal' : 'warning';
  return [
    {
      level,
      code: 'MACHINE_UNFIT',
      what: `the engine has ${gib(memoryBytes)} of memory`,
      why: `the services of this stack take about ${gib(wanted)} together; what does not fit is swapped, slow, or killed`,
      next: 'give the machine (or Docker Desktop) more, or leave GitLab to another one: `gitlab: { url: … }` or `gitlab: none`',
    },
  ];
};
