import { describe, expect, it } from 'vitest';
import type { RocketChatSetupSpec } from '../../../src/parts/rocketchat/setup/spec.ts';
import type { JobSpec } from '../../../src/stack/stack.ts';
import { stackOf } from '../../builders/stack.ts';
import { loadOwn } from '../../helpers/own-config.ts';

const jobsOf = (text: string): readonly JobSpec[] =>
  stackOf(loadOwn(text).config).nodes.flatMap((node) => (node.kind === 'job' ? [node.job] : []));

const webhookOf = (text: string) => {
  const setup = jobsOf(text).find(({ job }) => job === 'rocketchat-setup') as RocketChatSetupSpec | undefined;
  return setup?.webhook;
};

const announce = (...entries: readonly string[]): string => `gitlab: {announce: [${entries.join(', ')}]}\n`;

describe('what the notifier knows of rooms', () => {
  it('is no filter where nothing is filtered', () => {
    expect(webhookOf(announce('{project: a/b, room: ci}', '{project: a/c, room: ops}'))).not.toHaveProperty('filters');
  });

  it('is every hook, as each has a token of its own', () => {
    const text = announce('{project: a/b, room: ci, events: [push]}', '{instance: true, room: ops}');
    expect(webhookOf(text)?.hooks).toEqual([
      { source: { kind: 'project', path: 'a/b' }, room: 'ci' },
      { source: { kind: 'instance' }, room: 'ops' },
    ]);
  });

  it('is which hosts messages may link to: that of GitLab, and what is named', () => {
    const text = `${announce('{project: a/b, room: ci}')}notifier: {links: ["*.review.example.org"]}\n`;
    expect(webhookOf(text)?.links).toEqual(['git.chatops.localhost', '*.review.example.org']);
  });

  it('is every announcement of a room in which any is filtered', () => {
    const text = announce(
      '{project: a/b, room: ci}',
      '{instance: true, room: ci, branches: [main]}',
      '{project: a/c, room: ops}',
    );
    expect(webhookOf(text)?.filters).toEqual([
      { project: 'a/b', room: 'ci' },
      { room: 'ci', branches: ['main'] },
    ]);
  });

  it('is where hooks that name no room are announced, whom names notify, and other texts', () => {
    const text =
      'notifier: {people: {ada: chief}, routes: [{group: a, room: ops}], wording: {push: "{who}!"}}\nchat: {locale: fr}\n';
    expect(webhookOf(text)).toMatchObject({
      locale: 'fr',
      routes: [{ group: 'a', room: 'ops' }],
      people: { ada: 'chief' },
      wording: { push: '{who}!' },
    });
  });

  it('is not given to GitLab: what its hooks send is theirs', () => {
    const text = announce('{project: a/b, room: ci, branches: [main], loud: failures}');
    const [setup] = jobsOf(text).flatMap((job) => (job.job === 'gitlab-setup' ? [job] : []));
    expect(setup?.hooks).toEqual([
      {
        source: { kind: 'project', path: 'a/b' },
        room: 'ci',
        events: ['push', 'merge_requests', 'pipeline'],
        place: 'gitlab.announce[0]',
      },
    ]);
  });

  it('is known to the proof of the announcement', () => {
    const of = (text: string) => jobsOf(text).find(({ job }) => job === 'announcement');
    expect(of(announce('{project: a/b, room: ci}'))).not.toHaveProperty('filter');
    expect(of(announce('{project: a/b, room: ci, branches: [main], loud: failures, locale: fr}'))).toMatchObject({
      filter: { branches: ['main'], loud: 'failures' },
    });
  });
});
