import type { Part } from '../../contracts/part.ts';
import { botKind } from './probes/bot-kind.ts';
import { HUBOT_PIECE, hubotRenderer } from './render.ts';
import { bot } from './service.ts';

export const botPart: Part = {
  name: 'bot',
  bot: { username: 'hubot', name: 'Hubot' },
  timed: ['bot'],
  limited: ['bot'],
  contribute: (config, { chat }) => (chat ? { nodes: [bot(config, chat)] } : {}),
  renderers: [hubotRenderer],
  pieces: [HUBOT_PIECE],
  probes: [botKind],
};
