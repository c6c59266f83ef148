import type { Engine } from '../contracts/engine.ts';

/** First and last line of a report: whether stand-ins play the servers. */
export const headline = ({ kind, can }: Pick<Engine, 'kind' | 'can'>): string =>
  can.rehearses === true
    ? 'Rehearsal: stand-ins, no real GitLab or chat'
    : `No rehearsal: the engine ${kind} runs the images of chatops.yaml`;
