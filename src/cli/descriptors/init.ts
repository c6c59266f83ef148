import { describeCommand } from '../../programs/descriptors/descriptor.ts';

export const init = describeCommand({
  name: 'init',
  about: 'ask a few questions and write chatops.yaml',
  group: 'The stack',
  beginsHere: true,
  args: {},
  options: {},
  load: async () => (await import('../commands/init.ts')).initCommand,
});
