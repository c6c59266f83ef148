import type { Config } from '../../config/config.ts';
import type { Part } from '../../contracts/part.ts';
import { gatesOnLeaves } from '../../stack/graph.ts';
import { chatUrl } from '../../stack/public-urls.ts';
import type { Gate, JobNode } from '../../stack/stack.ts';
import { botAccount, proofRoom } from '../../stack/targets.ts';

const NAME = 'conversation';

const conversation = (config: Config, gates: readonly Gate[]): JobNode => ({
  kind: 'job',
  name: NAME,
  gates,
  awaited: false,
  job: {
    job: 'conversation',
    proof: NAME,
    publicUrl: chatUrl(config),
    account: botAccount(config),
    room: proofRoom(config),
  },
  withinMs: 60_000,
});

export const conversationPart: Part = {
  name: NAME,
  surround: (config, { nodes }) => ({ nodes: [conversation(config, gatesOnLeaves(nodes))] }),
};
