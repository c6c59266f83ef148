import type { Config } from '../../config/config.ts';
import { chatUrl } from '../../stack/public-urls.ts';
import type { Gate, JobNode } from '../../stack/stack.ts';
import { botAccount, proofRoom } from '../../stack/targets.ts';

const NAME = 'conversation';

export const conversation = (config: Config, gates: readonly Gate[]): JobNode => ({
  kind: 'job',
  name: NAME,
  gates,
  job: {
    job: 'conversation',
    proof: NAME,
    publicUrl: chatUrl(config),
    account: botAccount(config),
    room: proofRoom(config),
  },
  withinMs: 60_000,
});
