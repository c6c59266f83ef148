import { check } from '../../../operations.ts';
import { EXIT } from '../../errors/catalogue.ts';
import { toJson } from '../../report/json.ts';
import { isHealthy, statusJson, statusText } from '../../report/status.ts';
import { createWarningsReporter, reportWarnings } from '../../report/warnings.ts';
import type { Invocation } from '../../wiring/invocation.ts';
import { openStack } from '../../wiring/open-stack.ts';

/** Exit status 0 when every service is usable and nothing drifted, 1 otherwise. */
export const statusCommand = async (invocation: Invocation): Promise<number> => {
  const stack = await openStack(invocation, { events: createWarningsReporter(invocation.err), forWriting: false });
  reportWarnings(stack.warnings, invocation.err);
  try {
    const seen = await check(stack.desired, stack.world);
    invocation.out(invocation.json ? `${toJson(statusJson(seen), 2)}\n` : statusText(seen));
    return isHealthy(seen) ? EXIT.ok : EXIT.failed;
  } finally {
    await stack.close();
  }
};
