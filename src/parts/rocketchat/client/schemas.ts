/** Only the fields we use, in the server's words, turned into ours. Anything else in an answer may come and go. */
import { z } from 'zod';
import type { ChatMessage, MessageAttachment } from '../../../contracts/chat.ts';
import { Secret } from '../../../values/secret.ts';
import type { ChatRoom, ChatUser, ListedUser, SettingValue, Webhook } from '../rocketchat.ts';

/** Where a room keeps the mark: custom fields go in with the create call and are shown in every list. */
export const MARK_FIELD = 'chatopsUp';

const emails = z
  .array(z.object({ address: z.string() }))
  .optional()
  .transform((list) => (list ?? []).map(({ address }) => address));
const names = z
  .array(z.string())
  .optional()
  .transform((list) => list ?? []);
const flag = z
  .boolean()
  .optional()
  .transform((value) => value === true);
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');

export const anything = z.object({});

export const apiInfo = z.object({
  success: z.literal(true),
  version: z.string().optional(),
  info: z.object({ version: z.string() }).optional(),
});

export const healthChecks = z.object({
  status: z.string(),
  checks: z.record(z.string(), z.object({ status: z.string().optional() })).optional(),
});

export const loginAnswer = z.object({
  data: z.object({
    userId: z.string(),
    authToken: z.string(),
    me: z.object({ username: z.string().optional(), roles: names }),
  }),
});

export const settingAnswer = z
  .object({ value: z.unknown() })
  .transform(({ value }): SettingValue | undefined =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined,
  );

const listedUser = z
  .object({ _id: z.string(), username: text, emails })
  .transform(({ _id, username, emails }): ListedUser => ({ id: _id, username, emails }));
export const usersPage = z.object({ users: z.array(listedUser), total: z.number() });

export const userAnswer = z.object({
  user: z
    .object({
      _id: z.string(),
      username: text,
      name: text,
      emails,
      roles: names,
      active: z.boolean().optional(),
      bio: text,
      rooms: z.array(z.object({ rid: z.string(), name: text, roles: names })).optional(),
    })
    .transform(
      ({ _id, active, rooms, ...user }): ChatUser => ({
        id: _id,
        ...user,
        active: active !== false,
        ...(rooms && { rooms: rooms.map(({ rid, name, roles }) => ({ id: rid, name, roles })) }),
      }),
    ),
});

const room = z
  .object({
    _id: z.string(),
    name: text,
    t: z.string(),
    ro: flag,
    archived: flag,
    muted: names,
    customFields: z
      .object({ [MARK_FIELD]: z.string().optional().catch(undefined) })
      .optional()
      .catch(undefined),
  })
  .transform(
    ({ _id, name, t, ro, archived, muted, customFields }): ChatRoom => ({
      id: _id,
      name,
      kind: t === 'p' ? 'private' : 'channel',
      readOnly: ro,
      archived,
      mark: customFields?.[MARK_FIELD],
      muted,
    }),
  );
export const roomAnswer = z.object({ room });
export const channelsPage = z.object({ channels: z.array(room), total: z.number() });
export const groupsPage = z.object({ groups: z.array(room), total: z.number() });
const member = z.object({ _id: z.string(), username: text }).transform(({ _id, username }) => ({ id: _id, username }));
export const membersPage = z.object({ members: z.array(member), total: z.number() });

/** `scriptError` is an object of name and message on the servers read, a text on others. */
const scriptError = z
  .union([z.string(), z.object({ message: z.string().optional(), name: z.string().optional() })])
  .nullish()
  .transform((error) => {
    if (error === null || error === undefined || error === '') return undefined;
    return typeof error === 'string' ? error : (error.message ?? error.name ?? 'unknown');
  });
const webhook = z
  .object({
    _id: z.string(),
    type: z.string(),
    token: z.string().optional(),
    name: text,
    channel: z.union([z.array(z.string()), z.string().transform((channel) => [channel])]),
    username: text,
    enabled: flag,
    scriptEnabled: flag,
    overrideDestinationChannelEnabled: flag,
    script: text,
    scriptCompiled: text,
    scriptError,
    _createdAt: z.union([z.string(), z.object({ $date: z.number() })]).optional(),
  })
  .transform((seen) => ({
    type: seen.type,
    createdAt: typeof seen._createdAt === 'object' ? seen._createdAt.$date : Date.parse(seen._createdAt ?? '') || 0,
    id: seen._id,
    webhook: {
      id: seen._id,
      token: new Secret(seen.token ?? ''),
      name: seen.name,
      channels: seen.channel,
      poster: seen.username,
      enabled: seen.enabled,
      scriptEnabled: seen.scriptEnabled,
      overrideRoom: seen.overrideDestinationChannelEnabled,
      script: seen.script,
      scriptCompiled: seen.scriptCompiled !== '',
      scriptError: seen.scriptError,
    } satisfies Webhook,
  }));
const outgoing = z
  .object({ _id: z.string(), type: z.literal('webhook-outgoing') })
  .transform(({ _id }) => ({ id: _id }));
export const integrationsPage = z.object({ integrations: z.array(z.union([outgoing, webhook])), total: z.number() });
export const integrationAnswer = z.object({ integration: webhook });

const attachment = z
  .object({
    author_name: text,
    title: text,
    title_link: text,
    text,
    fields: z
      .array(z.object({ title: text, value: z.unknown() }))
      .nullish()
      .catch(undefined),
  })
  .transform(
    ({ author_name, title, title_link, text, fields }): MessageAttachment => ({
      ...(author_name === '' ? {} : { author: author_name }),
      ...(title === '' ? {} : { title }),
      ...(title_link === '' ? {} : { link: title_link }),
      ...(text === '' ? {} : { text }),
      fields: (fields ?? []).map((field) => ({ title: field.title, value: String(field.value ?? '') })),
    }),
  );
const attachments = z.array(attachment).nullish().catch(undefined);
const linesOf = ({ title, link, text, fields }: MessageAttachment): string[] => [
  title ?? '',
  link ?? '',
  text ?? '',
  ...fields.map((field) => `${field.title} ${field.value}`.trim()),
];
const message = z
  .object({
    _id: z.string(),
    rid: z.string(),
    msg: text,
    alias: text,
    attachments,
    bot: z.object({ i: z.string() }).nullish().catch(undefined),
  })
  .transform(({ _id, rid, msg, alias, attachments, bot }): ChatMessage => {
    const shown = attachments ?? [];
    const isPlain = alias === '' && shown.length === 0 && !bot;
    return {
      id: _id,
      roomId: rid,
      text: [msg, ...shown.flatMap(linesOf)].filter((line) => line !== '').join('\n'),
      ...(isPlain
        ? {}
        : {
            parts: {
              ...(alias === '' ? {} : { alias }),
              text: msg,
              attachments: shown,
              ...(bot ? { webhookId: bot.i } : {}),
            },
          }),
    };
  });
export const messageAnswer = z.object({ message });
export const messagesPage = z.object({ messages: z.array(message) });
