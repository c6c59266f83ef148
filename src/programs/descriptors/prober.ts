import { describeCommand } from './descriptor.ts';
import { flag } from './option-kinds.ts';

export const prober = describeCommand({
  name: 'prober',
  about: 'answers probes from inside the network until it is stopped',
  group: 'Inside containers',
  args: {},
  options: { stdio: flag('any question on standard input, instead of a server for services of the table') },
  load: async () => (await import('../prober.ts')).proberCommand,
});
