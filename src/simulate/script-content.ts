/** What a webhook's script returned as `content` → the message a room would show. Pure. Keys have two names each there. */
import type { MessageAttachment, MessageParts } from '../contracts/chat.ts';

type Fields = Readonly<Record<string, unknown>>;

const text = (...values: readonly unknown[]): string | undefined =>
  values.find((value): value is string => typeof value === 'string' && value !== '');

const isRecord = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

const present = <T extends object>(values: { readonly [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;

const attachmentOf = (value: Fields): MessageAttachment => ({
  ...present<Omit<MessageAttachment, 'fields'>>({
    author: text(value.author_name),
    title: text(value.title),
    link: text(value.title_link),
    text: text(value.msg, value.text),
  }),
  fields: (Array.isArray(value.fields) ? value.fields : [])
    .filter(isRecord)
    .map((field) => ({ title: text(field.title) ?? '', value: String(field.value ?? '') })),
});

export interface ScriptMessage {
  readonly parts: MessageParts;
  /** Where the script sends it, as it says it; undefined: the webhook's own room. */
  readonly channel: string | undefined;
}

export const readContent = (content: Fields): ScriptMessage => ({
  channel: text(Array.isArray(content.channel) ? content.channel[0] : content.channel, content.roomId),
  parts: {
    ...present<{ alias?: string }>({ alias: text(content.username, content.alias) }),
    text: text(content.text, content.msg) ?? '',
    attachments: (Array.isArray(content.attachments) ? content.attachments : []).filter(isRecord).map(attachmentOf),
  },
});
