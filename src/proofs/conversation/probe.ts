import { credentialsOf } from '../../contracts/credentials.ts';
import type { Ports } from '../../contracts/ports.ts';
import { notReady, type Probe, ready } from '../../contracts/probe.ts';
import { sessionAnswerOf } from '../../probes/session-answer.ts';
import type { Account } from '../../stack/stack.ts';

export type ConversationProbeSpec = {
  readonly what: 'conversation';
  readonly publicUrl: string;
  readonly account: Account;
  readonly room: string;
  /** Name of the node that keeps the proof. Default `conversation`. */
  readonly proof?: string;
  /** As `ChatOffer.speaks`. */
  readonly speaks?: string;
};

/** Name of the only conversation of a stack with one chat. */
const PROOF = 'conversation';

/** The message of an earlier conversation can still be read by the bot at the public address. */
export const createConversationProbe = (
  { publicUrl, account, room, speaks, proof: name = PROOF }: ConversationProbeSpec,
  { chat, secrets, proofs }: Ports,
): Probe => ({
  id: 'conversation',
  ask: (signal) =>
    sessionAnswerOf(signal, async () => {
      const proof = await proofs.read(name);
      // An interrupted run leaves a proof without the message's id: it has not been proven then.
      if (proof === undefined || proof.messageId === '') return notReady(`nothing has been said in ${room} yet`);
      const session = await chat({ kind: 'url', url: publicUrl }, speaks).login(
        credentialsOf(secrets, account),
        signal,
      );
      const message = await session.message(proof.messageId, signal);
      if (message?.text !== proof.text) return notReady(`what was said in ${room} cannot be read back at ${publicUrl}`);
      return ready(`read back in ${room}: ${proof.text}`);
    }),
});
