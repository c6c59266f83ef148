import { createScriptRunner } from '../adapters/script-runner.ts';
import type { RocketChatSetupSpec } from '../parts/rocketchat/setup/spec.ts';
import { webhookScript } from '../parts/rocketchat/setup/webhook-script.ts';
import type { JobSpec } from '../stack/stack.ts';
import type { Notifier } from '../stages/world.ts';

const isSetup = (spec: JobSpec): spec is RocketChatSetupSpec => spec.job === 'rocketchat-setup';

/** The script that a stack's Rocket.Chat is given, run in a sandbox here. */
export const createNotifier = (): Notifier => {
  const runner = createScriptRunner();
  return ({ nodes }, secrets) => {
    const [setup] = nodes.flatMap((node) => (node.kind === 'job' && isSetup(node.job) ? [node.job] : []));
    return async (request) => runner.run(webhookScript(setup ?? {}, secrets), request);
  };
};
