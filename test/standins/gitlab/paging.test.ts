import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, type StartedGitLab, startGitLab } from './start-gitlab.ts';

let gitlab: StartedGitLab;
beforeAll(async () => {
  gitlab = await startGitLab({ env: { GITLAB_OMNIBUS_CONFIG: "external_url 'https://git.example.com:8443'" } });
  for (let count = 0; count < 45; count += 1) gitlab.server.controls.addProject(`ops/p${count}`);
});
afterAll(() => gitlab.stop());

const linksOf = (headers: Headers): Record<string, URL> =>
  Object.fromEntries(
    [...(headers.get('link') ?? '').matchAll(/<([^>]+)>; rel="(\w+)"/g)].map(([, url = '', rel = '']) => [
      rel,
      new URL(url),
    ]),
  );

describe('pages', () => {
  it('twenty by default, with Link and counts', async () => {
    const { body, headers } = await call(gitlab, 'GET', '/projects?page=2');
    const links = linksOf(headers);
    expect(body).toHaveLength(20);
    expect(Object.keys(links).sort()).toEqual(['first', 'last', 'next', 'prev']);
    expect(links.last?.searchParams.get('page')).toBe('3');
    expect(
      ['x-page', 'x-per-page', 'x-prev-page', 'x-next-page', 'x-total', 'x-total-pages'].map((name) =>
        headers.get(name),
      ),
    ).toEqual(['2', '20', '1', '3', '45', '3']);
  });

  it('Link carries the external address, not the one that was called, and no token', async () => {
    const { headers } = await call(gitlab, 'GET', `/projects?private_token=${gitlab.token}`, undefined, '');
    expect(linksOf(headers).next?.origin).toBe('https://git.example.com:8443');
    expect(headers.get('link')).not.toContain(gitlab.token);
  });

  it('one hundred at most', async () => {
    const { headers } = await call(gitlab, 'GET', '/projects?per_page=1000');
    expect(headers.get('x-per-page')).toBe('100');
  });

  it('the last page has no next link and an empty x-next-page', async () => {
    const { headers } = await call(gitlab, 'GET', '/projects?page=3');
    expect([linksOf(headers).next, headers.get('x-next-page')]).toEqual([undefined, '']);
  });

  it.each(['per_page=0', 'page=x'])('%s is refused', async (query) => {
    expect((await call(gitlab, 'GET', `/projects?${query}`)).status).toBe(400);
  });

  it('keyset pages lead through everything once, by next links alone', async () => {
    const seen: number[] = [];
    let path: string | undefined = '/projects?pagination=keyset&order_by=id&sort=asc&per_page=20';
    while (path !== undefined) {
      const { body, headers } = await call(gitlab, 'GET', path);
      seen.push(...body.map(({ id }: { id: number }) => id));
      const links = linksOf(headers);
      expect(Object.keys(links).filter((rel) => rel !== 'next')).toEqual([]);
      expect(headers.get('x-total')).toBeNull();
      path = links.next === undefined ? undefined : `/projects${links.next.search}`;
    }
    expect(seen).toEqual([...seen].sort((left, right) => left - right));
    expect(new Set(seen).size).toBe(45);
  });

  it('keyset by another order is refused with 405', async () => {
    expect((await call(gitlab, 'GET', '/projects?pagination=keyset&order_by=name')).status).toBe(405);
  });
});

describe('paths', () => {
  it('a project is found by its encoded path; a decoded slash is another route', async () => {
    const encoded = await call(gitlab, 'GET', '/projects/ops%2Fp1');
    const decoded = await call(gitlab, 'GET', '/projects/ops/p1');
    expect([encoded.status, decoded.status]).toEqual([200, 404]);
    expect(decoded.body).toEqual({ error: '404 Not Found' });
  });
});
