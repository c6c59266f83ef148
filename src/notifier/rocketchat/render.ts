/** A message → the `content` of Rocket.Chat's incoming webhook, always below the server's limit. */
import { COLOURS, fitting, type Markup, renderLine } from '../core/markup.ts';
import type { Message } from '../core/message.ts';
import { escapeCode, escapeLabel, escapeStart, escapeText } from './escape.ts';

export interface Attachment {
  readonly color: string;
  readonly text?: string;
  readonly fields?: readonly { readonly title: string; readonly value: string; readonly short: boolean }[];
}

export interface Content {
  readonly channel: string | readonly string[];
  /** Each room by itself: one that refuses does not stop the others. */
  readonly separateResponse?: true;
  readonly text: string;
  readonly attachments?: readonly Attachment[];
  /** The links are GitLab's and behind a login: a preview would show the login page. */
  readonly parseUrls: false;
}

/** The server's default is 5000 characters of text; ours is for everything together. */
const LIMIT = 4_500;

export const ROCKETCHAT: Markup = {
  text: escapeText,
  label: escapeLabel,
  code: escapeCode,
  start: escapeStart,
  // Names of the settings, not of the payload; still, only what Rocket.Chat allows.
  isChatName: (name) => /^[\w-][\w.-]{0,60}$/.test(name) && !/^(all|here)$/i.test(name),
};

const attachmentOf = ({ details, fields, tone }: Message): readonly Attachment[] => {
  const text = details.map((line) => renderLine(line, ROCKETCHAT)).join('\n');
  // A field without a title or a value makes the server refuse the whole message
  // (RocketChat/Rocket.Chat:apps/meteor/app/lib/server/functions/sendMessage.ts, validateAttachmentsFields).
  const rendered = fields.flatMap(({ title, value }) => {
    const shown = renderLine(value, ROCKETCHAT);
    return title.trim() === '' || shown.trim() === '' ? [] : [{ title, value: shown, short: shown.length < 80 }];
  });
  if (text === '' && rendered.length === 0) return [];
  const color = COLOURS[tone];
  return [{ color, ...(text === '' ? {} : { text }), ...(rendered.length === 0 ? {} : { fields: rendered }) }];
};

export const renderMessage = (message: Message, room: string): Content => {
  const text = renderLine(message.line, ROCKETCHAT);
  return fitting(
    message,
    (part): Content => {
      const attachments = attachmentOf(part);
      return { channel: `#${room}`, text, ...(attachments.length === 0 ? {} : { attachments }), parseUrls: false };
    },
    (content) => JSON.stringify(content).length <= LIMIT,
  );
};
