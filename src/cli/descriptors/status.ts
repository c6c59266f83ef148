import { describeCommand } from '../../programs/descriptors/descriptor.ts';
import { flag } from '../../programs/descriptors/option-kinds.ts';

export const status = describeCommand({
  name: 'status',
  about: 'what runs, which link of the chain is usable, and what drifted',
  group: 'Looking at it',
  args: {},
  options: {
    start: flag('embedded engine: start the servers for this look where they do not run'),
    watch: flag('go on looking, and report what changes until interrupted'),
  },
  examples: ['status', 'status --watch'],
  load: async () => (await import('../commands/status.ts')).statusCommand,
});
