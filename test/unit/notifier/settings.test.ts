import { describe, expect, it } from 'vitest';
import { announce } from '../../../src/notifier/core/announce.ts';
import type { Memory } from '../../../src/notifier/core/memory.ts';
import type { Settings } from '../../../src/notifier/core/settings.ts';
import { answer } from '../../../src/notifier/rocketchat/answer.ts';
import { sha256 } from '../../../src/notifier/rocketchat/sha256.ts';
import { ownDelivery } from './deliveries.ts';
import { contentOf } from './show.ts';

const announces = (name: string, settings: Partial<Settings>): boolean =>
  announce(ownDelivery(name), { locale: 'en', ...settings }) !== undefined;

const inMemory = (): Memory & { readonly values: unknown[] } => {
  const values: unknown[] = [];
  return { values, read: () => values.at(-1), write: (value) => values.push(value) };
};

describe('what a room wants to hear', () => {
  it('is everything that arrives but states on the way, by default', () => {
    expect(
      ['pipeline-failed', 'push-largest', 'unknown-kind', 'system-key-create'].map((name) => announces(name, {})),
    ).toEqual([true, true, true, true]);
    expect(['pipeline-running', 'deployment-running'].map((name) => announces(name, {}))).toEqual([false, false]);
    expect(announces('pipeline-running', { intermediate: true })).toBe(true);
  });

  it('can be some events only', () => {
    const events = ['pipeline', 'merge_request'];
    expect(announces('pipeline-failed', { events })).toBe(true);
    expect(announces('merge-request-pushed', { events })).toBe(true);
    expect(announces('push-largest', { events })).toBe(false);
    expect(announces('unknown-kind', { events })).toBe(false);
    expect(announces('unknown-kind', { events: ['other'] })).toBe(true);
  });

  it('can be some branches only, with wildcards; events without a branch are announced', () => {
    expect(announces('push-largest', { branches: ['main'] })).toBe(true);
    expect(announces('push-largest', { branches: ['release/*'] })).toBe(false);
    expect(announces('push-new-empty-branch', { branches: ['line-*'] })).toBe(true);
    expect(announces('pipeline-failed', { branches: ['m*n'] })).toBe(true);
    expect(announces('job-failed', { branches: [] })).toBe(false);
    expect(announces('merge-request-draft', { branches: ['main'] })).toBe(true);
    expect(announces('issue-reopened', { branches: ['nothing'] })).toBe(true);
  });

  it('can be failures only, of what can fail', () => {
    const loud = 'failures';
    expect(announces('pipeline-failed', { loud })).toBe(true);
    expect(announces('deployment-failed', { loud })).toBe(true);
    expect(announces('job-success', { loud })).toBe(false);
    expect(announces('pipeline-canceled', { loud })).toBe(false);
    expect(announces('pipeline-running', { loud, intermediate: true })).toBe(false);
    expect(announces('push-largest', { loud })).toBe(true);
  });

  it('includes the first success after a failure, of the same branch only', () => {
    const memory = inMemory();
    const { header, payload } = ownDelivery('pipeline-failed');
    const run = (status: string, ref: string): string => {
      const attributes = { ...(payload.object_attributes as object), status, ref };
      const event = { header, payload: { ...payload, object_attributes: attributes } };
      const message = announce(event, { locale: 'en', loud: 'failures' }, memory);
      return message?.line.map((piece) => ('text' in piece ? piece.text : '')).join('') ?? '';
    };
    expect(run('failed', 'main')).toContain('failed');
    expect(run('success', 'other')).toBe('');
    expect(run('canceled', 'main')).toBe('');
    expect(run('success', 'main')).toContain('recovered');
    expect(run('success', 'main')).toBe('');
  });

  it.each(['{', 'null', '{"failed":"x"}', '{"failed":[1,null]}', 17])('survives a memory of %j', (value) => {
    const memory: Memory = { read: () => value, write: () => undefined };
    expect(announce(ownDelivery('job-success'), { locale: 'en' }, memory)).toBeDefined();
  });

  it('forgets the oldest failures when there are too many', () => {
    const memory = inMemory();
    const { header, payload } = ownDelivery('job-failed');
    for (let i = 0; i < 300; i += 1)
      announce({ header, payload: { ...payload, ref: `branch-${i}` } }, { locale: 'en' }, memory);
    const kept = JSON.parse(String(memory.read())) as { failed: string[] };
    expect(kept.failed).toHaveLength(200);
    expect(kept.failed.at(-1)).toContain('branch-299');
  });

  it('may differ by room, also in its language', () => {
    const settings = {
      locale: 'en',
      secretSha256: sha256('s'),
      defaultRoom: 'builds',
      filters: [
        { room: 'equipe', locale: 'fr' },
        { room: 'calm', loud: 'failures', events: ['pipeline'] },
      ],
    } as const;
    const said = (name: string, channel: string): string | undefined => {
      const { header, payload } = ownDelivery(name);
      const headers = { 'x-gitlab-token': 's', 'x-gitlab-event': header };
      const given = answer({ headers, url: { query: { channel } }, content: payload }, settings);
      return given && 'content' in given ? given.content.text : undefined;
    };
    expect(said('tag-moved', 'builds')).toContain('moved the tag');
    expect(said('tag-moved', 'equipe')).toContain('a déplacé le tag');
    expect(said('tag-moved', 'calm')).toBeUndefined();
    expect(said('pipeline-failed', 'calm')).toContain('failed');
    expect(said('tag-moved', 'constructor')).toContain('moved the tag');
  });

  it('a store that fails costs the recovery and not the message', () => {
    const store = {
      get: () => {
        throw new Error('gone');
      },
      set: () => {
        throw new Error('gone');
      },
    };
    const { header, payload } = ownDelivery('job-failed');
    const settings = { locale: 'en', secretSha256: sha256('s'), defaultRoom: 'builds' } as const;
    const headers = { 'x-gitlab-token': 's', 'x-gitlab-event': header };
    expect(answer({ headers, content: payload }, settings, store)).toHaveProperty('content');
  });
});

