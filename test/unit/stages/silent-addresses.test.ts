import { describe, expect, it } from 'vitest';
import type { Http, HttpRequest } from '../../../src/contracts/http.ts';
import { ChatopsError } from '../../../src/errors/chatops-error.ts';
import { silentAddresses } from '../../../src/stages/silent-addresses.ts';

const urls = { chat: 'http://chat.example', git: 'http://git.example' };
const signal = new AbortController().signal;

const answering = (answer: (request: HttpRequest) => number | Error): Pick<Http, 'request'> => ({
  request: async (request) => {
    const given = answer(request);
    if (given instanceof Error) throw given;
    return { status: given, headers: {}, body: '' };
  },
});

describe('addresses of a stack', () => {
  it.each([200, 302, 401, 404, 426])('answer when the answer is %s', async (status) => {
    expect(
      await silentAddresses(
        urls,
        answering(() => status),
        signal,
      ),
    ).toEqual({});
  });

  it.each([500, 502, 503])('do not answer people when the answer is %s', async (status) => {
    const http = answering(({ url }) => (url === urls.git ? status : 200));
    expect(await silentAddresses(urls, http, signal)).toEqual({ git: `it answers ${status}` });
  });

  it('are silent for the reason that the network gives', async () => {
    const error = new ChatopsError('UNREACHABLE', { what: 'no answer', why: 'ENOTFOUND: no such host' });
    expect(
      await silentAddresses(
        urls,
        answering(() => error),
        signal,
      ),
    ).toEqual({
      chat: 'ENOTFOUND: no such host',
      git: 'ENOTFOUND: no such host',
    });
  });

  it('are not judged by a question that was broken off', async () => {
    const abort = new AbortController();
    const http = answering(() => {
      abort.abort();
      return new Error('broken off');
    });
    expect(await silentAddresses(urls, http, abort.signal)).toEqual({});
  });

  it('are asked all at once, each within a bound', async () => {
    const asked: HttpRequest[] = [];
    const http = answering((request) => {
      asked.push(request);
      return 200;
    });
    await silentAddresses(urls, http, signal);
    expect(asked.map(({ url }) => url)).toEqual(Object.values(urls));
    expect(asked.every(({ method, timeoutMs = 0 }) => method === 'GET' && timeoutMs <= 3_000)).toBe(true);
  });
});
