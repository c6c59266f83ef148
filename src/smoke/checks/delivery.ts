/** A fresh delivery through the public address becomes a message. */

import type { ChatMessage } from '../../contracts/chat.ts';
import { type Check, leftOut, passed } from '../../contracts/check.ts';
import { credentialsOf } from '../../contracts/credentials.ts';
import type { Sample } from '../../contracts/played-forge.ts';
import { requireForge } from '../../contracts/public-forge.ts';
import { renderDelivery, type Simulation, simulate } from '../../simulate/simulate.ts';
import { announcedProject, announcedRooms, receiverOf, tokenFor } from '../../stack/offers.ts';
import type { SmokeDeps } from '../deps.ts';
import { everydaySamples } from '../everyday-samples.ts';
import { showsOneLine } from '../message-line.ts';
import { takeBack } from '../take-back.ts';

/** How long the message may take after the answer, ms. */
const WAIT_MS = 10_000;

/** The script may pass over one event or the other; hardly over all of these. */
const TRIED: readonly Sample['everyday'][] = ['pipeline-failed', 'push'];

const projectOf = ({ stack }: SmokeDeps): string => announcedProject(stack) ?? 'chatops/smoke';

export const deliveryChecks = (deps: SmokeDeps): readonly Check[] => {
  const { stack, ports, uuid, runScript, playedForge } = deps;
  const receiver = receiverOf(stack);
  const [room] = announcedRooms(stack);
  if (!receiver || room === undefined) return [];
  const forget = async (message: ChatMessage, signal: AbortSignal): Promise<string> => {
    const bot = credentialsOf(ports.secrets, receiver.bot);
    const session = await ports.chat({ kind: 'url', url: receiver.publicUrl }, receiver.speaks).login(bot, signal);
    const why = await takeBack(session, [message], signal);
    return why === undefined ? '; it was taken back' : `; it stays in the room: ${why}`;
  };
  const run: Check['run'] = async (signal) => {
    const word = ports.randomWord();
    const context = { now: ports.clock.date(), forge: requireForge(deps).publicUrl, project: projectOf(deps), word };
    const kept = ports.secrets.read(receiver.ref.secret);
    const send = { secret: tokenFor(stack, room, kept), encoding: 'json', uuid } as const;
    for (const sample of everydaySamples(playedForge, TRIED)) {
      const delivery = playedForge.play(sample, context);
      const simulation: Simulation = { delivery, send, kept, room, word, waitMs: WAIT_MS };
      if ((await renderDelivery(simulation, runScript)).kind === 'nothing') continue;
      const { message } = await simulate(simulation, receiver, runScript, ports, signal);
      const stays = message && (await forget(message, signal));
      return passed(`${sample.name} became "${showsOneLine(message?.text ?? '')}"${stays ?? ''}`);
    }
    return leftOut('the notifier says nothing about pushes and failed pipelines');
  };
  return [{ area: 'delivery', name: `delivery → message in #${room}`, run }];
};
