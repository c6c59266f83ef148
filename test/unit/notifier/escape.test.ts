import { describe, expect, it } from 'vitest';
import { type Line, outside, type Piece, words } from '../../../src/notifier/core/message.ts';
import { renderMessage } from '../../../src/notifier/rocketchat/render.ts';
import { faultsOf, linksOf } from './judge.ts';

const OURS = 'https://git.example.org/works/depot';
const TAIL: Line = [
  { kind: 'words', text: ' in ' },
  { kind: 'link', text: 'works/depot', url: OURS },
];

const rendered = (...start: readonly Piece[]) =>
  renderMessage({ line: [...start, ...TAIL], tone: 'plain', details: [], fields: [] }, 'builds');

const faults = (text: string): readonly string[] =>
  faultsOf(rendered({ kind: 'text', text }), (address) => address === OURS);

describe('fields of an attachment', () => {
  it('that would be shown empty are left out: Rocket.Chat refuses the whole message for one', () => {
    const fields = [
      { title: 'Branch', value: [words(' ')] },
      { title: 'Author', value: [outside('alice')] },
    ];
    const { attachments } = renderMessage({ line: [words('built')], tone: 'plain', details: [], fields }, 'builds');
    expect(attachments?.[0]?.fields).toMatchObject([{ title: 'Author' }]);
  });

  it('are no attachment when none is left', () => {
    const fields = [{ title: 'Branch', value: [] }];
    expect(renderMessage({ line: [words('built')], tone: 'plain', details: [], fields }, 'builds')).not.toHaveProperty(
      'attachments',
    );
  });
});

describe('text from outside, before a link of ours', () => {
  it.each([
    ['an opened bracket does not make our link its own', '[click here'],
    ['an opened angle bracket with a bare domain makes no link', '<evil.example.com|click>'],
    ['an equals sign does not make an emoticon of an escape: bold', '=** item'],
    ['an equals sign does not make an emoticon of an escape: italic', '=__'],
    ['an equals sign does not make an emoticon of an escape: struck out', '=~~ item'],
    ['a domain does not take an escape into its address', 'evil.example.com* item**@all'],
    ['a version number does not either', 'v1.2* x* y'],
    ['emphasis is shown as typed', '**bold** *b* _i_ __i__ ~s~ é_x_ `code`'],
    ['code is closed nowhere', '``` ` ```'],
    ['names of people and rooms notify nobody', '@all @here @ada.o,@bo (@all) #general'],
    [
      'addresses make no links',
      'https://evil.example.com www.evil.example.com a@evil.example.com 10.0.0.1 localhost:80',
    ],
    ['numbers are not called', '+12025550123 +(120)2555'],
    ['a list, a quote and a heading do not begin', '- item'],
    ['a numbered list does not begin', '1. item'],
    ['a quote does not begin', '> quote'],
    ['spoilers, times, formulas and emoji stay text', '||x|| <t:1630360800> \\(x\\) \\[x\\] :tada: color:#ff0000'],
  ])('%s', (_what, text) => {
    expect(faults(text)).toEqual([]);
    expect(linksOf(rendered({ kind: 'text', text }).text)).toEqual([OURS]);
  });

  it('stays readable: words, numbers, paths and issue numbers are untouched', () => {
    const text = 'Fix #31: 1.2.3 is 50% faster (see notes), costs $5 & more!';
    expect(rendered({ kind: 'text', text }).text).toBe(`${text} in [works/depot](${OURS})`);
  });

  it.each([
    ['Update README.md', 'Update `README.md`'],
    ['(see src/a.ts, please)', '(see `src/a.ts`, please)'],
    ['Bump x to v1.2.3', 'Bump x to v1.2.3'],
    ['Bump *x* to v1.2.3', 'Bump \\*x\\* to `v1.2.3`'],
    ['serve 10.0.4.1 only', 'serve `10.0.4.1` only'],
    ['fix e2e_test.config.js.', 'fix `e2e_test.config.js`.'],
    ['J.R. wrote it', 'J․R. wrote it'],
  ])('keeps the real dot of a name: %s', (text, shown) => {
    const content = rendered({ kind: 'text', text });
    expect(content.text).toBe(`${shown} in [works/depot](${OURS})`);
    expect(faultsOf(content, (address) => address === OURS)).toEqual([]);
  });

  it('keeps branches and tags exact', () => {
    const content = rendered({ kind: 'code', text: 'release/v1.2.3_final-*x*' });
    expect(content.text).toMatch(/^`release\/v1\.2\.3_final-\*x\*` in/);
    expect(faultsOf(content, (address) => address === OURS)).toEqual([]);
  });

  it('keeps underscores inside words of a label', () => {
    const content = rendered({ kind: 'link', text: 'works/tram_depot', url: OURS });
    expect(content.text).toMatch(/^\[works\/tram_depot\]/);
    expect(linksOf(content.text)).toEqual([OURS, OURS]);
  });

  it.each([
    'javascript:alert(1)',
    'ftp://x.example.com',
    '//evil.example.com',
    'https://a@evil.example.com/',
    'https://',
    '',
  ])('shows %j without a link', (url) => {
    expect(linksOf(rendered({ kind: 'link', text: 'label', url }).text)).toEqual([OURS]);
  });

  it.each([
    [`${OURS}?private_token=abc`, OURS],
    [`${OURS}?a=1&job_token=abc&b=2#x`, `${OURS}?a=1&b=2#x`],
    [`${OURS}?feed_token=abc&b=2`, `${OURS}?b=2`],
    [`${OURS}?page_token_size=2`, `${OURS}?page_token_size=2`],
  ])('takes what would let a reader in out of %s', (url, shown) => {
    expect(linksOf(rendered({ kind: 'link', text: 'label', url }).text)[0]).toBe(shown);
  });
});
