/** How each case of `facts/webhook.json` is brought about on the stand-in. Key: when; versions in the test. */
import type { Answer, RunningChat } from '../../standins/rocketchat/start-rocketchat.ts';

export interface Outcome {
  readonly answer: Answer;
  /** Messages in the room that were not there before. */
  readonly posted: number;
}

const script = (body: string): string => `class Script { process_incoming_request({ request }) { ${body} } }`;

let counter = 0;

interface Hook {
  readonly id: string;
  readonly path: string;
  readonly room: string;
}

/** A webhook of its own in a room of its own. */
const aHook = async (chat: RunningChat, more: object = {}): Promise<Hook> => {
  counter += 1;
  const name = `hooked-${counter}`;
  const room = (await chat.post('groups.create', { name, members: ['rocket.cat'] })).body.group._id;
  const { body } = await chat.post('integrations.create', {
    type: 'webhook-incoming',
    name,
    enabled: true,
    username: 'rocket.cat',
    channel: `#${name}`,
    scriptEnabled: false,
    ...more,
  });
  if (!body.success) throw new Error(JSON.stringify(body));
  return { id: body.integration._id, path: `/hooks/${body.integration._id}/${body.integration.token}`, room };
};

const scripted = (chat: RunningChat, body: string, more: object = {}) =>
  aHook(chat, { scriptEnabled: true, script: script(body), ...more });

const count = async (chat: RunningChat, hook: Hook): Promise<number> =>
  (await chat.get(`groups.messages?roomId=${hook.room}&count=0`)).body.messages.filter(
    (message: { t?: string }) => message.t === undefined,
  ).length;

const during = async (chat: RunningChat, hook: Hook, act: () => Promise<Answer>): Promise<Outcome> => {
  const before = await count(chat, hook);
  const answer = await act();
  return { answer, posted: (await count(chat, hook)) - before };
};

const deliver = (chat: RunningChat, hook: Hook, body: unknown = { text: 'hi' }, headers: Record<string, string> = {}) =>
  during(chat, hook, () => chat.send('POST', hook.path, body, null, headers));

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };

type Situation = (chat: RunningChat) => Promise<Outcome>;

export const WEBHOOK_SITUATIONS: Readonly<Record<string, Situation>> = {
  'id or token wrong': async (chat) => {
    const hook = await aHook(chat);
    const unknown = await chat.send('POST', '/hooks/none/none', {}, null);
    const wrong = await deliver(chat, { ...hook, path: `/hooks/${hook.id}/wrong` });
    return wrong.answer.status === unknown.status ? wrong : { answer: unknown, posted: 0 };
  },
  'integration disabled': async (chat) => deliver(chat, await aHook(chat, { enabled: false })),
  'poster lacks message-impersonate': async (chat) => {
    const name = `former-bot-${++counter}`;
    await chat.user(name, ['user', 'bot']);
    const hook = await aHook(chat, { username: name });
    await chat.post('roles.removeUserFromRole', { username: name, roleId: 'bot' });
    return deliver(chat, hook);
  },
  'no script, content type neither JSON nor form': async (chat) =>
    deliver(chat, await aHook(chat), '{"text":"hi"}', { 'Content-Type': 'text/plain' }),
  'no script, JSON does not parse': async (chat) => deliver(chat, await aHook(chat), '{"text":'),
  'form payload holds a JSON array or primitive': async (chat) => {
    const hook = await aHook(chat);
    const primitive = await deliver(chat, hook, 'payload=7', FORM);
    return primitive.answer.status === 400 ? deliver(chat, hook, 'payload=%5B1%5D', FORM) : primitive;
  },
  'script returns nothing': async (chat) => deliver(chat, await scripted(chat, 'return;')),
  'script returns {error: object}': async (chat) =>
    deliver(chat, await scripted(chat, "return { error: { why: 'because', code: 7 } };")),
  'script returns {error: string}': async (chat) => deliver(chat, await scripted(chat, "return { error: 'so' };")),
  'GET on the hook, scriptEnabled false': async (chat) => {
    const hook = await aHook(chat);
    return during(chat, hook, () => chat.get(hook.path, null));
  },
  'GET on the hook, scriptEnabled true': async (chat) => {
    const hook = await scripted(chat, 'return;');
    return during(chat, hook, () => chat.get(hook.path, null));
  },
  'script result has no content object': async (chat) =>
    deliver(chat, await scripted(chat, "return { content: 'text' };")),
  'script throws': async (chat) => deliver(chat, await scripted(chat, "throw new Error('no');")),
  'script cannot be loaded': async (chat) =>
    deliver(chat, await aHook(chat, { scriptEnabled: true, script: "throw new Error('at load');" })),
  'script did not compile when saved (scriptError set, scriptCompiled absent)': async (chat) =>
    deliver(chat, await aHook(chat, { scriptEnabled: true, script: 'class Script {' }), { object_kind: 'push' }),
  'content names channel or roomId, override off': async (chat) =>
    deliver(chat, await scripted(chat, "return { content: { text: 'x', channel: '#general' } };")),
  'poster not in the private room': async (chat) => {
    const hook = await scripted(chat, "return { content: { text: 'x', channel: request.content.to } };", {
      overrideDestinationChannelEnabled: true,
    });
    const name = `closed-${++counter}`;
    await chat.post('groups.create', { name });
    return deliver(chat, hook, { to: `#${name}` });
  },
  'target unknown': async (chat) =>
    deliver(
      chat,
      await scripted(chat, "return { content: { text: 'x', channel: '#nowhere' } };", {
        overrideDestinationChannelEnabled: true,
      }),
    ),
  posted: async (chat) => deliver(chat, await scripted(chat, "return { content: { text: 'posted' } };")),
  'posted with separateResponse': async (chat) =>
    deliver(chat, await scripted(chat, "return { content: { text: 'x', separateResponse: true } };")),
};

export const probe = async (chat: RunningChat): Promise<Outcome> => {
  const hook = await scripted(chat, 'return;');
  const [, , id, token] = hook.path.split('/');
  return during(chat, hook, () => chat.get(`/hooks/info/${id}/anything/${token}`, null));
};

export const shortProbe = async (chat: RunningChat): Promise<Outcome> => {
  const hook = await aHook(chat);
  return during(chat, hook, () => chat.get(hook.path.replace('/hooks/', '/hooks/info/'), null));
};

/** What a script sees: the keys of its request, and which of the names are defined. */
export const sandboxView = async (chat: RunningChat, names: readonly string[]) => {
  const hook = await scripted(
    chat,
    `return { content: { text: 'x' }, response: {
      keys: Object.keys(request),
      defined: ${JSON.stringify(names)}.filter((name) => typeof globalThis[name] !== 'undefined'),
    } };`,
  );
  const { answer } = await deliver(chat, hook);
  return answer.body as { readonly keys: string[]; readonly defined: string[] };
};

/** Posts one content through a script and gives the message back. */
export const postedMessage = async (chat: RunningChat, content: object) => {
  const hook = await scripted(chat, `return { content: ${JSON.stringify(content)} };`, {
    overrideDestinationChannelEnabled: true,
  });
  await deliver(chat, hook);
  return (await chat.get(`groups.messages?roomId=${hook.room}&count=1`)).body.messages[0];
};