describe('names of people', () => {
  const textOf = (people: Record<string, string>): string | undefined =>
    contentOf(ownDelivery('merge-request-reviewer-asked'), { locale: 'en', people })?.text;

  it('are plain unless the settings map them to somebody in the chat', () => {
    expect(textOf({})).toMatch(/^Ada Byte asked Bo Chen to review/);
    expect(textOf({ cy: 'cy' })).toMatch(/^Ada Byte asked Bo Chen to review/);
    expect(textOf({ bo: 'bo.c' })).toMatch(/^Ada Byte asked @bo\.c to review/);
  });

  it('notify nobody of an act of their own', () => {
    expect(textOf({ ada: 'ada.b', bo: 'bo.c' })).toMatch(/^Ada Byte asked @bo\.c to review/);
    const { header, payload } = ownDelivery('merge-request-assignees');
    const toSelf = { ...payload, user: { name: 'Cy Dahl', username: 'cy' } };
    const people = { bo: 'bo.c', cy: 'cy.d' };
    const text = contentOf({ header, payload: toSelf }, { locale: 'en', people })?.text;
    expect(text).toMatch(/^Cy Dahl assigned merge request .* to themselves \(no longer assigned to @bo\.c\)$/);
  });

  it('notify the user who started a run of how it ended, and not of its way', () => {
    const people = { ada: 'ada.o' };
    const said = (name: string) => contentOf(ownDelivery(name), { locale: 'en', people, intermediate: true })?.text;
    expect(said('pipeline-failed')).toMatch(/started by @ada\.o$/);
    expect(said('pipeline-running')).toMatch(/started by Ada Okafor$/);
  });

  it('notify the user who deploys of what others decide, and not who decided', () => {
    const people = { ada: 'ada.b', bo: 'bo.c' };
    const said = (name: string) => contentOf(ownDelivery(name), { locale: 'en', people })?.text;
    expect(said('deployment-approved')).toMatch(/^Bo Chen approved the deployment of .* by @ada\.b$/);
  });

  it.each(['all', 'here', 'ALL', 'a b', '@all', 'x](y)', ''])('are plain when mapped to %j', (name) => {
    expect(textOf({ bo: name })).toMatch(/^Ada Byte asked Bo Chen to review/);
  });
});
