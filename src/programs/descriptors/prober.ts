import { describeCommand } from './descriptor.ts';
import { flag } from './option-kinds.ts';

export const prober = describeCommand({
  name: 'prober',
  about: 'answers probes from inside the network until it is stopped',
  group: 'Inside containers',
  args: {},
  options: { stdio: flag('questions on standard input; without it, it only keeps its container running') },
  load: async () => (await import('../prober.ts')).proberCommand,
});
