/** Where a delivery is announced, and what each room hears of it, by the settings of the script. */
import { describe, expect, it } from 'vitest';
import { filterOf, pathOf, roomsOf } from '../../../src/notifier/core/place.ts';
import { wordsOf } from '../../../src/notifier/core/wording/index.ts';
import { answer, type ScriptSettings } from '../../../src/notifier/rocketchat/answer.ts';
import { sha256 } from '../../../src/notifier/rocketchat/sha256.ts';
import { ownDelivery } from './deliveries.ts';

const BASE: ScriptSettings = { locale: 'en', secretSha256: sha256('s'), defaultRoom: 'builds' };

const contentOf = (name: string, settings: Partial<ScriptSettings>, channel?: string) => {
  const { header, payload } = ownDelivery(name);
  const headers = { 'x-gitlab-token': 's', 'x-gitlab-event': header };
  const query = channel === undefined ? {} : { channel };
  const given = answer({ headers, url: { query }, content: payload }, { ...BASE, ...settings });
  return given && 'content' in given ? given.content : given;
};

describe('the place of a delivery', () => {
  it.each([
    ['push-largest', 'works/tram_depot'],
    ['pipeline-failed', 'works/tram_depot'],
    ['access-token-group', 'works'],
    ['work-item-epic', 'acme'],
    ['note-on-epic', 'works'],
    ['wiki-of-group', 'works'],
    ['merge-request-old', 'acme/shop'],
    ['push-old', 'works/tram_depot'],
    ['vulnerability-detected', 'works/tram_depot'],
    ['member-removed', 'acme'],
    ['empty', ''],
  ])('%s is %j', (name, path) => {
    expect(pathOf(ownDelivery(name).payload)).toBe(path);
  });
});

describe('a delivery that names no room', () => {
  const routes = [
    { group: 'works', room: 'works' },
    { project: 'Works/Tram_Depot', room: 'depot' },
    { project: 'works/tram_depot', room: 'ops' },
  ];

  it('is announced in the rooms of its project, else of its group, else in the default room', () => {
    expect(roomsOf(routes, 'works/tram_depot')).toEqual(['depot', 'ops']);
    expect(roomsOf(routes, 'works/other')).toEqual(['works']);
    expect(roomsOf(routes, 'workshop/x')).toEqual([]);
    expect(contentOf('tag-moved', {})).toMatchObject({ channel: '#builds' });
    expect(contentOf('system-key-create', { routes })).toMatchObject({ channel: '#builds' });
    expect(contentOf('tag-moved', { routes: routes.slice(0, 1) })).toMatchObject({ channel: '#works' });
  });

  it('is announced in the room of its group when it is of a group, such as an epic', () => {
    const groups = [{ group: 'acme', room: 'plans' }];
    expect(contentOf('work-item-epic', { routes: groups })).toMatchObject({ channel: '#plans' });
    const filters = [{ room: 'builds', group: 'acme', events: ['push'] }];
    expect(contentOf('work-item-epic', { filters })).toBeUndefined();
  });

  it('has links to where GitLab says it is', () => {
    const { header, payload } = ownDelivery('project-transferred');
    const headers = { 'x-gitlab-token': 's', 'x-gitlab-event': header, 'x-gitlab-instance': 'https://git.example.org' };
    expect(answer({ headers, content: payload }, BASE)).toMatchObject({
      content: { text: expect.stringContaining('[city/tram_depot](https://git.example.org/city/tram_depot)') },
    });
  });

  it('is announced in several rooms by one message, of which one that is gone does not silence the others', () => {
    expect(contentOf('tag-moved', { routes })).toMatchObject({ channel: ['#depot', '#ops'], separateResponse: true });
  });

  it('is not announced in a room that does not want it', () => {
    const filters = [{ room: 'ops', branches: ['other'] }];
    expect(contentOf('push-largest', { routes, filters })).toMatchObject({ channel: '#depot' });
    expect(contentOf('push-largest', { filters: [{ room: 'builds', branches: ['other'] }] })).toBeUndefined();
  });

  it('is announced in the room that the caller names, whatever the routes say', () => {
    expect(contentOf('tag-moved', { routes }, 'elsewhere')).toMatchObject({ channel: '#elsewhere' });
  });
});

describe('what a room hears of a place', () => {
  const filters = [
    { room: 'ci', loud: 'failures' },
    { room: 'ci', group: 'works', branches: ['main'] },
    { room: 'ci', project: 'works/tram_depot' },
    { room: 'ops', project: 'works/tram_depot', locale: 'fr' },
  ] as const;

  it('is said by the most exact place', () => {
    expect(filterOf(filters, 'ci', 'works/tram_depot')).toEqual({});
    expect(filterOf(filters, 'ci', 'works/other')).toEqual({ branches: ['main'] });
    expect(filterOf(filters, 'ci', 'works')).toEqual({ branches: ['main'] });
    expect(filterOf(filters, 'ci', 'elsewhere/x')).toEqual({ loud: 'failures' });
    expect(filterOf(filters, 'general', 'works/tram_depot')).toEqual({});
  });

  it('may be in another language', () => {
    expect(contentOf('tag-moved', { filters }, 'ops')).toMatchObject({
      text: expect.stringContaining('a déplacé le tag'),
    });
  });
});

describe('texts of a user', () => {
  const wording = { en: { tagMoved: 'TAG {ref} by {who} ({project})', commits: { many: '{count} changes' } } };

  it('stand in place of ours, in their language only', () => {
    expect(contentOf('tag-moved', { wording })).toMatchObject({
      text: expect.stringMatching(/^TAG \[v2\.0\.1\]\(.+\) by Ada Okafor \(/),
    });
    expect(contentOf('tag-moved', { wording, locale: 'fr' })).toMatchObject({
      text: expect.stringContaining('a déplacé'),
    });
    expect(contentOf('push-largest', { wording })).toMatchObject({ text: expect.stringContaining('4,711 changes') });
  });

  it('leave everything else as it is', () => {
    const words = wordsOf('en', wording);
    expect(words.commits).toEqual(['{count} commit', '{count} changes']);
    expect(words.isOne(1)).toBe(true);
    expect(words.issue).toEqual(wordsOf('en', undefined).issue);
  });

  it.each([
    null,
    1,
    'x',
    [],
    { tagMoved: 1 },
    { tagMoved: { one: 'x' } },
    { commits: 'x' },
    { __proto__: { push: 'x' } },
  ])('of the wrong shape (%j) change nothing', (en) => {
    expect(JSON.stringify(wordsOf('en', { en } as never))).toBe(JSON.stringify(wordsOf('en', undefined)));
  });
});
