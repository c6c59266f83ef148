import { clean, LIMITS } from '../clean.ts';
import { listed } from '../common.ts';
import { type Line, outside } from '../message.ts';
import { at, list, text } from '../read.ts';
import type { Texts } from '../wording/index.ts';

const SHOWN = 8;

/** Titles of a list of labels; a text in their place has none. */
export const labelTitles = (labels: unknown): readonly string[] =>
  list(labels)
    .slice(0, 1_000)
    .map((label) => clean(text(at(label, 'title')), LIMITS.name))
    .filter((title) => title !== '');

export const titlesLine = (titles: readonly string[], w: Texts): Line =>
  listed(titles, SHOWN, (title) => [outside(title)], w);
