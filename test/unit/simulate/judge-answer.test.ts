import { describe, expect, it } from 'vitest';
import { ChatopsError } from '../../../src/errors/chatops-error.ts';
import { explainRefusal as relayExplains } from '../../../src/parts/relay/explain-refusal.ts';
import { tooLarge, wrongSecret } from '../../../src/parts/relay/program/delivery.ts';
import { explainRefusal as chatExplains } from '../../../src/parts/rocketchat/explain-refusal.ts';
import { type Addressed, requireTaken } from '../../../src/simulate/judge-answer.ts';

const receiverUrl = 'http://chat.test';
const answer = (status: number, body: unknown) => ({
  status,
  headers: {},
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const refusalOf = (status: number, body: unknown, to: Addressed): ChatopsError => {
  try {
    requireTaken(answer(status, body), to);
  } catch (thrown) {
    if (thrown instanceof ChatopsError) return thrown;
    throw thrown;
  }
  throw new Error('it was not refused');
};

const webhook: Addressed = {
  room: 'ci',
  receiverUrl,
  receiver: { explain: (response, room) => chatExplains(response, { room, webhook: 'w', secretName: 'HOOK' }) },
};
const relay: Addressed = { room: 'ci', receiverUrl, receiver: { explain: relayExplains } };

describe('an answer to a delivery', () => {
  it.each([200, 202])('is a yes only with success, as %i', (status) => {
    expect(() => requireTaken(answer(status, { success: true }), webhook)).not.toThrow();
    expect(refusalOf(status, '<html>', webhook).code).toBe('DELIVERY_REFUSED');
  });

  it.each([
    [302, '', 'DELIVERY_REFUSED', /elsewhere/],
    [413, '<html>', 'DELIVERY_REFUSED', /front door finds the payload too large/],
    [502, '<html>', 'UNREACHABLE', /front door .* does not reach what stands behind it/],
  ])('of the front door says so: HTTP %i', (status, body, code, why) => {
    for (const to of [webhook, relay]) {
      const error = refusalOf(status, body, to);
      expect(error.code).toBe(code);
      expect(error.why).toMatch(why);
    }
  });
});

describe("the webhook's refusal", () => {
  it.each([
    [503, { success: false, error: 'Service Unavailable' }, 'DELIVERY_REFUSED', /webhook "w" is disabled/],
    [503, '<html>nginx</html>', 'DELIVERY_REFUSED', /nginx/],
    [500, 'Internal Server Error', 'DELIVERY_REFUSED', /does not know the address/],
    [404, { error: 'Invalid integration id or token provided.' }, 'DELIVERY_REFUSED', /does not know the address/],
    [429, { success: false }, 'RATE_LIMITED', /how often/],
    [400, { error: 'error-evaluating-script' }, 'DELIVERY_REFUSED', /script of webhook "w" is broken/],
    [400, { error: 'error-not-allowed' }, 'DELIVERY_REFUSED', /not in the private room ci/],
    [400, { error: 'invalid-channel' }, 'DELIVERY_REFUSED', /there is no room ci/],
    [400, { error: 'something new' }, 'DELIVERY_REFUSED', /something new/],
    [400, { error: { nested: true } }, 'DELIVERY_REFUSED', /nested/],
  ])('HTTP %i %j says why', (status, body, code, why) => {
    const error = refusalOf(status, body, webhook);
    expect(error.code).toBe(code);
    expect(error.why).toMatch(why);
    expect(error.next).not.toBe('');
  });
});

describe("the relay's refusal", () => {
  it.each([
    [wrongSecret, /same secret/],
    [tooLarge, /log of|relay's log/],
    [{ status: 404, error: 'wrong-channel', why: 'no such room' }, /name another one with --room/],
    [{ status: 503, error: 'full', why: 'too many wait' }, /chatops-up status/],
  ])('%j says what it says itself, and what to do', ({ status, error, why }, next) => {
    expect(refusalOf(status, { success: false, error, why }, relay)).toMatchObject({
      code: 'DELIVERY_REFUSED',
      why,
      next: expect.stringMatching(next),
    });
  });
});
