/** Whatever is sent or written into a script, the server answers, and goes on answering. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cases } from '../../helpers/cases.ts';
import { type RunningChat, startRocketChat } from './start-rocketchat.ts';

const HOOK = { type: 'webhook-incoming', name: 'x', enabled: true, username: 'rocket.cat', channel: '#general' };

/** Pieces that scripts are made of, put together without sense. */
const scriptText = fc
  .array(
    fc.constantFrom(
      'class Script {',
      'process_incoming_request({ request }) {',
      'return { content: { text: request.content_raw } };',
      'return request;',
      'return () => 1;',
      'throw { toString() { throw 1; } };',
      'throw undefined;',
      'Store.set(request, request);',
      'const a = {}; a.a = a; return a;',
      'return { content: { text: 10n } };',
      'return { error: {} };',
      'return { content: { channel: 7 } };',
      'return { get content() { throw 1; } };',
      'return { content: {}, toJSON() { return this; } };',
      'Promise = null;',
      'Object.prototype.content = {};',
      'delete globalThis.JSON;',
      'async',
      '}',
      '}',
      '`',
      '${',
      '\u2028',
      '\0',
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join('\n'));

/** One method of a class that does load, with a hostile body. */
const method = scriptText.map((text) => `class Script { async process_incoming_request({ request }) { ${text} } }`);

describe('hostile input to the Rocket.Chat stand-in', () => {
  let chat: RunningChat;
  beforeAll(async () => {
    chat = await startRocketChat({ scriptCallLimitMs: 1_000 });
  });
  afterAll(() => chat.stop());

  const alive = async () => expect((await chat.get('me')).status).toBe(200);

  it('any script is saved with its verdict, and its hook answers in JSON', async () => {
    const { integration } = (await chat.post('integrations.create', { ...HOOK, scriptEnabled: false })).body;
    await fc.assert(
      fc.asyncProperty(fc.oneof(scriptText, method, fc.string({ unit: 'binary' })), fc.json(), async (script, body) => {
        const change = { ...HOOK, integrationId: integration._id, scriptEnabled: true, script };
        const saved = await chat.send('PUT', '/api/v1/integrations.update', change, chat.admin);
        expect(saved.status).toBe(200);
        const answer = await chat.send('POST', `/hooks/${integration._id}/${integration.token}`, body, null);
        expect([200, 400]).toContain(answer.status);
        expect(typeof answer.body.success).toBe('boolean');
      }),
      { numRuns: cases(25) },
    );
    await alive();
  });

  it('any body of any type to a hook without a script is answered with 200 or 400', async () => {
    const { integration } = (await chat.post('integrations.create', { ...HOOK, scriptEnabled: false })).body;
    const path = `/hooks/${integration._id}/${integration.token}`;
    const type = fc.constantFrom('application/json', 'application/x-www-form-urlencoded', 'text/plain', '', 'a/b; c=d');
    const body = fc.oneof(
      fc.json(),
      fc.string({ unit: 'binary' }),
      fc.webQueryParameters(),
      fc.record({ text: fc.anything(), attachments: fc.anything(), alias: fc.anything() }).map((value) => {
        try {
          return JSON.stringify(value);
        } catch {
          return '{';
        }
      }),
    );
    await fc.assert(
      fc.asyncProperty(type, body, async (contentType, sent) => {
        const answer = await chat.send('POST', path, sent, null, { 'Content-Type': contentType });
        expect([200, 400]).toContain(answer.status);
      }),
      { numRuns: cases(80) },
    );
    await alive();
  });

  it('any text posted is read back as it was, trimmed', async () => {
    await chat.post('channels.create', { name: 'echo' });
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), async (text) => {
        const posted = await chat.post('chat.postMessage', { channel: '#echo', text });
        expect(posted.body.message.msg).toBe(text.trim());
        const { messages } = (await chat.get('channels.messages?roomName=echo&count=1')).body;
        expect(messages[0].msg).toBe(text.trim());
      }),
      { numRuns: cases(50) },
    );
  });

  it('any body to any call is answered, never with 5xx', async () => {
    const calls = ['users.create', 'channels.create', 'groups.invite', 'chat.postMessage', 'chat.sendMessage']
      .concat(['integrations.create', 'permissions.update', 'roles.addUserToRole', 'settings/Site_Name', 'im.create'])
      .concat(['login', 'users.update', 'subscriptions.read', 'chat.react', 'channels.setTopic']);
    const keys = [
      'name',
      'username',
      'roomId',
      'roomName',
      'channel',
      'text',
      'message',
      'permissions',
      'user',
      'data',
    ];
    const body = fc.dictionary(fc.constantFrom(...keys), fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...calls), fc.oneof(body, fc.jsonValue()), async (call, sent) => {
        const answer = await chat.post(call, JSON.stringify(sent));
        expect(answer.status, `${call} ${JSON.stringify(sent)} ${answer.text}`).toBeLessThan(500);
      }),
      { numRuns: cases(150) },
    );
    await alive();
  });
});
