import { describeCommand } from '../../programs/descriptors/descriptor.ts';
import { requiredArgument } from '../../programs/descriptors/option-kinds.ts';

export const rotate = describeCommand({
  name: 'rotate',
  about: 'a new value for a secret on both sides, without losing a delivery; then `up`',
  group: 'The stack',
  readMore: 'secrets.md#rotating-secrets',
  args: { secret: requiredArgument('secret') },
  options: {},
  examples: ['rotate hook-secret'],
  load: async () => {
    const { rotateCommand } = await import('../commands/rotate.ts');
    return (invocation, { secret }) => rotateCommand(invocation, secret);
  },
});
