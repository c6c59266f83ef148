/** From pieces to the text of a chat: what all chats have in common; each brings its own escapes. */
import type { Line, Message, Piece, Tone } from './message.ts';
import { webAddress } from './web-address.ts';

/** How one chat writes what comes from outside, so that it is shown as it is. */
export interface Markup {
  readonly text: (text: string) => string;
  /** Inside `[…](address)`. */
  readonly label: (text: string) => string;
  /** Between backticks. */
  readonly code: (text: string) => string;
  /** A line that begins with text from outside. */
  readonly start: (line: string) => string;
  /** Whether `@name` may be written: a single person, never a name that stands for many. */
  readonly isChatName: (name: string) => boolean;
}

export const COLOURS: Readonly<Record<Tone, string>> = {
  good: '#2da160',
  bad: '#dd2b0e',
  warning: '#e9a100',
  plain: '#868686',
  news: '#1f75cb',
};

const renderPiece = (piece: Piece, markup: Markup): string => {
  switch (piece.kind) {
    case 'words':
      return piece.text;
    case 'text':
      return markup.text(piece.text);
    case 'code':
      return piece.text === '' ? '' : `\`${markup.code(piece.text)}\``;
    case 'link': {
      const address = webAddress(piece.url);
      return address === undefined ? markup.text(piece.text) : `[${markup.label(piece.text) || '…'}](${address})`;
    }
    case 'person':
      return piece.chatName !== undefined && markup.isChatName(piece.chatName)
        ? `@${piece.chatName}`
        : markup.text(piece.name);
  }
};

export const renderLine = (line: Line, markup: Markup): string => {
  const text = line.map((piece) => renderPiece(piece, markup)).join('');
  return line[0]?.kind === 'words' ? text : markup.start(text);
};

/** The largest part of a message that fits: the least important go first, the last details, then the last fields. */
export const fitting = <Content>(
  message: Message,
  make: (part: Message) => Content,
  fits: (content: Content) => boolean,
): Content => {
  let part = message;
  for (;;) {
    const content = make(part);
    if (fits(content) || part.details.length + part.fields.length === 0) return content;
    part =
      part.details.length > 0
        ? { ...part, details: part.details.slice(0, -1) }
        : { ...part, fields: part.fields.slice(0, -1) };
  }
};
