import { check, doctorNetwork } from '../../../operations.ts';
import { EXIT } from '../../errors/catalogue.ts';
import { ChatopsError, formatError, toChatopsError } from '../../errors/chatops-error.ts';
import { createQuietReporter, errorToJson, toJson } from '../../report/json.ts';
import { networkJson, networkText } from '../../report/network.ts';
import { isHealthy, statusJson, statusText } from '../../report/status.ts';
import { lookStarting } from '../../wiring/hold-stack.ts';
import type { Invocation } from '../../wiring/invocation.ts';
import { type OpenStack, openStack } from '../../wiring/open-stack.ts';

export interface DoctorOptions {
  /** Undefined: everything. */
  readonly what: string | undefined;
}

interface Examined {
  readonly good: boolean;
  readonly text: string;
  readonly json: object;
}

/** An examination that cannot be made counts as well; the others go on. */
const examine = async (signal: AbortSignal, task: () => Promise<Examined>): Promise<Examined> => {
  try {
    return await task();
  } catch (thrown) {
    signal.throwIfAborted();
    const error = toChatopsError(thrown);
    return { good: false, text: `${formatError(error)}\n`, json: { type: 'error', ...errorToJson(error) } };
  }
};

const network = async ({ desired, world }: OpenStack): Promise<Examined> => {
  const diagnosis = await doctorNetwork(desired, world);
  return { good: diagnosis.broken.length === 0, text: networkText(diagnosis), json: networkJson(diagnosis) };
};

const status = async (stack: OpenStack): Promise<Examined> => {
  const seen = await check(stack.desired, stack.world);
  return { good: isHealthy(seen), text: statusText(seen, stack), json: statusJson(seen, stack) };
};

const everything = async (stack: OpenStack, signal: AbortSignal): Promise<Examined> => {
  const tasks = stack.world.engine.can.network ? [status, network] : [status];
  const examined: Examined[] = [];
  for (const task of tasks) examined.push(await examine(signal, () => task(stack)));
  return {
    good: examined.every(({ good }) => good),
    text: examined.map(({ text }) => text).join('\n'),
    json: { type: 'doctor', healthy: examined.every(({ good }) => good), findings: examined.map(({ json }) => json) },
  };
};

/** Exit status 0 when nothing is wrong, 1 otherwise. @throws ChatopsError USAGE; ENGINE_UNAVAILABLE (`network` without containers) */
export const doctorCommand = async (invocation: Invocation, { what }: DoctorOptions): Promise<number> => {
  if (what !== undefined && what !== 'network') {
    throw new ChatopsError('USAGE', {
      what: `the doctor knows nothing of ${JSON.stringify(what)}`,
      next: 'run `chatops-up doctor network`, or `chatops-up doctor` for everything',
    });
  }
  const stack = await openStack(invocation, {
    events: createQuietReporter(),
    forWriting: false,
    opens: true,
    hold: lookStarting,
  });
  try {
    const { good, text, json } = what === undefined ? await everything(stack, invocation.signal) : await network(stack);
    invocation.out(invocation.json ? `${toJson(json, 2)}\n` : text);
    return good ? EXIT.ok : EXIT.failed;
  } finally {
    await stack.close();
  }
};
