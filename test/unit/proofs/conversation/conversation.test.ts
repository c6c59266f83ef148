import { describe, expect, it } from 'vitest';
import type { Ports } from '../../../../src/contracts/ports.ts';
import { runJob } from '../../../../src/engine/run-job.ts';
import { createConversationJob } from '../../../../src/proofs/conversation/conversation.ts';
import { BOT, chatPorts, readOnly } from '../../../builders/rocketchat.ts';
import { createFakeServer, type FakeServer } from '../../../fakes/rocketchat-server.ts';

const SPEC = {
  job: 'conversation',
  proof: 'conversation',
  publicUrl: 'http://chat.test:8080',
  account: BOT,
  room: 'ops',
} as const;
const signal = new AbortController().signal;

const aChat = (): FakeServer => {
  const server = createFakeServer();
  server.addUser({ username: 'hubot', password: 'Bot-pass-1234', roles: ['user', 'bot'] });
  server.addRoom({ id: 'ops-id', name: 'ops', members: ['hubot'] });
  return server;
};
const neverTaking = (): FakeServer => {
  const server = aChat();
  server.fail = (moment) => {
    if (moment === 'before') throw readOnly();
  };
  return server;
};
const run = (ports: Ports) =>
  runJob(createConversationJob(SPEC, ports), { clock: ports.clock, signal, withinMs: 60_000 });

describe('the conversation', () => {
  it('is one message with a random word, read back and remembered with its time', async () => {
    const server = aChat();
    const ports = chatPorts(server.port);
    const { changes } = await run(ports);
    expect(changes).toMatchObject([{ action: 'create', resource: 'message', name: 'random word in ops' }]);
    expect(await ports.proofs.read('conversation')).toEqual({
      messageId: server.messages[0]?.id,
      roomId: 'ops-id',
      text: 'Can you hear me? The word is word1.',
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      roundTripMs: expect.any(Number),
    });
  });

  it('is not repeated when the message can still be read', async () => {
    const server = aChat();
    const ports = chatPorts(server.port);
    await run(ports);
    await run(ports);
    expect(server.messages).toHaveLength(1);
  });

  it('is held again when the message is gone, and when the room is another', async () => {
    const server = aChat();
    const ports = chatPorts(server.port);
    await run(ports);
    server.messages.length = 0;
    await run(ports);
    expect(server.messages).toHaveLength(1);
    server.addRoom({ name: 'other', members: ['hubot'] });
    const elsewhere = createConversationJob({ ...SPEC, room: 'other' }, ports);
    expect(elsewhere.decide(await elsewhere.observe(signal)).changes).toHaveLength(1);
  });

  it('says nothing twice when it was killed before the answer came', async () => {
    const server = aChat();
    const ports = chatPorts(server.port);
    server.fail = (moment) => {
      if (moment === 'after') throw new Error('killed');
    };
    await expect(run(ports)).rejects.toThrow('killed');
    server.fail = () => undefined;
    await run(ports);
    expect(server.messages).toHaveLength(1);
    expect(await ports.proofs.read('conversation')).toMatchObject({ messageId: server.messages[0]?.id });
  });

  it('fails when the server takes the message and does not show it', async () => {
    const server = aChat();
    const ports = chatPorts(server.port);
    server.fail = (moment) => {
      if (moment === 'after') server.messages.length = 0;
    };
    await expect(run(ports)).rejects.toMatchObject({ code: 'JOB_FAILED' });
  });

  it('is held as soon as a server that has just started takes messages, and says what it waits for', async () => {
    const server = aChat();
    const ports = chatPorts(server.port);
    const waitedFor: string[] = [];
    server.fail = (moment) => {
      if (moment === 'before' && ports.clock.now() < 60_000) throw readOnly();
    };
    await runJob(createConversationJob(SPEC, ports), {
      ...{ clock: ports.clock, signal, withinMs: 150_000 },
      onWaiting: (forWhat) => waitedFor.push(forWhat),
    });
    expect(server.messages).toHaveLength(1);
    expect(waitedFor).toEqual([readOnly().message]);
    expect(await ports.proofs.read('conversation')).toMatchObject({ roundTripMs: 0 });
  });

  it('fails for what it is when the server takes no messages 90 s later either', async () => {
    const ports = chatPorts(neverTaking().port);
    const failed = runJob(createConversationJob(SPEC, ports), { clock: ports.clock, signal, withinMs: 150_000 });
    await expect(failed).rejects.toMatchObject({ code: 'CHAT_READ_ONLY' });
    expect(ports.clock.now()).toBeGreaterThanOrEqual(90_000);
    expect(ports.clock.now()).toBeLessThan(95_000);
  });

  it('names that cause, and not the time, when the time that it was given is over before', async () => {
    const ports = chatPorts(neverTaking().port);
    const failed = runJob(createConversationJob(SPEC, ports), { clock: ports.clock, signal, withinMs: 5_000 });
    await expect(failed).rejects.toMatchObject({ code: 'CHAT_READ_ONLY' });
    expect(ports.clock.now()).toBeLessThan(10_000);
  });

  it('is a conflict with a remedy when the bot does not see the room', async () => {
    const server = aChat();
    server.rooms.length = 0;
    await expect(run(chatPorts(server.port))).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(server.writes).toEqual([]);
  });

  it('is not held at a front door that does not pass the WebSocket', async () => {
    const server = aChat();
    const ports = chatPorts(server.port);
    const deaf = { ...ports, http: { ...ports.http, upgrade: async () => 400 } };
    await expect(run(deaf)).rejects.toMatchObject({ code: 'UNEXPECTED_ANSWER', why: 'HTTP 400 instead of 101' });
    expect(server.messages).toEqual([]);
  });

  it('is shown in the plan of a stack that is not there yet', () => {
    const job = createConversationJob(SPEC, chatPorts(createFakeServer().port));
    expect(job.decide(job.blank()).changes).toHaveLength(1);
  });
});
