/** What a run with the vendors' images leaves, and what the page of compatibility makes of it. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lastRun, liveResults } from '../../../docs/scripts/compatibility-page.ts';
import { writeLiveResult } from '../../e2e/docker/live-result.ts';

describe('the compatibility of an image', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chatops-live-'));
  const images = { mongo: 'mongo:8.0' };
  writeLiveResult(folder, new Date('2026-12-02T10:00:00Z'), images, { 'main-job': 600 });
  writeLiveResult(folder, new Date('2026-12-01T10:00:00Z'), images, { 'main-job': 610 });
  const results = liveResults(folder);

  it('is proven on the last day on which that very image was run', () => {
    expect(lastRun('mongo', 'mongo:8.0', results)).toBe('2026-12-02');
  });

  it.each([
    ['another tag', 'mongo', 'mongo:8.2'],
    ['another image', 'gitlab', 'gitlab/gitlab-ce:19.3.0-ce.0'],
  ])('is not proven by %s', (_, name, reference) => {
    expect(lastRun(name, reference, results)).toBe('**never**');
  });

  it('is proven by nothing where nothing was ever run', () => {
    expect(lastRun('mongo', 'mongo:8.0', liveResults(join(folder, 'none')))).toBe('**never**');
  });
});
