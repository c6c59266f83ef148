import { plan } from '../../../operations.ts';
import { changeCount, conflictCount, planToText } from '../../engine/plan.ts';
import { EXIT } from '../../errors/catalogue.ts';
import { toJson } from '../../report/json.ts';
import { createWarningsReporter, reportWarnings } from '../../report/warnings.ts';
import { lookStarting } from '../../wiring/hold-stack.ts';
import type { Invocation } from '../../wiring/invocation.ts';
import { openStack } from '../../wiring/open-stack.ts';

export interface PlanOptions {
  /** Exit status 2 when there is something to do. */
  readonly detailedExitcode: boolean;
}

export const planCommand = async (invocation: Invocation, options: PlanOptions): Promise<number> => {
  const stack = await openStack(invocation, {
    events: createWarningsReporter(invocation.err),
    forWriting: false,
    opens: true,
    hold: lookStarting,
  });
  reportWarnings(stack.warnings, invocation.err);
  try {
    const made = await plan(stack.desired, stack.world);
    const full = { ...made, files: [...(stack.envStep ? [stack.envStep] : []), ...made.files] };
    invocation.out(
      invocation.json ? `${toJson({ type: 'plan', changes: changeCount(full), ...full }, 2)}\n` : planToText(full),
    );
    if (conflictCount(full) > 0) return EXIT.failed;
    return options.detailedExitcode && changeCount(full) > 0 ? EXIT.drift : EXIT.ok;
  } finally {
    await stack.close();
  }
};
