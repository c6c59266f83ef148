import { describe, expect, it } from 'vitest';
import { answerTo } from '../../../../src/parts/bot/program/answer.ts';

const NAMES = ['Hubot', 'hubot-1'];

describe('what the bot says', () => {
  it.each(['ping', 'Ping!', 'hubot ping', '@hubot: PING', 'hubot-1, ping'])('answers %j with pong', (text) => {
    expect(answerTo(text, NAMES)).toBe('pong');
  });

  it('says what it knows, asked for help or for something it does not know', () => {
    expect(answerTo('@hubot help', NAMES)).toMatch(/^ping: /);
    expect(answerTo('hubot make coffee', NAMES)).toBe('I know: ping, help');
  });

  it.each(['', 'pinging alice', 'please help me', 'alice: ping', 'shipping ping'])('stays silent at %j', (text) => {
    expect(answerTo(text, NAMES)).toBeUndefined();
  });
});
