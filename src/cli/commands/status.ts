import { check } from '../../../operations.ts';
import { EXIT } from '../../errors/catalogue.ts';
import { ChatopsError, toChatopsError } from '../../errors/chatops-error.ts';
import { createQuietReporter, errorToJson, toJson } from '../../report/json.ts';
import { isHealthy, statusChanges, statusJson, statusText } from '../../report/status.ts';
import { createWarningsReporter, reportWarnings } from '../../report/warnings.ts';
import { lookAsItRuns, lookStarting } from '../../wiring/hold-stack.ts';
import type { Invocation } from '../../wiring/invocation.ts';
import { type OpenStack, openStack } from '../../wiring/open-stack.ts';

export interface StatusOptions {
  /** Servers that end with their process are started for the look where they do not run. */
  readonly start: boolean;
  /** Goes on looking until interrupted. */
  readonly watch: boolean;
}

/** Between two looks, ms. */
const PAUSE_MS = 2_000;

type Checked = Awaited<ReturnType<typeof check>>;

const show = (seen: Checked, stack: OpenStack, { json, out }: Invocation): void =>
  out(json ? `${toJson(statusJson(seen, stack), 2)}\n` : statusText(seen, stack));

const showChanges = (before: Checked, after: Checked, stack: OpenStack, { json, out }: Invocation): void => {
  const lines = statusChanges(before, after);
  if (lines.length === 0) return;
  const at = stack.world.clock.date().toISOString();
  if (json) out(`${toJson({ at, ...statusJson(after, stack) })}\n`);
  else for (const line of lines) out(`${at.slice(11, 19)} UTC ${line}\n`);
};

/** What keeps a look from being made is reported once, and looked past: it may go by itself. */
const createComplaint = ({ json, out }: Invocation) => {
  let last: string | undefined;
  return {
    of: (thrown: unknown): void => {
      const error = toChatopsError(thrown);
      if (error.message === last) return;
      last = error.message;
      out(json ? `${toJson({ type: 'error', ...errorToJson(error) })}\n` : `${error.code}  ${error.message}\n`);
    },
    forget: (): void => {
      last = undefined;
    },
  };
};

/** Never resolves. @throws the signal's reason */
const watch = async (first: Checked, { world }: OpenStack, invocation: Invocation): Promise<never> => {
  const complaint = createComplaint(invocation);
  let before = first;
  for (;;) {
    await world.clock.sleep(PAUSE_MS, invocation.signal);
    try {
      // What runs it, and chatops.yaml, may be others by now.
      const stack = await openStack(invocation, {
        events: createQuietReporter(),
        forWriting: false,
        hold: lookAsItRuns,
      });
      const seen = await check(stack.desired, stack.world);
      showChanges(before, seen, stack, invocation);
      before = seen;
      complaint.forget();
    } catch (thrown) {
      invocation.signal.throwIfAborted();
      complaint.of(thrown);
    }
  }
};

/** Exit status 0 when every service is usable and nothing drifted, 1 otherwise. @throws ChatopsError USAGE, CONFIG_*, INTERRUPTED (`--watch`) */
export const statusCommand = async (invocation: Invocation, options: StatusOptions): Promise<number> => {
  if (options.start && options.watch) {
    throw new ChatopsError('USAGE', {
      what: '--start and --watch do not go together',
      why: 'servers that are started for a look end with it',
      next: 'run `chatops-up up --stay` in another terminal, and watch that',
    });
  }
  const stack = await openStack(invocation, {
    events: createWarningsReporter(invocation.err),
    forWriting: false,
    opens: true,
    hold: options.start ? lookStarting : lookAsItRuns,
  });
  reportWarnings(stack.warnings, invocation.err);
  try {
    const seen = await check(stack.desired, stack.world);
    show(seen, stack, invocation);
    if (options.watch) await watch(seen, stack, invocation);
    return isHealthy(seen) ? EXIT.ok : EXIT.failed;
  } finally {
    await stack.close();
  }
};
