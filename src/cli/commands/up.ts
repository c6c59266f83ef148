import { nodesFor, up } from '../../../operations.ts';
import type { UpOutcome } from '../../engine/outcome.ts';
import { exitStatusOf } from '../../report/exit-status.ts';
import { toJson } from '../../report/json.ts';
import type { NodeFacts } from '../../report/reporter.ts';
import { summaryText } from '../../report/summary.ts';
import type { StackNode } from '../../stack/stack.ts';
import { holdAlone } from '../../wiring/hold-stack.ts';
import type { Invocation } from '../../wiring/invocation.ts';
import { openStack } from '../../wiring/open-stack.ts';
import { CONFIG_FILE } from '../../wiring/stack-directory.ts';
import { chooseReporter } from '../choose-reporter.ts';

export interface UpOptions {
  /** Embedded: keep the servers running until interrupted. */
  readonly stay: boolean;
  /** For another run on the stack to end, ms. Default: not at all. */
  readonly wait?: number | undefined;
  /** Variables of `.env` that get a new value first. Default: none. */
  readonly renew?: readonly string[];
}

const factsOf = (node: StackNode): NodeFacts => ({
  name: node.name,
  kind: node.kind,
  withinMs: node.kind === 'service' ? node.readyWithinMs : node.withinMs,
});

const STOPPING = 'stopping in order; Ctrl-C again ends at once\n';
const STAYING = '\nthe servers keep running until this command is interrupted (Ctrl-C)\n';

export const upCommand = async (invocation: Invocation, options: UpOptions): Promise<number> => {
  const reporter = await chooseReporter(invocation);
  const stack = await openStack(invocation, {
    events: reporter,
    forWriting: true,
    opens: true,
    hold: holdAlone({ waitMs: options.wait, staying: options.stay }),
    ...(options.renew && { renew: options.renew }),
  });
  try {
    if (!invocation.json) invocation.out(stack.introduction);
    if (invocation.json) for (const text of stack.warnings) reporter.emit({ type: 'warning', node: CONFIG_FILE, text });
    reporter.begin(nodesFor(stack.desired, stack.world.engine).map(factsOf));
    const prepare = async (): Promise<void> => {
      await stack.saveSecrets();
      if (stack.envStep) reporter.emit({ type: 'file', path: stack.envStep.path, action: stack.envStep.action });
    };
    const { endsWithUs } = stack.world.engine.can;
    const stays = options.stay && endsWithUs;
    const endsNow = endsWithUs && !stays;
    let reported = false;
    /** What is shown of the run ends with the interruption; what it takes to stop in order comes after. */
    const stopping = async (): Promise<void> => {
      if (reported) return;
      await reporter.end();
      if (!invocation.json) invocation.err(STOPPING);
    };
    invocation.signal.addEventListener('abort', stopping, { once: true });
    const report = async (outcome: UpOutcome): Promise<void> => {
      await reporter.end();
      const full = { ...outcome, files: [...(stack.envStep ? [stack.envStep] : []), ...outcome.files] };
      invocation.out(
        invocation.json
          ? `${toJson({ type: 'result', ...full })}\n`
          : summaryText(full, { ...stack.summaryFacts, endsNow, runsOn: !endsWithUs }),
      );
    };
    /** Reported before the wait: who keeps the servers wants their addresses now. */
    const stay = async (outcome: UpOutcome): Promise<void> => {
      if (invocation.signal.aborted) return;
      await report(outcome);
      reported = true;
      if (!invocation.json) invocation.out(STAYING);
      await stack.untilInterrupted;
    };
    const outcome = await up(stack.desired, { ...stack.world, prepare, ...(stays ? { hold: stay } : {}) });
    if (!reported) await report(outcome);
    return exitStatusOf(outcome);
  } finally {
    await reporter.end();
    await stack.close();
  }
};
