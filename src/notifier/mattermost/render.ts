/** A message → the fields of a Mattermost post: text, and attachments in its props; the same in a webhook's body. */
import { COLOURS, fitting, type Markup, renderLine } from '../core/markup.ts';
import { type Line, type Message, QUOTE } from '../core/message.ts';
import { escapeCode, escapeLabel, escapeStart, escapeText } from './escape.ts';

export interface Attachment {
  /** What is shown where attachments are not: in notifications. */
  readonly fallback: string;
  readonly color: string;
  readonly text?: string;
  readonly fields?: readonly { readonly title: string; readonly value: string; readonly short: boolean }[];
}

export interface PostBody {
  readonly message: string;
  readonly attachments: readonly Attachment[];
}

/** The server cuts at 16383 characters (and a webhook's text into several posts); ours is for everything together. */
const LIMIT = 8_000;

const EVERYBODY = /^(all|here|channel)$/i;

export const MATTERMOST: Markup = {
  text: escapeText,
  label: escapeLabel,
  code: escapeCode,
  start: escapeStart,
  // server/public/model/user.go: lower case, digits, dot, dash, underscore; at most 64.
  isChatName: (name) => /^[a-z0-9][a-z0-9._-]{0,63}$/.test(name) && !EVERYBODY.test(name),
};

/** What is quoted is a block of its own, which text from outside could begin with a list or a heading. */
const lineOf = (line: Line): string => {
  const [first, ...rest] = line;
  return first?.kind === 'words' && first.text === QUOTE
    ? `${QUOTE}${renderLine(rest, MATTERMOST)}`
    : renderLine(line, MATTERMOST);
};

const attachmentsOf = ({ details, fields, tone }: Message, fallback: string): readonly Attachment[] => {
  const text = details.map(lineOf).join('\n');
  const rendered = fields.map(({ title, value }) => {
    const shown = lineOf(value);
    return { title, value: shown, short: shown.length < 80 };
  });
  if (text === '' && rendered.length === 0) return [];
  return [
    {
      fallback,
      color: COLOURS[tone],
      ...(text === '' ? {} : { text }),
      ...(rendered.length === 0 ? {} : { fields: rendered }),
    },
  ];
};

export const renderPost = (message: Message): PostBody => {
  const text = lineOf(message.line);
  return fitting(
    message,
    (part): PostBody => ({ message: text, attachments: attachmentsOf(part, text) }),
    (post) => JSON.stringify(post).length <= LIMIT,
  );
};
