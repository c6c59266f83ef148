/** `docs/announcements.md`: its column of ours is what the notifier says, and no kind of event is left out of it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { announce } from '../../../src/notifier/core/announce.ts';
import { DESCRIBERS, describerOf } from '../../../src/notifier/core/events/index.ts';
import { type Delivery, ownDelivery } from './deliveries.ts';

const PAGE = new URL('../../../docs/announcements.md', import.meta.url);

const sentenceOf = ({ header, payload }: Delivery): string => {
  const message = announce({ header, payload }, { locale: 'en' });
  const pieces = message?.line ?? [{ kind: 'words', text: 'nothing' } as const];
  return pieces.map((piece) => (piece.kind === 'person' ? piece.name : piece.text)).join('');
};

const ROW = /^(\| [^|]*\(`([a-z0-9-]+)`\) \| )([^|]*)( \|.*)$/gm;

/** The page with our column as it is today. Written anew with `UPDATE=1 npx vitest run <this file>`. */
const asToday = (page: string): string =>
  page.replace(ROW, (_row, start: string, name: string, _told: string, rest: string) => {
    return `${start}${sentenceOf(ownDelivery(name))}${rest}`;
  });

const page = (): string => readFileSync(PAGE, 'utf8');

const names = (): readonly string[] => [...page().matchAll(ROW)].map(([, , name = '']) => name);

describe('the page on announcements', () => {
  it('lists what the notifier announces', () => {
    if (process.env.UPDATE === '1') writeFileSync(PAGE, asToday(page()));
    expect(page()).toBe(asToday(page()));
  });

  it('has a row for every topic that rooms choose by', () => {
    const announced = names().map((name) => describerOf(ownDelivery(name)).topic);
    const all = Object.values(DESCRIBERS).map(({ topic }) => topic);
    expect([...new Set(all)].filter((topic) => !announced.includes(topic))).toEqual([]);
    expect(names().length).toBeGreaterThan(30);
  });

  it('says of each program something in each row', () => {
    const rows = page().match(ROW) ?? [];
    expect(rows.filter((row) => row.split(' | ').length !== 6 || row.includes(' |  | '))).toEqual([]);
  });
});
