/** What the bot says to a message; undefined: nothing. Pure. */

const HELP = ['ping: am I here', 'help: this text'];

/** Addressed (`hubot ping`, `@hubot: help`) or the bare word; anything else is people talking to each other. */
export const answerTo = (text: string, names: readonly string[]): string | undefined => {
  const words = text.trim().toLowerCase().split(/\s+/);
  const first = words[0]?.replace(/^@/, '').replace(/[:,]$/, '');
  const addressed = first !== undefined && names.some((name) => name.toLowerCase() === first);
  const command = (addressed ? words.slice(1) : words).join(' ').replace(/[!?.]$/, '');
  if (command === 'ping') return 'pong';
  if (command === 'help') return HELP.join('\n');
  return addressed ? `I know: ${HELP.map((line) => line.split(':')[0]).join(', ')}` : undefined;
};
