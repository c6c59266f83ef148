import { describeCommand } from './descriptor.ts';

export const bot = describeCommand({
  name: 'bot',
  about: 'the bot: answers in its rooms until it is stopped',
  group: 'Inside containers',
  args: {},
  options: {},
  load: async () => (await import('../bot.ts')).botCommand,
});
