/** Faults known from scripts in old tutorials, and the vendor's traps: each named, each with its opposite shown. */
import { describe, expect, it } from 'vitest';
import type { Settings } from '../../../src/notifier/core/settings.ts';
import { namesPipeline, namesProject } from '../../../src/proofs/announcement/decide.ts';
import { type Delivery, ownDelivery } from './deliveries.ts';
import { contentOf, show } from './show.ts';

const EN: Settings = { locale: 'en' };

const said = (delivery: Delivery, changes: Readonly<Record<string, unknown>> = {}, header = delivery.header): string =>
  show(contentOf({ header, payload: { ...delivery.payload, ...changes } }, EN));

describe('known faults of older scripts', () => {
  it('a text where a list is expected is not taken for a list of letters', () => {
    const issue = ownDelivery('issue-incident');
    const text = said(issue, { labels: 'urgent', assignees: 'Ada Okafor' });
    expect(text).not.toMatch(/u, r, g|A, d, a|Labels|Assignees/);
    expect(said(ownDelivery('push-largest'), { commits: 'abc' })).toContain('4,711 commits');
    expect(said(ownDelivery('pipeline-failed'), { builds: 'failed' })).not.toContain('Failed:');
  });

  it.each([
    ['with a line feed at the end', 'Close the door\n'],
    ['with the line feeds of Windows', 'Close the door\r\n\r\nBecause.'],
    ['of several lines', 'Close the door\n\nBecause.\nSigned-off-by: x'],
    ['beginning with an empty line', '\n\nClose the door\nx'],
    ['of one line without an end', 'Close the door'],
  ])('the first line of a commit message is found: %s', (_how, message) => {
    const commits = [{ id: 'a'.repeat(40), message, url: 'https://git.example.org/c/1' }];
    const text = said(ownDelivery('push-moved-back'), { commits, total_commits_count: 1 });
    expect(text).toMatch(/\[aaaaaaaa\]\(https:\/\/git\.example\.org\/c\/1\) Close the door$/m);
  });

  it('an issue and a merge request are named by their iid, never by their id', () => {
    expect(said(ownDelivery('issue-reopened'))).toContain('[#12 ');
    expect(said(ownDelivery('issue-reopened'))).not.toContain('90210');
    expect(said(ownDelivery('merge-request-approval'))).toContain('[!8 ');
    expect(said(ownDelivery('merge-request-approval'))).not.toContain('555');
    expect(said(ownDelivery('note-confidential'))).not.toContain('90210');
  });

  it('a pipeline is named by its id, never by its iid', () => {
    expect(said(ownDelivery('pipeline-failed'))).toMatch(/^Pipeline \[#314\]/);
  });

  it('a missing assignee, user, commit or project is no error', () => {
    const issue = ownDelivery('issue-incident');
    const bare = {
      assignee: undefined,
      assignees: undefined,
      user: undefined,
      project: undefined,
      repository: undefined,
    };
    expect(said(issue, bare)).toMatch(
      /^Somebody opened incident \[#12 Doors do not close\].* in \[works\/tram_depot\]\(.*\)$/m,
    );
    const nowhere = { ...bare, object_attributes: { iid: 12, title: 'Doors', action: 'open' } };
    expect(said(issue, nowhere)).toMatch(/^Somebody opened issue #12 Doors$/m);
    expect(said(ownDelivery('issue-unassigned-old'))).not.toContain('Assignees');
    expect(said(ownDelivery('pipeline-failed'), { user: null, commit: null, builds: null })).toMatch(
      /after 1 h 2 min$/m,
    );
  });

  it('events of system hooks, which share one header, are announced apart by their payload', () => {
    const events = ['push-largest', 'tag-moved', 'system-merge-request', 'system-key-create', 'milestone-closed'];
    const texts = events.map((name) => said(ownDelivery(name), {}, 'System Hook').split('\n')[0]);
    expect(texts.map((text) => /pushed|moved the tag|merged|added an SSH key|closed/.exec(text ?? '')?.[0])).toEqual([
      'pushed',
      'moved the tag',
      'merged',
      'added an SSH key',
      'closed',
    ]);
  });
});

describe('traps', () => {
  it('object_kind counts before event_name, and both before the header', () => {
    const token = ownDelivery('access-token-group');
    expect(said(token, {}, 'System Hook')).toContain('access token');
    expect(said(token, { object_kind: undefined }, 'Push Hook')).toContain('access token');
    const bare = said(ownDelivery('push-largest'), { object_kind: undefined, event_name: undefined });
    expect(bare).toMatch(/^GitLab: `push` in /);
  });

  it('a redacted or missing address of a user is neither needed nor shown', () => {
    for (const name of ['push-largest', 'issue-incident', 'pipeline-failed', 'system-user-rename']) {
      const text = said(ownDelivery(name), { user_email: 'ada@example.org', email: 'ada@example.org' });
      expect(text).not.toMatch(/example\.?·?org.*@|ada@|REDACTED/);
    }
  });

  it('a system hook’s push without a commit list is no force-push', () => {
    const push = ownDelivery('push-moved-back');
    expect(said(push)).toContain('force-pushed');
    expect(said(push, {}, 'System Hook')).toMatch(/^Ada Okafor pushed to \[main\]/);
  });
});

describe('what others read in a message', () => {
  it('names the pipeline and the project in the text, as the proof of the loop looks for them', () => {
    for (const locale of ['en', 'fr'] as const)
      for (const name of ['pipeline-failed', 'pipeline-canceled']) {
        const text = contentOf(ownDelivery(name), { locale })?.text ?? '';
        expect(namesPipeline(text, 314)).toBe(true);
        expect(namesPipeline(text, 31)).toBe(false);
        expect(namesProject(text, 'works/tram_depot')).toBe(true);
      }
  });

  it('names the project in every event of a project', () => {
    for (const name of ['push-largest', 'tag-moved', 'issue-reopened', 'note-snippet', 'job-failed', 'unknown-kind'])
      expect(namesProject(contentOf(ownDelivery(name), EN)?.text ?? '', 'works/tram_depot')).toBe(true);
  });

  it('asks for no preview of links that need a login', () => {
    expect(contentOf(ownDelivery('job-failed'), EN)).toMatchObject({ parseUrls: false });
  });

  it('colours failures red and successes green', () => {
    const colourOf = (name: string) => contentOf(ownDelivery(name), EN)?.attachments?.[0]?.color;
    expect([colourOf('job-failed'), colourOf('job-success')]).toEqual(['#dd2b0e', '#2da160']);
  });

  it('leaves out the least important of a message that would be too long', () => {
    const commits = Array.from({ length: 20 }, (_, n) => ({
      id: String(n).padStart(40, 'a'),
      title: '[*_~`@|<'.repeat(60),
      url: `https://git.example.org/${'x'.repeat(300)}`,
    }));
    const content = contentOf(
      { header: 'Push Hook', payload: { ...ownDelivery('push-largest').payload, commits } },
      EN,
    );
    expect(JSON.stringify(content).length).toBeLessThanOrEqual(4_500);
    expect(content?.text).toContain('4,711 commits');
    expect(content?.attachments?.[0]?.text).toContain('[aaaaaaaa]');
  });
});
