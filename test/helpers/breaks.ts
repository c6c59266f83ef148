/** Every hop of the loop, broken on purpose as a user would break it, one at a time, and fixed again. */
import type { Json, Servers } from './live.ts';

export interface Break {
  readonly what: string;
  /** Resolves to how it is fixed. */
  readonly make: () => Promise<() => Promise<unknown>>;
  /** Hop of the loop that is named. */
  readonly hop: string;
  /** What is said of it. */
  readonly says: RegExp;
  /** What `simulate` says of it; undefined where a delivery played at the chat does not meet it. */
  readonly simulated?: RegExp;
}

const ALLOW_LIST = 'outbound_local_requests_whitelist';

/** @param room where the stack announces */
export const breaksOf = ({ chat, gitlab }: Servers, room: string): readonly Break[] => {
  const changeWebhook = async (change: (webhook: Json) => Json): Promise<() => Promise<unknown>> => {
    const [webhook] = (await chat('GET', 'integrations.list')).integrations;
    const fields = {
      type: 'webhook-incoming',
      integrationId: webhook._id,
      name: webhook.name,
      enabled: webhook.enabled,
      username: webhook.username,
      channel: webhook.channel.join(','),
      scriptEnabled: webhook.scriptEnabled,
      script: webhook.script,
      skipTranspile: webhook.skipTranspile,
      overrideDestinationChannelEnabled: webhook.overrideDestinationChannelEnabled,
    };
    await chat('PUT', 'integrations.update', { ...fields, ...change(webhook) });
    return () => chat('PUT', 'integrations.update', fields);
  };

  return [
    {
      what: 'hook disabled',
      make: () => changeWebhook(() => ({ enabled: false })),
      hop: 'webhook',
      says: /webhook ".*" is disabled/,
      simulated: /webhook ".*" is disabled/,
    },
    {
      what: 'secret wrong',
      make: () =>
        changeWebhook(({ script }) => ({
          script: script.replace(/^ "hooks": .*$/m, ' "hooks": [],'),
        })),
      hop: 'webhook',
      says: /the secret is wrong/,
      simulated: /the secret is wrong/,
    },
    {
      what: 'entry of the outbound allow-list missing',
      make: async () => {
        const { [ALLOW_LIST]: before } = await gitlab('GET', '/application/settings');
        await gitlab('PUT', '/application/settings', { [ALLOW_LIST]: [] });
        return () => gitlab('PUT', '/application/settings', { [ALLOW_LIST]: before });
      },
      hop: 'hook',
      says: /outbound|allow/i,
    },
    {
      what: 'runner paused',
      make: async () => {
        const [{ id }] = await gitlab('GET', '/runners/all');
        await gitlab('PUT', `/runners/${id}`, { paused: true });
        return () => gitlab('PUT', `/runners/${id}`, { paused: false });
      },
      hop: 'runner',
      says: /runner \d+ .* is paused/,
    },
    {
      what: 'room archived',
      make: async () => {
        const found = await chat('GET', `rooms.info?roomName=${room}`);
        const body = { roomId: found.room._id };
        await chat('POST', 'channels.archive', body);
        return () => chat('POST', 'channels.unarchive', body);
      },
      hop: 'webhook',
      says: new RegExp(`room ${room} is archived`),
      simulated: new RegExp(`room ${room} is archived`),
    },
    {
      what: 'script that does not compile',
      make: () => changeWebhook(() => ({ script: 'class {' })),
      hop: 'hook',
      says: /its script is broken/,
      simulated: /its script is broken/,
    },
    {
      what: 'script that fails',
      make: () =>
        changeWebhook(() => ({ script: 'class Script { process_incoming_request() { throw new Error("no"); } }' })),
      hop: 'webhook',
      says: /the script of webhook ".*" is broken/,
      simulated: /the script of webhook ".*" is broken/,
    },
  ];
};
