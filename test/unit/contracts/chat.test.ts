/** One suite over every chat: what proofs, smoke and bots rely on, whichever it is. */
import { describe, expect, it } from 'vitest';
import { createHttp } from '../../../src/adapters/http.ts';
import type { ChatSession, Room } from '../../../src/contracts/chat.ts';
import { requireWebSocket } from '../../../src/contracts/require-web-socket.ts';
import { Secret } from '../../../src/values/secret.ts';
import { failure } from '../../builders/gitlab-jobs.ts';
import { atEnd } from '../../helpers/at-end.ts';
import { CHATS, type ChatWorld } from './chat-worlds.ts';

const signal = new AbortController().signal;

describe.each(CHATS)('%s as a chat', (_name, start) => {
  const started = async (): Promise<ChatWorld & { readonly session: ChatSession }> => {
    const world = await start();
    atEnd(() => world.stop());
    return { ...world, session: await world.chat.login(world.credentials, signal) };
  };

  const roomOf = async (session: ChatSession, name: string): Promise<Room> => {
    const room = await session.room(name, signal);
    if (!room) throw new Error(`no room ${name}`);
    return room;
  };

  it('lets an account in and says which it is', async () => {
    const { session, credentials } = await started();
    expect(session.me).toEqual({ id: expect.stringMatching(/./), name: credentials.username });
  });

  it('refuses another password, without showing it', async () => {
    const { chat, credentials } = await started();
    const wrong = { ...credentials, password: new Secret('wrong-password-1') };
    const error = await failure(chat.login(wrong, signal));
    expect(['LOGIN_REFUSED', 'TOKEN_INVALID']).toContain(error.code);
    expect(`${error.message} ${error.next}`).not.toContain('wrong-password-1');
  });

  it('finds a room by its name, and none where there is none', async () => {
    const { session, rooms } = await started();
    for (const name of rooms) expect((await roomOf(session, name)).name).toBe(name);
    expect(await session.room('nowhere', signal)).toBeUndefined();
  });

  it('says that an account may post in its own rooms, and in which other it may not', async () => {
    const { session, rooms, foreign } = await started();
    expect(await session.whyMayNotPost(rooms, signal)).toBeUndefined();
    expect(await session.whyMayNotPost([...rooms, foreign], signal)).toContain(foreign);
    expect(await session.whyMayNotPost(['nowhere'], signal)).toContain('nowhere');
  });

  it('shows what was posted, by its id, as it was posted', async () => {
    const { session, rooms } = await started();
    for (const name of rooms) {
      const room = await roomOf(session, name);
      const { id } = await session.post(room.id, `a *word* in ${name}`, signal);
      expect(await session.message(id, signal)).toMatchObject({ id, roomId: room.id, text: `a *word* in ${name}` });
    }
  });

  it('knows no message that was never posted', async () => {
    const { session } = await started();
    expect(await session.message('abcdefghijklmnopqrstuvwxyz', signal)).toBeUndefined();
  });

  it('shows the newest messages of each kind of room first, and no more than were asked for', async () => {
    const { session, rooms, say } = await started();
    for (const name of rooms) {
      for (const text of ['one', 'two', 'three']) await say(name, text);
      const latest = await session.latest(await roomOf(session, name), 2, signal);
      expect(latest.map(({ text }) => text)).toEqual(['three', 'two']);
    }
  });

  it('reads a room that another session of it has found', async () => {
    const { session, chat, credentials, rooms, say } = await started();
    for (const name of rooms) {
      await say(name, 'hello');
      const room = await roomOf(session, name);
      const again = await chat.login(credentials, signal);
      expect((await again.latest(room, 1, signal)).map(({ text }) => text)).toEqual(['hello']);
    }
  });

  it('takes back what the account has said, also twice', async () => {
    const { session, rooms } = await started();
    const room = await roomOf(session, rooms[0]);
    const message = await session.post(room.id, 'forget it', signal);
    await session.delete(message, signal);
    await session.delete(message, signal);
    expect(await session.message(message.id, signal)).toBeUndefined();
    expect(await session.latest(room, 10, signal)).not.toContainEqual(expect.objectContaining({ id: message.id }));
  });

  it('reports what others say while it listens, and that it has ended', async () => {
    const { session, rooms, say } = await started();
    const room = await roomOf(session, rooms[0]);
    let arrive: (text: string) => void = () => undefined;
    const arrived = new Promise<string>((resolve) => {
      arrive = resolve;
    });
    const listening = await session.listen(({ roomId, text, from }) => {
      if (roomId === room.id && from !== session.me.id) arrive(text);
    }, signal);
    await say(rooms[0], 'is anybody there');
    expect(await arrived).toBe('is anybody there');
    await listening.close();
    await expect(listening.ended).resolves.toBeUndefined();
  });

  it('opens a WebSocket at the path it names, and at no other', async () => {
    const { chat, url } = await started();
    await expect(requireWebSocket(createHttp(), `${url}${chat.webSocketPath}`, signal)).resolves.toBeUndefined();
    await expect(requireWebSocket(createHttp(), `${url}/elsewhere`, signal)).rejects.toMatchObject({
      code: expect.stringMatching(/^(?:UNEXPECTED_ANSWER|UNREACHABLE)$/),
    });
  });
});
