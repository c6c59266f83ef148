/** Whether what the loop does is announced in its room: chatops.yaml may ask for other branches, or for failures only. */
import { renderDelivery } from '../../simulate/simulate.ts';
import { tokenFor } from '../../stack/offers.ts';
import type { Secret } from '../../values/secret.ts';
import type { SmokeDeps } from '../deps.ts';
import { everydaySamples } from '../everyday-samples.ts';

/** A push to `main`, and a pipeline that passes there. */
const DONE = ['push', 'pipeline-passed'] as const;

/** Asks our own script. @param secret the one it was made for */
export const hearsOfIt = async (
  {
    stack,
    runScript,
    uuid,
    ports,
    playedForge,
  }: Pick<SmokeDeps, 'stack' | 'runScript' | 'uuid' | 'ports' | 'playedForge'>,
  { project, room, secret }: { readonly project: string; readonly room: string; readonly secret: Secret },
): Promise<boolean> => {
  const context = { now: ports.clock.date(), forge: 'http://forge', project, word: ports.randomWord() };
  for (const sample of everydaySamples(playedForge, DONE)) {
    const delivery = playedForge.play(sample, context);
    const simulation = {
      delivery,
      send: { secret: tokenFor(stack, room, secret), encoding: 'json', uuid } as const,
      kept: secret,
      room,
      word: undefined,
      waitMs: 0,
    };
    if ((await renderDelivery(simulation, runScript)).kind === 'message') return true;
  }
  return false;
};
