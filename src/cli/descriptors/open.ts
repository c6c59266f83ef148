import { describeCommand } from '../../programs/descriptors/descriptor.ts';
import { argument, flag } from '../../programs/descriptors/option-kinds.ts';

export const open = describeCommand({
  name: 'open',
  about: 'open an address of the stack in the browser',
  group: 'Looking at it',
  args: { what: argument('its label (`chat`, `git`) or the name of its product; without it the start page') },
  options: { print: flag('print the address, and open nothing') },
  examples: ['open chat'],
  load: async () => {
    const { openCommand } = await import('../commands/open.ts');
    return (invocation, { what, print }) => openCommand(invocation, { what, print });
  },
});
