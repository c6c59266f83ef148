import { down } from '../../../operations.ts';
import type { Engine } from '../../contracts/engine.ts';
import { EXIT } from '../../errors/catalogue.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';
import { toJson } from '../../report/json.ts';
import { createWarningsReporter, reportWarnings } from '../../report/warnings.ts';
import type { Invocation } from '../../wiring/invocation.ts';
import { openStack } from '../../wiring/open-stack.ts';
import { askYesNo } from '../ask.ts';

export interface DownOptions {
  /** Also removes the data. */
  readonly volumes: boolean;
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

export const downCommand = async (invocation: Invocation, { volumes }: DownOptions): Promise<number> => {
  const stack = await openStack(invocation, { events: createWarningsReporter(invocation.err), forWriting: false });
  reportWarnings(stack.warnings, invocation.err);
  try {
    const { engine } = stack.world;
    if (volumes && !(await mayLose(engine, invocation))) return EXIT.failed;
    await down(stack.desired, stack.world, { volumes });
    const text = volumes ? `removed: ${engine.data}\n` : `stopped; kept: ${engine.data} (--volumes removes them)\n`;
    invocation.out(invocation.json ? `${toJson({ type: 'down', removedData: volumes })}\n` : text);
    return EXIT.ok;
  } finally {
    await stack.close();
  }
};
