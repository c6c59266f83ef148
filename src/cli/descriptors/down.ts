import { describeCommand } from '../../programs/descriptors/descriptor.ts';
import { flag } from '../../programs/descriptors/option-kinds.ts';
import { LOCK_WAIT } from './lock-wait.ts';

export const down = describeCommand({
  name: 'down',
  about: 'stop, also an `up --stay`; keeps the data',
  group: 'The stack',
  args: {},
  options: { wait: LOCK_WAIT, volumes: flag('also remove the data (says what will be lost and asks, or wants --yes)') },
  load: async () => (await import('../commands/down.ts')).downCommand,
});
