/** What a forged payload (GitLab's custom webhook templates) cannot put into a room. */
import { describe, expect, it } from 'vitest';
import { announce } from '../../../src/notifier/core/announce.ts';
import { guarded } from '../../../src/notifier/core/guard.ts';
import { code, link, type Message, outside, type Piece, words } from '../../../src/notifier/core/message.ts';
import { renderPost } from '../../../src/notifier/mattermost/render.ts';
import { renderMessage } from '../../../src/notifier/rocketchat/render.ts';
import { ownDelivery } from './deliveries.ts';
import { linksOf } from './judge.ts';

const LINKS = ['git.example.org', '*.review.example.org'];

const saying = (...line: readonly Piece[]): Message => ({ line, tone: 'plain', details: [], fields: [] });

const linksIn = (url: string): readonly string[] =>
  linksOf(renderMessage(guarded(saying(words('see '), link('the page', url)), LINKS), 'ci').text);

describe('a link in a message', () => {
  it.each([
    'https://git.example.org/a/b',
    'http://git.example.org:8443/a/b',
    'https://GIT.example.org/a',
    'https://mr-7.review.example.org/',
  ])('to a known host stays: %s', (url) => {
    expect(linksIn(url)).toHaveLength(1);
  });

  it.each([
    'https://evil.example/login',
    'https://git.example.org.evil.example/login',
    'https://evil.example/git.example.org',
    'https://evilgit.example.org/',
    'https://review.example.org/',
    'https://xreview.example.org/',
  ])('to another host is text: %s', (url) => {
    expect(linksIn(url)).toEqual([]);
  });

  it('to another host keeps its words, in every chat', () => {
    const message = guarded(saying(words('see '), link('the page', 'https://evil.example/login')), LINKS);
    expect(renderMessage(message, 'ci').text).toBe('see the page');
    expect(renderPost(message).message).toBe('see the page');
  });

  it('may lead anywhere where no hosts are named', () => {
    const message = saying(link('the page', 'https://elsewhere.example/'));
    expect(guarded(message, undefined)).toEqual(message);
  });

  it('with a token in its path is text', () => {
    const url = 'https://git.example.org/x/glpat-abcdefghij1234567890/y';
    expect(guarded(saying(link('page', url)), LINKS).line).toEqual([outside('page')]);
  });
});

describe('a forged delivery', () => {
  it('puts no link to another host into its message, whatever field names it', () => {
    const { header, payload } = ownDelivery('pipeline-failed');
    const forged = JSON.parse(JSON.stringify(payload).replaceAll('git.example.org', 'evil.example')) as typeof payload;
    const message = announce(
      { header, payload: forged, instance: 'https://evil.example' },
      { locale: 'en', links: LINKS },
    );
    const pieces = [
      message?.line ?? [],
      ...(message?.details ?? []),
      ...(message?.fields ?? []).map((f) => f.value),
    ].flat();
    expect(pieces.length).toBeGreaterThan(3);
    expect(pieces.filter(({ kind }) => kind === 'link')).toEqual([]);
  });
});

describe('a token of GitLab', () => {
  it.each([
    'glpat',
    'gldt',
    'glrt',
    'glptt',
    'glcbt',
    'glft',
    'glsoat',
    'glimt',
    'glagent',
    'acme-glpat',
    'TOKEN_glpat',
  ])('that begins with %s- is blanked in every kind of piece', (prefix) => {
    const token = `${prefix}-abcdefghij.1234_567890`;
    const message = saying(outside(`a ${token}`), code(token), link(token, 'https://git.example.org/'), {
      kind: 'person',
      name: token,
    });
    const detailed = { ...message, details: [[outside(token)]], fields: [{ title: 'x', value: [code(token)] }] };
    expect(JSON.stringify(guarded(detailed, LINKS))).not.toContain('abcdefghij');
  });

  it.each(['?private_token=s3cret', 'job_token = s3cret', 'PRIVATE-TOKEN: s3cret', '"access_token":"s3cret"'])(
    'is blanked by the name before it: %s',
    (text) => {
      const [piece] = guarded(saying(outside(`${text} and more`)), LINKS).line;
      expect(JSON.stringify(piece)).toContain('•••');
      expect(JSON.stringify(piece)).not.toContain('s3cret');
    },
  );

  it('leaves words alone that only look like the beginning of one', () => {
    const message = saying(outside('use glft-wheels, or a private token of yours'));
    expect(guarded(message, LINKS)).toEqual(message);
  });
});

describe('a comment on a snippet', () => {
  const said = (level: unknown) => {
    const { header, payload } = ownDelivery('note-snippet');
    const snippet = { ...(payload.snippet as object), visibility_level: level };
    return announce({ header, payload: { ...payload, snippet } }, { locale: 'en' });
  };

  it.each([0, 10, undefined, null, 'public'])('is not quoted where not everybody may see it: level %s', (level) => {
    expect(said(level)).toMatchObject({ details: [], fields: [] });
  });

  it('is quoted where everybody may', () => {
    expect(said(20)?.details).not.toEqual([]);
  });
});
