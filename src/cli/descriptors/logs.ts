import { describeCommand } from '../../programs/descriptors/descriptor.ts';
import { argument, flag, lineCount } from '../../programs/descriptors/option-kinds.ts';

export const logs = describeCommand({
  name: 'logs',
  about: 'what the containers say, secrets taken out',
  group: 'Looking at it',
  args: { service: argument('default: all of them') },
  options: {
    follow: flag('go on until interrupted'),
    tail: lineCount('how many of the last lines of each', 100),
  },
  load: async () => (await import('../commands/logs.ts')).logsCommand,
});
