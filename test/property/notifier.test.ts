import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { announce } from '../../src/notifier/core/announce.ts';
import { clean } from '../../src/notifier/core/clean.ts';
import { DESCRIBERS } from '../../src/notifier/core/events/index.ts';
import type { Line } from '../../src/notifier/core/message.ts';
import { at } from '../../src/notifier/core/read.ts';
import { webAddress } from '../../src/notifier/core/web-address.ts';
import { answer } from '../../src/notifier/rocketchat/answer.ts';
import { type Content, renderMessage } from '../../src/notifier/rocketchat/render.ts';
import { roomNamed } from '../../src/notifier/rocketchat/room.ts';
import { openedBy } from '../../src/notifier/rocketchat/secret.ts';
import { sha256 } from '../../src/notifier/rocketchat/sha256.ts';
import { fits } from '../../src/values/wildcard.ts';
import { cases } from '../helpers/cases.ts';
import { faultsOf, linksOf } from '../unit/notifier/judge.ts';
import { hostile, isOurs, mangled, mayBeSilent } from './hostile.ts';

const settings = fc.constantFrom(
  { locale: 'en', intermediate: true } as const,
  { locale: 'fr', intermediate: true } as const,
);

/** @returns undefined when the event is no news, as an update of nothing */
const messageOf = (
  event: { readonly header: string; readonly payload: Record<string, unknown> },
  chosen: {
    readonly locale: 'en' | 'fr';
  },
): Content | undefined => {
  const message = announce(event, { ...chosen, intermediate: true });
  return message && renderMessage(message, 'builds');
};

/** A form's only field may hold anything packed; any other object with keys says something. */
const hasContent = (content: unknown): boolean =>
  typeof content === 'object' &&
  content !== null &&
  !Array.isArray(content) &&
  Object.keys(content).length > 0 &&
  typeof at(content, 'payload') !== 'string';

describe('names made of signs', () => {
  it('are shown as they are, whichever signs stand beside each other', () => {
    const sign = fc.constantFrom(...'=:;8%><^*_~`|\\-)(/dDpPoO.#@+\'" a[]{}');
    const link = { kind: 'link', text: 'works/depot', url: 'https://git.example.org/works/depot' } as const;
    fc.assert(
      fc.property(fc.array(sign, { minLength: 1, maxLength: 8 }), (signs) => {
        const line: Line = [{ kind: 'text', text: signs.join('') }, { kind: 'words', text: ' in ' }, link];
        const content = renderMessage({ line, tone: 'plain', details: [], fields: [] }, 'builds');
        expect(faultsOf(content, (address) => address === link.url)).toEqual([]);
      }),
      { numRuns: cases(700) },
    );
  });
});

describe('messages of mangled payloads', () => {
  it('are always made, small, and without a mention, foreign link or layout of others', () => {
    fc.assert(
      fc.property(mangled, settings, (event, chosen) => {
        const content = messageOf(event, chosen);
        if (content === undefined) {
          expect(mayBeSilent(event.payload)).toBe(true);
          return;
        }
        expect(faultsOf(content, isOurs)).toEqual([]);
        expect(JSON.stringify(content).length).toBeLessThan(5_000);
        expect(content.text.trim()).not.toBe('');
      }),
      { numRuns: cases(700) },
    );
  });

  it('are made of any JSON that calls itself an event', () => {
    const kinds = [...Object.keys(DESCRIBERS), '', '__proto__', 'constructor', 'toString'];
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        fc.dictionary(fc.string(), fc.jsonValue()),
        hostile,
        (kind, rest, header) => {
          const content = messageOf({ header, payload: { ...rest, object_kind: kind } }, { locale: 'en' });
          if (content === undefined) {
            expect(mayBeSilent(rest)).toBe(true);
            return;
          }
          expect(faultsOf(content, () => true)).toEqual([]);
          expect(JSON.stringify(content).length).toBeLessThan(5_000);
        },
      ),
      { numRuns: cases(400) },
    );
  });

  it('never show anything of a confidential issue or note, wherever the mark of it is', () => {
    const marks = fc.constantFrom<Record<string, unknown>>(
      { event_type: 'confidential_issue' },
      { object_attributes: { confidential: true } },
      { header: 'Confidential Issue Hook' },
      { header: 'Confidential Note Hook', object_kind: 'note' },
      { object_kind: 'note', issue: { confidential: true } },
      { object_kind: 'note', object_attributes: { internal: true } },
      { object_kind: 'emoji', issue: { confidential: true } },
      { object_kind: 'emoji', note: { internal: true } },
    );
    const secret = 'unspeakable';
    const item = { title: secret, description: secret, note: secret, iid: 3, labels: [{ title: secret }] };
    fc.assert(
      fc.property(
        marks,
        fc.constantFrom('open', 'update', 'close', 'reopen', 'other'),
        settings,
        (mark, action, chosen) => {
          const { header = 'Issue Hook', ...rest } = mark;
          const payload = {
            object_kind: 'issue',
            labels: [{ title: secret }],
            changes: {
              title: { previous: 'before', current: secret },
              assignees: { previous: [], current: [{ name: secret, username: secret }] },
              state: { previous: secret, current: secret },
              labels: { previous: [], current: [{ title: secret }] },
            },
            ...rest,
            object_attributes: { ...item, action, ...(rest.object_attributes as object | undefined) },
            issue: { ...item, ...(rest.issue as object | undefined) },
            note: { ...item, ...(rest.note as object | undefined) },
          };
          const said = JSON.stringify(messageOf({ header: String(header), payload }, chosen)) ?? '';
          expect(said).toContain('3');
          expect(said).not.toContain(secret);
        },
      ),
    );
  });
});

