import { down } from '../../../operations.ts';
import type { Engine } from '../../contracts/engine.ts';
import { EXIT } from '../../errors/catalogue.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';
import { toJson } from '../../report/json.ts';
import { createWarningsReporter, reportWarnings } from '../../report/warnings.ts';
import { forgetEngine } from '../../wiring/engine-memory.ts';
import { type HoldStack, holdAfterStaying } from '../../wiring/hold-stack.ts';
import type { Invocation } from '../../wiring/invocation.ts';
import { type OpenStack, openStack } from '../../wiring/open-stack.ts';
import { askYesNo } from '../ask.ts';

export interface DownOptions {
  /** Also removes the data. */
  readonly volumes: boolean;
  /** For another run on the stack to end, ms. */
  readonly wait: number | undefined;
}

/** Whether the data may go: said with --yes, or by the user. @throws ChatopsError USAGE when nobody can be asked */
const mayLose = async ({ data }: Engine, invocation: Invocation): Promise<boolean> => {
  if (invocation.yes) return true;
  if (invocation.interactive)
    return askYesNo(invocation.known.clean.text(`Remove ${data} in ${invocation.dir}?`), invocation.signal);
  throw new ChatopsError('USAGE', {
    what: 'down --volumes needs a yes',
    why: `${data} would be lost, and nobody can be asked here`,
    next: 'add --yes if that is wanted',
  });
};

/** The data is to stay after all. */
class Declined extends Error {}

/** What keeps the servers running is ended only when everything else is clear. @throws Declined */
const holdFor =
  (invocation: Invocation, { volumes, wait }: DownOptions): HoldStack =>
  async (dir, world) => {
    if (volumes && !(await mayLose(world.engine, invocation))) throw new Declined();
    return holdAfterStaying({ waitMs: wait })(dir, world);
  };

const openToStop = async (invocation: Invocation, options: DownOptions): Promise<OpenStack | undefined> => {
  try {
    return await openStack(invocation, {
      events: createWarningsReporter(invocation.err),
      forWriting: false,
      hold: holdFor(invocation, options),
    });
  } catch (thrown) {
    if (thrown instanceof Declined) return undefined;
    throw thrown;
  }
};

export const downCommand = async (invocation: Invocation, options: DownOptions): Promise<number> => {
  const { volumes } = options;
  const stack = await openToStop(invocation, options);
  if (!stack) return EXIT.failed;
  reportWarnings(stack.warnings, invocation.err);
  try {
    const { engine } = stack.world;
    await down(stack.desired, stack.world, { volumes });
    if (volumes) await forgetEngine(stack.world.files);
    const text = volumes ? `removed: ${engine.data}\n` : `stopped; kept: ${engine.data} (--volumes removes them)\n`;
    invocation.out(invocation.json ? `${toJson({ type: 'down', removedData: volumes })}\n` : text);
    return EXIT.ok;
  } finally {
    await stack.close();
  }
};
