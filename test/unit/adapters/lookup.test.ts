import { describe, expect, it } from 'vitest';
import { createHttp } from '../../../src/adapters/http.ts';
import { lookupWith, lookupWithLoopback } from '../../../src/adapters/lookup.ts';
import { httpServer } from '../../helpers/servers.ts';

const OURS = 'chat.chatops.internal';

describe('names that have a place of their own', () => {
  it.each(['127.0.0.1', 'localhost'])('are looked up as %s, and asked under their own name', async (place) => {
    const { port } = await httpServer((request, response) => response.end(request.headers.host));
    const http = createHttp(lookupWith((name) => (name === OURS ? place : undefined), lookupWithLoopback));
    const { body } = await http.request({ method: 'GET', url: `http://${OURS}:${port}/` });
    expect(body).toBe(`${OURS}:${port}`);
  });

  it('leave every other name alone', async () => {
    const asked: string[] = [];
    const lookup = lookupWith(
      () => undefined,
      (name, _options, done) => {
        asked.push(name);
        done(null, '127.0.0.1', 4);
      },
    );
    await new Promise<void>((resolve) => lookup('elsewhere.example', {}, () => resolve()));
    expect(asked).toEqual(['elsewhere.example']);
  });
});
