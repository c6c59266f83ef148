/** `hubot/`: what the bot is, and its settings for those who run another one in its place. */

import type { Renderer } from '../../contracts/renderer.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';
import { hashHeader, htmlHeader } from '../../render/generated.ts';
import { fillPiece, pieceOf } from '../../render/pieces.ts';
import { refused, requireUtf8 } from '../../render/refuse.ts';
import type { ServiceNode, Stack } from '../../stack/stack.ts';
import type { BotSpec } from './probes/bot.ts';

export const HUBOT_PIECE = 'compose/hubot.base.md';

const botOf = ({ nodes }: Stack): ServiceNode | undefined =>
  nodes.find((node): node is ServiceNode => node.kind === 'service' && node.role === 'bot');

/** Single quotes keep everything literal for Docker and for shells alike; they themselves cannot stand inside. */
const envValue = (text: string): string => {
  if (/\p{Control}/u.test(text)) throw refused(text, 'bot.env', 'it holds a control character');
  if (/^[\w./:,@-]*$/.test(text)) return text;
  return text.includes("'") ? `"${text.replace(/[\\"$`]/g, (found) => `\\${found}`)}"` : `'${text}'`;
};

const envLines = ({ container }: ServiceNode): string =>
  Object.entries(container.environment)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) =>
      typeof value === 'string'
        ? `${name}=${envValue(requireUtf8(value, 'bot.env'))}\n`
        : `# ${name} is ${(value.text ?? '{}').replace('{}', () => value.secret)} of .env\n`,
    )
    .join('');

/** Text inside backticks of Markdown; names may hold quotes and dollars, never a backtick that would end it. */
const code = (text: string): string => (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``);

const readme = (stack: Stack, { usable }: ServiceNode, piece: string): string => {
  if (usable.what !== 'bot') throw new ChatopsError('INTERNAL', { what: 'the bot is not asked as a bot' });
  const { rooms: names, account } = usable as BotSpec;
  const rooms = names.length === 0 ? 'none' : names.map((room) => code(`#${room}`)).join(', ');
  const values = { name: stack.name, username: account.username, url: stack.publicUrls.chat ?? '', rooms };
  return `${htmlHeader}${fillPiece(piece, values)}`;
};

export const hubotRenderer: Renderer = {
  id: 'hubot',
  render: ({ stack, pieces }) => {
    const bot = botOf(stack);
    // They are for bots of Rocket.Chat, which read these variables; with another chat they have nothing to say.
    if (!bot || (bot.usable as BotSpec).speaks !== undefined) return [];
    return [
      { path: 'hubot/README.md', text: requireUtf8(readme(stack, bot, pieceOf(pieces, HUBOT_PIECE)), 'README.md') },
      { path: 'hubot/bot.env', text: `${hashHeader}${envLines(bot)}` },
    ];
  },
};
