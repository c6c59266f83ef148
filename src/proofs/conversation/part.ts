import { TAKES_NONE_MS } from '../../contracts/once-it-takes-messages.ts';
import type { Part } from '../../contracts/part.ts';
import { gatesOnLeaves } from '../../stack/graph.ts';
import type { ChatOffer, Gate, JobNode } from '../../stack/stack.ts';
import { conversationKind } from './probe-kind.ts';
import type { ConversationSpec } from './spec.ts';

const NAME = 'conversation';

/** Its public address is where it goes; past a proxy of others, so that the stack is proven without that one too. */
const conversation = ({ ownWay, bot, proofRoom, speaks }: ChatOffer, gates: readonly Gate[]): JobNode => ({
  kind: 'job',
  name: NAME,
  gates,
  awaited: false,
  job: {
    job: 'conversation',
    proof: NAME,
    publicUrl: ownWay,
    account: bot,
    room: proofRoom,
    ...(speaks === undefined ? {} : { speaks }),
  } satisfies ConversationSpec,
  // A minute of its own after what a chat may take none in.
  withinMs: TAKES_NONE_MS + 60_000,
});

export const conversationPart: Part = {
  name: NAME,
  timed: [NAME],
  surround: (_, { nodes, offers: { chat } }) => (chat ? { nodes: [conversation(chat, gatesOnLeaves(nodes))] } : {}),
  probes: [conversationKind],
  jobs: async () => ({ conversation: (await import('./conversation.ts')).createConversationJob }),
};
