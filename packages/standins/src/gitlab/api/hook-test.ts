/** The test call of a hook: really sends, and passes on what the receiver said (gl19:lib/api/hooks/trigger_test.rb). */
import { samplePayload } from '../hooks/samples.ts';
import { TEST_TRIGGERS, type TestTrigger } from '../hooks/triggers.ts';
import { checkParams } from '../http/params.ts';
import { created, endpointLimited, unprocessable } from '../http/reply.ts';
import { type Call, type Route, write } from '../http/route.ts';
import { type HookFamily, hookOfCall } from './hooks-of.ts';

const PER_MINUTE = 5;
const MINUTE_MS = 60_000;

/** Five a minute for each owner of hooks and user. */
const createLimit = () => {
  /** `owner:user` → times of the last calls. */
  const calls = new Map<string, readonly number[]>();
  return (call: Call, owner: string): void => {
    const now = call.world.time.now();
    const key = `${owner}:${call.caller.user.id}`;
    const recent = (calls.get(key) ?? []).filter((at) => now - at < MINUTE_MS);
    if (recent.length >= PER_MINUTE) throw endpointLimited();
    calls.set(key, [...recent, now]);
  };
};

export const hookTestRoutes = (family: HookFamily): readonly Route[] => {
  const limit = createLimit();
  return [
    write('POST', `${family.path}/:hook_id/test/:trigger`, async (call) => {
      const { trigger } = checkParams(call.params, {
        trigger: { type: 'string', required: true, values: TEST_TRIGGERS },
      });
      const hook = hookOfCall(family, call);
      limit(call, hook.owner.kind === 'system' ? 'system' : `${hook.owner.kind}:${hook.owner.id}`);
      const sample = samplePayload(call.world, hook, trigger as TestTrigger, call.caller.user);
      if (sample.kind === 'missing') throw unprocessable({ message: sample.problem });
      const sent = await call.world.hooks.deliver(hook, trigger as TestTrigger, sample.payload);
      if (sent.kind === 'failed') throw unprocessable({ message: sent.message });
      if (sent.status < 200 || sent.status > 299) throw unprocessable({ message: sent.body });
      return created({ message: '201 Created' });
    }),
  ];
};
