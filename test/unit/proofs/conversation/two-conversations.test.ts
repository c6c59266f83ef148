import { describe, expect, it } from 'vitest';
import { runJob } from '../../../../src/engine/run-job.ts';
import { createConversationJob } from '../../../../src/proofs/conversation/conversation.ts';
import { createConversationProbe } from '../../../../src/proofs/conversation/probe.ts';
import { BOT, chatPorts } from '../../../builders/rocketchat.ts';
import { createFakeServer } from '../../../fakes/rocketchat-server.ts';

const signal = new AbortController().signal;
const publicUrl = 'http://chat.test:8080';
const spec = (proof: string, room: string) => ({ job: 'conversation', proof, publicUrl, account: BOT, room }) as const;

const twoRooms = () => {
  const server = createFakeServer();
  server.addUser({ username: 'hubot', password: 'Bot-pass-1234', roles: ['user', 'bot'] });
  for (const name of ['ops', 'ci']) server.addRoom({ id: `${name}-id`, name, members: ['hubot'] });
  const ports = chatPorts(server.port);
  const run = (proof: string, room: string) =>
    runJob(createConversationJob(spec(proof, room), ports), { clock: ports.clock, signal, withinMs: 60_000 });
  return { server, ports, run };
};

describe('two conversations of one stack', () => {
  it('each keep a proof of their own', async () => {
    const { server, ports, run } = twoRooms();
    await run('conversation', 'ops');
    await run('conversation-ci', 'ci');
    expect([
      (await ports.proofs.read('conversation'))?.roomId,
      (await ports.proofs.read('conversation-ci'))?.roomId,
    ]).toEqual(['ops-id', 'ci-id']);
    await run('conversation', 'ops');
    expect(server.messages).toHaveLength(2);
  });

  it('are asked for by the name that keeps the proof', async () => {
    const { ports, run } = twoRooms();
    await run('conversation-ci', 'ci');
    const probe = (proof?: string) =>
      createConversationProbe(
        { what: 'conversation', publicUrl, account: BOT, room: 'ci', ...(proof === undefined ? {} : { proof }) },
        ports,
      ).ask(signal);
    expect((await probe('conversation-ci')).kind).toBe('ready');
    expect((await probe()).kind).toBe('not-ready');
  });
});
