import { describe, expect, it } from 'vitest';
import { ChatopsError } from '../../../../../src/errors/chatops-error.ts';
import { readCaptured } from '../../../../../src/parts/gitlab/deliveries/captured.ts';
import { buildRequest, USER_AGENT } from '../../../../../src/parts/gitlab/deliveries/delivery.ts';
import { Secret } from '../../../../../src/values/secret.ts';

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
