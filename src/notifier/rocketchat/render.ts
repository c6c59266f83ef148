/** A message → the `content` of Rocket.Chat's incoming webhook, always below the server's limit. */
import type { Field, Line, Message, Piece, Tone } from '../core/message.ts';
import { webAddress } from './address.ts';
import { escapeCode, escapeLabel, escapeStart, escapeText } from './escape.ts';

export interface Attachment {
  readonly color: string;
  readonly text?: string;
  readonly fields?: readonly { readonly title: string; readonly value: string; readonly short: boolean }[];
}

export interface Content {
  readonly channel: string;
  readonly text: string;
  readonly attachments?: readonly Attachment[];
  /** The links are GitLab's and behind a login: a preview would show the login page. */
  readonly parseUrls: false;
}

/** The server's default is 5000 characters of text; ours is for everything together. */
const LIMIT = 4_500;

const COLOURS: Readonly<Record<Tone, string>> = {
  good: '#2da160',
  bad: '#dd2b0e',
  warning: '#e9a100',
  plain: '#868686',
  news: '#1f75cb',
};

/** Names of the settings, not of the payload; still, only what Rocket.Chat allows, and nobody who stands for many. */
const isChatName = (name: string): boolean => /^[\w-][\w.-]{0,60}$/.test(name) && !/^(all|here)$/i.test(name);

const link = (label: string, url: string): string => {
  const address = webAddress(url);
  return address === undefined ? escapeText(label) : `[${escapeLabel(label) || '…'}](${address})`;
};

const code = (text: string): string => (text === '' ? '' : `\`${escapeCode(text)}\``);

const person = (name: string, chatName: string | undefined): string =>
  chatName !== undefined && isChatName(chatName) ? `@${chatName}` : escapeText(name);

const renderPiece = (piece: Piece): string => {
  switch (piece.kind) {
    case 'words':
      return piece.text;
    case 'text':
      return escapeText(piece.text);
    case 'code':
      return code(piece.text);
    case 'link':
      return link(piece.text, piece.url);
    case 'person':
      return person(piece.name, piece.chatName);
  }
};

const renderLine = (line: Line): string => {
  const text = line.map(renderPiece).join('');
  return line[0]?.kind === 'words' ? text : escapeStart(text);
};

const renderField = ({ title, value }: Field) => {
  const shown = renderLine(value);
  return { title, value: shown, short: shown.length < 80 };
};

const attachmentOf = (message: Message, details: number, fields: number): readonly Attachment[] => {
  const text = message.details.slice(0, details).map(renderLine).join('\n');
  const rendered = message.fields.slice(0, fields).map(renderField);
  if (text === '' && rendered.length === 0) return [];
  const color = COLOURS[message.tone];
  return [{ color, ...(text === '' ? {} : { text }), ...(rendered.length === 0 ? {} : { fields: rendered }) }];
};

/** Drops the least important (the last details, then fields) until the whole fits. */
export const renderMessage = (message: Message, room: string): Content => {
  const text = renderLine(message.line);
  let details = message.details.length;
  let fields = message.fields.length;
  for (;;) {
    const attachments = attachmentOf(message, details, fields);
    const content: Content = {
      channel: `#${room}`,
      text,
      ...(attachments.length === 0 ? {} : { attachments }),
      parseUrls: false,
    };
    if (JSON.stringify(content).length <= LIMIT || details + fields === 0) return content;
    if (details > 0) details -= 1;
    else fields -= 1;
  }
};
