import { describeCommand } from '../../programs/descriptors/descriptor.ts';
import { requiredArgument } from '../../programs/descriptors/option-kinds.ts';
import { LOCK_WAIT } from './lock-wait.ts';

export const rotate = describeCommand({
  name: 'rotate',
  about: 'a new value for a secret on both sides, without losing a delivery; then `up`',
  group: 'The stack',
  readMore: 'secrets.md#rotating-secrets',
  args: { secret: requiredArgument('secret') },
  options: { wait: LOCK_WAIT },
  examples: ['rotate hook-secret'],
  load: async () => {
    const { rotateCommand } = await import('../commands/rotate.ts');
    return (invocation, { secret, wait }) => rotateCommand(invocation, secret, { wait });
  },
});
