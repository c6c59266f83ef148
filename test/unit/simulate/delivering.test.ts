import { describe, expect, it } from 'vitest';
import { ChatopsError } from '../../../src/errors/chatops-error.ts';
import { readCaptured } from '../../../src/simulate/captured.ts';
import { buildRequest, USER_AGENT } from '../../../src/simulate/delivery.ts';
import { requireTaken } from '../../../src/simulate/judge-answer.ts';
import { plainText, showMessage } from '../../../src/simulate/show-message.ts';
import { Secret } from '../../../src/values/secret.ts';

const counting = (): (() => string) => {
  let count = 0;
  return () => {
    count += 1;
    return `u${count}`;
  };
};
const GITLAB = 'https://git.example.org';
const refusalOf = (work: () => unknown): ChatopsError => {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof ChatopsError) return thrown;
    throw thrown;
  }
  throw new Error('it was not refused');
};

describe('a delivery', () => {
  const delivery = {
    name: 'push',
    header: 'Push Hook',
    payload: { object_kind: 'push', text: 'a&b=ü' },
    instance: GITLAB,
    userAgent: USER_AGENT,
  };
  const send = { secret: new Secret('s3cret'), encoding: 'json', uuid: counting() } as const;

  it('carries the headers that GitLab sends, each UUID its own', () => {
    const { headers } = buildRequest(delivery, send);
    expect(headers).toEqual({
      'Content-Type': 'application/json',
      'User-Agent': 'GitLab/19.3.0',
      'Idempotency-Key': 'u1',
      'X-Gitlab-Event': 'Push Hook',
      'X-Gitlab-Webhook-UUID': 'u2',
      'X-Gitlab-Instance': GITLAB,
      'X-Gitlab-Event-UUID': 'u3',
      'X-Gitlab-Token': 's3cret',
    });
  });

  it('is one form field with the whole payload when old tutorials are followed', () => {
    const { headers, body } = buildRequest(delivery, { ...send, encoding: 'form' });
    expect(headers['Content-Type']).toBe('application/x-www-form-urlencoded');
    const form = new URLSearchParams(body);
    expect([...form.keys()]).toEqual(['payload']);
    expect(JSON.parse(form.get('payload') ?? '')).toEqual(delivery.payload);
  });
});

describe('a captured delivery', () => {
  it('may be the bare payload, whose header follows from its kind', () => {
    const payload = {
      object_kind: 'issue',
      object_attributes: { confidential: true },
      project: { web_url: `${GITLAB}/a/b` },
    };
    expect(readCaptured(JSON.stringify(payload), 'x.json', 'http://other')).toEqual({
      name: 'x.json',
      header: 'Confidential Issue Hook',
      payload,
      instance: GITLAB,
      userAgent: USER_AGENT,
    });
  });

  it("may be an entry of GitLab's log, whose headers count, but for the hidden token", () => {
    const entry = {
      request_headers: { 'x-gitlab-event': 'System Hook', 'User-Agent': 'GitLab/17.1', 'X-Gitlab-Token': '[REDACTED]' },
      request_data: { event_name: 'push' },
    };
    const read = readCaptured(JSON.stringify(entry), 'x.json', GITLAB);
    expect(read).toMatchObject({ header: 'System Hook', userAgent: 'GitLab/17.1', payload: { event_name: 'push' } });
    expect(JSON.stringify(read)).not.toContain('REDACTED');
  });

  it.each(['', '[]', '"x"', '{}', 'payload=%7B%7D'])('is refused when it is %j', (text) => {
    expect(refusalOf(() => readCaptured(text, 'x.json', GITLAB))).toMatchObject({ code: 'USAGE' });
  });
});

describe("the chat's answer", () => {
  const to = { room: 'ci', webhook: 'w', secretName: 'HOOK', publicUrl: 'http://chat.test' };
  const answer = (status: number, body: unknown) => ({
    status,
    headers: {},
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

  it('is a yes only as 200 with success', () => {
    expect(() => requireTaken(answer(200, { success: true }), to)).not.toThrow();
    expect(refusalOf(() => requireTaken(answer(200, '<html>'), to)).code).toBe('DELIVERY_REFUSED');
    expect(refusalOf(() => requireTaken(answer(302, ''), to)).why).toMatch(/elsewhere/);
  });

  it.each([
    [503, { success: false, error: 'Service Unavailable' }, 'DELIVERY_REFUSED', /webhook "w" is disabled/],
    [503, '<html>nginx</html>', 'DELIVERY_REFUSED', /nginx/],
    [500, 'Internal Server Error', 'DELIVERY_REFUSED', /does not know the address/],
    [404, { error: 'Invalid integration id or token provided.' }, 'DELIVERY_REFUSED', /does not know the address/],
    [502, '<html>', 'UNREACHABLE', /front door .* does not reach the chat/],
    [429, { success: false }, 'RATE_LIMITED', /how often/],
    [400, { error: 'error-evaluating-script' }, 'DELIVERY_REFUSED', /script of webhook "w" is broken/],
    [400, { error: 'error-not-allowed' }, 'DELIVERY_REFUSED', /not in the private room ci/],
    [400, { error: 'invalid-channel' }, 'DELIVERY_REFUSED', /there is no room ci/],
    [400, { error: 'something new' }, 'DELIVERY_REFUSED', /something new/],
    [400, { error: { nested: true } }, 'DELIVERY_REFUSED', /nested/],
  ])('HTTP %i %j says why', (status, body, code, why) => {
    const error = refusalOf(() => requireTaken(answer(status, body), to));
    expect(error.code).toBe(code);
    expect(error.why).toMatch(why);
    expect(error.next).not.toBe('');
  });
});

describe('a shown message', () => {
  it('says where links lead and takes marks away, but not those that were escaped', () => {
    expect(plainText('[a](http://x) <http://y|b> **bold** *soft* ~~gone~~ 2*3*4')).toBe(
      'a (http://x) b (http://y) bold soft gone 2*3*4',
    );
    expect(plainText('\\*not bold\\* \\[no\\](link)')).toBe('*not bold* [no](link)');
    expect(plainText('[a](http://x)', 'labels')).toBe('a');
  });

  it('holds title, text and fields of attachments, and steers no terminal', () => {
    const parts = {
      alias: 'GitLab\u001b[2J',
      text: 'one\ntwo\u001b[31m',
      attachments: [{ title: 'T', link: 'http://x', text: 'body', fields: [{ title: 'F', value: 'v' }] }],
    };
    expect(showMessage(parts, 'ci', 'hubot')).toBe(
      '#ci  GitLab\\x1b[2J\n  one\n  two\\x1b[31m\n  | T (http://x)\n  | body\n  | F: v\n',
    );
    expect(showMessage({ text: '', attachments: [] }, 'ci', 'hubot')).toBe('#ci  hubot\n  (a blank message)\n');
  });
});
