/** Posts of Mattermost as messages of a chat. Pure. */
import { z } from 'zod';
import type { ChatMessage, MessageAttachment } from '../../../contracts/chat.ts';

const text = z.string().catch('');

const attachment = z.object({
  author_name: text,
  title: text,
  title_link: text,
  text,
  fields: z.array(z.object({ title: text, value: text })).catch([]),
});

export const POST = z.object({
  id: z.string().min(1),
  channel_id: z.string(),
  user_id: z.string(),
  message: text,
  type: text,
  props: z
    .object({ attachments: z.array(attachment).catch([]), override_username: z.string().optional().catch(undefined) })
    .catch({ attachments: [] }),
});

export type Post = z.output<typeof POST>;

const attachmentOf = (each: z.output<typeof attachment>): MessageAttachment => ({
  ...(each.author_name === '' ? {} : { author: each.author_name }),
  ...(each.title === '' ? {} : { title: each.title }),
  ...(each.title_link === '' ? {} : { link: each.title_link }),
  ...(each.text === '' ? {} : { text: each.text }),
  fields: each.fields,
});

/** Said by the server: who joined, what was renamed. */
export const isSystem = ({ type }: Post): boolean => type.startsWith('system_');

export const messageOf = ({ id, channel_id, message, props }: Post): ChatMessage => {
  const attachments = props.attachments.map(attachmentOf);
  const said = attachments.flatMap(({ title, link, text: words, fields }) => [
    ...[title, link, words],
    ...fields.map(({ title: name, value }) => `${name} ${value}`.trim()),
  ]);
  const lines = [message, ...said].filter((line) => line !== undefined && line !== '');
  const alias = props.override_username;
  const isPlain = attachments.length === 0 && alias === undefined;
  return {
    id,
    roomId: channel_id,
    text: lines.join('\n'),
    ...(isPlain ? {} : { parts: { ...(alias === undefined ? {} : { alias }), text: message, attachments } }),
  };
};