describe('links', () => {
  it('lead where the address says, with any label', () => {
    fc.assert(
      fc.property(hostile, (label) => {
        const url = 'https://git.example.org/works/depot/-/issues/12#note_7';
        const message = {
          line: [{ kind: 'link', text: label, url } as const],
          tone: 'plain',
          details: [],
          fields: [],
        } as const;
        expect(linksOf(renderMessage(message, 'r').text)).toEqual([url]);
      }),
      { numRuns: cases(1_000) },
    );
  });

  it('are made of web addresses only, and what is made cannot end the link', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl(),
          hostile,
          hostile.map((text) => `https://git.example.org/${text}`),
        ),
        (url) => {
          const address = webAddress(url);
          if (address === undefined) return;
          expect(address).toMatch(/^https?:\/\/[\w.-]+(:\d+)?([/?#][\w\-./?#=&%+,;:]*)?$/);
          expect(linksOf(`a [b](${address}) c`)).toEqual([address]);
        },
      ),
      { numRuns: cases(1_000) },
    );
  });

  it('are made of every usual web address', () => {
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ['http', 'https'], withQueryParameters: true }), (url) => {
        fc.pre(url.length <= 400);
        expect(webAddress(url)).toBeDefined();
      }),
    );
  });
});

describe('what the script rests on', () => {
  it('digests like the platform, any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: 'grapheme' })), (text) => {
        expect(sha256(text)).toBe(createHash('sha256').update(text, 'utf8').digest('hex'));
      }),
      { numRuns: cases(400) },
    );
  });

  it('takes the secret and nothing else', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.anything(), (secret, given) => {
        const digest = sha256(secret);
        const taken = { secretSha256: digest };
        expect(openedBy(secret, [taken])?.isSecret).toBe(true);
        expect(openedBy(secret, [{ secretSha256: sha256('other') }, taken])?.isSecret).toBe(true);
        expect(openedBy(given, [taken]) !== undefined).toBe(given === secret);
        expect(openedBy(given, [])).toBeUndefined();
      }),
    );
  });

  it('sends to rooms with allowed names only', () => {
    fc.assert(
      fc.property(fc.anything(), (channel) => {
        expect(roomNamed(channel) ?? 'none').toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]*$/);
      }),
    );
    fc.assert(
      fc.property(hostile, (channel) => {
        expect(roomNamed(channel) ?? 'none').toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]*$/);
      }),
    );
  });

  it('fits names to patterns as a regular expression would', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*'), maxLength: 8 });
    const name = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 10 });
    fc.assert(
      fc.property(letters, name, (pattern, branch) => {
        const expected = new RegExp(`^${pattern.split('*').join('.*')}$`).test(branch);
        expect(fits(pattern, branch)).toBe(expected);
      }),
      { numRuns: cases(1_000) },
    );
  });

  it('cuts by characters and never in half', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.integer({ min: 1, max: 50 }), (text, limit) => {
        const shown = clean(text, limit);
        expect([...shown].length).toBeLessThanOrEqual(limit);
        expect(() => encodeURIComponent(shown)).not.toThrow();
        expect(shown).not.toMatch(/[\n\r\u202e]/);
      }),
    );
  });

  it('never throws, whatever a request looks like', () => {
    const chosen = { locale: 'en', secretSha256: sha256('s'), defaultRoom: 'general' } as const;
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (request, content) => {
        expect(answer(request, chosen)).toHaveProperty('error');
        const open = answer({ headers: { 'x-gitlab-token': 's' }, content }, chosen);
        if (open === undefined) expect(hasContent(content)).toBe(false);
        else expect(open).toHaveProperty('content');
      }),
    );
  });
});
