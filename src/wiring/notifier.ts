import { createScriptRunner } from '../parts/rocketchat/client/script-runner.ts';
import type { RocketChatSetupSpec } from '../parts/rocketchat/setup/spec.ts';
import { webhookScript } from '../parts/rocketchat/setup/webhook-script.ts';
import { jobsOf } from '../stack/jobs-of.ts';
import type { Notifier } from '../stages/world.ts';

/** The script that a stack's Rocket.Chat is given, run in a sandbox here. */
export const createNotifier = (): Notifier => {
  const runner = createScriptRunner();
  return (stack, secrets) => {
    const [setup] = jobsOf<RocketChatSetupSpec>(stack, 'rocketchat-setup');
    return async (request) => runner.run(webhookScript(setup ?? {}, secrets), request);
  };
};
