import { render } from '../../../operations.ts';
import { EXIT } from '../../errors/catalogue.ts';
import { eventLine } from '../../report/event-line.ts';
import { toJson } from '../../report/json.ts';
import { createWarningsReporter, reportWarnings } from '../../report/warnings.ts';
import { holdAlone } from '../../wiring/hold-stack.ts';
import type { Invocation } from '../../wiring/invocation.ts';
import { openStack } from '../../wiring/open-stack.ts';

export interface RenderOptions {
  /** For another run on the stack to end, ms. */
  readonly wait: number | undefined;
}

/** Writes the files and nothing else; no engine is asked. */
export const renderCommand = async (invocation: Invocation, { wait }: RenderOptions): Promise<number> => {
  const stack = await openStack(invocation, {
    events: createWarningsReporter(invocation.err),
    forWriting: true,
    hold: holdAlone({ waitMs: wait }),
  });
  reportWarnings(stack.warnings, invocation.err);
  try {
    await stack.saveSecrets();
    const written = await render(stack.desired, stack.world);
    const steps = [...(stack.envStep ? [stack.envStep] : []), ...written];
    if (invocation.json) invocation.out(`${toJson({ type: 'render', files: steps }, 2)}\n`);
    else {
      for (const { path, action } of steps) invocation.out(`${eventLine({ type: 'file', path, action }) ?? ''}\n`);
      invocation.out(steps.length === 0 ? '0 changes: every file is as rendered\n' : `${steps.length} files written\n`);
    }
    return EXIT.ok;
  } finally {
    await stack.close();
  }
};
