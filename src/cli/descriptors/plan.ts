import { describeCommand } from '../../programs/descriptors/descriptor.ts';
import { flag } from '../../programs/descriptors/option-kinds.ts';

export const plan = describeCommand({
  name: 'plan',
  about: 'what `up` would do to files, services and product objects, each change with its cause; changes nothing',
  group: 'The stack',
  args: {},
  options: { detailedExitcode: flag('exit with 2 when there is something to do') },
  load: async () => (await import('../commands/plan.ts')).planCommand,
});
