import { describeCommand } from '../../programs/descriptors/descriptor.ts';

export const status = describeCommand({
  name: 'status',
  about: 'which link of the chain is usable, and what drifted',
  group: 'Looking at it',
  args: {},
  options: {},
  load: async () => (await import('../commands/status.ts')).statusCommand,
});
