/**
 * A message as text for a terminal, as near to what a room shows as plain characters come. Pure.
 *
 *   #ci  bot
 *     Ada pushed 3 commits to main of ops/website (https://git.example.org/ops/website)
 *     | e3b0c442 Fix the second hinge
 */
import type { MessageAttachment, MessageParts } from '../contracts/chat.ts';
import { harmless } from '../values/words/harmless.ts';

const MARK = '[!-/:-@[-`{-~]';
/** A backslash before a mark makes it a plain character (CommonMark 0.31, 2.4), as in the chats that we know; code has no marks. */
const PLAIN = new RegExp(`\\\\(${MARK})|\`[^\`\\n]*\``, 'g');
/** Keeps words apart that would be read as a mark; nothing is seen of it. */
const WORD_JOINER = /\u2060/g;
/** Where a plain character waits while marks are taken away: the private use area of Unicode. */
const HIDDEN = 0xe000;

const hidden = (char: string): string => String.fromCharCode(HIDDEN + char.charCodeAt(0));
const hide = (text: string): string =>
  text.replace(PLAIN, (match, escaped: string | undefined) =>
    escaped === undefined ? match.replace(new RegExp(MARK, 'g'), hidden) : hidden(escaped),
  );
const reveal = (text: string): string =>
  text.replace(/[\ue000-\ue07f]/g, (char) => String.fromCharCode(char.charCodeAt(0) - HIDDEN));

const withAddress = (label: string, url: string): string => (label === url ? url : `${label} (${url})`);

/** Without marks: links say where they lead (or, with `labels`, only what they are called), bold words stand plain. */
export const plainText = (marked: string, links: 'with-address' | 'labels' = 'with-address'): string => {
  const linked = links === 'labels' ? (label: string) => label : withAddress;
  return reveal(
    hide(marked.replace(WORD_JOINER, ''))
      .replace(/\[([^\]\n]+)\]\((\S+?)\)/g, (_match, label: string, url: string) => linked(label, url))
      .replace(/<(https?:[^|>\s]+)\|([^>\n]+)>/g, (_match, url: string, label: string) => linked(label, url))
      .replace(/(?<![\w*])(\*{1,2})([^\s*](?:[^*\n]*[^\s*])?)\1(?![\w*])/g, '$2')
      .replace(/(?<![\w~])(~{1,2})([^\s~](?:[^~\n]*[^\s~])?)\1(?![\w~])/g, '$2'),
  );
};

const linesOf = (text: string): readonly string[] => (text === '' ? [] : harmless(plainText(text)).split('\n'));

const attachmentLines = ({ author, title, link, text, fields }: MessageAttachment): readonly string[] =>
  [
    ...linesOf(author ?? ''),
    ...(title === undefined
      ? linesOf(link ?? '')
      : linesOf(title).map((line) => (link ? withAddress(line, link) : line))),
    ...linesOf(text ?? ''),
    ...fields.flatMap((field) => linesOf(`${field.title}: ${field.value}`)),
  ].map((line) => `| ${line}`);

export const showMessage = (parts: MessageParts, room: string, poster: string): string => {
  const lines = [...linesOf(parts.text), ...parts.attachments.flatMap(attachmentLines)];
  const head = `#${room}  ${harmless(parts.alias ?? poster)}`;
  return `${[head, ...(lines.length > 0 ? lines : ['(a blank message)']).map((line) => `  ${line}`.trimEnd())].join('\n')}\n`;
};
