import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { announce } from '../../src/notifier/core/announce.ts';
import type { Line } from '../../src/notifier/core/message.ts';
import { renderPost } from '../../src/notifier/mattermost/render.ts';
import { cases } from '../helpers/cases.ts';
import { faultsOf, linksOf, plainOf } from '../unit/notifier/mattermost-judge.ts';
import { hostile, isOurs, mangled, mayBeSilent } from './hostile.ts';

const postOf = (line: Line) => renderPost({ line, tone: 'plain', details: [], fields: [] });

describe('Mattermost posts of mangled payloads', () => {
  it('are always made, small, and without a mention, foreign link or layout of others', () => {
    fc.assert(
      fc.property(mangled, fc.constantFrom('en' as const, 'fr' as const), (event, locale) => {
        const message = announce(event, { locale, intermediate: true });
        if (!message) {
          expect(mayBeSilent(event.payload)).toBe(true);
          return;
        }
        const post = renderPost(message);
        expect(faultsOf(post, isOurs)).toEqual([]);
        expect(JSON.stringify(post).length).toBeLessThan(16_383);
        expect(post.message.trim()).not.toBe('');
      }),
      { numRuns: cases(700) },
    );
  });
});

describe('text from outside in Mattermost', () => {
  it('does nothing wherever it stands', () => {
    const pieces = fc.tuple(hostile, hostile, hostile).map(
      ([first, second, third]): Line => [
        { kind: 'text', text: first },
        { kind: 'words', text: ' in ' },
        { kind: 'code', text: second },
        { kind: 'words', text: ' of ' },
        { kind: 'link', text: third, url: 'https://git.example.org/works/depot' },
      ],
    );
    fc.assert(
      fc.property(pieces, (line) => {
        const clean = line.map((piece) =>
          piece.kind === 'words' || piece.kind === 'person'
            ? piece
            : { ...piece, text: piece.text.replace(/\s+/g, ' ').trim() },
        );
        expect(faultsOf(postOf(clean), isOurs)).toEqual([]);
      }),
      { numRuns: cases(1_000) },
    );
  });

  it('is read as it was written, but for signs that look alike and what is not seen', () => {
    const readable = (text: string): string =>
      text
        .replaceAll('\u2060', '')
        .replace(/［/g, '[')
        .replace(/］/g, ']')
        .replace(/＜/g, '<')
        .replace(/＄/g, '$')
        .replace(/＆/g, '&');
    const words = fc.array(
      fc.constantFrom(
        'a_b',
        '*x*',
        '`y`',
        '\\',
        '~z',
        '@all',
        '#tag',
        'a|b',
        '1.',
        '[q]',
        '<r>',
        '$5',
        '&lt;',
        'www.example.org',
        'x:y',
      ),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(words, (bits) => {
        const text = bits.join(' ');
        const { message } = postOf([
          { kind: 'words', text: 'It says ' },
          { kind: 'text', text },
        ]);
        expect(readable(plainOf(message))).toBe(`It says ${text}`);
      }),
      { numRuns: cases(500) },
    );
  });

  it('as a label leads where the address says', () => {
    fc.assert(
      fc.property(hostile, (label) => {
        const url = 'https://git.example.org/works/depot/-/issues/12#note_7';
        const text = label.replace(/\s+/g, ' ').trim();
        const { message } = postOf([
          { kind: 'link', text, url },
          { kind: 'words', text: ' and ' },
          { kind: 'link', text, url },
        ]);
        expect(linksOf(message)).toEqual([url, url]);
      }),
      { numRuns: cases(1_000) },
    );
  });

  it('names nobody but people whom the settings map, and never everybody', () => {
    const person = (chatName: string) => postOf([{ kind: 'person', name: 'Ada Okafor', chatName }]).message;
    expect(person('ada.o')).toBe('@ada.o');
    for (const name of ['all', 'here', 'channel', 'Channel', '@all', 'a b', 'x](y)', ''])
      expect(person(name)).toBe('Ada Okafor');
  });
});
