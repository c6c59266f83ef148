import { describeCommand } from '../../programs/descriptors/descriptor.ts';
import { argument } from '../../programs/descriptors/option-kinds.ts';

export const explain = describeCommand({
  name: 'explain',
  about: 'what an error code means, what is usually behind it and what to do; nothing is read or asked',
  group: 'Help',
  readMore: 'errors.md',
  args: { code: argument('as it was printed; without it all of them') },
  options: {},
  examples: ['explain PORT_TAKEN'],
  load: async () => (await import('../commands/explain.ts')).explainCommand,
});
