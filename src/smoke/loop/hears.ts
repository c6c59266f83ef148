/** Whether what the loop does is announced in its room: chatops.yaml may ask for other branches, or for failures only. */
import { USER_AGENT } from '../../simulate/delivery.ts';
import { pipelineSamples } from '../../simulate/samples/pipeline.ts';
import { pushSamples } from '../../simulate/samples/push.ts';
import { deliveryOf, renderDelivery } from '../../simulate/simulate.ts';
import type { Secret } from '../../values/secret.ts';
import type { SmokeDeps } from '../deps.ts';

/** A push to `main`, and a pipeline that passes there. */
const DONE = [...pushSamples.slice(0, 1), ...pipelineSamples.slice(0, 1)];

/** Asks our own script. @param secret the one it was made for */
export const hearsOfIt = async (
  { runScript, uuid, ports }: Pick<SmokeDeps, 'runScript' | 'uuid' | 'ports'>,
  { project, room, secret }: { readonly project: string; readonly room: string; readonly secret: Secret },
): Promise<boolean> => {
  const context = { now: ports.clock.date(), gitlab: 'http://gitlab', project, word: ports.randomWord() };
  for (const sample of DONE) {
    const delivery = deliveryOf(sample, context, USER_AGENT);
    const simulation = {
      delivery,
      send: { secret, encoding: 'json', uuid } as const,
      room,
      word: undefined,
      waitMs: 0,
    };
    if ((await renderDelivery(simulation, runScript)).kind === 'message') return true;
  }
  return false;
};
