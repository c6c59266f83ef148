import { describe, expect, it } from 'vitest';
import { createRocketChatSink } from '../../../../src/parts/rocketchat/relay-sink.ts';
import { Secret } from '../../../../src/values/secret.ts';
import { readOnly } from '../../../builders/rocketchat.ts';
import { createFakeServer } from '../../../fakes/rocketchat-server.ts';
import { createVirtualClock } from '../../../fakes/virtual-clock.ts';

const signal = new AbortController().signal;
const KEY = 'abcdefghij1234567';

const aSink = () => {
  const server = createFakeServer();
  server.addUser({ username: 'hubot', password: 'Bot-pass-1234', roles: ['user', 'bot'] });
  server.addRoom({ name: 'builds', members: ['hubot'] });
  const clock = createVirtualClock();
  const state = { takes: false };
  server.fail = (moment) => {
    if (moment === 'before' && !state.takes) throw readOnly();
  };
  const credentials = { username: 'hubot', password: new Secret('Bot-pass-1234'), passwordName: 'BOT' };
  const sink = createRocketChatSink({ rocketchat: server.port, base: 'http://chat.test', credentials, clock });
  return { sink, clock, state, post: () => sink.post('builds', KEY, { text: 'built' }, signal) };
};

describe('a relay whose Rocket.Chat takes no messages', () => {
  it('keeps what it was to post for later', async () => {
    const { post, state } = aSink();
    expect(await post()).toEqual({ kind: 'later', why: readOnly().message });
    state.takes = true;
    expect(await post()).toEqual({ kind: 'done', id: KEY });
  });

  it('keeps what it was to change for later: the message is not gone', async () => {
    const { sink } = aSink();
    const changed = await sink.update('builds', 'm1', KEY, { text: 'built' }, signal);
    expect(changed).toEqual({ kind: 'later', why: readOnly().message });
  });

  it('has no trouble to report for 90 s, then that with its cure, until a message is taken', async () => {
    const { sink, post, clock, state } = aSink();
    await post();
    clock.advance(89_000);
    await post();
    expect(await sink.trouble(['builds'], signal)).toBeUndefined();
    clock.advance(1_000);
    expect(await sink.trouble(['builds'], signal)).toBe(`${readOnly().message}; let it out`);
    state.takes = true;
    await post();
    expect(await sink.trouble(['builds'], signal)).toBeUndefined();
  });
});
