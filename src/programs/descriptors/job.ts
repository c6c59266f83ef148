import { describeCommand } from './descriptor.ts';
import { requiredArgument, requiredFlag } from './option-kinds.ts';

export const job = describeCommand({
  name: 'job',
  about: 'one job of the stack, from inside its network: what the one-shot services of compose.yaml run',
  group: 'Inside containers',
  args: { name: requiredArgument('its name in the stack, e.g. conversation') },
  options: { inNetwork: requiredFlag('names are addresses, secrets are variables') },
  load: async () => (await import('../job.ts')).jobCommand,
});
