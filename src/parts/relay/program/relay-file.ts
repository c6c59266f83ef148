/** The relay's settings as they stand in its file: written by the relay's part, or by you when you run a relay alone. */
import { z } from 'zod';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import type { Wording } from '../../../notifier/core/wording/overlay.ts';
import { readJson } from '../../../values/shape.ts';

const roomSettings = {
  events: z.exactOptional(z.array(z.string())),
  branches: z.exactOptional(z.array(z.string())),
  loud: z.exactOptional(z.enum(['all', 'failures'])),
  intermediate: z.exactOptional(z.boolean()),
};
const locale = z.enum(['en', 'fr']);

const notifier = z.strictObject({
  ...roomSettings,
  locale: locale.default('en'),
  /** Hosts that messages may link to, `*.name` for those below one. Default: any. */
  links: z.exactOptional(z.array(z.string().toLowerCase())),
  people: z.exactOptional(z.record(z.string(), z.string())),
  /** Texts in place of ours, by language. */
  wording: z.exactOptional(
    z.partialRecord(
      locale,
      z.custom<Wording>((value) => typeof value === 'object' && value !== null),
    ),
  ),
});

const hook = z.strictObject({
  room: z.string(),
  source: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.enum(['project', 'group']), path: z.string() }),
    z.strictObject({ kind: z.literal('instance') }),
  ]),
});

const common = {
  /** Address of the chat, no trailing slash. */
  url: z
    .string()
    .regex(/^https?:\/\/[^\s/?#]+[^\s?#]*[^\s?#/]$/, { error: 'must be a web address without a trailing slash' }),
  /** Room of `?channel=` → channel of the chat. */
  channels: z.record(z.string(), z.string()),
  notifier: notifier.default({ locale: 'en' }),
  rooms: z.record(z.string(), z.strictObject({ ...roomSettings, locale: z.exactOptional(locale) })).default({}),
  /** What a room wants to hear of one project or group and what lies below it. */
  filters: z
    .array(
      z.strictObject({
        room: z.string(),
        project: z.exactOptional(z.string()),
        group: z.exactOptional(z.string()),
        ...roomSettings,
        locale: z.exactOptional(locale),
      }),
    )
    .default([]),
  /** Which send to it, each with a token of its own. Absent: all send the secret itself. */
  hooks: z.exactOptional(z.array(hook)),
  /** Whether a pipeline is one message that changes with it; never through an incoming webhook. */
  oneMessage: z.boolean().default(true),
};

const relayFile = z.discriminatedUnion('to', [
  z.strictObject({
    to: z.literal('mattermost'),
    /**
     * `bot`: its token is in CHATOPS_RELAY_TOKEN; `webhook`: what follows /hooks/ in its address is; `account`: its
     * password is in CHATOPS_RELAY_PASSWORD.
     */
    as: z.enum(['bot', 'webhook', 'account']).default('bot'),
    /** Name of the team the channels are in; a bot and an account need it. */
    team: z.string().optional(),
    /** Of the account. */
    username: z.string().optional(),
    ...common,
  }),
  z.strictObject({
    to: z.literal('rocketchat'),
    /** Whose password is in ROCKETCHAT_PASSWORD. */
    username: z.string(),
    ...common,
  }),
]);

export type RelayFile = z.output<typeof relayFile>;

const invalid = (where: string, why: string): ChatopsError =>
  new ChatopsError('CONFIG_INVALID', { what: `${where} is no settings of a relay`, why });

/** @throws ChatopsError CONFIG_INVALID */
export const parseRelayFile = (text: string, where: string): RelayFile => {
  const written = readJson(text);
  if (written === undefined) throw invalid(where, 'it is not JSON');
  const parsed = relayFile.safeParse(written);
  if (!parsed.success) {
    throw invalid(where, parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
  }
  const file = parsed.data;
  if (file.to === 'mattermost' && file.as !== 'webhook' && !file.team) {
    throw invalid(where, `team: ${file.as === 'bot' ? 'a bot' : 'an account'} needs its name`);
  }
  if (file.to === 'mattermost' && file.as === 'account' && !file.username) {
    throw invalid(where, 'username: an account needs its name');
  }
  if (Object.keys(file.channels).length === 0) throw invalid(where, 'channels: there is none');
  return file;
};
