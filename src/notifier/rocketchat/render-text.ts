/** A message as one text: for messages that are changed later, as Rocket.Chat's API changes nothing but the text. */
import { fitting, renderLine } from '../core/markup.ts';
import type { Message } from '../core/message.ts';
import { ROCKETCHAT } from './render.ts';

/** The server's default is 5000 characters. */
const LIMIT = 4_500;

const textOf = ({ line, details, fields }: Message): string =>
  [
    renderLine(line, ROCKETCHAT),
    ...details.map((each) => renderLine(each, ROCKETCHAT)),
    ...fields.map(({ title, value }) => `${title}: ${renderLine([{ kind: 'words', text: '' }, ...value], ROCKETCHAT)}`),
  ].join('\n');

export const renderText = (message: Message): string => fitting(message, textOf, (text) => text.length <= LIMIT);
