import { describeCommand } from '../../programs/descriptors/descriptor.ts';
import { flag } from '../../programs/descriptors/option-kinds.ts';

export const down = describeCommand({
  name: 'down',
  about: 'stop; keeps the data',
  group: 'The stack',
  args: {},
  options: { volumes: flag('also remove the data (says what will be lost and asks, or wants --yes)') },
  load: async () => (await import('../commands/down.ts')).downCommand,
});
